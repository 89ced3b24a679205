/* Colour schemes from files. */
#ifndef SG_READ_SCHEME_READER_H
#define SG_READ_SCHEME_READER_H

#include "classify/palette.h"
#include "core/context.h"

/* Reads a scheme by its name among styles/schemes (any case) or by the path of a file (a name with '/' or
   '.'). SG_BAD_STYLE with file and line, or with the nearest name there is. Release with
   sg_scheme_release(). */
enum sg_status sg_scheme_read(struct sg_context *context, const char *name, struct sg_scheme *ret_scheme);

/* The same for bytes in memory: for tests and fuzzers. */
enum sg_status sg_scheme_parse(struct sg_context *context, const char *bytes, size_t length,
                               struct sg_scheme *ret_scheme);

/* The path of a style file: the name itself when it looks like a path, else the file of that name (any
   case) in the folder ("styles/themes"). SG_BAD_STYLE with the nearest name. Free with sg_free(). */
enum sg_status sg_style_path(struct sg_context *context, const char *folder, const char *kind,
                             const char *name, char **ret_path);

#endif
