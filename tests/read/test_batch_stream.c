/* Records of a GeoPackage in batches: the same, in the same order, whether one thread fetches them or two.
   The file is written here with GDAL's feature interface, so what it holds is known. */
#include "read/batch_stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/gdal.h"
#include "support/test.h"

enum { RECORDS = 140000 };

static char *folder;

/* Ids count up from `first`, with every 1000th left out; each record's text is its id. A last id far off,
 * unless 0. */
static const char *write_file(const char *name, GIntBig first, GIntBig far_id) {
    const char *path = test_path(folder, name);
    sg_gdal_start();
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0, GDT_Unknown, NULL);
    assert_non_null(dataset);
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, "services", NULL, wkbPoint, NULL);
    OGRFieldDefnH field = OGR_Fld_Create("kind", OFTString);
    assert_int_equal(OGR_L_CreateField(layer, field, TRUE), OGRERR_NONE);
    OGR_Fld_Destroy(field);
    assert_int_equal(GDALDatasetStartTransaction(dataset, FALSE), OGRERR_NONE);
    GIntBig id = first;
    for (int i = 0; i < RECORDS; i++, id++) {
        char text[24];
        id += id % 1000 == 0;
        if (far_id != 0 && i == RECORDS - 1)
            id = far_id;
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFID(feature, id);
        snprintf(text, sizeof text, "%lld", (long long)id);
        OGR_F_SetFieldString(feature, 0, text);
        if (id % 7 != 0) { /* every seventh has no place */
            OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
            OGR_G_SetPoint_2D(point, 0, (double)id, -1);
            OGR_F_SetGeometryDirectly(feature, point);
        }
        assert_int_equal(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    assert_int_equal(GDALDatasetCommitTransaction(dataset), OGRERR_NONE);
    GDALClose(dataset);
    return path;
}

static int set_up(void **state) {
    (void)state;
    folder = test_folder_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    test_folder_remove(folder);
    return 0;
}

static const struct ArrowArray *column(const struct ArrowSchema *schema, const struct ArrowArray *batch,
                                       const char *name) {
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (strcmp(schema->children[i]->name, name) == 0)
            return batch->children[i];
    }
    fail_msg("no column %s", name);
    return NULL;
}

/* Each record of the batch says its own id in its text, and ids go up. Returns the last. */
static int64_t check_batch(const struct ArrowSchema *schema, const struct ArrowArray *batch, int64_t last) {
    const int64_t *ids = column(schema, batch, "fid")->buffers[1];
    const struct ArrowArray *kind = column(schema, batch, "kind");
    const struct ArrowArray *place = column(schema, batch, "geom");
    const int32_t *starts = kind->buffers[1], *places = place->buffers[1];
    assert_true(batch->length > 0);
    for (int64_t i = 0; i < batch->length; i++) {
        char text[24] = "";
        assert_true(ids[i] > last);
        last = ids[i];
        memcpy(text, (const char *)kind->buffers[2] + starts[i], (size_t)(starts[i + 1] - starts[i]));
        assert_int_equal(atoll(text), ids[i]);
        assert_int_equal(places[i + 1] > places[i], ids[i] % 7 != 0);
    }
    return last;
}

struct read {
    struct sg_context *context;
    struct sg_dataset dataset;
    struct sg_batch_stream *stream;
};

/* The stream keeps looking at the dataset: it must not move. */
static void open_read(struct read *read, const char *path, int threads, const char *where) {
    *read = (struct read){.context = test_context_new(threads)};
    struct sg_source source = {.path = path, .where = where};
    assert_ok(read->context, sg_dataset_open(read->context, &source, &read->dataset));
    assert_ok(read->context, sg_batch_stream_new(&read->dataset, &read->stream));
    assert_non_null(read->stream);
}

static void close_read(struct read *read) {
    sg_batch_stream_free(read->stream);
    sg_dataset_release(&read->dataset);
    sg_context_free(read->context);
}

/* Reads to the end; *ret_count records. */
static enum sg_status read_all(struct read *read, int64_t before, int64_t *ret_count) {
    *ret_count = 0;
    for (;;) {
        struct ArrowArray batch;
        enum sg_status status = sg_batch_stream_next(read->stream, &batch);
        if (status != SG_OK || batch.release == NULL)
            return status;
        before = check_batch(sg_batch_stream_schema(read->stream), &batch, before);
        *ret_count += batch.length;
        batch.release(&batch);
    }
}

static void assert_reads(const char *path, int threads, const char *where, bool is_split, int64_t expected) {
    struct read read;
    int64_t count;
    open_read(&read, path, threads, where);
    assert_int_equal(sg_batch_stream_is_split(read.stream), is_split);
    assert_ok(read.context, read_all(&read, -1000000, &count));
    assert_int_equal(count, expected);
    close_read(&read);
}

static void test_same_records(void **state) {
    (void)state;
    const char *path = write_file("even.gpkg", 1, 0);
    assert_reads(path, 1, NULL, false, RECORDS);
    assert_reads(path, 2, NULL, true, RECORDS);
    assert_reads(path, 2, "kind <> '77'", false, RECORDS - 1); /* a condition is the driver's affair */
}

static void test_odd_ids(void **state) {
    (void)state;
    assert_reads(write_file("below_zero.gpkg", -200000, 0), 2, NULL, true, RECORDS);
    /* nearly all ranges would be empty: one thread */
    assert_reads(write_file("far.gpkg", 1, 9000000000000000000), 2, NULL, false, RECORDS);
}

static void test_stopped_early(void **state) {
    (void)state;
    struct read read;
    open_read(&read, write_file("stopped.gpkg", 1, 0), 2, NULL);
    struct ArrowArray batch;
    assert_true(sg_batch_stream_is_split(read.stream));
    assert_ok(read.context, sg_batch_stream_next(read.stream, &batch));
    batch.release(&batch);
    close_read(&read); /* the workers wait for room just then: they end, and their batches are freed */
}

/* Writes bytes without sense over a piece of the file. */
static void spoil(const char *path, long at, long length) {
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    for (long i = 0; i < length; i++)
        fputc(0xAB, file);
    assert_int_equal(fclose(file), 0);
}

/* Wherever the file is spoilt: all records, where only its index of places was hit, or an error. */
static void test_broken_file(void **state) {
    (void)state;
    const char *path = write_file("broken.gpkg", 1, 0);
    size_t size;
    char *whole = test_read(path, &size);
    int errors = 0, splits = 0;
    for (long eighth = 1; eighth < 8; eighth++) {
        test_write_bytes(path, whole, size);
        spoil(path, (long)size / 8 * eighth / 4096 * 4096, 8 * 4096L);
        struct read read;
        open_read(&read, path, 2, NULL);
        int64_t count;
        enum sg_status status = read_all(&read, -1, &count);
        if (status == SG_OK)
            assert_int_equal(count, RECORDS);
        else
            assert_contains(test_error(read.context), "cannot be read to its end");
        errors += status != SG_OK;
        splits += sg_batch_stream_is_split(read.stream);
        close_read(&read);
    }
    free(whole);
    assert_true(errors >= 2 && splits >= 2);
}

/* Where this GDAL's batches of a GeoPackage are not to be trusted, there are none. */
static void test_none_hasty(void **state) {
    (void)state;
    const char *path = write_file("none.gpkg", 1, 0);
    for (int threads = 1; threads <= 2; threads++) {
        struct sg_context *context = test_context_new(threads);
        struct sg_source source = {.path = path};
        struct sg_dataset dataset;
        struct sg_batch_stream *stream;
        assert_ok(context, sg_dataset_open(context, &source, &dataset));
        assert_ok(context, sg_batch_stream_new(&dataset, &stream));
        assert_null(stream);
        sg_dataset_release(&dataset);
        sg_context_free(context);
    }
}

int main(void) {
    const struct CMUnitTest hasty[] = {cmocka_unit_test(test_none_hasty)};
    int version = atoi(GDALVersionInfo("VERSION_NUM"));
    if (version >= 3070000 && version < 3110400)
        return cmocka_run_group_tests(hasty, set_up, tear_down);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_records),
        cmocka_unit_test(test_odd_ids),
        cmocka_unit_test(test_stopped_early),
        cmocka_unit_test(test_broken_file),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
