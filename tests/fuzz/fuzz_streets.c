/* Streets from a layer (GeoJSON) or an OpenStreetMap file, built into a network, and walked between a few
 * points. */
#include "fuzz.h"
#include "measure/site_catchments.h"
#include "measure/street_travel.h"
#include "read/street_reader.h"

/* The catchment of the one service. */
static void outline(struct sg_context *context, const struct sg_street_graph *graph,
                    const struct sg_demand *demand, const struct sg_inventory *inventory,
                    const struct sg_travel *travel, const struct sg_street_request *streets) {
    const double threshold = 400;
    const struct sg_catchment_request request = {.ellipsoid = graph->ellipsoid,
                                                 .type_count = 1,
                                                 .thresholds = &threshold,
                                                 .threshold_count = 1,
                                                 .graph = graph,
                                                 .streets = *streets};
    struct sg_site_catchments found;
    if (travel->starts != NULL
        && sg_site_catchments_find(context, inventory, demand, travel, &request, &found) == SG_OK)
        sg_site_catchments_release(&found);
}

static void walk(struct sg_context *context, const struct sg_street_layer *layer, bool is_time) {
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct sg_street_graph graph = {0};
    struct sg_street_left_out left_out;
    struct sg_travel travel = {0};
    struct sg_street_report report = {0};
    struct sg_inventory inventory;
    static const uint16_t type = 0;
    struct sg_demand_point points[3] = {{.lon_lat_deg = {0, 0}, .weight = 1}};
    for (size_t i = 1; i < 3 && layer->point_count > 0; i++)
        points[i] =
            (struct sg_demand_point){.lon_lat_deg = layer->points[i % layer->point_count], .weight = 1};
    struct sg_demand demand = {.points = points, .point_count = 3};
    const struct sg_street_request request = {1000, 500, is_time ? 0.0125 : 1};
    const struct sg_site site = {.lon_lat_deg = points[1].lon_lat_deg, .weight = 1};
    if (sg_street_graph_build(context, layer, &ellipsoid, is_time, &graph) == SG_OK
        && sg_street_graph_leave_out(context, &graph, is_time ? 100 : 0, &left_out) == SG_OK
        && sg_inventory_init(&inventory, 0, true)) {
        if (sg_inventory_add_types(&inventory, 1) && sg_inventory_add(&inventory, &site, &type, 1, NULL, 0))
            sg_streets_travel(context, &graph, &demand, &inventory, 1, &request, &travel, &report);
        if (!is_time)
            outline(context, &graph, &demand, &inventory, &travel, &request);
        sg_inventory_release(&inventory);
    }
    sg_street_graph_release(&graph);
    sg_travel_release(&travel);
    sg_street_report_release(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct sg_context *context = fuzz_context_new();
    struct sg_crs *wgs84 = NULL;
    bool is_osm = length > 0 && bytes[0] == '<';
    struct sg_street_source source = {
        .source = {.path = fuzz_file(is_osm ? "in.osm" : "in.geojson", bytes, length)},
        .walk_speed_kmh = 4.8};
    if (sg_crs_new(context, "EPSG:4326", &wgs84) == SG_OK) {
        for (int mode = 0; mode < SG_TRAVEL_MODE_COUNT; mode++) {
            struct sg_street_layer layer = {0};
            source.mode = (enum sg_travel_mode)mode;
            if (sg_street_layer_read(context, &source, wgs84, &layer) == SG_OK)
                walk(context, &layer, mode != SG_TRAVEL_WALK);
            sg_street_layer_release(&layer);
        }
    }
    sg_crs_free(wgs84);
    sg_context_free(context);
    return 0;
}
