#include "job/same_source.h"

#include <string.h>
#include <sys/stat.h>

#include "core/name_index.h"

static bool is_same_text(const char *one, const char *two) {
    return one == two || (one != NULL && two != NULL && strcmp(one, two) == 0);
}

/* One file may be named in two ways. */
static bool is_same_file(const char *one, const char *two) {
    struct stat first, second;
    if (stat(one, &first) != 0 || stat(two, &second) != 0)
        return strcmp(one, two) == 0;
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static bool is_same(const struct sg_service_source *one, const struct sg_service_source *two) {
    const struct sg_site_fields *a = &one->fields, *b = &two->fields;
    return is_same_text(one->source.layer, two->source.layer)
           && is_same_text(one->source.where, two->source.where) && is_same_text(a->type, b->type)
           && is_same_text(a->type_value, b->type_value) && is_same_text(a->lon, b->lon)
           && is_same_text(a->lat, b->lat) && is_same_text(a->as_of, b->as_of)
           && is_same_file(one->source.path, two->source.path);
}

size_t sg_job_same_source(const struct sg_job *job, size_t source) {
    for (size_t i = 0; i < source; i++) {
        if (is_same(&job->services[i], &job->services[source]))
            return i;
    }
    return SG_NO_INDEX;
}
