#include "draw/map_style.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classify/ranked_words.h"
#include "core/alloc.h"
#include "core/name_index.h"
#include "draw/bivariate.h"
#include "draw/clean_text.h"
#include "draw/clusters.h"
#include "draw/lettering.h"
#include "draw/plain_areas.h"
#include "draw/regions_fill.h"
#include "draw/wording.h"
#include "read/scheme_reader.h"

void sg_map_style_release(struct sg_map_style *style) {
    for (size_t i = 0; i < style->category_count; i++)
        sg_free(style->categories[i].name);
    sg_free(style->categories);
    sg_free(style->shared);
    sg_free(style->classes);
    *style = (struct sg_map_style){0};
}

static int compare_categories(const void *a, const void *b) {
    return strcmp(((const struct sg_category *)a)->name, ((const struct sg_category *)b)->name);
}

/* Brings words that rank into their order. */
static bool rank_categories(struct sg_map_style *style) {
    struct sg_ranked_words scale;
    const char *names[SG_MOST_CLASSES];
    for (size_t i = 0; i < style->category_count; i++)
        names[i] = style->categories[i].name;
    if (!sg_find_ranked_words(names, style->category_count, &scale))
        return false;
    for (size_t i = 1; i < style->category_count; i++) {
        struct sg_category moved = style->categories[i];
        size_t at = i;
        for (; at > 0
               && sg_word_rank(&scale, style->categories[at - 1].name) > sg_word_rank(&scale, moved.name);
             at--)
            style->categories[at] = style->categories[at - 1];
        style->categories[at] = moved;
    }
    return true;
}

/* Collects the categories in the order of their names, or of what these mean. */
static enum sg_status find_categories(struct sg_context *context, const struct sg_map *map,
                                      struct sg_map_style *style) {
    struct sg_name_index *index = sg_name_index_new();
    size_t capacity = 0;
    bool failed = index == NULL;
    for (size_t i = 0; i < map->area_count && !failed; i++) {
        const char *category = map->areas[i].category;
        if (category == NULL)
            continue;
        bool is_new;
        size_t at = sg_name_index_add(index, category, strlen(category), &is_new);
        failed = at == SG_NO_INDEX
                 || !sg_reserve(&style->categories, &capacity, at + 1, sizeof *style->categories);
        if (!failed && is_new) {
            style->categories[at] = (struct sg_category){.name = sg_text_clean(category, false)};
            style->category_count = at + 1;
            failed = style->categories[at].name == NULL;
        }
    }
    sg_name_index_free(index);
    if (failed)
        return sg_fail_memory(context);
    if (style->category_count > 1)
        qsort(style->categories, style->category_count, sizeof *style->categories, compare_categories);
    style->is_ranked = style->category_count <= SG_MOST_CLASSES && rank_categories(style);
    return SG_OK;
}

static int category_of(const struct sg_map_style *style, const char *name) {
    char *clean = sg_text_clean(name, false);
    int found = SG_CLASS_MISSING;
    for (size_t i = 0; clean != NULL && i < style->category_count && found == SG_CLASS_MISSING; i++) {
        if (strcmp(style->categories[i].name, clean) == 0)
            found = (int)i;
    }
    sg_free(clean);
    return found;
}

/* On a dark ground the light end of a scheme stands out, and so it is the worst; on a light one the dark end.
 */
static bool has_dark_ground(const struct sg_theme *theme) {
    return sg_colour_luminance(theme->colours.paper) < sg_colour_luminance(theme->colours.text);
}

/* Colours of the whole scale, the one that stands out most for the worst, of which the map takes those it
   needs: a class has the same colour on every map. */
static enum sg_status ranked_palette(struct sg_context *context, const struct sg_map *map,
                                     const struct sg_theme *theme, const struct sg_scheme *scheme,
                                     struct sg_map_style *style) {
    struct sg_ranked_words scale;
    struct sg_palette whole;
    const char *names[SG_MOST_CLASSES];
    for (size_t i = 0; i < style->category_count; i++)
        names[i] = style->categories[i].name;
    sg_find_ranked_words(names, style->category_count, &scale);
    bool reverse = map->reverse_scheme == has_dark_ground(theme); /* the first is the worst */
    enum sg_status status = sg_scheme_palette(context, scheme, scale.count, reverse, &whole);
    style->palette.colour_count = style->category_count;
    for (size_t i = 0; i < style->category_count && status == SG_OK; i++)
        style->palette.colours[i] = whole.colours[sg_word_rank(&scale, names[i])];
    return status;
}

static enum sg_status style_categories(struct sg_context *context, const struct sg_map *map,
                                       const struct sg_theme *theme, const struct sg_scheme *scheme,
                                       struct sg_map_style *style) {
    enum sg_status status = find_categories(context, map, style);
    if (status != SG_OK)
        return status;
    size_t most = sg_scheme_most(scheme);
    if (style->category_count > most)
        return sg_fail(context, SG_BAD_STYLE,
                       "group the categories, or name a scheme with more colours (Set3: 12)",
                       "%zu categories are more than the %zu colours of '%s'", style->category_count, most,
                       scheme->name);
    bool is_scale = style->is_ranked && scheme->kind == SG_SCHEME_SEQUENTIAL;
    status = is_scale ? ranked_palette(context, map, theme, scheme, style)
                      : sg_scheme_palette(context, scheme, style->category_count, map->reverse_scheme,
                                          &style->palette);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < style->category_count; i++)
        style->categories[i].colour = style->palette.colours[i];
    for (size_t i = 0; i < map->area_count; i++) {
        style->classes[i] =
            map->areas[i].category == NULL ? SG_CLASS_MISSING : category_of(style, map->areas[i].category);
        if (style->classes[i] == SG_CLASS_MISSING)
            style->missing_count++;
        else
            style->categories[style->classes[i]].count++;
    }
    return SG_OK;
}

/* The scheme turns at the centre: as many colours on both sides as the side with more classes has, of which
   each side takes those nearest to the centre. */
static enum sg_status centred_palette(struct sg_context *context, const struct sg_scheme *scheme,
                                      const struct sg_classification *classes, bool reverse,
                                      struct sg_palette *ret_palette) {
    size_t below = classes->below_centre, above = classes->class_count - below;
    size_t half = below > above ? below : above;
    /* where the scheme has only an odd number of colours, the middle one is left out */
    bool has_middle = scheme->palettes[2 * half].colour_count == 0;
    struct sg_palette whole;
    enum sg_status status = sg_scheme_palette(context, scheme, 2 * half + has_middle, reverse, &whole);
    if (status != SG_OK)
        return status;
    ret_palette->colour_count = classes->class_count;
    memcpy(ret_palette->colours, &whole.colours[half - below], below * sizeof *whole.colours);
    memcpy(&ret_palette->colours[below], &whole.colours[half + has_middle], above * sizeof *whole.colours);
    return SG_OK;
}

/* Zeros have the theme's colour, at the quiet end of the scheme. Where that is too like the colour of the
   lowest class, the scheme for one class more is taken without its first colour. */
static enum sg_status set_zero_apart(struct sg_context *context, const struct sg_theme *theme,
                                     const struct sg_scheme *scheme, bool reverse,
                                     struct sg_palette *palette) {
    size_t count = palette->colour_count;
    if (count == 0 || count >= sg_scheme_most(scheme)
        || sg_colour_difference(theme->colours.zero, palette->colours[0], SG_VISION_NORMAL)
               >= SG_PALETTE_GOOD)
        return SG_OK;
    struct sg_palette longer, rest = {.colour_count = count};
    enum sg_status status = sg_scheme_palette(context, scheme, count + 1, reverse, &longer);
    if (status != SG_OK)
        return status;
    memcpy(rest.colours, &longer.colours[1], count * sizeof *rest.colours);
    if (sg_palette_check(&rest, scheme->kind).worst >= SG_PALETTE_FAIL)
        *palette = rest;
    return SG_OK;
}

static enum sg_status style_values(struct sg_context *context, const struct sg_map *map,
                                   const struct sg_theme *theme, const struct sg_scheme *scheme,
                                   struct sg_map_style *style) {
    const struct sg_classification *classes = map->classification;
    bool low_is_worst = map->reverse_scheme != map->high_is_good;
    bool is_sequential = scheme->kind == SG_SCHEME_SEQUENTIAL;
    bool reverse = low_is_worst != (is_sequential && has_dark_ground(theme));
    enum sg_status status =
        classes != NULL && classes->is_centred
            ? centred_palette(context, scheme, classes, reverse, &style->palette)
            : sg_scheme_palette(context, scheme, classes == NULL ? 0 : classes->class_count, reverse,
                                &style->palette);
    if (status == SG_OK && is_sequential && classes != NULL && classes->has_zero_class)
        status = set_zero_apart(context, theme, scheme, reverse, &style->palette);
    if (status != SG_OK)
        return status;
    style->worst_is_lowest = is_sequential && low_is_worst;
    style->is_whole = true;
    size_t panels = map->kind == SG_MAP_MULTIPLES ? map->panel_count : 1;
    for (size_t p = 0; p < panels; p++) {
        for (size_t i = 0; i < map->area_count; i++) {
            double value = map->kind == SG_MAP_MULTIPLES ? map->panels[p].values[i] : map->areas[i].value;
            int class = classes == NULL ? SG_CLASS_MISSING : sg_class_of(classes, value);
            style->classes[p * map->area_count + i] = class;
            if (class == SG_CLASS_MISSING)
                style->missing_count++;
            else if (class == SG_CLASS_ZERO)
                style->zero_count++;
            if (isfinite(value) && value != floor(value))
                style->is_whole = false;
        }
    }
    return SG_OK;
}

static bool has_categories(const struct sg_map *map) {
    for (size_t i = 0; i < map->area_count; i++) {
        if (map->areas[i].category != NULL)
            return true;
    }
    return false;
}

/* Do the categories rank? Then they take the colours of numbers. */
static bool has_ranked_words(const struct sg_map *map) {
    const char *seen[SG_MOST_CLASSES];
    size_t count = 0;
    for (size_t i = 0; i < map->area_count; i++) {
        bool is_new = map->areas[i].category != NULL;
        for (size_t s = 0; s < count && is_new; s++)
            is_new = strcmp(seen[s], map->areas[i].category) != 0;
        if (is_new && count == SG_MOST_CLASSES)
            return false;
        if (is_new)
            seen[count++] = map->areas[i].category;
    }
    struct sg_ranked_words scale;
    return sg_find_ranked_words(seen, count, &scale);
}

/* How a kind of map gives its areas colours, and the theme's scheme for it. */
static sg_kind_style_fn *kind_style(const struct sg_map *map, const struct sg_theme *theme,
                                    const char **ret_scheme) {
    *ret_scheme = theme->scheme;
    switch (map->kind) {
    case SG_MAP_CHOROPLETH:
        if (map->classification != NULL && map->classification->is_centred)
            *ret_scheme = theme->change_scheme;
        break;
    case SG_MAP_CHANGE:
        *ret_scheme = theme->change_scheme;
        return style_values;
    case SG_MAP_MULTIPLES:
        return style_values;
    case SG_MAP_BIVARIATE:
        *ret_scheme = theme->bivariate_scheme;
        return sg_bivariate_style;
    case SG_MAP_CLUSTERS:
        *ret_scheme = theme->cluster_scheme;
        return sg_clusters_style;
    case SG_MAP_REGIONS:
        *ret_scheme = theme->region_scheme;
        return sg_regions_style;
    case SG_MAP_SYMBOLS:
    case SG_MAP_DOTS:
        return sg_plain_areas_style;
    }
    if (!has_categories(map))
        return style_values;
    if (!has_ranked_words(map))
        *ret_scheme = theme->category_scheme;
    return style_categories;
}

/* The areas' classes and colours in a scheme, whose palette is not judged yet. */
static enum sg_status colour_areas(struct sg_context *context, const struct sg_map *map,
                                   const struct sg_theme *theme, sg_kind_style_fn *give_colours,
                                   const char *scheme_name, struct sg_scheme *scheme,
                                   struct sg_map_style *style) {
    enum sg_status status = sg_scheme_read(context, scheme_name, scheme);
    if (status != SG_OK)
        return status;
    size_t panels = map->kind == SG_MAP_MULTIPLES ? map->panel_count : 1;
    style->classes = sg_alloc(map->area_count * panels, sizeof *style->classes);
    return style->classes == NULL ? sg_fail_memory(context)
                                  : give_colours(context, map, theme, scheme, style);
}

/* Schemes to turn to, in this order, where the theme's own has not so many colours that can be told apart. */
static const char *const others[] = {"YlGnBu", "BuPu", "cividis", "viridis", "PuOr", "BrBG", "PRGn", "RdBu"};

/* The map's scheme, where it names one. Else the theme's, or the first of its kind whose colours pass the
   gate: what nobody chose must not fail. ret_name has the theme's; it stays where none passes. */
static enum sg_status find_scheme(struct sg_context *context, const struct sg_map *map,
                                  const struct sg_theme *theme, sg_kind_style_fn *give_colours,
                                  const char **ret_name) {
    if (map->scheme != NULL)
        *ret_name = map->scheme;
    if ((map->scheme != NULL && !map->scheme_is_usual) || map->force_palette)
        return SG_OK;
    const char *own = *ret_name;
    enum sg_scheme_kind kind = SG_SCHEME_SEQUENTIAL;
    for (size_t i = 0; i <= sizeof others / sizeof *others; i++) {
        const char *name = i == 0 ? own : others[i - 1];
        struct sg_map_style style = {0};
        struct sg_scheme scheme = {0};
        enum sg_status status = colour_areas(context, map, theme, give_colours, name, &scheme, &style);
        struct sg_palette_check check = sg_palette_check(&style.palette, scheme.kind);
        bool passes = status == SG_OK && check.worst >= SG_PALETTE_FAIL && (i == 0 || scheme.kind == kind);
        kind = i == 0 ? scheme.kind : kind;
        sg_scheme_release(&scheme);
        sg_map_style_release(&style);
        if (status != SG_OK && i > 0)
            sg_context_forget_error(context); /* it has too few colours; so the theme's own is told of */
        if (status != SG_OK && (i == 0 || status == SG_NO_MEMORY))
            return status;
        if (!passes)
            continue;
        if (i > 0)
            sg_detail(context, "colours of '%s': too few of '%s' can be told apart", name, own);
        *ret_name = name;
        return SG_OK;
    }
    return SG_OK;
}

/* Classes on two sides of a value in colours that run one way. */
static void warn_of_one_way(struct sg_context *context, const struct sg_map *map,
                            const struct sg_scheme *scheme) {
    bool has_sides =
        map->kind == SG_MAP_CHANGE
        || (map->kind == SG_MAP_CHOROPLETH && map->classification != NULL && map->classification->is_centred);
    if (has_sides && scheme->kind == SG_SCHEME_SEQUENTIAL)
        sg_warn(context, "choose a diverging scheme: PuOr, BrBG, PRGn, RdBu",
                "the scheme '%s' runs one way: its colours do not show the two sides of the middle",
                scheme->name);
}

enum sg_status sg_map_style_init(struct sg_context *context, const struct sg_map *map,
                                 const struct sg_theme *theme, struct sg_map_style *ret_style) {
    struct sg_map_style style = {0};
    const char *name;
    sg_kind_style_fn *give_colours = kind_style(map, theme, &name);
    style.is_categorical =
        give_colours == style_categories || map->kind == SG_MAP_CLUSTERS || map->kind == SG_MAP_REGIONS;
    enum sg_status status = find_scheme(context, map, theme, give_colours, &name);
    struct sg_scheme scheme = {0};
    if (status == SG_OK)
        status = colour_areas(context, map, theme, give_colours, name, &scheme, &style);
    if (status == SG_OK)
        warn_of_one_way(context, map, &scheme);
    if (status == SG_OK)
        status = sg_palette_gate(context, &scheme, &style.palette, map->force_palette, theme->is_for_grey);
    sg_scheme_release(&scheme);
    if (status == SG_OK)
        *ret_style = style;
    else
        sg_map_style_release(&style);
    return status;
}

bool sg_map_style_fill(const struct sg_map_style *style, const struct sg_theme *theme, int class,
                       struct sg_colour *ret_colour) {
    if (class == SG_CLASS_MISSING) {
        *ret_colour = theme->colours.no_data;
        return false;
    }
    if (style->shared_count > 0 && class >= (int)style->category_count) {
        *ret_colour = sg_lightest_stripe(&style->shared[class - (int)style->category_count].stripes);
        return false;
    }
    *ret_colour = class == SG_CLASS_ZERO ? theme->colours.zero : style->palette.colours[class];
    return !style->is_covered;
}

struct sg_colour sg_text_on(struct sg_colour fill, const struct sg_theme *theme) {
    const struct sg_colour black = {0, 0, 0}, white = {1, 1, 1};
    struct sg_colour text = theme->colours.text;
    if (sg_colour_contrast(fill, text) >= 4.5)
        return text; /* the theme's own near-black where it reads well enough */
    return sg_colour_contrast(fill, black) >= sg_colour_contrast(fill, white) ? black : white;
}
