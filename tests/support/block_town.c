#include "support/block_town.h"

#include "support/test.h"

static struct sg_point bent(double x, double y) {
    const double block_m = 1000;
    return (struct sg_point){500000 + x * block_m + 150 * sin(y * 1.3),
                             4830000 + y * block_m + 150 * sin(x * 0.9)};
}

static void make_block(struct sg_shape *shape, double x, double y) {
    enum { STEPS = 5 };
    assert_true(sg_shape_init(shape, 4 * STEPS + 1, 1, 1));
    for (int i = 0; i <= 4 * STEPS; i++) {
        int side = i / STEPS % 4;
        double t = (double)(i % STEPS) / STEPS;
        double dx = side == 0 ? t : side == 1 ? 1 : side == 2 ? 1 - t : 0;
        double dy = side == 0 ? 0 : side == 1 ? t : side == 2 ? 1 : 1 - t;
        shape->points[i] = bent(x + dx, y + dy);
    }
    shape->ring_starts[1] = 4 * STEPS + 1;
    shape->polygon_starts[1] = 1;
}

struct block_town *block_town_new(struct sg_context *context, size_t across, size_t down) {
    struct block_town *town = sg_alloc(1, sizeof *town);
    assert_non_null(town);
    assert_ok(context, sg_crs_new(context, "EPSG:26917", &town->crs));
    town->count = across * down;
    assert_true(town->count <= BLOCK_TOWN_MOST);
    for (size_t i = 0; i < town->count; i++) {
        make_block(&town->shapes[i], (double)(i % across), (double)(i / across));
        snprintf(town->names[i], sizeof town->names[i], "Neighbourhood %zu-%zu", i % across, i / across);
        town->values[i] = (double)(i * 7919 % 101);
        town->second[i] = (double)(i * 6101 % 97);
        town->areas[i] =
            (struct sg_map_area){&town->shapes[i], town->names[i], town->values[i], NULL, town->values[i]};
    }
    sg_map_init(&town->map);
    town->map.crs = town->crs;
    town->map.areas = town->areas;
    town->map.area_count = town->count;
    town->map.title = "Nine neighbourhoods have no language training within a kilometre";
    town->map.subtitle = "Share of residents with no language training within 1 km, 2013";
    town->map.legend_title = "Residents out of reach";
    town->map.legend_unit = "% of residents";
    town->map.source = "An invented town, drawn for a test.";
    return town;
}

void block_town_free(struct block_town *town) {
    for (size_t i = 0; i < town->count; i++)
        sg_shape_release(&town->shapes[i]);
    sg_crs_free(town->crs);
    sg_free(town);
}
