/* Taxonomies (kinds of service) and rules (how a file's own words map to them), from YAML files. */
#ifndef SG_READ_TAXONOMY_READER_H
#define SG_READ_TAXONOMY_READER_H

#include "core/context.h"
#include "model/taxonomy.h"

/* Reads a taxonomy by name (of those installed) or path; NULL gives an open one: types as found. Release with
   sg_taxonomy_release(). */
enum sg_status sg_taxonomy_read(struct sg_context *context, const char *name_or_path,
                                struct sg_taxonomy *ret_taxonomy);

/* Adds the rules of a file to the taxonomy: under `rules` lists of exact, prefix and pattern texts by type
   code; `ignore` the texts that stand for no service; `unmatched: other` (default) or `other-if-alone`. */
enum sg_status sg_rules_read(struct sg_context *context, const char *path, struct sg_taxonomy *taxonomy);

/* The names of the installed taxonomies, sorted, ended by NULL; free each and the list with sg_free(). */
char **sg_taxonomy_names(void);

#endif
