#include "support/block_town.h"

#include "draw/map_page.h"
#include "support/boxes.h"

static struct sg_point bent(double x, double y, double width, double height) {
    struct sg_point point = {500000 + x * width + 150 * sin(y * 1.3),
                             4830000 + y * height + 150 * sin(x * 0.9)};
    return point;
}

void block_town_block(struct sg_shape *shape, double x, double y, double width, double height) {
    enum { STEPS = 6 };
    assert_true(sg_shape_init(shape, 4 * STEPS + 1, 1, 1));
    for (int i = 0; i <= 4 * STEPS; i++) {
        int side = i / STEPS % 4;
        double t = (double)(i % STEPS) / STEPS;
        double dx = side == 0 ? t : side == 1 ? 1 : side == 2 ? 1 - t : 0;
        double dy = side == 0 ? 0 : side == 1 ? t : side == 2 ? 1 : 1 - t;
        shape->points[i] = bent(x + dx, y + dy, width, height);
    }
    shape->ring_starts[1] = 4 * STEPS + 1;
    shape->polygon_starts[1] = 1;
}

struct block_town *block_town_new(size_t across, size_t down, double width_m, double height_m) {
    struct block_town *town = sg_alloc(1, sizeof *town);
    struct sg_context *context = sg_context_new();
    assert_non_null(town);
    assert_int_equal(sg_crs_new(context, "EPSG:26917", &town->crs), SG_OK);
    town->count = across * down;
    for (size_t i = 0; i < town->count; i++) {
        block_town_block(&town->shapes[i], (double)(i % across), (double)(i / across), width_m, height_m);
        snprintf(town->names[i], sizeof town->names[i], "Neighbourhood %zu-%zu", i % across, i / across);
        town->values[i] = (double)(i * 7919 % 101);
        town->second[i] = (double)(i * 6101 % 97);
        town->areas[i] = (struct sg_map_area){&town->shapes[i], town->names[i], 0, NULL, 0};
    }
    sg_context_free(context);
    sg_map_init(&town->map);
    town->map.crs = town->crs;
    town->map.areas = town->areas;
    town->map.area_count = town->count;
    town->map.title = "Nine neighbourhoods have no language training within a kilometre";
    town->map.subtitle = "Share of residents with no language training within 1 km, 2013";
    town->map.legend_title = "Residents out of reach";
    town->map.legend_unit = "% of residents";
    town->map.source = "An invented town, drawn for a test.";
    town->map.method = "Straight-line distance. Quantiles.";
    return town;
}

void block_town_classify(struct block_town *town) {
    struct sg_context *context = sg_context_new();
    struct sg_break_request request = {.method = SG_BREAKS_QUANTILE, .class_count = 5, .zero_class = true};
    for (size_t i = 0; i < town->count; i++)
        town->areas[i].value = town->areas[i].rank = town->values[i];
    assert_int_equal(sg_classify(context, town->values, town->count, &request, &town->classes), SG_OK);
    town->map.classification = &town->classes;
    sg_context_free(context);
}

void block_town_free(struct block_town *town) {
    for (size_t i = 0; i < BLOCK_TOWN_MOST_AREAS; i++) /* a test may have left areas out */
        sg_shape_release(&town->shapes[i]);
    sg_crs_free(town->crs);
    sg_free(town);
}

/* Lays the town out on a page and checks it; returns the report. */
struct sg_map_report block_town_lay_out(struct block_town *town, double *ret_share, double *ret_least_pt) {
    struct sg_context *context = sg_context_new();
    struct sg_page page;
    struct sg_box_list boxes;
    struct sg_map_report report;
    enum sg_status status = sg_map_lay_out(context, &town->map, &page, &boxes, &report);
    if (status != SG_OK)
        print_message("%s\n", sg_context_error(context));
    assert_int_equal(status, SG_OK);
    test_check_boxes(&boxes, &page, false);
    if (ret_share != NULL)
        *ret_share = test_frame_share(&boxes, &page);
    for (size_t i = 0; ret_least_pt != NULL && i < boxes.count; i++) {
        if (i == 0)
            *ret_least_pt = INFINITY;
        if (boxes.boxes[i].type_pt > 0)
            *ret_least_pt = fmin(*ret_least_pt, boxes.boxes[i].type_pt);
    }
    sg_box_list_release(&boxes);
    sg_context_free(context);
    return report;
}

size_t block_town_count(struct block_town *town, enum sg_box_kind kind) {
    struct sg_context *context = sg_context_new();
    struct sg_page page;
    struct sg_box_list boxes;
    struct sg_map_report report;
    size_t count = 0;
    assert_int_equal(sg_map_lay_out(context, &town->map, &page, &boxes, &report), SG_OK);
    for (size_t i = 0; i < boxes.count; i++)
        count += boxes.boxes[i].kind == kind;
    sg_box_list_release(&boxes);
    sg_context_free(context);
    return count;
}

bool block_town_has_font(void) {
    struct block_town *town = block_town_new(1, 1, 900, 900);
    block_town_classify(town);
    struct sg_context *context = sg_context_new();
    struct sg_page page;
    struct sg_box_list boxes;
    struct sg_map_report report;
    enum sg_status status = sg_map_lay_out(context, &town->map, &page, &boxes, &report);
    bool found = status == SG_OK;
    if (found)
        sg_box_list_release(&boxes);
    else
        print_message("skipped: %s\n", sg_context_error(context));
    assert_true(found || strstr(sg_context_error(context), "font") != NULL);
    sg_context_free(context);
    block_town_free(town);
    return found;
}
