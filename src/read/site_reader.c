#include "read/site_reader.h"

#include <cpl_error.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "read/field_names.h"
#include "read/number_text.h"
#include "read/record_log.h"
#include "read/site_reading.h"

void sg_site_input_release(struct sg_site_input *input) {
    sg_free(input->path);
    sg_free(input->layer);
    sg_free(input->crs_name);
    sg_free(input->driver);
    for (size_t i = 0; i < input->field_count; i++)
        sg_free(input->fields[i].name);
    for (size_t i = 0; i < input->unknown_type_count; i++)
        sg_free(input->unknown_types[i].text);
    sg_free(input->unknown_types);
    *input = (struct sg_site_input){0};
}

static enum sg_status optional_field(struct sg_site_reading *reading, const char *name, const char *option,
                                     int *ret_field) {
    *ret_field = -1;
    return name == NULL ? SG_OK : sg_dataset_field(&reading->dataset, name, option, ret_field);
}

/* "pharmacies" of "data/pharmacies.csv": the type of a file that has no type field. */
static char *name_of_file(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t length = strcspn(name, ".");
    char *copy = sg_strndup(name, length == 0 ? strlen(name) : length);
    for (char *c = copy; c != NULL && *c != '\0'; c++) {
        if (*c == '_')
            *c = ' ';
    }
    return copy;
}

static enum sg_status find_type(struct sg_site_reading *reading, const struct sg_site_fields *fields) {
    struct sg_dataset *dataset = &reading->dataset;
    reading->type = -1;
    if (fields->type_value != NULL)
        return sg_type_texts_resolve(reading->types, fields->type_value, strlen(fields->type_value),
                                     &reading->file_types);
    if (fields->type != NULL)
        return sg_dataset_field(dataset, fields->type, "--type", &reading->type);
    reading->type = sg_dataset_recognise(dataset, sg_type_fields);
    if (reading->type >= 0) {
        sg_note(reading->context, "%s: field '%s' is taken as the type", dataset->path,
                sg_dataset_field_name(dataset, reading->type));
        return SG_OK;
    }
    char *name = name_of_file(dataset->path);
    if (name == NULL)
        return sg_fail_memory(reading->context);
    sg_note(reading->context,
            "%s: no type field; all its records are of the type '%s' (say --type or --type-value)",
            dataset->path, name);
    enum sg_status status = sg_type_texts_resolve(reading->types, name, strlen(name), &reading->file_types);
    sg_free(name);
    return status;
}

static enum sg_status find_fields(struct sg_site_reading *reading, const struct sg_site_fields *fields) {
    struct sg_dataset *dataset = &reading->dataset;
    enum sg_status status = find_type(reading, fields);
    if (status == SG_OK)
        status = optional_field(reading, fields->organization, "--organization", &reading->organization);
    if (status == SG_OK && fields->organization == NULL) {
        reading->organization = sg_dataset_recognise(dataset, sg_organization_fields);
        if (reading->organization >= 0)
            sg_note(reading->context, "%s: field '%s' is taken as the organization", dataset->path,
                    sg_dataset_field_name(dataset, reading->organization));
    }
    if (status == SG_OK)
        status = optional_field(reading, fields->id, "--service-id", &reading->id);
    if (status == SG_OK)
        status = optional_field(reading, fields->scope, "--scope", &reading->scope);
    if (status == SG_OK)
        status = optional_field(reading, fields->level, "--level", &reading->level);
    if (status == SG_OK)
        status = optional_field(reading, fields->targets, "--targets", &reading->targets);
    if (status == SG_OK)
        status = optional_field(reading, fields->weight, "--weight", &reading->weight);
    if (status == SG_OK)
        status = optional_field(reading, fields->opened, "--opened", &reading->opened);
    if (status == SG_OK)
        status = optional_field(reading, fields->closed, "--closed", &reading->closed);
    reading->as_of_day = NAN;
    if (status == SG_OK && fields->as_of != NULL
        && sg_date_from_text(fields->as_of, &reading->as_of_day) != SG_NUMBER_READ)
        status = sg_fail(reading->context, SG_USAGE, "write it as 2013-06-30", "--as-of: '%s' is not a date",
                         fields->as_of);
    if (status == SG_OK)
        status = sg_point_fields_find(dataset, fields->lon, fields->lat, &reading->point);
    return status;
}

/* False when out of memory. */
static bool keep_field(struct sg_site_reading *reading, const char *role, int field, bool is_recognised) {
    struct sg_site_input *input = reading->input;
    if (field < 0)
        return true;
    char *name = sg_strdup(sg_dataset_field_name(&reading->dataset, field));
    if (name != NULL)
        input->fields[input->field_count++] = (struct sg_field_use){role, name, is_recognised};
    return name != NULL;
}

static bool keep_field_names(struct sg_site_reading *reading, const struct sg_site_fields *fields) {
    const struct sg_point_fields *point = &reading->point;
    return keep_field(reading, "type", reading->type, fields->type == NULL)
           && keep_field(reading, "lon", point->lon, fields->lon == NULL)
           && keep_field(reading, "lat", point->lat, fields->lat == NULL)
           && keep_field(reading, "geometry", point->text, true)
           && keep_field(reading, "organization", reading->organization, fields->organization == NULL)
           && keep_field(reading, "id", reading->id, false)
           && keep_field(reading, "scope", reading->scope, false)
           && keep_field(reading, "level", reading->level, false)
           && keep_field(reading, "targets", reading->targets, false)
           && keep_field(reading, "weight", reading->weight, false)
           && keep_field(reading, "opened", reading->opened, false)
           && keep_field(reading, "closed", reading->closed, false);
}

static enum sg_status describe_input(struct sg_site_reading *reading, const struct sg_site_fields *fields,
                                     const struct sg_crs *crs) {
    struct sg_site_input *input = reading->input;
    bool done = keep_field_names(reading, fields);
    input->crs_origin = reading->dataset.crs_origin;
    input->path = sg_strdup(reading->dataset.path);
    input->layer = sg_strdup(OGR_L_GetName(reading->dataset.layer));
    input->driver = sg_strdup(reading->dataset.driver);
    input->crs_name = sg_format("%s%s%s%s", sg_crs_name(crs), sg_crs_code(crs)[0] != '\0' ? " (" : "",
                                sg_crs_code(crs), sg_crs_code(crs)[0] != '\0' ? ")" : "");
    input->extent = sg_box_empty();
    return !done || input->path == NULL || input->layer == NULL || input->driver == NULL
                   || input->crs_name == NULL
               ? sg_fail_memory(reading->context)
               : SG_OK;
}

static enum sg_status start_rejects(struct sg_site_reading *reading) {
    if (reading->rejects == NULL)
        return SG_OK;
    reading->input_index = sg_reject_log_input_count(reading->rejects);
    return sg_record_log_begin(&reading->dataset, reading->rejects) ? SG_OK
                                                                    : sg_fail_memory(reading->context);
}

static int compare_unknown(const void *a, const void *b) {
    const struct sg_unknown_type *one = a, *two = b;
    if (one->count != two->count)
        return one->count > two->count ? -1 : 1;
    return strcmp(one->text, two->text);
}

static enum sg_status keep_unknown_types(struct sg_site_reading *reading) {
    size_t count = sg_type_texts_unknown_count(reading->types);
    struct sg_site_input *input = reading->input;
    input->unknown_types = sg_alloc(count, sizeof *input->unknown_types);
    if (input->unknown_types == NULL)
        return sg_fail_memory(reading->context);
    for (size_t i = 0; i < count; i++) {
        uint64_t times;
        char *text = sg_strdup(sg_type_texts_unknown(reading->types, i, &times));
        if (text == NULL)
            return sg_fail_memory(reading->context);
        input->unknown_types[input->unknown_type_count++] = (struct sg_unknown_type){text, times};
    }
    if (count > 1)
        qsort(input->unknown_types, count, sizeof *input->unknown_types, compare_unknown);
    return SG_OK;
}

static void say_bad_dates(const struct sg_site_reading *reading) {
    if (reading->bad_dates > 3)
        sg_warn(reading->context, NULL, "%s: %llu dates in all are none", reading->dataset.path,
                (unsigned long long)reading->bad_dates);
}

static void keep_needed_fields(struct sg_site_reading *reading, bool in_batches) {
    /* Feature by feature, a rejected record is logged with all its fields while it is at hand. */
    if (reading->rejects != NULL && !in_batches)
        return;
    const int keep[] = {reading->type,      reading->organization, reading->scope,      reading->level,
                        reading->targets,   reading->weight,       reading->opened,     reading->closed,
                        reading->point.lon, reading->point.lat,    reading->point.text, reading->id};
    sg_dataset_keep_fields(&reading->dataset, keep, sizeof keep / sizeof *keep,
                           reading->point.origin == SG_POINT_GEOMETRY);
}

enum sg_status sg_sites_read(struct sg_context *context, const struct sg_source *source,
                             const struct sg_site_fields *fields, struct sg_taxonomy *taxonomy,
                             struct sg_name_index *organizations, struct sg_name_index *words,
                             struct sg_name_index *ids, sg_site_begin *begin, sg_site_sink *sink, void *user,
                             struct sg_reject_log *rejects, struct sg_site_input *ret_input) {
    struct sg_site_reading *reading = sg_alloc(1, sizeof *reading);
    if (reading == NULL)
        return sg_fail_memory(context);
    struct sg_site_input input = {0};
    reading->context = context;
    reading->input = &input;
    reading->organizations = organizations;
    reading->words = words;
    reading->ids = ids;
    reading->sink = sink;
    reading->user = user;
    reading->rejects = rejects;
    reading->source = source;
    reading->taxonomy = taxonomy;
    struct sg_crs *crs = NULL;
    enum sg_status status = sg_dataset_open(context, source, &reading->dataset);
    reading->dataset.rejects_records = true;
    reading->dataset.list_separator = fields->separators == NULL ? ';' : fields->separators[0];
    if (status == SG_OK && !sg_site_reading_init(reading))
        status = sg_fail_memory(context);
    if (status == SG_OK)
        status = sg_type_texts_new(context, taxonomy, fields->separators == NULL ? ";|" : fields->separators,
                                   &reading->types);
    if (status == SG_OK)
        status = find_fields(reading, fields);
    if (status == SG_OK)
        status = sg_dataset_check(&reading->dataset);
    if (status == SG_OK)
        status = sg_point_fields_crs(&reading->dataset, &reading->point, &crs);
    if (status == SG_OK)
        status = describe_input(reading, fields, crs);
    if (status == SG_OK)
        status = start_rejects(reading);
    if (status == SG_OK)
        status = begin(user, crs);
    if (status == SG_OK) {
        reading->is_geographic = sg_crs_is_geographic(crs);
        bool in_batches = sg_site_has_arrow(reading);
        keep_needed_fields(reading, in_batches);
        status = in_batches                 ? sg_site_read_arrow(reading)
                 : sg_site_has_csv(reading) ? sg_site_read_csv(reading)
                                            : sg_site_read_features(reading);
        sg_progress(context, "reading services", 1);
        input.surplus_count = reading->dataset.surplus_count;
    }
    if (status == SG_OK)
        status = sg_dataset_check(&reading->dataset);
    if (status == SG_OK)
        status = keep_unknown_types(reading);
    if (status == SG_OK)
        say_bad_dates(reading);
    sg_crs_free(crs);
    sg_site_reading_release(reading);
    sg_free(reading);
    if (status != SG_OK) {
        sg_site_input_release(&input);
        return status;
    }
    *ret_input = input;
    return SG_OK;
}
