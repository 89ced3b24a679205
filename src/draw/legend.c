#include "draw/legend.h"

#include <math.h>

#include "draw/legend_key.h"
#include "draw/legend_rows.h"
#include "draw/regions_fill.h"
#include "draw/scale_bar.h"

/* The heading and the classes belong together: a column may not part them. */
static double heading_and_classes(struct sg_drawing *drawing, double x, double y, double width, bool is_dry) {
    double heading = sg_legend_heading(drawing, x, y, width, is_dry);
    if (heading > 0)
        heading += 0.9 * drawing->theme.sizes.legend_text;
    return heading + sg_legend_classes(drawing, x, y + heading, width, is_dry);
}

/* The blocks from the top; each stands under the one before, in the next column when there is no room. */
static const struct block {
    sg_legend_block_fn *draw;
    double gap_before; /* in legend text sizes */
    bool is_optional;
} blocks[] = {
    {heading_and_classes, 0, false}, {sg_legend_shared_areas, 0.5, false}, {sg_legend_histogram, 1.5, true},
    {sg_legend_sites, 1.5, false},   {sg_legend_lines, 1.2, false},        {sg_legend_scale_bar, 1.6, false},
};

enum { BLOCK_COUNT = sizeof blocks / sizeof blocks[0] };

double sg_legend_width(struct sg_drawing *drawing, double height, double most) {
    const struct sg_spacing *space = &drawing->theme.spacing;
    double wanted = fmin(fmax(sg_legend_rows_width(drawing), space->legend_narrow), space->legend_wide);
    const size_t few = 20; /* areas that are named on the map without a key */
    bool has_key = !drawing->map->no_labels && drawing->map->kind != SG_MAP_MULTIPLES;
    if (!has_key || drawing->map->area_count <= few || height < 30 * drawing->theme.sizes.key)
        return wanted;
    double for_two = sg_legend_key_width(drawing, 2);
    return fmax(wanted, most >= for_two ? for_two : fmin(most, space->legend_wide));
}

/* Runs through the blocks, drawing or measuring. Returns the height of the fullest column. */
static double flow(struct sg_drawing *drawing, struct sg_legend *legend, double limit, bool is_dry) {
    double unit = drawing->theme.sizes.legend_text;
    double top = legend->rectangle.y, at = top, fullest = 0;
    double width =
        fmin(legend->column_width, drawing->theme.spacing.legend_wide); /* a wider one is for the key */
    int column = 0;
    for (int b = 0; b < BLOCK_COUNT; b++) {
        if (blocks[b].is_optional && !legend->has_histogram)
            continue;
        double x = legend->rectangle.x + column * (legend->column_width + 2 * drawing->theme.spacing.gap);
        double height = blocks[b].draw(drawing, x, at, width, true);
        if (height <= 0)
            continue;
        double gap = at > top ? blocks[b].gap_before * unit : 0;
        if (at > top && at + gap + height > top + limit && column + 1 < legend->column_count) {
            column++;
            at = top;
            gap = 0;
            x = legend->rectangle.x + column * (legend->column_width + 2 * drawing->theme.spacing.gap);
        }
        at += gap;
        if (!is_dry)
            blocks[b].draw(drawing, x, at, width, false);
        at += height;
        fullest = fmax(fullest, at - top);
    }
    legend->key_column = column;
    legend->key_top = at > top ? at + 1.6 * unit : top;
    return fullest;
}

double sg_legend_plan(struct sg_drawing *drawing, const struct sg_rectangle *rectangle, int column_count,
                      struct sg_legend *ret_legend) {
    struct sg_legend legend = {.rectangle = *rectangle, .column_count = column_count, .has_histogram = true};
    double between = 2 * drawing->theme.spacing.gap * (column_count - 1);
    legend.column_width = (rectangle->width - between) / column_count;
    drawing->is_brief = false;
    double needed = flow(drawing, &legend, rectangle->height, true);
    if (needed > rectangle->height) {
        legend.has_histogram = false;
        needed = flow(drawing, &legend, rectangle->height, true);
    }
    if (needed > rectangle->height) {
        drawing->is_brief = true;
        needed = flow(drawing, &legend, rectangle->height, true);
    }
    legend.key_bottom = rectangle->y + fmax(rectangle->height, needed);
    sg_legend_key_plan(drawing, &legend);
    *ret_legend = legend;
    return needed;
}

void sg_legend_draw(struct sg_drawing *drawing, const struct sg_legend *legend) {
    struct sg_legend copy = *legend;
    flow(drawing, &copy, legend->rectangle.height, false);
    sg_legend_key_draw(drawing, legend);
}
