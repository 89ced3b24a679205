/* The error of a run whose services are all elsewhere: where both are, and what is likely wrong. */
#include <math.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/run.h"
#include "read/dataset.h"
#include "read/field_names.h"

/* A field of the layer whose name says longitude or latitude, although the geometry was used. */
static bool has_lon_lat_fields(const struct sg_run *run, const struct sg_service_source *service,
                               char **ret_lon, char **ret_lat) {
    struct sg_dataset dataset;
    *ret_lon = *ret_lat = NULL;
    if (sg_dataset_open(run->context, &service->source, &dataset) == SG_OK && !dataset.is_table) {
        int lon = sg_dataset_recognise(&dataset, sg_lon_fields),
            lat = sg_dataset_recognise(&dataset, sg_lat_fields);
        if (lon >= 0 && lat >= 0) {
            *ret_lon = sg_strdup(sg_dataset_field_name(&dataset, lon));
            *ret_lat = sg_strdup(sg_dataset_field_name(&dataset, lat));
        }
    }
    sg_dataset_release(&dataset);
    return *ret_lon != NULL && *ret_lat != NULL;
}

enum sg_status sg_run_fail_nothing_inside(struct sg_run *run) {
    const struct sg_job *job = run->job;
    const struct sg_site_input *input = &run->inputs[0];
    const struct sg_box *areas = &run->layer.extent, *points = &input->extent;
    struct sg_text hint;
    sg_text_init(&hint);
    char *lon = NULL, *lat = NULL;
    bool is_tiny = !sg_box_is_empty(points) && fabs(points->min_y) < 0.01 && fabs(points->max_y) < 0.01;
    if (input->outcomes[SG_SITE_SWAPPED] > 0) {
        sg_text_append_format(
            &hint,
            "longitude and latitude are swapped in one of the two files. If it is the services: name the "
            "columns the other way round with --lon and --lat, or say --fix-swapped. If it is the areas "
            "(they "
            "span longitudes %.6g to %.6g, latitudes %.6g to %.6g): write them again with longitude first",
            areas->min_x, areas->max_x, areas->min_y, areas->max_y);
    } else if (is_tiny && job->services[0].fields.lon == NULL
               && has_lon_lat_fields(run, &job->services[0], &lon, &lat)) {
        sg_text_append(&hint, "the geometry looks like degrees that were projected as if they were metres; ");
        sg_text_append_format(&hint, "the layer also has fields '%s' and '%s': try --lon %s --lat %s", lon,
                              lat, lon, lat);
    } else if (sg_box_is_empty(points) && input->outcomes[SG_SITE_OUT_OF_RANGE] == input->counts.read) {
        sg_text_append(&hint,
                       "its coordinates are not longitudes and latitudes: say with --services-crs which "
                       "coordinate reference system they are in (EPSG:26917 ...)");
    } else if (sg_box_is_empty(points) && input->outcomes[SG_SITE_NOT_A_NUMBER] == input->counts.read) {
        sg_text_append(&hint, "write coordinates as decimal numbers (-79.38, not 79°23'W), or name other "
                              "columns with --lon and --lat");
    } else if (sg_box_is_empty(points)) {
        sg_text_append(&hint, "no record has usable coordinates: name the columns with --lon and --lat");
    } else {
        sg_text_append(&hint, "are both for the same place, and in the coordinate reference systems they say "
                              "(--areas-crs, --services-crs)?");
    }
    enum sg_status status;
    if (sg_box_is_empty(points))
        status = sg_fail(run->context, SG_BAD_INPUT, sg_text_bytes(&hint),
                         "%s: none of its %llu records has a place", input->path,
                         (unsigned long long)input->counts.read);
    else
        status = sg_fail(
            run->context, SG_BAD_INPUT, sg_text_bytes(&hint),
            "%s: none of its %llu records lies in any area: they span x %.6g to %.6g, y %.6g to %.6g in "
            "%s; the areas span x %.6g to %.6g, y %.6g to %.6g in %s",
            input->path, (unsigned long long)input->counts.read, points->min_x, points->max_x, points->min_y,
            points->max_y, input->crs_name, areas->min_x, areas->max_x, areas->min_y, areas->max_y,
            sg_crs_name(run->layer.crs));
    sg_text_release(&hint);
    sg_free(lon);
    sg_free(lat);
    return status;
}
