#include "draw/clusters.h"

#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "draw/wording.h"

/* The last, areas without neighbours, is in the legend only where there are some. */
enum { CLUSTER_COUNT = 6, COLOURED_COUNT = 5, ISLAND = 5, MOST_LETTERS = 32 };

/* The spellings of each cluster, lower-case letters only: hyphens, spaces and accents do not count. */
static const char *const spellings[CLUSTER_COUNT][9] = {
    {"highhigh", "hh", "hotspot", "hot", "hauthaut", "levlev", "eleveeleve", NULL},
    {"lowlow", "ll", "coldspot", "cold", "basbas", "faiblefaible", "bb", NULL},
    {"highlow", "hl", "hautbas", "levfaible", "elevefaible", "hb", NULL},
    {"lowhigh", "lh", "bashaut", "faiblelev", "faibleeleve", "bh", NULL},
    {"notsignificant", "ns", "insignificant", "nonsignificant", "nonsignificatif", "none", "notsig", NULL},
    {"island", "neighbourless", "noneighbour", "noneighbours", "isole", "sansvoisin", NULL},
};

int sg_cluster_of(const char *text) {
    char letters[MOST_LETTERS + 1];
    size_t count = 0;
    for (; *text != '\0'; text++) {
        char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
        if (c < 'a' || c > 'z')
            continue;
        if (count == MOST_LETTERS)
            return -1;
        letters[count++] = c;
    }
    letters[count] = '\0';
    for (int cluster = 0; cluster < CLUSTER_COUNT; cluster++) {
        for (int s = 0; spellings[cluster][s] != NULL; s++) {
            if (strcmp(spellings[cluster][s], letters) == 0)
                return cluster;
        }
    }
    return -1;
}

static bool has_islands(const struct sg_map *map) {
    for (size_t i = 0; i < map->area_count; i++) {
        const char *text = map->areas[i].category;
        if (text != NULL && sg_cluster_of(text) == ISLAND)
            return true;
    }
    return false;
}

static enum sg_status name_clusters(struct sg_context *context, const struct sg_map *map,
                                    const struct sg_theme *theme, struct sg_map_style *style) {
    style->categories = sg_alloc(CLUSTER_COUNT, sizeof *style->categories);
    if (style->categories == NULL)
        return sg_fail_memory(context);
    for (int c = 0; c < (has_islands(map) ? CLUSTER_COUNT : COLOURED_COUNT); c++) {
        enum sg_word word = (enum sg_word)(SG_WORD_HIGH_HIGH + c);
        style->categories[c] =
            (struct sg_category){.name = sg_strdup(sg_word(word, map->language)),
                                 .colour = c == ISLAND ? theme->colours.axis : style->palette.colours[c]};
        style->category_count++;
        if (style->categories[c].name == NULL)
            return sg_fail_memory(context);
    }
    return SG_OK;
}

enum sg_status sg_clusters_style(struct sg_context *context, const struct sg_map *map,
                                 const struct sg_theme *theme, const struct sg_scheme *scheme,
                                 struct sg_map_style *style) {
    enum sg_status status =
        sg_scheme_palette(context, scheme, COLOURED_COUNT, map->reverse_scheme, &style->palette);
    if (status == SG_OK)
        status = name_clusters(context, map, theme, style);
    for (size_t i = 0; i < map->area_count && status == SG_OK; i++) {
        const char *text = map->areas[i].category;
        int cluster = text == NULL || text[0] == '\0' ? SG_CLASS_MISSING : sg_cluster_of(text);
        if (text != NULL && text[0] != '\0' && cluster < 0)
            return sg_fail(
                context, SG_DRAWING,
                "clusters are high-high, low-low, high-low, low-high, not significant and island; other "
                "texts are drawn without --kind",
                "'%s' of '%s' is not a cluster", text, map->areas[i].name);
        style->classes[i] = cluster;
        if (cluster == SG_CLASS_MISSING)
            style->missing_count++;
        else
            style->categories[cluster].count++;
    }
    return status;
}
