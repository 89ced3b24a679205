#include "read/look_through.h"

#include <cpl_error.h>
#include <string.h>

#include "core/alloc.h"
#include "read/csv_watch.h"

static bool is_csv_in_archive(const struct sg_dataset *dataset) {
    return strcmp(dataset->driver, "CSV") == 0 && strncmp(dataset->opened_path, "/vsi", 4) == 0;
}

static enum sg_status look_at_csv(struct sg_dataset *dataset, bool is_first) {
    struct sg_csv_file *file;
    enum sg_status status = sg_csv_open_matching(dataset, false, &file);
    if (status != SG_OK || file == NULL)
        return status;
    struct sg_csv_watch watch = {.context = dataset->context,
                                 .path = dataset->path,
                                 .cell_count = (size_t)OGR_FD_GetFieldCount(dataset->definition)};
    while (status == SG_OK && !sg_context_interrupted(dataset->context)) {
        struct sg_csv_record record;
        bool is_end;
        status = sg_csv_file_next(file, &record, &is_end);
        if (status != SG_OK || is_end)
            break;
        if (is_first)
            sg_csv_watch_look(&watch, &record);
        for (size_t i = 0; dataset->where == NULL && i < dataset->number_column_count; i++) {
            struct sg_number_column *column = &dataset->number_columns[i];
            if ((size_t)column->field < record.cell_count)
                sg_number_style_look(&column->style, record.cells[column->field]);
        }
    }
    if (status == SG_OK)
        sg_csv_watch_tell(&watch, true);
    if (watch.lone_quotes + watch.inner_quotes > 0 && dataset->where == NULL)
        dataset->expected_count = watch.record_count;
    dataset->surplus_count = watch.surplus_count;
    sg_csv_file_free(file);
    return status;
}

static void look_at_features(struct sg_dataset *dataset) {
    OGRFeatureH feature;
    CPLPushErrorHandler(CPLQuietErrorHandler); /* what is wrong is told when they are read */
    OGR_L_ResetReading(dataset->layer);
    while (!sg_context_interrupted(dataset->context)
           && (feature = OGR_L_GetNextFeature(dataset->layer)) != NULL) {
        for (size_t i = 0; i < dataset->number_column_count; i++) {
            struct sg_number_column *column = &dataset->number_columns[i];
            if (OGR_F_IsFieldSetAndNotNull(feature, column->field))
                sg_number_style_look(&column->style, OGR_F_GetFieldAsString(feature, column->field));
        }
        OGR_F_Destroy(feature);
    }
    OGR_L_ResetReading(dataset->layer);
    CPLPopErrorHandler();
    CPLErrorReset();
}

enum sg_status sg_dataset_look_through(struct sg_dataset *dataset, const int *fields, size_t field_count,
                                       bool is_first) {
    sg_free(dataset->number_columns);
    dataset->number_column_count = 0;
    dataset->number_columns = sg_alloc(field_count, sizeof *dataset->number_columns);
    if (dataset->number_columns == NULL)
        return sg_fail_memory(dataset->context);
    for (size_t i = 0; i < field_count; i++) {
        if (fields[i] >= 0
            && OGR_Fld_GetType(OGR_FD_GetFieldDefn(dataset->definition, fields[i])) == OFTString)
            dataset->number_columns[dataset->number_column_count++].field = fields[i];
    }
    enum sg_status status = SG_OK;
    bool by_lines = sg_csv_is_plain(dataset) || is_csv_in_archive(dataset);
    if (by_lines && (is_first || dataset->number_column_count > 0))
        status = look_at_csv(dataset, is_first);
    /* a condition leaves records out, which say nothing of the others */
    if (status == SG_OK && dataset->number_column_count > 0 && (!by_lines || dataset->where != NULL))
        look_at_features(dataset);
    for (size_t i = 0; status == SG_OK && i < dataset->number_column_count; i++)
        status = sg_number_style_tell(dataset->context, &dataset->number_columns[i].style, dataset->path,
                                      sg_dataset_field_name(dataset, dataset->number_columns[i].field));
    return status;
}
