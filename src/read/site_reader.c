#include "read/site_reader.h"

#include <cpl_error.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "read/number_text.h"
#include "read/point_fields.h"
#include "read/type_texts.h"

enum { BATCH_RECORDS = 8192 };

static const char *const type_names[] = {"type",         "service_type", "servicetype", "type_of_service",
                                         "category",     "taxonomyterms", "taxonomy_terms", "taxonomy",
                                         "service",      "types",         NULL};
static const char *const organization_names[] = {"organization", "organisation", "agency", "parentagency",
                                                 "parent_agency", "organization_name", "agency_name", NULL};

void sg_site_input_release(struct sg_site_input *input) {
    sg_free(input->path);
    sg_free(input->layer);
    sg_free(input->crs_name);
    sg_free(input->driver);
    sg_free(input->fields);
    for (size_t i = 0; i < input->unknown_type_count; i++)
        sg_free(input->unknown_types[i].text);
    sg_free(input->unknown_types);
    *input = (struct sg_site_input){0};
}

struct reading {
    struct sg_context *context;
    struct sg_dataset dataset;
    struct sg_site_input *input;
    struct sg_type_texts *types;
    struct sg_type_list file_types; /* of every record, when a type value or the file's name says it */
    struct sg_name_index *organizations, *words;
    int type, organization, scope, level, targets, weight, opened, closed; /* fields; -1: none */
    double as_of_day; /* NaN: any */
    struct sg_point_fields point;
    bool is_geographic;
    sg_site_sink *sink;
    void *user;
    struct sg_reject_log *rejects;
    size_t input_index;

    struct sg_site_entry *entries;
    size_t entry_count, entry_capacity;
    OGRFeatureH features[BATCH_RECORDS]; /* kept until the batch is located, when rejects are logged */
    uint64_t first_record;               /* of the batch */
    size_t record_count;                 /* in the batch */
    struct sg_point *scratch;
    size_t scratch_capacity;
    int described; /* warnings given about single records */
};

static enum sg_status optional_field(struct reading *reading, const char *name, const char *option, int *ret_field) {
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

static enum sg_status find_type(struct reading *reading, const struct sg_site_fields *fields) {
    struct sg_dataset *dataset = &reading->dataset;
    reading->type = -1;
    if (fields->type_value != NULL)
        return sg_type_texts_resolve(reading->types, fields->type_value, &reading->file_types);
    if (fields->type != NULL)
        return sg_dataset_field(dataset, fields->type, "--type", &reading->type);
    reading->type = sg_dataset_recognise(dataset, type_names);
    if (reading->type >= 0) {
        sg_note(reading->context, "%s: field '%s' is taken as the type", dataset->path,
                sg_dataset_field_name(dataset, reading->type));
        return SG_OK;
    }
    char *name = name_of_file(dataset->path);
    if (name == NULL)
        return sg_fail_memory(reading->context);
    sg_note(reading->context, "%s: no type field; all its records are of the type '%s' (say --type or --type-value)",
            dataset->path, name);
    enum sg_status status = sg_type_texts_resolve(reading->types, name, &reading->file_types);
    sg_free(name);
    return status;
}

static enum sg_status find_fields(struct reading *reading, const struct sg_site_fields *fields) {
    struct sg_dataset *dataset = &reading->dataset;
    enum sg_status status = find_type(reading, fields);
    if (status == SG_OK)
        status = optional_field(reading, fields->organization, "--organization", &reading->organization);
    if (status == SG_OK && fields->organization == NULL) {
        reading->organization = sg_dataset_recognise(dataset, organization_names);
        if (reading->organization >= 0)
            sg_note(reading->context, "%s: field '%s' is taken as the organization", dataset->path,
                    sg_dataset_field_name(dataset, reading->organization));
    }
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

static void describe_field(struct reading *reading, struct sg_text *text, const char *what, int field) {
    if (field >= 0)
        sg_text_append_format(text, "%s%s: %s", text->length == 0 ? "" : "; ", what,
                              sg_dataset_field_name(&reading->dataset, field));
}

static enum sg_status describe_input(struct reading *reading, const struct sg_crs *crs) {
    struct sg_site_input *input = reading->input;
    struct sg_text fields;
    sg_text_init(&fields);
    describe_field(reading, &fields, "type", reading->type);
    describe_field(reading, &fields, "lon", reading->point.lon);
    describe_field(reading, &fields, "lat", reading->point.lat);
    describe_field(reading, &fields, "geometry", reading->point.text);
    describe_field(reading, &fields, "organization", reading->organization);
    describe_field(reading, &fields, "scope", reading->scope);
    describe_field(reading, &fields, "level", reading->level);
    describe_field(reading, &fields, "targets", reading->targets);
    describe_field(reading, &fields, "weight", reading->weight);
    describe_field(reading, &fields, "opened", reading->opened);
    describe_field(reading, &fields, "closed", reading->closed);
    input->fields = sg_text_take(&fields);
    input->path = sg_strdup(reading->dataset.path);
    input->layer = sg_strdup(OGR_L_GetName(reading->dataset.layer));
    input->driver = sg_strdup(reading->dataset.driver);
    input->crs_name = sg_format("%s%s%s%s", sg_crs_name(crs), sg_crs_code(crs)[0] != '\0' ? " (" : "", sg_crs_code(crs),
                                sg_crs_code(crs)[0] != '\0' ? ")" : "");
    input->extent = sg_box_empty();
    return input->fields == NULL || input->path == NULL || input->layer == NULL || input->driver == NULL
                   || input->crs_name == NULL
               ? sg_fail_memory(reading->context)
               : SG_OK;
}

static enum sg_status start_rejects(struct reading *reading) {
    if (reading->rejects == NULL)
        return SG_OK;
    int count = OGR_FD_GetFieldCount(reading->dataset.definition);
    char **names = sg_alloc((size_t)count, sizeof *names);
    bool done = names != NULL;
    for (int i = 0; done && i < count; i++) {
        names[i] = sg_strdup(sg_dataset_field_name(&reading->dataset, i));
        done = names[i] != NULL;
    }
    reading->input_index = sg_reject_log_input_count(reading->rejects);
    done = done
           && sg_reject_log_add_input(reading->rejects, reading->dataset.path, (const char *const *)names,
                                      (size_t)count);
    for (int i = 0; names != NULL && i < count; i++)
        sg_free(names[i]);
    sg_free(names);
    return done ? SG_OK : sg_fail_memory(reading->context);
}

static uint32_t word_of(struct sg_dataset *dataset, struct sg_name_index *index, OGRFeatureH feature, int field) {
    if (field < 0)
        return UINT32_MAX;
    const char *text = sg_dataset_text(dataset, feature, field);
    if (text == NULL || text[0] == '\0')
        return UINT32_MAX;
    size_t position = sg_name_index_add(index, text, strlen(text), NULL);
    return position == SG_NO_INDEX ? UINT32_MAX : (uint32_t)position;
}

/* Was the service open on the date asked for? An unknown opening was before, an unknown closing is to come. */
static bool is_open(struct reading *reading, OGRFeatureH feature) {
    if (isnan(reading->as_of_day))
        return true;
    double day;
    if (reading->opened >= 0 && OGR_F_IsFieldSetAndNotNull(feature, reading->opened)
        && sg_date_from_text(OGR_F_GetFieldAsString(feature, reading->opened), &day) == SG_NUMBER_READ
        && day > reading->as_of_day)
        return false;
    if (reading->closed >= 0 && OGR_F_IsFieldSetAndNotNull(feature, reading->closed)
        && sg_date_from_text(OGR_F_GetFieldAsString(feature, reading->closed), &day) == SG_NUMBER_READ
        && day <= reading->as_of_day)
        return false;
    return true;
}

static enum sg_site_outcome outcome_of_fault(enum sg_point_fault fault) {
    switch (fault) {
    case SG_POINT_NOT_A_NUMBER:
        return SG_SITE_NOT_A_NUMBER;
    case SG_POINT_OUT_OF_RANGE:
        return SG_SITE_OUT_OF_RANGE;
    case SG_POINT_NOT_FINITE:
        return SG_SITE_NOT_FINITE;
    default:
        return SG_SITE_MISSING;
    }
}

static void warn_of_record(struct reading *reading, OGRFeatureH feature, uint64_t record,
                           enum sg_site_outcome outcome, enum sg_point_fault fault) {
    if (reading->described++ >= 3)
        return;
    struct sg_text sentence;
    sg_text_init(&sentence);
    if (outcome == SG_SITE_BAD_WEIGHT)
        sg_text_append_format(&sentence, "weight \"%.40s\" is not a number of 0 or more",
                              OGR_F_GetFieldAsString(feature, reading->weight));
    else
        sg_point_fault_describe(&reading->dataset, &reading->point, feature, fault, &sentence);
    sg_warn(reading->context, NULL, "%s, record %llu: %s", reading->dataset.path, (unsigned long long)record,
            sg_text_bytes(&sentence));
    sg_text_release(&sentence);
}

static bool add_entry(struct reading *reading, const struct sg_site_entry *entry) {
    if (!sg_reserve(&reading->entries, &reading->entry_capacity, reading->entry_count + 1, sizeof *reading->entries))
        return false;
    reading->entries[reading->entry_count++] = *entry;
    return true;
}

/* Adds the record's points to the batch; a record that cannot be used is one entry with its outcome. */
static enum sg_status add_record(struct reading *reading, OGRFeatureH feature, uint64_t record) {
    struct sg_site_entry entry = {.record = record, .weight = 1};
    size_t count;
    bool is_surface, is_bad = false;
    enum sg_point_fault fault =
        sg_point_fields_read(&reading->dataset, &reading->point, feature, reading->is_geographic, &reading->scratch,
                             &count, &reading->scratch_capacity, &is_surface);
    if (fault == SG_POINT_NO_MEMORY)
        return sg_fail_memory(reading->context);
    if (fault != SG_POINT_READ) {
        entry.outcome = outcome_of_fault(fault);
    } else if (reading->weight >= 0) {
        entry.weight = sg_dataset_number(&reading->dataset, feature, reading->weight, &is_bad);
        if (!(entry.weight >= 0))
            entry.outcome = SG_SITE_BAD_WEIGHT;
    }
    if (entry.outcome == SG_SITE_COUNTED && !is_open(reading, feature))
        entry.outcome = SG_SITE_NOT_OPEN;
    if (entry.outcome != SG_SITE_COUNTED) {
        if (entry.outcome != SG_SITE_NOT_OPEN && entry.outcome != SG_SITE_MISSING)
            warn_of_record(reading, feature, record, entry.outcome, fault);
        return add_entry(reading, &entry) ? SG_OK : sg_fail_memory(reading->context);
    }
    struct sg_type_list list = reading->file_types;
    if (reading->type >= 0) {
        enum sg_status status = sg_type_texts_resolve(
            reading->types, sg_dataset_text(&reading->dataset, feature, reading->type), &list);
        if (status != SG_OK)
            return status;
    }
    entry.first_type = list.first;
    entry.type_count = list.count;
    entry.organization = word_of(&reading->dataset, reading->organizations, feature, reading->organization);
    entry.scope = word_of(&reading->dataset, reading->words, feature, reading->scope);
    entry.level = word_of(&reading->dataset, reading->words, feature, reading->level);
    entry.targets = word_of(&reading->dataset, reading->words, feature, reading->targets);
    reading->input->multiple_count += count > 1;
    reading->input->surface_count += is_surface;
    for (size_t i = 0; i < count; i++) {
        entry.point = reading->scratch[i];
        sg_box_add(&reading->input->extent, entry.point);
        if (!add_entry(reading, &entry))
            return sg_fail_memory(reading->context);
    }
    return SG_OK;
}

static enum sg_status log_record(struct reading *reading, OGRFeatureH feature, const struct sg_site_entry *entry) {
    int count = OGR_FD_GetFieldCount(reading->dataset.definition);
    char **values = sg_alloc((size_t)count, sizeof *values);
    if (values == NULL)
        return sg_fail_memory(reading->context);
    bool done = true;
    for (int i = 0; done && i < count; i++) {
        const char *text = sg_dataset_text(&reading->dataset, feature, i);
        values[i] = sg_strdup(text);
        done = text == NULL || values[i] != NULL;
    }
    struct sg_reject reject = {.input = reading->input_index,
                               .record = entry->record,
                               .reason = sg_site_outcome_reason(entry->outcome),
                               .has_point = isfinite(entry->lon_lat_deg.x) && isfinite(entry->lon_lat_deg.y)
                                            && (entry->lon_lat_deg.x != 0 || entry->lon_lat_deg.y != 0),
                               .lon_lat_deg = entry->lon_lat_deg,
                               .value_count = (size_t)count,
                               .values = (const char *const *)values};
    enum sg_status status = SG_OK;
    if (!done)
        status = sg_fail_memory(reading->context);
    else if (!sg_reject_log_add(reading->rejects, &reject))
        status = sg_fail(reading->context, SG_NO_OUTPUT, "free some space for temporary files",
                         "the records outside the areas cannot be kept: the disk is full");
    for (int i = 0; i < count; i++)
        sg_free(values[i]);
    sg_free(values);
    return status;
}

/* Locates the batch, settles each record's outcome and logs those that count nowhere. */
static enum sg_status flush(struct reading *reading) {
    struct sg_site_batch batch = {reading->entries, reading->entry_count, sg_type_texts_types(reading->types)};
    enum sg_status status = reading->entry_count == 0 ? SG_OK : reading->sink(reading->user, &batch);
    struct sg_site_input *input = reading->input;
    for (size_t i = 0; status == SG_OK && i < reading->entry_count;) {
        const struct sg_site_entry *settled = &reading->entries[i];
        size_t next = i;
        /* any member in an area counts the record; else outside goes before a fault */
        for (; next < reading->entry_count && reading->entries[next].record == settled->record; next++) {
            if (reading->entries[next].outcome < settled->outcome)
                settled = &reading->entries[next];
        }
        input->outcomes[settled->outcome]++;
        input->counts.read++;
        if (settled->outcome == SG_SITE_COUNTED)
            input->counts.counted++;
        else if (settled->outcome == SG_SITE_OUTSIDE)
            input->counts.outside++;
        else
            input->counts.rejected++;
        if (settled->outcome != SG_SITE_COUNTED && reading->rejects != NULL)
            status = log_record(reading, reading->features[settled->record - reading->first_record], settled);
        i = next;
    }
    if (reading->rejects != NULL) {
        for (size_t i = 0; i < reading->record_count; i++)
            OGR_F_Destroy(reading->features[i]);
    }
    reading->first_record += reading->record_count;
    reading->record_count = 0;
    reading->entry_count = 0;
    return status;
}

static enum sg_status read_records(struct reading *reading) {
    enum sg_status status = SG_OK;
    OGRFeatureH feature;
    uint64_t record = 0;
    double expected = (double)OGR_L_GetFeatureCount(reading->dataset.layer, FALSE);
    reading->first_record = 1;
    CPLErrorReset();
    while (status == SG_OK && (feature = OGR_L_GetNextFeature(reading->dataset.layer)) != NULL) {
        status = add_record(reading, feature, ++record);
        if (reading->rejects != NULL)
            reading->features[reading->record_count] = feature;
        else
            OGR_F_Destroy(feature);
        if (++reading->record_count == BATCH_RECORDS && status == SG_OK) {
            status = flush(reading);
            sg_progress(reading->context, "reading services", expected > 0 ? (double)record / expected : -1);
            if (sg_context_interrupted(reading->context))
                status = sg_fail(reading->context, SG_INTERRUPTED, NULL, "interrupted while reading services");
        }
    }
    if (status == SG_OK)
        status = flush(reading);
    else if (reading->rejects != NULL) {
        for (size_t i = 0; i < reading->record_count; i++)
            OGR_F_Destroy(reading->features[i]);
    }
    if (status == SG_OK && CPLGetLastErrorType() == CE_Failure)
        return sg_fail(reading->context, SG_BAD_INPUT, "is the file complete? Download or export it again",
                       "%s: stopped at record %llu: %.300s", reading->dataset.path, (unsigned long long)record,
                       CPLGetLastErrorMsg());
    sg_progress(reading->context, "reading services", 1);
    return status;
}

static int compare_unknown(const void *a, const void *b) {
    const struct sg_unknown_type *one = a, *two = b;
    if (one->count != two->count)
        return one->count > two->count ? -1 : 1;
    return strcmp(one->text, two->text);
}

static enum sg_status keep_unknown_types(struct reading *reading) {
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

static void keep_needed_fields(struct reading *reading) {
    /* Formats whose text must be parsed anyway give rejected records with all their fields for nothing more. */
    if (reading->rejects != NULL)
        return;
    const int keep[] = {reading->type,   reading->organization, reading->scope,  reading->level,
                        reading->targets, reading->weight,      reading->opened, reading->closed,
                        reading->point.lon, reading->point.lat, reading->point.text};
    sg_dataset_keep_fields(&reading->dataset, keep, sizeof keep / sizeof *keep,
                           reading->point.origin == SG_POINT_GEOMETRY);
}

enum sg_status sg_sites_read(struct sg_context *context, const struct sg_source *source,
                             const struct sg_site_fields *fields, struct sg_taxonomy *taxonomy,
                             struct sg_name_index *organizations, struct sg_name_index *words,
                             sg_site_begin *begin, sg_site_sink *sink, void *user,
                             struct sg_reject_log *rejects, struct sg_site_input *ret_input) {
    struct reading *reading = sg_alloc(1, sizeof *reading);
    if (reading == NULL)
        return sg_fail_memory(context);
    struct sg_site_input input = {0};
    reading->context = context;
    reading->input = &input;
    reading->organizations = organizations;
    reading->words = words;
    reading->sink = sink;
    reading->user = user;
    reading->rejects = rejects;
    struct sg_crs *crs = NULL;
    enum sg_status status = sg_dataset_open(context, source, &reading->dataset);
    if (status == SG_OK)
        status = sg_type_texts_new(context, taxonomy, fields->separators == NULL ? ";|" : fields->separators,
                                   &reading->types);
    if (status == SG_OK)
        status = find_fields(reading, fields);
    if (status == SG_OK)
        status = sg_point_fields_crs(&reading->dataset, &reading->point, &crs);
    if (status == SG_OK)
        status = describe_input(reading, crs);
    if (status == SG_OK)
        status = start_rejects(reading);
    if (status == SG_OK)
        status = begin(user, crs);
    if (status == SG_OK) {
        reading->is_geographic = sg_crs_is_geographic(crs);
        keep_needed_fields(reading);
        status = read_records(reading);
    }
    if (status == SG_OK)
        status = keep_unknown_types(reading);
    sg_crs_free(crs);
    sg_type_texts_free(reading->types);
    sg_dataset_release(&reading->dataset);
    sg_free(reading->entries);
    sg_free(reading->scratch);
    sg_free(reading);
    if (status != SG_OK) {
        sg_site_input_release(&input);
        return status;
    }
    *ret_input = input;
    return SG_OK;
}
