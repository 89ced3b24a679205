#include "draw/label.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "core/text.h"
#include "draw/clean_text.h"
#include "draw/label_text.h"
#include "draw/legend_key.h"
#include "draw/pole.h"

static const double label_leading = 1.12;
static const double least_shrink = 0.7;

/* One area waiting for its label. */
struct candidate {
    uint32_t area;
    double rank;
    double size_pt2;
};

struct labelling {
    struct sg_drawing *drawing;
    struct sg_legend *legend;
    struct sg_point *points; /* of the area being labelled */
    uint32_t *starts;
    size_t point_capacity, start_capacity;
    struct sg_ring_list rings;
    struct sg_box box; /* of the rings */
};

/* Collects the rings of an area from its arcs. */
static bool load_rings(struct labelling *work, uint32_t area) {
    const struct sg_topology *topology = &work->drawing->topology;
    uint32_t first = topology->area_rings[area], end = topology->area_rings[area + 1];
    uint32_t used = 0;
    work->box = sg_box_empty();
    if (!sg_reserve(&work->starts, &work->start_capacity, end - first + 1, sizeof *work->starts))
        return false;
    for (uint32_t ring = first; ring < end; ring++) {
        work->starts[ring - first] = used;
        for (uint32_t r = topology->ring_starts[ring]; r < topology->ring_starts[ring + 1]; r++) {
            int32_t signed_arc = topology->ring_arcs[r];
            bool reversed = signed_arc < 0;
            const struct sg_arc *arc = &topology->arcs[reversed ? ~signed_arc : signed_arc];
            if (!sg_reserve(&work->points, &work->point_capacity, used + arc->count + 1,
                            sizeof *work->points))
                return false;
            bool is_first = r == topology->ring_starts[ring];
            for (uint32_t i = is_first ? 0 : 1; i < arc->count; i++) {
                struct sg_point point = topology->points[arc->start + (reversed ? arc->count - 1 - i : i)];
                sg_box_add(&work->box, point);
                work->points[used++] = point;
            }
        }
    }
    work->starts[end - first] = used;
    work->rings = (struct sg_ring_list){work->points, work->starts, end - first};
    return true;
}

static double rings_area(const struct sg_ring_list *rings) {
    double twice = 0;
    for (uint32_t r = 0; r < rings->count; r++) {
        double ring = 0;
        for (uint32_t i = rings->starts[r]; i + 1 < rings->starts[r + 1]; i++)
            ring += rings->points[i].x * rings->points[i + 1].y - rings->points[i + 1].x * rings->points[i].y;
        twice += fabs(ring);
    }
    return twice / 2;
}

/* By rank, then size, then position: the same order on every machine. */
static int compare_candidates(const void *a, const void *b) {
    const struct candidate *p = a, *q = b;
    double p_rank = isnan(p->rank) ? -INFINITY : p->rank, q_rank = isnan(q->rank) ? -INFINITY : q->rank;
    if (p_rank != q_rank)
        return p_rank > q_rank ? -1 : 1;
    if (p->size_pt2 != q->size_pt2)
        return p->size_pt2 > q->size_pt2 ? -1 : 1;
    return p->area < q->area ? -1 : p->area > q->area;
}

static bool is_free(const struct labelling *work, double x, double y, double width, double height) {
    return sg_rings_hold_box(&work->rings, x, y, width, height)
           && !sg_box_list_meets(&work->drawing->boxes, x, y, width, height);
}

/* Tries the pole, then places around it in growing squares. */
static bool find_place(const struct labelling *work, double width, double height, double *ret_x,
                       double *ret_y) {
    enum { MOST_RINGS = 6 };
    const double precision_pt = 0.4;
    if (width > work->box.max_x - work->box.min_x || height > work->box.max_y - work->box.min_y)
        return false;
    struct sg_pole pole = sg_pole_of_inaccessibility(&work->rings, width / height, precision_pt);
    if (pole.distance + precision_pt < height / 2) /* no place has room, if the best has not */
        return false;
    double step = fmax(height * 0.5, 2);
    for (int ring = 0; ring <= MOST_RINGS; ring++) {
        for (int dy = -ring; dy <= ring; dy++) {
            for (int dx = -ring; dx <= ring; dx++) {
                if (abs(dx) != ring && abs(dy) != ring)
                    continue;
                double x = pole.point.x + dx * step - width / 2, y = pole.point.y + dy * step - height / 2;
                if (is_free(work, x, y, width, height)) {
                    *ret_x = x;
                    *ret_y = y;
                    return true;
                }
            }
        }
    }
    return false;
}

static struct sg_text_style style_on(const struct sg_drawing *drawing, uint32_t area, double size_pt,
                                     double weight) {
    struct sg_colour fill;
    bool is_flat = sg_map_style_fill(&drawing->style, &drawing->theme, drawing->style.classes[area], &fill);
    struct sg_text_style style = sg_style_of(size_pt, weight, sg_text_on(fill, &drawing->theme));
    style.align = SG_ALIGN_CENTRE;
    style.leading = label_leading;
    if (!is_flat || drawing->map->line_count > 0) { /* lines and hatches run under it */
        style.halo_pt = drawing->theme.lines.label_halo;
        style.halo = fill;
    }
    return style;
}

static void put(struct labelling *work, const char *text, const struct sg_text_style *style, double x,
                double y, double width, double height) {
    struct sg_text_size size = sg_lettering_measure(work->drawing->lettering, text, style);
    sg_lettering_draw(work->drawing->lettering, work->drawing->cairo, text, style, x + width / 2,
                      y + (height - size.height) / 2);
    sg_box_list_add(&work->drawing->boxes, SG_BOX_LABEL, x, y, width, height);
}

/* Spares the measuring of names that cannot fit: letters are at least so wide for their size. */
static bool may_fit(const struct labelling *work, const char *name, double least_pt) {
    const double narrowest = 0.3;
    double letters = (double)sg_utf8_length(name);
    double width = work->box.max_x - work->box.min_x, height = work->box.max_y - work->box.min_y;
    return height >= least_pt && width >= letters * narrowest * least_pt / SG_LABEL_MOST_LINES
           && width * height >= letters * narrowest * least_pt * least_pt;
}

/* The name itself, on the fewest lines and in the largest size that fit. */
static bool try_name(struct labelling *work, uint32_t area, const char *name) {
    struct sg_drawing *drawing = work->drawing;
    double full = drawing->theme.sizes.label;
    double least = fmax(full * least_shrink, drawing->theme.sizes.label_least);
    struct sg_text_style style = style_on(drawing, area, full, drawing->theme.weights.label);
    struct sg_label_text text;
    if (!may_fit(work, name, least))
        return false;
    if (!sg_label_text_init(drawing->lettering, name, &style, &text)) {
        drawing->out_of_memory = true;
        return false;
    }
    bool placed = false;
    double pad = full * 0.22 + style.halo_pt * 0.5;
    for (double size = full; size >= least - 1e-6 && !placed; size -= fmax((full - least) / 3, 0.01)) {
        for (int lines = 1; lines <= SG_LABEL_MOST_LINES && !placed; lines++) {
            if (text.lines[lines - 1] == NULL)
                break;
            double width = text.widths[lines - 1] * size / full + 2 * pad;
            double height = lines * size * label_leading + pad;
            double x, y;
            if (find_place(work, width, height, &x, &y)) {
                style.size_pt = size;
                put(work, text.lines[lines - 1], &style, x, y, width, height);
                placed = true;
            }
        }
    }
    sg_label_text_release(&text);
    return placed;
}

/* A number that the legend explains. */
static bool try_number(struct labelling *work, uint32_t area) {
    struct sg_drawing *drawing = work->drawing;
    char number[24];
    snprintf(number, sizeof number, "%zu", drawing->key_count + 1);
    if (work->legend->slot >= work->legend->slot_count
        || !may_fit(work, number, 0.9 * drawing->theme.sizes.label_least))
        return false;
    double full = drawing->theme.sizes.label,
           least = fmax(full * least_shrink, drawing->theme.sizes.label_least);
    for (double size = full; size >= least - 1e-6; size -= fmax((full - least) / 3, 0.01)) {
        struct sg_text_style style = style_on(drawing, area, size, 600);
        double width = sg_lettering_measure(drawing->lettering, number, &style).width + 0.2 * size;
        double height = size * 0.95, x, y;
        if (find_place(work, width, height, &x, &y)) {
            if (!sg_legend_key_add(drawing, work->legend, area))
                return false;
            put(work, number, &style, x, y, width, height);
            return true;
        }
    }
    return false;
}

static enum sg_status label_all(struct labelling *work, struct candidate *candidates, size_t count) {
    struct sg_drawing *drawing = work->drawing;
    for (size_t i = 0; i < count; i++) {
        uint32_t area = candidates[i].area;
        char *name = sg_text_clean(drawing->map->areas[area].name, false);
        if (name == NULL || !load_rings(work, area)) {
            sg_free(name);
            return sg_fail_memory(drawing->context);
        }
        if (name[0] != '\0') {
            if (try_name(work, area, name))
                drawing->report.labels_drawn++;
            else if (try_number(work, area))
                drawing->report.labels_keyed++;
            else
                drawing->report.labels_dropped++;
        }
        sg_free(name);
    }
    return SG_OK;
}

enum sg_status sg_draw_labels(struct sg_drawing *drawing, struct sg_legend *legend) {
    const struct sg_map *map = drawing->map;
    if (map->no_labels)
        return SG_OK;
    struct labelling work = {.drawing = drawing, .legend = legend};
    struct candidate *candidates = sg_alloc(map->area_count, sizeof *candidates);
    enum sg_status status = candidates == NULL ? sg_fail_memory(drawing->context) : SG_OK;
    size_t count = 0;
    for (size_t i = 0; i < map->area_count && status == SG_OK; i++) {
        if (drawing->topology.area_rings[i] == drawing->topology.area_rings[i + 1])
            continue;
        if (!load_rings(&work, (uint32_t)i))
            status = sg_fail_memory(drawing->context);
        else
            candidates[count++] =
                (struct candidate){(uint32_t)i, map->areas[i].rank, rings_area(&work.rings)};
    }
    if (status == SG_OK) {
        qsort(candidates, count, sizeof *candidates, compare_candidates);
        status = label_all(&work, candidates, count);
    }
    sg_free(candidates);
    sg_free(work.points);
    sg_free(work.starts);
    return status;
}
