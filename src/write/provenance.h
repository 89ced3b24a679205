/* provenance.json: what was read, with sizes and hashes, every parameter, the counts, the versions. */
#ifndef SG_WRITE_PROVENANCE_H
#define SG_WRITE_PROVENANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"
#include "model/site.h"
#include "write/staging.h"

/* Sizes and SHA-256 of the inputs, taken in a thread of its own while the job reads them. */
struct sg_hashes;

/* Notes the state of the files (those beside a shapefile too) and, where sums are wanted, starts hashing
   them. Paths that are no files are passed over. NULL when out of memory. */
struct sg_hashes *sg_hashes_start(const char *const *paths, size_t path_count, bool wants_sums);
void sg_hashes_free(struct sg_hashes *hashes); /* waits for the thread */

/* Are the files as they were at the start? SG_BAD_INPUT that names the one which is not: what was read of it
   may be half old and half new. */
enum sg_status sg_hashes_check(struct sg_context *context, const struct sg_hashes *hashes);

/* Seconds since 1970 of SOURCE_DATE_EPOCH, else of the newest input: the date that outputs carry. */
long long sg_hashes_newest(const struct sg_hashes *hashes);

struct sg_parameter {
    const char *name;  /* of the option, or what a field is taken as */
    const char *value; /* as given or by default; the field's name */
    const char *list;  /* "services" or "join", which may be given several times; NULL: for the whole job */
    size_t entry;      /* position in that list */
};

enum { SG_MOST_PROVENANCE_FIELDS = 16 };

/* One input of records: what became of them, and the fields that were read, named or recognised. */
struct sg_provenance_layer {
    const char *path; /* NULL: there is none */
    struct sg_input_counts counts;
    struct sg_parameter fields[SG_MOST_PROVENANCE_FIELDS];
    size_t field_count;
};

struct sg_provenance {
    const char *command; /* "coverage" */
    const char *cairo_version;
    const struct sg_parameter *parameters;
    size_t parameter_count; /* those of one entry of a list stand together */
    const struct sg_provenance_layer *services;
    size_t service_count;
    struct sg_provenance_layer areas; /* rejected: those without geometry; path NULL: none */
    struct sg_provenance_layer demand;
    const char *const *outputs;
    size_t output_count;
};

/* Writes provenance.json into the staging folder; waits for the hashes. */
enum sg_status sg_provenance_write(struct sg_context *context, struct sg_staging *staging,
                                   struct sg_hashes *hashes, const struct sg_provenance *provenance);

#endif
