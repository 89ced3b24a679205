#include "draw/regions_fill.h"

#include <string.h>

#include "core/alloc.h"

/* More combinations than these are told together: the stripes themselves show which regions they join. */
enum { MOST_COMBINATIONS = 8 };

struct sg_colour sg_lightest_stripe(const struct sg_stripes *stripes) {
    struct sg_colour lightest = stripes->colours[0];
    for (int i = 1; i < stripes->count; i++) {
        if (sg_colour_luminance(stripes->colours[i]) > sg_colour_luminance(lightest))
            lightest = stripes->colours[i];
    }
    return lightest;
}

static enum sg_status name_regions(struct sg_context *context, const struct sg_map *map,
                                   struct sg_map_style *style) {
    style->categories = sg_alloc(map->region_count, sizeof *style->categories);
    if (style->categories == NULL)
        return sg_fail_memory(context);
    for (size_t r = 0; r < map->region_count; r++) {
        style->categories[r] = (struct sg_category){.name = sg_text_clean(map->regions[r].name, false),
                                                    .count = map->regions[r].area_count,
                                                    .colour = style->palette.colours[r]};
        style->category_count++;
        if (style->categories[r].name == NULL)
            return sg_fail_memory(context);
    }
    return SG_OK;
}

/* The shared fill of these regions, a new one if need be; SIZE_MAX when out of memory. */
static size_t shared_fill_of(struct sg_map_style *style, const struct sg_shared_fill *wanted) {
    for (size_t i = 0; i < style->shared_count; i++) {
        const struct sg_shared_fill *fill = &style->shared[i];
        if (fill->stripes.count == wanted->stripes.count
            && memcmp(fill->regions, wanted->regions, sizeof fill->regions) == 0)
            return i;
    }
    if (!sg_reserve(&style->shared, &style->shared_capacity, style->shared_count + 1, sizeof *style->shared))
        return SIZE_MAX;
    style->shared[style->shared_count] = *wanted;
    return style->shared_count++;
}

/* The regions of each area, as far as there are stripes for them. */
static bool find_members(const struct sg_map *map, struct sg_shared_fill *members) {
    for (size_t r = 0; r < map->region_count; r++) {
        for (size_t i = 0; i < map->regions[r].area_count; i++) {
            struct sg_shared_fill *member = &members[map->regions[r].areas[i]];
            if (member->stripes.count == SG_MOST_STRIPES)
                return false;
            member->regions[member->stripes.count++] = (uint32_t)r;
        }
    }
    return true;
}

static enum sg_status give_fills(struct sg_context *context, const struct sg_map *map,
                                 struct sg_shared_fill *members, struct sg_map_style *style) {
    for (size_t i = 0; i < map->area_count; i++) {
        struct sg_shared_fill *member = &members[i];
        if (member->stripes.count <= 1) {
            bool is_in_none = member->stripes.count == 0;
            style->classes[i] = is_in_none ? SG_CLASS_MISSING : (int)member->regions[0];
            style->missing_count += is_in_none;
            continue;
        }
        for (int s = 0; s < member->stripes.count; s++)
            member->stripes.colours[s] = style->palette.colours[member->regions[s]];
        size_t fill = shared_fill_of(style, member);
        if (fill == SIZE_MAX)
            return sg_fail_memory(context);
        style->shared[fill].count++;
        style->classes[i] = (int)(style->category_count + fill);
    }
    return SG_OK;
}

enum sg_status sg_regions_style(struct sg_context *context, const struct sg_map *map,
                                const struct sg_theme *theme, const struct sg_scheme *scheme,
                                struct sg_map_style *style) {
    (void)theme;
    if (map->region_count == 0)
        return sg_fail(context, SG_DRAWING, "name a table with columns area_id and region: --regions FILE",
                       "a map of regions needs regions");
    size_t most = sg_scheme_most(scheme);
    if (map->region_count > most)
        return sg_fail(context, SG_BAD_STYLE, "name a scheme with more colours (Set3: 12), or join regions",
                       "%zu regions are more than the %zu colours of '%s'", map->region_count, most,
                       scheme->name);
    enum sg_status status =
        sg_scheme_palette(context, scheme, map->region_count, map->reverse_scheme, &style->palette);
    if (status == SG_OK)
        status = name_regions(context, map, style);
    if (status != SG_OK)
        return status;
    struct sg_shared_fill *members = sg_alloc(map->area_count, sizeof *members);
    if (members == NULL)
        return sg_fail_memory(context);
    if (!find_members(map, members))
        status = sg_fail(context, SG_DRAWING, "draw some of the regions on a map of their own",
                         "an area lies in more than %d regions: that many stripes cannot be told apart",
                         SG_MOST_STRIPES);
    if (status == SG_OK)
        status = give_fills(context, map, members, style);
    sg_free(members);
    return status;
}

/* "Shared: North + East" */
static void append_shared(struct sg_text *text, const struct sg_drawing *drawing,
                          const struct sg_shared_fill *fill) {
    sg_text_append(text, sg_word(SG_WORD_SHARED_BY, drawing->map->language));
    for (int i = 0; i < fill->stripes.count; i++) {
        sg_text_append(text, i == 0 ? " " : " + "); /* names hold "and" and commas themselves */
        sg_text_append(text, drawing->style.categories[fill->regions[i]].name);
    }
}

static double shared_rows(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y,
                          double width, bool is_dry) {
    const struct sg_map_style *style = &drawing->style;
    bool is_brief = drawing->is_brief || style->shared_count > MOST_COMBINATIONS;
    double at = y;
    size_t together = 0;
    for (size_t i = 0; i < style->shared_count; i++) {
        const struct sg_shared_fill *fill = &style->shared[i];
        together += fill->count;
        if (is_brief)
            continue;
        struct sg_text text;
        sg_text_init(&text);
        append_shared(&text, drawing, fill);
        struct sg_legend_row row = {{SG_MARK_STRIPES, fill->stripes.colours[0], 0, 0, &fill->stripes},
                                    sg_text_bytes(&text),
                                    (long long)fill->count};
        at += visit(drawing, &row, x, at, width, is_dry);
        sg_drawing_release_text(drawing, &text);
    }
    if (is_brief && together > 0) {
        struct sg_legend_row row = {
            {SG_MARK_STRIPES, style->shared[0].stripes.colours[0], 0, 0, &style->shared[0].stripes},
            sg_word(SG_WORD_SHARED, drawing->map->language),
            (long long)together};
        at += visit(drawing, &row, x, at, width, is_dry);
    }
    return at - y;
}

double sg_region_rows(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y, double width,
                      bool is_dry) {
    double at = y;
    for (size_t i = 0; i < drawing->style.category_count; i++) {
        const struct sg_category *region = &drawing->style.categories[i];
        struct sg_legend_row row = {
            {SG_MARK_FILL, region->colour, 0, 0, NULL}, region->name, (long long)region->count};
        at += visit(drawing, &row, x, at, width, is_dry);
    }
    if (visit == sg_legend_row_widen) /* their own block has no say in the legend's width */
        shared_rows(drawing, visit, x, at, width, is_dry);
    return at - y;
}

double sg_legend_shared_areas(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    double rows = shared_rows(drawing, sg_legend_row_draw, x, y, width, is_dry);
    return rows > 0 ? rows - drawing->theme.spacing.row_gap : 0;
}

void sg_regions_describe(const struct sg_drawing *drawing, struct sg_text *text) {
    const struct sg_map_style *style = &drawing->style;
    for (size_t i = 0; i < style->category_count; i++)
        sg_text_append_format(text, "%s%s: %zu", i == 0 ? " " : "; ", style->categories[i].name,
                              style->categories[i].count);
    for (size_t i = 0; i < style->shared_count; i++) {
        sg_text_append(text, "; ");
        append_shared(text, drawing, &style->shared[i]);
        sg_text_append_format(text, ": %zu", style->shared[i].count);
    }
}
