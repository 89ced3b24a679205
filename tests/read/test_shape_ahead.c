/* A shapefile large enough to be read by two threads: the same areas as by one, whatever is in it. */
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/area_reader.h"
#include "support/test.h"

enum { RECORDS = 6000, COLUMNS = 100 };

static char *folder;

static OGRGeometryH square(int i, double size) {
    char text[400];
    double x = 0.01 * (i % COLUMNS), y = 0.01 * (i / COLUMNS);
    if (i % 7 == 0) /* of two parts */
        snprintf(text, sizeof text,
                 "MULTIPOLYGON(((%.3f %.3f,%.3f %.3f,%.3f %.3f,%.3f %.3f)),((%.3f %.3f,%.3f %.3f,%.3f "
                 "%.3f,%.3f %.3f)))",
                 x, y, x, y + 0.004, x + 0.004, y, x, y, x + 0.005, y, x + 0.005, y + 0.004, x + 0.009, y,
                 x + 0.005, y);
    else
        snprintf(text, sizeof text, "POLYGON((%.3f %.3f,%.3f %.3f,%.3f %.3f,%.3f %.3f,%.3f %.3f))", x, y, x,
                 y + size, x + size, y + size, x + size, y, x, y);
    OGRGeometryH geometry = NULL;
    char *at = text;
    assert_int_equal(OGR_G_CreateFromWkt(&at, NULL, &geometry), OGRERR_NONE);
    return geometry;
}

/* Every 50th record has no geometry; records 10 and 5,900 are deleted. */
static const char *write_shapefile(const char *name, int count) {
    const char *path = test_path(folder, name);
    GDALAllRegister();
    GDALDatasetH file = GDALCreate(GDALGetDriverByName("ESRI Shapefile"), path, 0, 0, 0, GDT_Unknown, NULL);
    assert_non_null(file);
    OGRSpatialReferenceH crs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(crs, 4326);
    OGRLayerH layer = GDALDatasetCreateLayer(file, "areas", crs, wkbPolygon, NULL);
    OSRDestroySpatialReference(crs);
    OGRFieldDefnH field = OGR_Fld_Create("code", OFTString);
    OGR_Fld_SetWidth(field, 10);
    OGR_L_CreateField(layer, field, TRUE);
    OGR_Fld_Destroy(field);
    for (int i = 0; i < count; i++) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        char code[16];
        snprintf(code, sizeof code, "a%d", i);
        OGR_F_SetFieldString(feature, 0, code);
        if (i % 50 != 49)
            OGR_F_SetGeometryDirectly(feature, square(i, 0.009));
        assert_int_equal(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    assert_int_equal(OGR_L_DeleteFeature(layer, 10), OGRERR_NONE);
    if (count > 5900)
        assert_int_equal(OGR_L_DeleteFeature(layer, 5900), OGRERR_NONE);
    GDALClose(file);
    return path;
}

static enum sg_status read_areas(struct sg_context *context, const char *path, const char *where,
                                 struct sg_area_layer *layer) {
    struct sg_source source = {.path = path, .where = where, .crs_option = "--areas-crs"};
    struct sg_area_fields fields = {.id = "code"};
    return sg_areas_read(context, &source, &fields, layer);
}

static void assert_same_areas(const char *path, const char *where, size_t count, size_t empty) {
    struct sg_area_layer layers[2];
    for (int threads = 1; threads <= 2; threads++) {
        struct sg_context *context = test_context_new(threads);
        assert_ok(context, read_areas(context, path, where, &layers[threads - 1]));
        sg_context_free(context);
    }
    assert_int_equal(layers[0].area_count, count);
    assert_int_equal(layers[1].area_count, count);
    size_t without = 0;
    for (size_t a = 0; a < count; a++) {
        const struct sg_area *one = &layers[0].areas[a], *two = &layers[1].areas[a];
        assert_string_equal(one->id, two->id);
        assert_int_equal(one->shape.polygon_count, two->shape.polygon_count);
        without += one->shape.polygon_count == 0;
        uint32_t points = sg_shape_point_count(&one->shape);
        assert_int_equal(points, sg_shape_point_count(&two->shape));
        if (points > 0)
            assert_memory_equal(one->shape.points, two->shape.points, points * sizeof *one->shape.points);
    }
    assert_int_equal(without, empty);
    sg_area_layer_release(&layers[0]);
    sg_area_layer_release(&layers[1]);
}

static void test_same(void **state) {
    (void)state;
    folder = test_folder_new();
    const char *path = write_shapefile("areas.shp", RECORDS);
    assert_same_areas(path, NULL, RECORDS - 2, RECORDS / 50);
    /* with a condition, and of few records, one thread reads all */
    assert_same_areas(path, "code <> 'a5950'", RECORDS - 3, RECORDS / 50);
    assert_same_areas(write_shapefile("few.shp", 300), NULL, 299, 6);
    test_folder_remove(folder);
}

/* The latter part of the file is lost: the same complaint from two threads as from one. */
static void test_cut_off(void **state) {
    (void)state;
    folder = test_folder_new();
    const char *path = write_shapefile("areas.shp", RECORDS);
    struct stat found;
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(truncate(path, found.st_size * 4 / 5), 0);
    char *errors[2];
    for (int threads = 1; threads <= 2; threads++) {
        struct sg_context *context = test_context_new(threads);
        struct sg_area_layer layer = {0};
        assert_status(context, read_areas(context, path, NULL, &layer), SG_BAD_INPUT);
        assert_null(layer.areas);
        errors[threads - 1] = sg_strdup(test_error(context));
        sg_context_free(context);
    }
    assert_string_equal(errors[0], errors[1]);
    assert_contains(errors[0], "cannot be read at record");
    sg_free(errors[0]);
    sg_free(errors[1]);
    test_folder_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same), cmocka_unit_test(test_cut_off)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
