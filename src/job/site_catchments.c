/* The layer `catchment_sites`: what is within a threshold of every single service. */
#include "measure/site_catchments.h"

#include <math.h>

#include "core/alloc.h"
#include "job/catchments.h"
#include "job/sites_table.h"

enum column { SITE, THRESHOLD = SITE + SG_SITE_CELLS, AREA = THRESHOLD + 4, PEOPLE, LON, LAT };

static bool add_columns(struct sg_table *table) {
    static const struct sg_column_words of_site[] = {
        {"site", NULL, "Site", "", "Number of the service: its fid in the layer sites", SG_COLUMN_INTEGER},
        {"service_id", NULL, "Service", "", "Its own id, where --service-id names the field", SG_COLUMN_TEXT},
        {"organization", "organiz", "Organization", "", "Who offers the service", SG_COLUMN_TEXT},
        {"types", NULL, "Types", "", "Codes of the types of service, space separated", SG_COLUMN_TEXT}};
    static const struct sg_column_words of_polygon[] = {
        {"area_km2", NULL, "Area", "km2",
         "Square kilometres on the ellipsoid; 0 = the service is on no street", SG_COLUMN_REAL},
        {"people", NULL, "People", "people",
         "Those who live within the threshold, in all areas; empty = no population known", SG_COLUMN_REAL},
        {"lon", NULL, "Longitude", "", "Degrees", SG_COLUMN_REAL},
        {"lat", NULL, "Latitude", "", "Degrees", SG_COLUMN_REAL}};
    return sg_table_add_columns(table, of_site, sizeof of_site / sizeof *of_site)
           && sg_catchment_add_columns(table)
           && sg_table_add_columns(table, of_polygon, sizeof of_polygon / sizeof *of_polygon);
}

static bool fill_row(const struct sg_run *run, struct sg_table *table, size_t row, size_t s,
                     size_t threshold) {
    const struct sg_site *site = &run->inventory.sites[s];
    struct sg_column *columns = table->columns;
    columns[LON].numbers[row] = site->lon_lat_deg.x;
    columns[LAT].numbers[row] = site->lon_lat_deg.y;
    return sg_site_fill_cells(run, s, &columns[SITE], row)
           && sg_catchment_fill_row(run, table, THRESHOLD, row, threshold);
}

/* Square kilometres of every shape, which several rows may have. */
static double *measure_shapes(const struct sg_run *run, const struct sg_catchment_request *request,
                              const struct sg_catchment_layer *layer) {
    double *areas_km2 = sg_alloc(layer->shape_count, sizeof *areas_km2);
#pragma omp parallel for schedule(dynamic, 16) num_threads(sg_context_threads(run->context))
    for (size_t i = 0; i < layer->shape_count; i++) {
        if (areas_km2 != NULL)
            areas_km2[i] = sg_geodesic_area(&request->ellipsoid, &layer->shapes[i]) / 1e6;
    }
    return areas_km2;
}

/* All of the largest threshold first: smaller ones are drawn over those of every site. */
static bool build_rows(const struct sg_run *run, const struct sg_catchment_request *request,
                       const struct sg_site_catchments *found, struct sg_catchment_layer *layer) {
    size_t rows = 0, row = 0;
    for (size_t s = 0; s < run->inventory.site_count; s++)
        rows += found->place_of_site[s] != UINT32_MAX;
    sg_table_init(&layer->table, rows * request->threshold_count);
    layer->rows = sg_alloc(layer->table.row_count, sizeof *layer->rows);
    double *areas_km2 = measure_shapes(run, request, layer);
    bool done = layer->rows != NULL && areas_km2 != NULL && add_columns(&layer->table);
    for (size_t rank = 0; rank < request->threshold_count; rank++) {
        size_t threshold = sg_catchment_threshold(&run->measures, rank);
        for (size_t s = 0; done && s < run->inventory.site_count; s++) {
            if (found->place_of_site[s] == UINT32_MAX)
                continue;
            size_t shape = found->place_of_site[s] * request->threshold_count + threshold;
            layer->rows[row] = &layer->shapes[shape];
            layer->table.columns[AREA].numbers[row] = areas_km2[shape];
            if (run->demand.has_population)
                layer->table.columns[PEOPLE].numbers[row] = found->people[shape];
            done = fill_row(run, &layer->table, row++, s, threshold);
        }
    }
    sg_free(areas_km2);
    return done;
}

enum sg_status sg_run_find_site_catchments(struct sg_run *run, const struct sg_catchment_request *request,
                                           struct sg_catchment_layer *layer) {
    struct sg_site_catchments found = {0};
    enum sg_status status =
        sg_site_catchments_find(run->context, &run->inventory, &run->demand, &run->travel, request, &found);
    if (status != SG_OK)
        return status;
    layer->shapes = found.shapes;
    layer->shape_count = found.shape_count;
    found.shapes = NULL;
    status = build_rows(run, request, &found, layer) ? SG_OK : sg_fail_memory(run->context);
    sg_site_catchments_release(&found);
    return status;
}
