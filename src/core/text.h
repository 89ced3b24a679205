/* Text: a growing string, UTF-8 and Windows-1252, names, spelling. All text inside is UTF-8. */
#ifndef SG_CORE_TEXT_H
#define SG_CORE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/context.h"

/* A growing string. After the first failed allocation it stays as it was and failed is true, so that
   a caller may append many times and ask once. */
struct sg_text {
    char *bytes; /* NULL or ended by a zero byte */
    size_t length;
    size_t capacity;
    bool failed;
};

void sg_text_init(struct sg_text *text);
void sg_text_release(struct sg_text *text);
void sg_text_clear(struct sg_text *text);
void sg_text_append(struct sg_text *text, const char *bytes);
void sg_text_append_bytes(struct sg_text *text, const char *bytes, size_t length);
void sg_text_append_char(struct sg_text *text, char byte);
void sg_text_append_format(struct sg_text *text, const char *format, ...) SG_PRINTF(2, 3);

/* The bytes, never NULL ("" when empty). Borrowed until the next change. */
const char *sg_text_bytes(const struct sg_text *text);

/* The string, owned by the caller (sg_free), the text is empty again; NULL if an allocation failed. */
char *sg_text_take(struct sg_text *text);

/* A new string made by a printf format; NULL when out of memory. Free with sg_free(). */
char *sg_format(const char *format, ...) SG_PRINTF(1, 2);

/* Is it well-formed UTF-8 (no overlong forms, surrogates or values over U+10FFFF)? */
bool sg_utf8_is_valid(const char *bytes, size_t length);

/* Decodes one code point at *position and moves past it; U+FFFD for a byte that is not UTF-8. */
uint32_t sg_utf8_next(const char *bytes, size_t length, size_t *position);
void sg_utf8_append(struct sg_text *text, uint32_t code_point);
size_t sg_utf8_length(const char *text); /* code points */

/* Spaces that a column of so many characters needs after the text: for printf("%s%*s", text, spaces, ""). */
int sg_spaces_after(const char *text, size_t width);

/* Bytes read as Windows-1252 to UTF-8; the five undefined bytes become U+FFFD and count in *ret_bad
   (may be NULL). NULL when out of memory. Free with sg_free(). */
char *sg_text_from_windows_1252(const char *bytes, size_t length, size_t *ret_bad);

/* Lower case without accents for the Latin letters, other code points kept: for comparing names. */
char *sg_text_fold(const char *text);

/* A field name: folded, every run of other characters than a-z 0-9 one '_' ("Free Health Clinics"
   -> "free_health_clinics"; "_" when nothing is left). NULL when out of memory. */
char *sg_text_slug(const char *text);

/* The word for so many, of a message in English: 1 has the one form, all others the other. Borrowed. */
const char *sg_plural(unsigned long long count, const char *one, const char *more);

/* Without white space at both ends (white space includes no-break space); in place, returns text. */
char *sg_text_trim(char *text);

bool sg_text_ends_fold(const char *text, const char *ending); /* with something before it; the same */
bool sg_text_equal_fold(const char *a, const char *b);        /* ASCII letters only, any case */

/* Do they say the same, but for capitals, accents and white space at the ends? -1: out of memory. */
int sg_text_says_same(const char *a, const char *b);

/* The name among names nearest to wanted in spelling (Damerau-Levenshtein on folded ASCII), or
   NULL when none is near (more than a third of its letters differ). Borrowed from names. */
const char *sg_nearest_name(const char *wanted, const char *const *names, size_t count);

/* A number in the C locale's spelling with the fewest digits that read back the same (%.17g at most),
   never exponent form between 1e-6 and 1e15. Writes at most 32 bytes into buffer and returns it. */
const char *sg_number_text(double value, char buffer[static 32]);

/* 1234567 -> "1,234,567" (thousands separator as given, may be ""): whole numbers only. Into buffer. */
const char *sg_grouped_text(double value, const char *separator, char buffer[static 48]);

#endif
