/* YAML files with line numbers: project, theme, scheme, taxonomy and rules files are read through this.
   (libyaml's document tree rather than libcyaml's schemas: an unknown key is answered with the nearest
   valid one, and every value's error names its own line.) */
#ifndef SG_READ_YAML_H
#define SG_READ_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"

struct sg_yaml;      /* a document */
struct sg_yaml_node; /* a node of it, borrowed until the document is freed */

enum sg_yaml_kind { SG_YAML_SCALAR, SG_YAML_LIST, SG_YAML_MAP };

/* Parses a file. SG_BAD_PROJECT or the given status with file and line for what is not YAML, is nested
   more than 32 deep, has a second document, or names a key twice in one map. Free with sg_yaml_free(). */
enum sg_status sg_yaml_read(struct sg_context *context, const char *path, enum sg_status bad,
                            struct sg_yaml **ret_yaml);

/* The same for bytes in memory; name stands for the file in messages. */
enum sg_status sg_yaml_parse(struct sg_context *context, const char *name, const char *bytes, size_t length,
                             enum sg_status bad, struct sg_yaml **ret_yaml);
void sg_yaml_free(struct sg_yaml *yaml);

/* The document's root; NULL for an empty document. */
const struct sg_yaml_node *sg_yaml_root(const struct sg_yaml *yaml);

enum sg_yaml_kind sg_yaml_kind(const struct sg_yaml_node *node);
int sg_yaml_line(const struct sg_yaml_node *node); /* 1 = first */

/* A scalar's text (UTF-8, never NULL). Is it null (empty, ~, null, unquoted)? */
const char *sg_yaml_text(const struct sg_yaml_node *node);
bool sg_yaml_is_null(const struct sg_yaml_node *node);

/* Children of a list, or key and value pairs of a map in the file's order. */
size_t sg_yaml_count(const struct sg_yaml_node *node);
const struct sg_yaml_node *sg_yaml_item(const struct sg_yaml_node *list, size_t index);
const char *sg_yaml_key(const struct sg_yaml_node *map, size_t index);
int sg_yaml_key_line(const struct sg_yaml_node *map, size_t index);
const struct sg_yaml_node *sg_yaml_value(const struct sg_yaml_node *map, size_t index);

/* The value of a key, or NULL. */
const struct sg_yaml_node *sg_yaml_find(const struct sg_yaml_node *map, const char *key);

/* An error about a node, with file and line: "toronto.yaml, line 12: ...". */
enum sg_status sg_yaml_fail(const struct sg_yaml_node *node, const char *hint, const char *format, ...)
    SG_PRINTF(3, 4);

/* Fails unless every key of the map is among names (NULL-ended): names the line and the nearest one. */
enum sg_status sg_yaml_check_keys(const struct sg_yaml_node *map, const char *const *names);

/* Typed values, each an error with line when the node is something else. */
enum sg_status sg_yaml_number(const struct sg_yaml_node *node, double *ret_number);
enum sg_status sg_yaml_bool(const struct sg_yaml_node *node, bool *ret_bool);
enum sg_status sg_yaml_string(const struct sg_yaml_node *node, const char **ret_text);

#endif
