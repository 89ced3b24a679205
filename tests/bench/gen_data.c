/* Writes the seeded data of the benchmarks. Usage: gen_data FOLDER POINTS [csv|gpkg|fgb|areas ...]: pts.csv,
   pts.gpkg, pts.fgb (the same services), A.gpkg and B.gpkg (districts and tracts). Default: all. */
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench_data.h"

enum { SEED = 1 };

static void stop(const char *what) {
    fprintf(stderr, "gen_data: %s cannot be written\n", what);
    exit(1);
}

static const char *path_of(const char *folder, const char *name) {
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_csv(const char *folder, size_t count) {
    struct bench_services services;
    bench_services_start(&services, SEED);
    FILE *file = fopen(path_of(folder, "pts.csv"), "w");
    if (file == NULL)
        stop("pts.csv");
    fputs("id,type,lon,lat,beds\n", file);
    for (size_t i = 0; i < count; i++) {
        struct bench_service service = bench_services_next(&services);
        fprintf(file, "%zu,%s,%.6f,%.6f,%u\n", i + 1, bench_type_names[service.type], service.point.x,
                service.point.y, service.beds);
    }
    if (fclose(file) != 0)
        stop("pts.csv");
}

static OGRLayerH create(GDALDatasetH dataset, const char *name, OGRwkbGeometryType type) {
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(srs, 4326);
    OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, name, srs, type, NULL);
    OSRRelease(srs);
    return layer;
}

static void add_field(OGRLayerH layer, const char *name, OGRFieldType type) {
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    if (OGR_L_CreateField(layer, field, TRUE) != OGRERR_NONE)
        stop(name);
    OGR_Fld_Destroy(field);
}

static GDALDatasetH create_file(const char *driver_name, const char *path) {
    GDALDriverH driver = GDALGetDriverByName(driver_name);
    GDALDatasetH dataset = driver == NULL ? NULL : GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, NULL);
    if (dataset == NULL)
        stop(path);
    return dataset;
}

static void write_points(const char *folder, const char *name, const char *driver, size_t count) {
    struct bench_services services;
    bench_services_start(&services, SEED);
    GDALDatasetH dataset = create_file(driver, path_of(folder, name));
    OGRLayerH layer = create(dataset, "pts", wkbPoint);
    if (layer == NULL)
        stop(name);
    add_field(layer, "type", OFTString);
    add_field(layer, "beds", OFTInteger);
    bool has_transactions = GDALDatasetTestCapability(dataset, ODsCTransactions);
    if (has_transactions)
        GDALDatasetStartTransaction(dataset, FALSE);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    for (size_t i = 0; i < count; i++) {
        struct bench_service service = bench_services_next(&services);
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, service.point.x, service.point.y);
        OGR_F_SetGeometryDirectly(feature, point);
        OGR_F_SetFieldString(feature, 0, bench_type_names[service.type]);
        OGR_F_SetFieldInteger(feature, 1, (int)service.beds);
        OGR_F_SetFID(feature, OGRNullFID);
        if (OGR_L_CreateFeature(layer, feature) != OGRERR_NONE)
            stop(name);
    }
    OGR_F_Destroy(feature);
    if (has_transactions)
        GDALDatasetCommitTransaction(dataset);
    GDALClose(dataset);
}

static void write_areas(const char *folder, const char *name, struct bench_areas areas) {
    GDALDatasetH dataset = create_file("GPKG", path_of(folder, name));
    OGRLayerH layer = create(dataset, "areas", wkbPolygon);
    if (layer == NULL)
        stop(name);
    add_field(layer, "area_id", OFTString);
    add_field(layer, "population", OFTInteger);
    GDALDatasetStartTransaction(dataset, FALSE);
    struct bench_random random = {areas.count};
    for (size_t i = 0; i < areas.count; i++) {
        const struct sg_shape *shape = &areas.shapes[i];
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon), ring = OGR_G_CreateGeometry(wkbLinearRing);
        OGR_G_SetPoints(ring, (int)sg_shape_point_count(shape), &shape->points->x, sizeof *shape->points,
                        &shape->points->y, sizeof *shape->points, NULL, 0);
        OGR_G_AddGeometryDirectly(polygon, ring);
        OGR_F_SetGeometryDirectly(feature, polygon);
        char id[24];
        snprintf(id, sizeof id, "%05zu", i + 1);
        OGR_F_SetFieldString(feature, 0, id);
        OGR_F_SetFieldInteger(feature, 1, (int)(100 + bench_next(&random) % 20000));
        if (OGR_L_CreateFeature(layer, feature) != OGRERR_NONE)
            stop(name);
        OGR_F_Destroy(feature);
    }
    GDALDatasetCommitTransaction(dataset);
    GDALClose(dataset);
    bench_areas_free(&areas);
}

int main(int argument_count, char **arguments) {
    if (argument_count < 3) {
        fputs("usage: gen_data FOLDER POINTS [csv|gpkg|fgb|areas ...]\n", stderr);
        return 2;
    }
    const char *folder = arguments[1];
    size_t count = strtoull(arguments[2], NULL, 10);
    GDALAllRegister();
    static const char *const all[] = {"csv", "gpkg", "fgb", "areas"};
    for (size_t k = 0; k < 4; k++) {
        bool is_wanted = argument_count == 3;
        for (int i = 3; i < argument_count; i++)
            is_wanted = is_wanted || strcmp(arguments[i], all[k]) == 0;
        if (!is_wanted)
            continue;
        if (k == 0)
            write_csv(folder, count);
        else if (k == 1)
            write_points(folder, "pts.gpkg", "GPKG", count);
        else if (k == 2)
            write_points(folder, "pts.fgb", "FlatGeobuf", count);
        else {
            write_areas(folder, "A.gpkg", bench_districts());
            write_areas(folder, "B.gpkg", bench_tracts());
        }
    }
    return 0;
}
