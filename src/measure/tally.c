#include "measure/tally.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"

struct located {
    struct sg_point point; /* in the CRS of the areas */
    struct sg_place place;
};

struct sg_tally {
    struct sg_context *context;
    const struct sg_area_layer *layer;
    const struct sg_locator *locator;
    struct sg_inventory *inventory;
    struct sg_tally_options options;
    uint32_t input_count;                            /* begun; the points to come are of the last */
    bool is_geographic;                              /* the points to come */
    struct sg_transformation *to_areas, *to_lon_lat; /* from the points to come */
    struct sg_name_index *seen;                      /* keys of records, for dropping duplicates */
};

enum sg_status sg_tally_new(struct sg_context *context, const struct sg_area_layer *layer,
                            const struct sg_locator *locator, struct sg_inventory *inventory,
                            const struct sg_tally_options *options, struct sg_tally **ret_tally) {
    struct sg_tally *tally = sg_alloc(1, sizeof *tally);
    if (tally == NULL)
        return sg_fail_memory(context);
    *tally = (struct sg_tally){
        .context = context, .layer = layer, .locator = locator, .inventory = inventory, .options = *options};
    if (options->drop_duplicates)
        tally->seen = sg_name_index_new();
    if (options->drop_duplicates && tally->seen == NULL) {
        sg_tally_free(tally);
        return sg_fail_memory(context);
    }
    *ret_tally = tally;
    return SG_OK;
}

void sg_tally_free(struct sg_tally *tally) {
    if (tally == NULL)
        return;
    sg_transformation_free(tally->to_areas);
    sg_transformation_free(tally->to_lon_lat);
    sg_name_index_free(tally->seen);
    sg_free(tally);
}

enum sg_status sg_tally_begin(struct sg_tally *tally, const struct sg_crs *crs) {
    sg_transformation_free(tally->to_areas);
    sg_transformation_free(tally->to_lon_lat);
    tally->to_areas = tally->to_lon_lat = NULL;
    tally->is_geographic = sg_crs_is_geographic(crs);
    tally->input_count++;
    enum sg_status status = sg_transformation_new(tally->context, crs, tally->layer->crs, &tally->to_areas);
    if (status == SG_OK)
        status = sg_transformation_new(tally->context, crs, tally->layer->geographic, &tally->to_lon_lat);
    return status;
}

static struct located locate(const struct sg_tally *tally, struct sg_point point) {
    struct sg_place place;
    sg_transform_points(tally->to_areas, &point, 1);
    sg_locate_block(tally->locator, &point, 1, &place);
    return (struct located){point, place};
}

/* Looks for a point that is nowhere once more, where its longitude stands as the areas write theirs. Returns
   the degrees added. */
static double turn(const struct sg_tally *tally, struct located *located) {
    double degrees = sg_areas_turn(tally->layer, located->point.x);
    if (degrees == 0)
        return 0;
    located->point.x += degrees;
    sg_locate_block(tally->locator, &located->point, 1, &located->place);
    return degrees;
}

/* Settles what needs no count: where the point is (located as given), or why it is nowhere. */
static void settle(const struct sg_tally *tally, struct sg_site_entry *entry, struct located *located) {
    if (entry->outcome != SG_SITE_COUNTED) {
        entry->lon_lat_deg = (struct sg_point){NAN, NAN};
        return;
    }
    if (entry->point.x == 0 && entry->point.y == 0) {
        entry->outcome = SG_SITE_ZERO;
        entry->lon_lat_deg = (struct sg_point){NAN, NAN};
        return;
    }
    double turned_deg = 0;
    if (located->place.shape == SG_NOWHERE)
        turned_deg = turn(tally, located);
    if (located->place.shape == SG_NOWHERE && tally->is_geographic) {
        struct sg_point swapped = {entry->point.y, entry->point.x};
        struct located other = {.place.shape = SG_NOWHERE};
        double other_deg = 0;
        if (fabs(swapped.y) <= 90) {
            other = locate(tally, swapped);
            if (other.place.shape == SG_NOWHERE)
                other_deg = turn(tally, &other);
        }
        if (other.place.shape != SG_NOWHERE && tally->options.fix_swapped) {
            entry->point = swapped;
            *located = other;
            turned_deg = other_deg;
        } else if (other.place.shape != SG_NOWHERE) {
            entry->outcome = SG_SITE_SWAPPED;
        } else if (fabs(entry->point.y) > 90) {
            entry->outcome = SG_SITE_OUT_OF_RANGE;
        }
    }
    entry->lon_lat_deg = entry->point;
    /* counting alone needs the lon/lat only of what it reports */
    if (tally->inventory->keeps_sites || located->place.shape == SG_NOWHERE)
        sg_transform_points(tally->to_lon_lat, &entry->lon_lat_deg, 1);
    entry->lon_lat_deg.x += turned_deg;
    if (!isfinite(located->point.x) || !isfinite(entry->lon_lat_deg.x))
        entry->outcome = SG_SITE_OUT_OF_RANGE;
    else if (located->place.shape == SG_NOWHERE && entry->outcome == SG_SITE_COUNTED)
        entry->outcome = SG_SITE_OUTSIDE;
}

/* Is there one like it already: same organization, types and place? */
static enum sg_status check_duplicate(struct sg_tally *tally, struct sg_site_entry *entry) {
    struct {
        struct sg_point place;
        uint32_t organization;
        uint16_t types[32];
    } key;
    memset(&key, 0, sizeof key);
    key.place = entry->lon_lat_deg;
    key.organization = entry->organization;
    size_t count = entry->type_count < 32 ? entry->type_count : 32;
    for (size_t t = 0; t < count; t++)
        key.types[t] = (uint16_t)(entry->types[t] + 1);
    bool is_new;
    if (sg_name_index_add(tally->seen, (const char *)&key, sizeof key, &is_new) == SG_NO_INDEX)
        return sg_fail_memory(tally->context);
    if (!is_new)
        entry->outcome = SG_SITE_DUPLICATE;
    return SG_OK;
}

static uint16_t short_word(uint32_t word) {
    return word >= UINT16_MAX ? UINT16_MAX : (uint16_t)word;
}

static enum sg_status count_entry(struct sg_tally *tally, struct sg_site_entry *entry,
                                  const struct located *located) {
    if (entry->outcome != SG_SITE_COUNTED && entry->outcome != SG_SITE_OUTSIDE)
        return SG_OK;
    if (tally->seen != NULL && entry->organization != UINT32_MAX) {
        enum sg_status status = check_duplicate(tally, entry);
        if (status != SG_OK || entry->outcome == SG_SITE_DUPLICATE)
            return status;
    }
    uint32_t areas[SG_MOST_STACKED_AREAS];
    areas[0] = located->place.shape;
    size_t area_count = located->place.shape != SG_NOWHERE;
    if (located->place.is_stacked) {
        area_count = sg_locate_all(tally->locator, located->point, areas);
        tally->inventory->in_several_areas++;
    }
    if (!tally->inventory->keeps_sites) {
        sg_inventory_count(tally->inventory, entry->weight, entry->types, entry->type_count, areas,
                           area_count);
        return SG_OK;
    }
    struct sg_site site = {.point = located->point,
                           .lon_lat_deg = entry->lon_lat_deg,
                           .weight = entry->weight,
                           .organization = entry->organization,
                           .id = entry->id,
                           .scope = short_word(entry->scope),
                           .level = short_word(entry->level),
                           .targets = short_word(entry->targets)};
    return sg_inventory_say_source(tally->inventory, tally->input_count - 1, entry->record)
                   && sg_inventory_add(tally->inventory, &site, entry->types, entry->type_count, areas,
                                       area_count)
               ? SG_OK
               : sg_fail_memory(tally->context);
}

/* Where the points of a block are, in the CRS of the areas. */
static void locate_block(const struct sg_tally *tally, const struct sg_site_entry *entries, size_t count,
                         struct located ret_located[static SG_LOCATE_BLOCK]) {
    struct sg_point points[SG_LOCATE_BLOCK];
    struct sg_place places[SG_LOCATE_BLOCK];
    for (size_t i = 0; i < count; i++)
        points[i] = entries[i].point;
    sg_transform_points(tally->to_areas, points, count);
    sg_locate_block(tally->locator, points, count, places);
    for (size_t i = 0; i < count; i++)
        ret_located[i] = (struct located){points[i], places[i]};
}

enum sg_status sg_tally_add(struct sg_tally *tally, struct sg_site_batch *batch) {
    if (!sg_inventory_add_types(tally->inventory, batch->type_count))
        return sg_fail_memory(tally->context);
    enum sg_status status = SG_OK;
    for (size_t first = 0; status == SG_OK && first < batch->count; first += SG_LOCATE_BLOCK) {
        struct sg_site_entry *entries = &batch->entries[first];
        size_t count = batch->count - first < SG_LOCATE_BLOCK ? batch->count - first : SG_LOCATE_BLOCK;
        struct located located[SG_LOCATE_BLOCK];
        locate_block(tally, entries, count, located);
        for (size_t i = 0; status == SG_OK && i < count; i++) {
            settle(tally, &entries[i], &located[i]);
            status = count_entry(tally, &entries[i], &located[i]);
        }
    }
    return status;
}
