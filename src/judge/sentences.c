#include "judge/sentences.h"

#include <math.h>

#include "core/alloc.h"
#include "judge/phrasing.h"

void sg_sentences_add(struct sg_sentences *sentences, char *sentence) {
    if (sentence == NULL
        || !sg_reserve(&sentences->items, &sentences->capacity, sentences->count + 1,
                       sizeof *sentences->items)) {
        sg_free(sentence);
        sentences->failed = true;
        return;
    }
    sentences->items[sentences->count++] = sentence;
}

/* ---- where: do most of the flagged areas lie in one part of the city? ---- */

static const char *direction_name(int octant, enum sg_language language) {
    static const char *const english[] = {"east", "north-east", "north", "north-west",
                                          "west", "south-west", "south", "south-east"};
    static const char *const french[] = {"l'est",   "le nord-est",  "le nord", "le nord-ouest",
                                         "l'ouest", "le sud-ouest", "le sud",  "le sud-est"};
    return language == SG_FRENCH ? french[octant] : english[octant];
}

static struct sg_point middle_of(const struct sg_area *area) {
    return (struct sg_point){(area->box.min_x + area->box.max_x) / 2,
                             (area->box.min_y + area->box.max_y) / 2};
}

/* The quarter of the city (one of eight directions, 90 degrees wide) that holds most flagged areas, if it
   holds three fifths of at least three; -1 otherwise. *ret_count: how many it holds. */
static int main_direction(const struct sg_findings_source *source, const bool *flags, size_t *ret_count) {
    const struct sg_box *extent = &source->layer->extent;
    double squeeze = 1;
    if (sg_crs_is_geographic(source->layer->crs))
        squeeze = cos((extent->min_y + extent->max_y) / 2 * 0.017453292519943295);
    size_t by_octant[8] = {0}, total = 0;
    for (size_t a = 0; a < source->layer->area_count; a++) {
        if (!flags[a])
            continue;
        struct sg_point middle = middle_of(&source->layer->areas[a]);
        double dx = (middle.x - (extent->min_x + extent->max_x) / 2) * squeeze;
        double dy = middle.y - (extent->min_y + extent->max_y) / 2;
        total++;
        for (int octant = 0; octant < 8; octant++) {
            double turn = remainder(atan2(dy, dx) - octant * 0.78539816339744831, 6.283185307179586);
            if (fabs(turn) <= 0.78539816339744831)
                by_octant[octant]++;
        }
    }
    /* ties go to the directions that people say first */
    static const int order[] = {0, 2, 4, 6, 1, 3, 5, 7}; /* east, north, west, south; north-east ... */
    int best = order[0];
    for (int i = 1; i < 8; i++) {
        if (by_octant[order[i]] > by_octant[best])
            best = order[i];
    }
    *ret_count = by_octant[best];
    return total >= 3 && by_octant[best] * 5 >= total * 3 ? best : -1;
}

void sg_append_where(struct sg_text *text, const struct sg_findings_source *source, const bool *flags,
                     size_t flagged) {
    size_t there;
    int direction = main_direction(source, flags, &there);
    if (direction < 0)
        return;
    const char *name = direction_name(direction, source->language);
    if (there == flagged)
        sg_text_append_format(
            text, sg_pick(source->language, "; all of them are in the %s", "; tous sont dans %s"), name);
    else
        sg_text_append_format(
            text, sg_pick(source->language, "; %zu of the %zu are in the %s", "; %zu des %zu sont dans %s"),
            there, flagged, name);
}

void sg_append_names(struct sg_text *text, const struct sg_findings_source *source, const size_t *areas,
                     size_t count, size_t most) {
    enum sg_language language = source->language;
    size_t named = count <= most ? count : most - 1;
    for (size_t i = 0; i < named; i++) {
        const char *before = i == 0                             ? ""
                             : i + 1 == count && named == count ? sg_pick(language, " and ", " et ")
                                                                : ", ";
        sg_text_append_format(text, "%s%s", before, source->layer->areas[areas[i]].name);
    }
    if (named < count)
        sg_text_append_format(text, sg_pick(language, " and %zu others", " et %zu autres"), count - named);
}
