/* A look through a YAML file before its tree is made: how deep, how many values, how many documents. */
#ifndef SG_READ_YAML_OUTLINE_H
#define SG_READ_YAML_OUTLINE_H

#include <stddef.h>
#include <yaml.h>

#include "core/context.h"

enum { SG_YAML_DEEPEST = 32, SG_YAML_MOST_VALUES = 200000 };

/* bad, with file (name) and line, for what is not YAML, is deeper or larger than these, or has a second
   document. Stops there, so that no file takes longer than its reading. The bytes are UTF-8. */
enum sg_status sg_yaml_check_outline(struct sg_context *context, const char *name, const char *bytes,
                                     size_t length, enum sg_status bad);

/* Says why the parser gave up. */
enum sg_status sg_yaml_fail_parser(struct sg_context *context, const char *name, const yaml_parser_t *parser,
                                   enum sg_status bad);

#endif
