#include "draw/place_name.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"

enum { MOST_PLACES = 8 };

struct place {
    size_t shape;
    double size_pt2;
};

static int compare_places(const void *a, const void *b) {
    const struct place *p = a, *q = b;
    if (p->size_pt2 != q->size_pt2)
        return p->size_pt2 > q->size_pt2 ? -1 : 1;
    return p->shape < q->shape ? -1 : p->shape > q->shape;
}

static bool corner_is_in(const struct sg_shape *shape, double x, double y, double width, double height,
                         int corner) {
    struct sg_point point = {corner == 4 ? x + width / 2 : x + (corner % 2) * width,
                             corner == 4 ? y + height / 2 : y + (double)(corner / 2) * height};
    return sg_shape_holds(shape, point);
}

/* The whole box on the shape, and on no water when the shape is land. */
static bool is_on_shape(const struct sg_drawing *drawing, size_t index, double x, double y, double width,
                        double height) {
    for (int corner = 0; corner < 5; corner++) {
        if (!corner_is_in(&drawing->context_shapes[index], x, y, width, height, corner))
            return false;
    }
    if (drawing->map->context_shapes[index].is_water)
        return true;
    for (size_t i = 0; i < drawing->map->context_shape_count; i++) {
        for (int corner = 0; corner < 5 && drawing->map->context_shapes[i].is_water; corner++) {
            if (corner_is_in(&drawing->context_shapes[i], x, y, width, height, corner))
                return false;
        }
    }
    return true;
}

/* How much room there is around the box, in steps; -1 when it is not free at all. */
static double clearance(const struct sg_drawing *drawing, double x, double y, double width, double height) {
    static const double steps[] = {40, 24, 14, 7, 3};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        double s = steps[i] * drawing->page.scale;
        if (sg_coverage_mask_share(&drawing->mask, x - s, y - s, width + 2 * s, height + 2 * s) == 0
            && !sg_box_list_meets(&drawing->boxes, x - s, y - s, width + 2 * s, height + 2 * s))
            return s;
    }
    return -1;
}

static bool find_spot(const struct sg_drawing *drawing, size_t index, double width, double height,
                      double *ret_x, double *ret_y) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    struct sg_box box = sg_shape_envelope(&drawing->context_shapes[index]);
    double left = fmax(box.min_x, frame->x), right = fmin(box.max_x, frame->x + frame->width) - width;
    double top = fmax(box.min_y, frame->y), bottom = fmin(box.max_y, frame->y + frame->height) - height;
    double best = -1, step = fmax(height, 6);
    for (double y = top; y <= bottom; y += step) {
        for (double x = left; x <= right; x += step) {
            double room = clearance(drawing, x, y, width, height);
            if (room > best && is_on_shape(drawing, index, x, y, width, height)) {
                best = room;
                *ret_x = x;
                *ret_y = y;
            }
        }
    }
    return best >= 0;
}

static void draw_place(struct sg_drawing *drawing, size_t index) {
    const struct sg_theme *theme = &drawing->theme;
    bool is_water = drawing->map->context_shapes[index].is_water;
    struct sg_text_style style =
        sg_style_of(theme->sizes.place, theme->weights.legend_text,
                    is_water ? theme->colours.water_text : theme->colours.quiet_text);
    style.is_italic = is_water;
    style.halo_pt = drawing->map->line_count > 0 ? theme->lines.label_halo : 0;
    style.halo = is_water ? theme->colours.water : theme->colours.land;
    char *name = sg_drawing_clean(drawing, drawing->map->context_shapes[index].name);
    if (name != NULL && name[0] != '\0') {
        struct sg_text_size size = sg_lettering_measure(drawing->lettering, name, &style);
        double x = 0, y = 0;
        if (find_spot(drawing, index, size.width, size.height, &x, &y)) {
            sg_lettering_draw(drawing->lettering, drawing->cairo, name, &style, x, y);
            sg_box_list_add(&drawing->boxes, SG_BOX_PLACE_NAME, x, y, size.width, size.height);
            sg_box_list_set_type(&drawing->boxes, style.size_pt);
        }
    }
    sg_free(name);
}

void sg_draw_place_names(struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    struct place *places = sg_alloc(map->context_shape_count, sizeof *places);
    size_t count = 0;
    drawing->out_of_memory = drawing->out_of_memory || places == NULL;
    for (size_t i = 0; i < map->context_shape_count && places != NULL; i++) {
        if (map->context_shapes[i].name != NULL && drawing->context_shapes[i].polygon_count > 0)
            places[count++] = (struct place){i, fabs(sg_shape_planar_area(&drawing->context_shapes[i]))};
    }
    if (count > 1)
        qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count && i < MOST_PLACES; i++)
        draw_place(drawing, places[i].shape);
    sg_free(places);
}
