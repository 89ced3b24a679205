/* The floor: GDAL reads a file and does nothing but touch every x and every type. Usage: read_only
 * feature|arrow FILE */
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_recordbatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static double read_features(OGRLayerH layer) {
    int type = OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(layer), "type");
    double sum = 0;
    OGRFeatureH feature;
    while ((feature = OGR_L_GetNextFeature(layer)) != NULL) {
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        if (geometry != NULL && wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbPoint)
            sum += OGR_G_GetX(geometry, 0);
        sum += type < 0 ? 0 : OGR_F_GetFieldAsString(feature, type)[0];
        OGR_F_Destroy(feature);
    }
    return sum;
}

/* The WKB of a point: byte order, type, x. */
static double read_batches(OGRLayerH layer) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    double sum = 0;
    if (!OGR_L_GetArrowStream(layer, &stream, NULL) || stream.get_schema(&stream, &schema) != 0)
        return sum;
    while (stream.get_next(&stream, &batch) == 0 && batch.release != NULL) {
        for (int64_t c = 0; c < batch.n_children; c++) {
            const struct ArrowArray *column = batch.children[c];
            const char *format = schema.children[c]->format;
            if (strcmp(format, "z") != 0 && strcmp(format, "u") != 0)
                continue;
            const int32_t *starts = column->buffers[1];
            const char *bytes = column->buffers[2];
            for (int64_t i = 0; i < column->length; i++) {
                double x = 0;
                if (format[0] == 'z' && starts[i + 1] - starts[i] >= 13)
                    memcpy(&x, bytes + starts[i] + 5, sizeof x);
                else if (starts[i + 1] > starts[i])
                    x = bytes[starts[i]];
                sum += x;
            }
        }
        batch.release(&batch);
    }
    schema.release(&schema);
    stream.release(&stream);
    return sum;
}

int main(int argument_count, char **arguments) {
    if (argument_count != 3)
        return 2;
    GDALAllRegister();
    char **options = CSLSetNameValue(NULL, "X_POSSIBLE_NAMES", "lon");
    options = CSLSetNameValue(options, "Y_POSSIBLE_NAMES", "lat");
    const char *ending = strrchr(arguments[2], '.');
    bool is_csv = ending != NULL && strcmp(ending, ".csv") == 0;
    GDALDatasetH dataset =
        GDALOpenEx(arguments[2], GDAL_OF_VECTOR, NULL, is_csv ? (const char *const *)options : NULL, NULL);
    CSLDestroy(options);
    if (dataset == NULL)
        return 1;
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    double sum = strcmp(arguments[1], "arrow") == 0 ? read_batches(layer) : read_features(layer);
    printf("%.6f\n", sum);
    GDALClose(dataset);
    return 0;
}
