#include "read/promised_records.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

enum { BLOCK = 65536 };

/* Lines that are not blank; 0 when the file cannot be read. */
static uint64_t count_lines(const char *path) {
    VSILFILE *file = VSIFOpenL(path, "rb");
    char *block = file == NULL ? NULL : sg_alloc(BLOCK, 1);
    uint64_t count = 0;
    size_t length;
    bool is_blank = true;
    while (block != NULL && (length = VSIFReadL(block, 1, BLOCK, file)) > 0) {
        for (size_t i = 0; i < length; i++) {
            bool is_end = block[i] == '\n' || block[i] == '\r';
            bool begins = is_blank && !is_end;
            count += begins;
            is_blank = is_end;
        }
    }
    sg_free(block);
    if (file != NULL)
        VSIFCloseL(file);
    return count;
}

/* The rows of the .mid beside a .mif, one for each of its records. */
static uint64_t count_rows(const struct sg_dataset *dataset) {
    static const char *const endings[] = {"mid", "MID"};
    uint64_t count = 0;
    if (!sg_text_ends_fold(dataset->opened_path, ".mif"))
        return 0;
    for (size_t i = 0; count == 0 && i < sizeof endings / sizeof *endings; i++)
        count = count_lines(CPLResetExtension(dataset->opened_path, endings[i]));
    return count;
}

static uint64_t count_features(OGRLayerH layer) {
    uint64_t count = 0;
    OGRFeatureH feature;
    CPLPushErrorHandler(CPLQuietErrorHandler); /* what else is wrong is told when they are read */
    while ((feature = OGR_L_GetNextFeature(layer)) != NULL) {
        OGR_F_Destroy(feature);
        count++;
    }
    OGR_L_ResetReading(layer);
    CPLPopErrorHandler();
    CPLErrorReset();
    return count;
}

enum sg_status sg_promised_records_find(struct sg_dataset *dataset, const char *where) {
    if (strcmp(dataset->driver, "FlatGeobuf") == 0) {
        GIntBig count = OGR_L_GetFeatureCount(dataset->layer, FALSE); /* -1, 0: it does not say */
        dataset->promised_count = count > 0 ? (uint64_t)count : 0;
    } else if (strcmp(dataset->driver, "MapInfo File") == 0) {
        dataset->promised_count = count_rows(dataset);
    }
    if (dataset->promised_count == 0 || where == NULL)
        return SG_OK;
    enum sg_status status = sg_promised_records_check(dataset, count_features(dataset->layer));
    dataset->promised_count = 0;
    return status;
}

enum sg_status sg_promised_records_check(const struct sg_dataset *dataset, uint64_t read_count) {
    if (read_count >= dataset->promised_count)
        return SG_OK;
    if (strcmp(dataset->driver, "FlatGeobuf") == 0)
        return sg_fail(dataset->context, SG_BAD_INPUT, "is the file complete? Download or export it again",
                       "%s: ends after %llu of %llu records", dataset->path, (unsigned long long)read_count,
                       (unsigned long long)dataset->promised_count);
    return sg_fail(dataset->context, SG_BAD_INPUT,
                   "its parts are not of one export, or one is damaged: get .mif and .mid together again",
                   "%s: %llu records can be read (.mif), but %llu have attributes (.mid)", dataset->path,
                   (unsigned long long)read_count, (unsigned long long)dataset->promised_count);
}
