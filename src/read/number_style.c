#include "read/number_style.h"

#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

/* The length of the run of digits that begins here. */
static size_t digits_of(const char *text) {
    return strspn(text, "0123456789");
}

/* Digits, commas and points of a number, without its sign, unit and the spaces that sg_number_from_text()
   takes; false: it is none, or too long. */
static bool copy_bare(const char *text, char bare[static 64]) {
    size_t length = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (strchr("0123456789,.", *at) != NULL) {
            if (length == 63)
                return false;
            bare[length++] = *at;
        } else if (strchr(" +-%$'\t\xC2\xA0\xE2\x80\xAF\x89\x99", *at) == NULL) {
            return false;
        }
    }
    bare[length] = '\0';
    return strpbrk(bare, "0123456789") != NULL; /* not of ".." */
}

/* Three digits behind each of the marks, and one to three before the first: 1,234,567, in the first so many
   bytes. */
static bool is_grouped(const char *bare, size_t length, char mark) {
    size_t at = digits_of(bare);
    bool is_whole = at > 0 && at <= 3;
    for (; is_whole && at < length; at += 4)
        is_whole = bare[at] == mark && digits_of(bare + at + 1) == 3;
    return is_whole && at == length;
}

static void keep(char copy[static 24], const char *text) {
    if (copy[0] == '\0')
        snprintf(copy, 24, "%.23s", text);
}

void sg_number_style_look(struct sg_number_style *style, const char *text) {
    if (strpbrk(text, ",.") == NULL) /* most */
        return;
    char bare[64];
    if (!copy_bare(text, bare))
        return;
    const char *comma = strchr(bare, ','), *point = strchr(bare, '.');
    if (comma == NULL && point == NULL)
        return;
    const char *first = comma == NULL || (point != NULL && point < comma) ? point : comma;
    const char *last = strrchr(bare, *first), *other = first == comma ? point : comma;
    if (other != NULL) { /* 1,234.5: the last mark is the decimal mark */
        style->decimal_points += first == comma;
        style->thousands_commas += first == comma;
        style->decimal_commas += first == point;
        style->thousands_points += first == point;
        if (first == point)
            keep(style->clear, text);
    } else if (last != first) {
        if (!is_grouped(bare, strlen(bare), *first))
            return;
        style->thousands_commas += first == comma;
        style->thousands_points += first == point;
        if (first == point)
            keep(style->clear, text);
    } else if (is_grouped(bare, strlen(bare), *first) && bare[0] != '0') {
        style->open_count++;
        keep(style->open, text);
    } else {
        style->decimal_commas += first == comma;
        style->decimal_points += first == point;
        if (first == comma)
            keep(style->clear, text);
    }
}

/* Points between thousands are rare where numbers are small; commas that can only be decimal marks are not
   where they are decimal marks: fewer than one in fifty is a slip of the pen. */
static bool says_comma(const struct sg_number_style *style) {
    return style->thousands_points > 0
           || (style->decimal_commas > 0 && style->decimal_commas * 50 >= style->open_count);
}

static bool says_point(const struct sg_number_style *style) {
    return style->decimal_points + style->thousands_commas > 0;
}

enum sg_number_text sg_number_from_styled_text(const struct sg_number_style *style, const char *text,
                                               double *ret_number) {
    char bare[64];
    bool has_decimal_commas = style != NULL && says_comma(style) && !says_point(style);
    if (!has_decimal_commas || strlen(text) >= sizeof bare || !copy_bare(text, bare))
        return sg_number_from_text(text, ret_number);
    const char *comma = strchr(bare, ',');
    size_t whole = comma == NULL ? strlen(bare) : (size_t)(comma - bare);
    bool has_points = memchr(bare, '.', whole) != NULL;
    if (has_points && !is_grouped(bare, whole, '.')) /* they part no thousands: nothing is known of them */
        return sg_number_from_text(text, ret_number);
    char plain[64]; /* 1.234,5 -> 1234.5 */
    size_t length = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at != '.' || !has_points)
            plain[length++] = *at == ',' ? '.' : *at;
    }
    plain[length] = '\0';
    return sg_number_from_text(plain, ret_number);
}

bool sg_number_style_is_doubtful(const struct sg_number_style *style) {
    bool has_comma = style->decimal_commas + style->thousands_points > 0;
    return style->open_count > 0 && has_comma && (says_point(style) || !says_comma(style));
}

char *sg_number_style_doubt(const struct sg_number_style *style, const char *column) {
    return sg_format("numbers of '%.80s' are written in two ways ('%s', and others not so); %zu like "
                     "'%s' may be a thousand times too large or too small",
                     column, style->clear, style->open_count, style->open);
}

enum sg_status sg_number_style_tell(struct sg_context *context, const struct sg_number_style *style,
                                    const char *path, const char *column) {
    if (sg_number_style_is_doubtful(style)) {
        char *doubt = sg_number_style_doubt(style, column);
        if (doubt == NULL)
            return sg_fail_memory(context);
        sg_warn(context, SG_NUMBER_STYLE_HINT, "%s: %s", path, doubt);
        sg_free(doubt);
    } else if (style->open_count > 0 && says_comma(style)) {
        sg_note(context, "%s: '%s' has decimal commas ('%s'), and so has '%s'", path, column, style->clear,
                style->open);
    }
    return SG_OK;
}
