/* Services: records with a place and one or several types, read in batches. */
#ifndef SG_READ_SITE_READER_H
#define SG_READ_SITE_READER_H

#include <stdint.h>

#include "core/context.h"
#include "core/name_index.h"
#include "model/reject.h"
#include "model/site.h"
#include "model/taxonomy.h"
#include "read/dataset.h"

struct sg_site_fields {
    const char *type;       /* the type field; NULL: recognised */
    const char *type_value; /* one type for the whole file; NULL: by field */
    const char *separators; /* between types in one field; NULL: ";|" */
    const char *lon, *lat;
    const char *organization;
    const char *id; /* NULL: none is read */
    const char *scope, *level, *targets;
    const char *weight;
    const char *opened, *closed;
    const char *as_of; /* only services open on that date; NULL: all */
};

/* Locates and counts a batch, setting each entry's outcome. */
typedef enum sg_status sg_site_sink(void *user, struct sg_site_batch *batch);

/* Called once before the first batch with the CRS of the file. */
typedef enum sg_status sg_site_begin(void *user, const struct sg_crs *crs);

/* A type text that the taxonomy does not know. */
struct sg_unknown_type {
    char *text;
    uint64_t count;
};

/* A field that was read, and what as. */
struct sg_field_use {
    const char *role; /* "type", "lon" ...; a constant */
    char *name;
    bool is_recognised; /* else it was named */
};

enum { SG_MOST_FIELD_USES = 12 };

/* What was read of one file. */
struct sg_site_input {
    char *path;
    char *layer;
    char *crs_name;
    char *driver;
    enum sg_crs_origin crs_origin;
    struct sg_field_use fields[SG_MOST_FIELD_USES];
    size_t field_count;
    struct sg_input_counts counts;
    uint64_t outcomes[SG_SITE_OUTCOME_COUNT]; /* records by outcome */
    uint64_t multiple_count;                  /* records with more than one point */
    uint64_t surface_count;                   /* records whose point was taken on a line or polygon */
    uint64_t surplus_count;                   /* records of a CSV file with more cells than its header */
    struct sg_unknown_type *unknown_types;    /* most frequent first */
    size_t unknown_type_count;
    struct sg_box extent; /* of the points read, in their CRS */
};

void sg_site_input_release(struct sg_site_input *input);

/* Reads all records of a file. organizations names the organizations, words the scopes, levels and targets,
   ids the ids (may be NULL where no id is read); rejects may be NULL (then original fields are not kept). */
enum sg_status sg_sites_read(struct sg_context *context, const struct sg_source *source,
                             const struct sg_site_fields *fields, struct sg_taxonomy *taxonomy,
                             struct sg_name_index *organizations, struct sg_name_index *words,
                             struct sg_name_index *ids, sg_site_begin *begin, sg_site_sink *sink, void *user,
                             struct sg_reject_log *rejects, struct sg_site_input *ret_input);

#endif
