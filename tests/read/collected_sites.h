/* Services read into a plain list, without areas: what the reader made of each record. */
#ifndef SG_TESTS_READ_COLLECTED_SITES_H
#define SG_TESTS_READ_COLLECTED_SITES_H

#include "core/name_index.h"
#include "model/site.h"
#include "read/site_reader.h"
#include "read/taxonomy_reader.h"

struct collected {
    struct sg_context *context;
    struct sg_taxonomy taxonomy;
    struct sg_name_index *organizations, *words;
    struct sg_site_input input;
    struct sg_site_entry *entries; /* types are no longer there */
    size_t count, capacity;
    char crs[40]; /* code of the CRS that the points came in */
    bool is_read;
};

/* Reads the file; expects the status. The taxonomy is by name, file or NULL. Release with
 * collected_release(). */
struct collected collect(const char *path, const struct sg_site_fields *fields, const char *taxonomy,
                         enum sg_status expected);
struct collected collect_from(const struct sg_source *source, const struct sg_site_fields *fields,
                              const char *taxonomy, enum sg_status expected);
void collected_release(struct collected *collected);

#endif
