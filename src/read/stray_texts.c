#include "read/stray_texts.h"

#include <cpl_error.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"

/* Fields in one query: SQLite's expressions have a limit. */
enum { MOST_AT_ONCE = 50 };

struct stray {
    GIntBig fid;
    int field;
    char *text;
};

struct sg_stray_texts {
    bool *is_looked_at;  /* by field */
    struct stray *items; /* sorted by feature and field */
    size_t count, capacity;
};

static void release_items(struct sg_stray_texts *strays) {
    for (size_t i = 0; i < strays->count; i++)
        sg_free(strays->items[i].text);
    sg_free(strays->items);
}

void sg_stray_texts_free(struct sg_stray_texts *strays) {
    if (strays == NULL)
        return;
    release_items(strays);
    sg_free(strays->is_looked_at);
    sg_free(strays);
}

static bool is_number_field(const struct sg_dataset *dataset, int field) {
    OGRFieldType type = OGR_Fld_GetType(OGR_FD_GetFieldDefn(dataset->definition, field));
    return type == OFTInteger || type == OFTInteger64 || type == OFTReal;
}

/* "name" as SQL quotes it. */
static void append_name(struct sg_text *query, const char *name) {
    sg_text_append_char(query, '"');
    for (; *name != '\0'; name++) {
        if (*name == '"')
            sg_text_append_char(query, '"');
        sg_text_append_char(query, *name);
    }
    sg_text_append_char(query, '"');
}

/* typeof() looks at the head of a record only: long geometries are not read. */
static void append_condition(const struct sg_dataset *dataset, int field, struct sg_text *query) {
    OGRFieldDefnH definition = OGR_FD_GetFieldDefn(dataset->definition, field);
    sg_text_append(query, "typeof(");
    append_name(query, OGR_Fld_GetNameRef(definition));
    sg_text_append(query, OGR_Fld_GetType(definition) == OFTReal ? ") IN ('text','blob')"
                                                                 : ") IN ('text','blob','real')");
}

/* The id of a record and, for each of the fields, its text or NULL. */
static void write_query(const struct sg_dataset *dataset, const int *fields, size_t count,
                        struct sg_text *query) {
    const char *id = OGR_L_GetFIDColumn(dataset->layer);
    sg_text_append(query, "SELECT ");
    if (id[0] == '\0')
        sg_text_append(query, "NULL");
    else
        append_name(query, id);
    for (size_t i = 0; i < count; i++) {
        sg_text_append(query, ", CASE WHEN ");
        append_condition(dataset, fields[i], query);
        sg_text_append(query, " THEN CAST(");
        append_name(query, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(dataset->definition, fields[i])));
        sg_text_append(query, " AS TEXT) END");
    }
    sg_text_append(query, " FROM ");
    append_name(query, OGR_L_GetName(dataset->layer));
    for (size_t i = 0; i < count; i++) {
        sg_text_append(query, i == 0 ? " WHERE " : " OR ");
        append_condition(dataset, fields[i], query);
    }
}

static void fail_without_id(struct sg_dataset *dataset, int field, const char *text) {
    dataset->fault = sg_fail(dataset->context, SG_BAD_INPUT,
                             "make it a column of text, or give the layer a column of ids (fid)",
                             "%s: column '%s' says that it holds numbers, and holds the text \"%.40s\"",
                             dataset->path, sg_dataset_field_name(dataset, field), text);
}

static bool add(struct sg_stray_texts *strays, GIntBig fid, int field, const char *text) {
    char *copy = sg_strdup(text);
    if (copy == NULL
        || !sg_reserve(&strays->items, &strays->capacity, strays->count + 1, sizeof *strays->items)) {
        sg_free(copy);
        return false;
    }
    strays->items[strays->count++] = (struct stray){fid, field, copy};
    return true;
}

/* Answers of the query: a column for the id (a field or the feature's own), then one for each field. */
static void collect(struct sg_dataset *dataset, OGRLayerH answer, const int *fields, size_t count) {
    bool has_id = OGR_L_GetFIDColumn(dataset->layer)[0] != '\0';
    int first = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(answer)) - (int)count;
    OGRFeatureH feature;
    while (dataset->fault == SG_OK && (feature = OGR_L_GetNextFeature(answer)) != NULL) {
        GIntBig fid = first > 0 ? OGR_F_GetFieldAsInteger64(feature, 0) : OGR_F_GetFID(feature);
        for (int i = 0; i < (int)count && dataset->fault == SG_OK; i++) {
            if (!OGR_F_IsFieldSetAndNotNull(feature, first + i))
                continue;
            const char *text = OGR_F_GetFieldAsString(feature, first + i);
            if (!has_id)
                fail_without_id(dataset, fields[i], text);
            else if (!add(dataset->strays, fid, fields[i], text))
                dataset->fault = sg_fail_memory(dataset->context);
        }
        OGR_F_Destroy(feature);
    }
}

static void look_at(struct sg_dataset *dataset, const int *fields, size_t count) {
    struct sg_text query;
    sg_text_init(&query);
    write_query(dataset, fields, count, &query);
    CPLErr level = CPLGetLastErrorType();
    CPLErrorNum number = CPLGetLastErrorNo();
    char *message = sg_strdup(CPLGetLastErrorMsg());
    CPLPushErrorHandler(CPLQuietErrorHandler);
    OGRLayerH answer =
        query.failed ? NULL : GDALDatasetExecuteSQL(dataset->handle, sg_text_bytes(&query), NULL, NULL);
    if (query.failed || message == NULL)
        dataset->fault = sg_fail_memory(dataset->context);
    else if (answer == NULL)
        dataset->fault =
            sg_fail(dataset->context, SG_BAD_INPUT, "is the file complete? Download or export it again",
                    "%s: cannot be looked through: %.300s", dataset->path, CPLGetLastErrorMsg());
    else
        collect(dataset, answer, fields, count);
    if (answer != NULL)
        GDALDatasetReleaseResultSet(dataset->handle, answer);
    CPLPopErrorHandler();
    CPLErrorSetState(level, number, message == NULL ? "" : message); /* the reader's, not this query's */
    sg_free(message);
    sg_text_release(&query);
}

static int by_place(const void *a, const void *b) {
    const struct stray *left = a, *right = b;
    if (left->fid != right->fid)
        return left->fid < right->fid ? -1 : 1;
    return (left->field > right->field) - (left->field < right->field);
}

/* Looks through the field, and unless only it is asked for through all that are wanted now and were not
   looked at. */
static void look(struct sg_dataset *dataset, int field, bool only_it) {
    struct sg_stray_texts *strays = dataset->strays;
    int fields[MOST_AT_ONCE];
    size_t count = 0;
    for (int i = 0; i < OGR_FD_GetFieldCount(dataset->definition); i++) {
        bool is_wanted =
            i == field || (!only_it && !OGR_Fld_IsIgnored(OGR_FD_GetFieldDefn(dataset->definition, i)));
        if (strays->is_looked_at[i] || !is_wanted || !is_number_field(dataset, i))
            continue;
        strays->is_looked_at[i] = true;
        fields[count++] = i;
        if (count == MOST_AT_ONCE) {
            look_at(dataset, fields, count);
            count = 0;
        }
    }
    if (count > 0)
        look_at(dataset, fields, count);
    if (strays->count > 1)
        qsort(strays->items, strays->count, sizeof *strays->items, by_place);
}

/* False where there is nothing to look for, or out of memory. */
static bool prepare(struct sg_dataset *dataset, int field, bool only_it) {
    if (dataset->driver == NULL || strcmp(dataset->driver, "GPKG") != 0 || !is_number_field(dataset, field))
        return false;
    if (dataset->strays == NULL) {
        struct sg_stray_texts *strays = sg_alloc(1, sizeof *strays);
        if (strays != NULL)
            strays->is_looked_at =
                sg_alloc((size_t)OGR_FD_GetFieldCount(dataset->definition), sizeof *strays->is_looked_at);
        if (strays == NULL || strays->is_looked_at == NULL) {
            dataset->fault = sg_fail_memory(dataset->context);
            sg_stray_texts_free(strays);
            return false;
        }
        dataset->strays = strays;
    }
    if (!dataset->strays->is_looked_at[field])
        look(dataset, field, only_it);
    return dataset->strays->count > 0;
}

const char *sg_stray_text(struct sg_dataset *dataset, OGRFeatureH feature, int field) {
    if (!prepare(dataset, field, false))
        return NULL;
    const struct stray key = {.fid = OGR_F_GetFID(feature), .field = field};
    const struct stray *found = bsearch(&key, dataset->strays->items, dataset->strays->count,
                                        sizeof *dataset->strays->items, by_place);
    return found == NULL ? NULL : found->text;
}

bool sg_stray_texts_in_field(struct sg_dataset *dataset, int field) {
    bool has_any = prepare(dataset, field, true);
    for (size_t i = 0; has_any && i < dataset->strays->count; i++) {
        if (dataset->strays->items[i].field == field)
            return true;
    }
    return false;
}
