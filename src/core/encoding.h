/* Text in any encoding that the system knows. */
#ifndef SG_CORE_ENCODING_H
#define SG_CORE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

/* Is it the name of an encoding (any case): "ISO-8859-1", "CP437"? */
bool sg_encoding_is_known(const char *name);

/* The bytes as UTF-8, what cannot be decoded as U+FFFD (*ret_bad counts it). NULL when out of memory or when
   the encoding is not known. Free with sg_free(). */
char *sg_text_from_encoding(const char *bytes, size_t length, const char *encoding, size_t *ret_bad);

#endif
