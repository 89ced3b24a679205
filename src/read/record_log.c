#include "read/record_log.h"

#include "core/alloc.h"

static void free_values(char **values, int count) {
    for (int i = 0; values != NULL && i < count; i++)
        sg_free(values[i]);
    sg_free(values);
}

bool sg_record_log_begin(struct sg_dataset *dataset, struct sg_reject_log *log) {
    int count = OGR_FD_GetFieldCount(dataset->definition);
    char **names = sg_alloc((size_t)count, sizeof *names);
    bool done = names != NULL;
    for (int i = 0; done && i < count; i++) {
        names[i] = sg_strdup(sg_dataset_field_name(dataset, i));
        done = names[i] != NULL;
    }
    done = done && sg_reject_log_add_input(log, dataset->path, (const char *const *)names, (size_t)count);
    free_values(names, count);
    return done;
}

/* Logs the values and frees them; is_whole: all of them could be copied. */
static enum sg_status log_values(struct sg_dataset *dataset, char **values, int count, bool is_whole,
                                 struct sg_reject *reject, struct sg_reject_log *log) {
    enum sg_status status = SG_OK;
    reject->values = (const char *const *)values;
    reject->value_count = (size_t)count;
    if (!is_whole)
        status = sg_fail_memory(dataset->context);
    else if (!sg_reject_log_add(log, reject))
        status = sg_fail(dataset->context, SG_NO_OUTPUT, "free some space for temporary files",
                         "the records outside the areas cannot be kept: the disk is full");
    free_values(values, count);
    return status;
}

enum sg_status sg_record_log_feature(struct sg_dataset *dataset, OGRFeatureH feature,
                                     struct sg_reject *reject, struct sg_reject_log *log) {
    int count = OGR_FD_GetFieldCount(dataset->definition);
    char **values = sg_alloc((size_t)count, sizeof *values);
    bool done = values != NULL;
    for (int i = 0; done && i < count; i++) {
        const char *text = sg_dataset_text(dataset, feature, i);
        values[i] = sg_strdup(text);
        done = text == NULL || values[i] != NULL;
    }
    return log_values(dataset, values, count, done, reject, log);
}

enum sg_status sg_record_log_cells(struct sg_dataset *dataset, char *const *cells, size_t cell_count,
                                   struct sg_reject *reject, struct sg_reject_log *log) {
    int count = OGR_FD_GetFieldCount(dataset->definition);
    char **values = sg_alloc((size_t)count, sizeof *values);
    bool done = values != NULL;
    for (int i = 0; done && i < count && (size_t)i < cell_count; i++) {
        values[i] = sg_strdup(sg_dataset_decode(dataset, cells[i]));
        done = values[i] != NULL;
    }
    return log_values(dataset, values, count, done, reject, log);
}
