#include "core/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"

void sg_text_init(struct sg_text *text) {
    *text = (struct sg_text){0};
}

void sg_text_release(struct sg_text *text) {
    sg_free(text->bytes);
    sg_text_init(text);
}

void sg_text_clear(struct sg_text *text) {
    text->length = 0;
    if (text->bytes != NULL)
        text->bytes[0] = '\0';
}

void sg_text_append_bytes(struct sg_text *text, const char *bytes, size_t length) {
    if (text->failed)
        return;
    if (!sg_reserve(&text->bytes, &text->capacity, text->length + length + 1, 1)) {
        text->failed = true;
        return;
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void sg_text_append(struct sg_text *text, const char *bytes) {
    sg_text_append_bytes(text, bytes, strlen(bytes));
}

void sg_text_append_char(struct sg_text *text, char byte) {
    sg_text_append_bytes(text, &byte, 1);
}

static void append_arguments(struct sg_text *text, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0 || !sg_reserve(&text->bytes, &text->capacity, text->length + (size_t)length + 1, 1)) {
        text->failed = true;
        return;
    }
    vsnprintf(text->bytes + text->length, (size_t)length + 1, format, arguments);
    text->length += (size_t)length;
}

void sg_text_append_format(struct sg_text *text, const char *format, ...) {
    if (text->failed)
        return;
    va_list arguments;
    va_start(arguments, format);
    append_arguments(text, format, arguments);
    va_end(arguments);
}

const char *sg_text_bytes(const struct sg_text *text) {
    return text->bytes == NULL ? "" : text->bytes;
}

char *sg_text_take(struct sg_text *text) {
    if (!text->failed && text->bytes == NULL)
        sg_text_append(text, "");
    char *bytes = text->bytes;
    if (text->failed) {
        sg_free(bytes);
        bytes = NULL;
    }
    sg_text_init(text);
    return bytes;
}

char *sg_format(const char *format, ...) {
    struct sg_text text;
    sg_text_init(&text);
    va_list arguments;
    va_start(arguments, format);
    append_arguments(&text, format, arguments);
    va_end(arguments);
    return sg_text_take(&text);
}

/* Length of the well-formed UTF-8 sequence at bytes and its code point, or 0. */
static size_t utf8_sequence(const unsigned char *bytes, size_t length, uint32_t *ret_code_point) {
    unsigned char first = bytes[0];
    size_t count;
    uint32_t code_point, least;
    if (first < 0x80) {
        *ret_code_point = first;
        return 1;
    } else if (first >= 0xC2 && first <= 0xDF) {
        count = 2, code_point = first & 0x1F, least = 0x80;
    } else if (first >= 0xE0 && first <= 0xEF) {
        count = 3, code_point = first & 0x0F, least = 0x800;
    } else if (first >= 0xF0 && first <= 0xF4) {
        count = 4, code_point = first & 0x07, least = 0x10000;
    } else {
        return 0;
    }
    if (count > length)
        return 0;
    for (size_t i = 1; i < count; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        code_point = code_point << 6 | (bytes[i] & 0x3F);
    }
    if (code_point < least || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000))
        return 0;
    *ret_code_point = code_point;
    return count;
}

bool sg_utf8_is_valid(const char *bytes, size_t length) {
    const unsigned char *at = (const unsigned char *)bytes;
    size_t i = 0;
    while (i < length) {
        uint32_t code_point;
        size_t count = at[i] < 0x80 ? 1 : utf8_sequence(at + i, length - i, &code_point);
        if (count == 0)
            return false;
        i += count;
    }
    return true;
}

uint32_t sg_utf8_next(const char *bytes, size_t length, size_t *position) {
    uint32_t code_point;
    size_t count = utf8_sequence((const unsigned char *)bytes + *position, length - *position, &code_point);
    if (count == 0) {
        *position += 1;
        return 0xFFFD;
    }
    *position += count;
    return code_point;
}

void sg_utf8_append(struct sg_text *text, uint32_t code_point) {
    char bytes[4];
    size_t count;
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        count = 1;
    } else if (code_point < 0x800) {
        bytes[0] = (char)(0xC0 | code_point >> 6);
        bytes[1] = (char)(0x80 | (code_point & 0x3F));
        count = 2;
    } else if (code_point < 0x10000) {
        bytes[0] = (char)(0xE0 | code_point >> 12);
        bytes[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (code_point & 0x3F));
        count = 3;
    } else {
        bytes[0] = (char)(0xF0 | code_point >> 18);
        bytes[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (code_point & 0x3F));
        count = 4;
    }
    sg_text_append_bytes(text, bytes, count);
}

size_t sg_utf8_length(const char *text) {
    size_t length = strlen(text), position = 0, count = 0;
    while (position < length) {
        sg_utf8_next(text, length, &position);
        count++;
    }
    return count;
}

char *sg_text_from_windows_1252(const char *bytes, size_t length, size_t *ret_bad) {
    /* Bytes 0x80 to 0x9F; 0 where the code page defines nothing. Source: Unicode's CP1252.TXT. */
    static const uint16_t upper[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                       0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    struct sg_text text;
    sg_text_init(&text);
    size_t bad = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte < 0x80 || byte >= 0xA0) {
            sg_utf8_append(&text, byte);
        } else if (upper[byte - 0x80] != 0) {
            sg_utf8_append(&text, upper[byte - 0x80]);
        } else {
            sg_utf8_append(&text, 0xFFFD);
            bad++;
        }
    }
    if (ret_bad != NULL)
        *ret_bad = bad;
    return sg_text_take(&text);
}

/* The plain letters of U+00C0 to U+017F, or NULL where the letter is kept. */
static const char *plain_letters(uint32_t code_point) {
    static const char *const latin[] = {
        "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i", /* C0 */
        "d", "n", "o",  "o",  "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
        "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i", /* E0 */
        "d", "n", "o",  "o",  "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y",
        "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d", /* 100 */
        "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",
        "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i", /* 120 */
        "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",
        "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o", /* 140 */
        "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",
        "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u", /* 160 */
        "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s"};
    return code_point >= 0xC0 && code_point <= 0x17F ? latin[code_point - 0xC0] : NULL;
}

char *sg_text_fold(const char *text) {
    struct sg_text folded;
    sg_text_init(&folded);
    size_t length = strlen(text), position = 0;
    while (position < length) {
        uint32_t code_point = sg_utf8_next(text, length, &position);
        const char *plain = plain_letters(code_point);
        if (code_point >= 'A' && code_point <= 'Z')
            sg_text_append_char(&folded, (char)(code_point - 'A' + 'a'));
        else if (plain != NULL)
            sg_text_append(&folded, plain);
        else if (code_point >= 0x300 && code_point <= 0x36F)
            continue; /* a combining accent */
        else
            sg_utf8_append(&folded, code_point);
    }
    return sg_text_take(&folded);
}

char *sg_text_slug(const char *text) {
    char *folded = sg_text_fold(text);
    if (folded == NULL)
        return NULL;
    size_t to = 0;
    bool gap = false;
    for (size_t from = 0; folded[from] != '\0'; from++) {
        char c = folded[from];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (gap && to > 0)
                folded[to++] = '_';
            gap = false;
            folded[to++] = c;
        } else {
            gap = true;
        }
    }
    folded[to] = '\0';
    if (to == 0) {
        sg_free(folded);
        return sg_strdup("_");
    }
    return folded;
}

int sg_spaces_after(const char *text, size_t width) {
    size_t length = sg_utf8_length(text);
    return length < width ? (int)(width - length) : 0;
}

const char *sg_plural(unsigned long long count, const char *one, const char *more) {
    return count == 1 ? one : more;
}

char *sg_text_trim(char *text) {
    char *start = text;
    for (;;) {
        if (*start == ' ' || (*start >= '\t' && *start <= '\r'))
            start++;
        else if ((unsigned char)start[0] == 0xC2 && (unsigned char)start[1] == 0xA0)
            start += 2;
        else
            break;
    }
    size_t length = strlen(start);
    for (;;) {
        if (length > 0
            && (start[length - 1] == ' ' || (start[length - 1] >= '\t' && start[length - 1] <= '\r')))
            length--;
        else if (length > 1 && (unsigned char)start[length - 2] == 0xC2
                 && (unsigned char)start[length - 1] == 0xA0)
            length -= 2;
        else
            break;
    }
    memmove(text, start, length);
    text[length] = '\0';
    return text;
}

static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

bool sg_text_ends_fold(const char *text, const char *ending) {
    size_t length = strlen(text), tail = strlen(ending);
    return length > tail && sg_text_equal_fold(text + length - tail, ending);
}

int sg_text_says_same(const char *a, const char *b) {
    char *one = sg_text_fold(a), *other = sg_text_fold(b);
    int answer = one == NULL || other == NULL ? -1 : strcmp(sg_text_trim(one), sg_text_trim(other)) == 0;
    sg_free(one);
    sg_free(other);
    return answer;
}

bool sg_text_equal_fold(const char *a, const char *b) {
    while (*a != '\0' && lower(*a) == lower(*b))
        a++, b++;
    return *a == '\0' && *b == '\0';
}

enum { LONGEST_NAME = 64 };

static unsigned spelling_distance(const char *a, const char *b) {
    size_t m = strlen(a), n = strlen(b);
    if (m > LONGEST_NAME || n > LONGEST_NAME)
        return LONGEST_NAME;
    unsigned row[3][LONGEST_NAME + 1];
    for (size_t j = 0; j <= n; j++)
        row[0][j] = (unsigned)j;
    unsigned *before = row[2], *above = row[0], *here = row[1];
    for (size_t i = 1; i <= m; i++) {
        here[0] = (unsigned)i;
        for (size_t j = 1; j <= n; j++) {
            unsigned cost = lower(a[i - 1]) != lower(b[j - 1]);
            unsigned best = above[j - 1] + cost;
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (here[j - 1] + 1 < best)
                best = here[j - 1] + 1;
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1])
                && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            here[j] = best;
        }
        unsigned *free_row = before;
        before = above, above = here, here = free_row;
    }
    return above[n];
}

const char *sg_nearest_name(const char *wanted, const char *const *names, size_t count) {
    const char *nearest = NULL;
    unsigned least = LONGEST_NAME;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = spelling_distance(wanted, names[i]);
        size_t longest = strlen(wanted) > strlen(names[i]) ? strlen(wanted) : strlen(names[i]);
        if (distance < least && distance * 3 <= longest + 1) {
            least = distance;
            nearest = names[i];
        }
    }
    return nearest;
}

const char *sg_number_text(double value, char buffer[static 32]) {
    if (value == floor(value) && fabs(value) < 1e15) { /* whole, the common case; and never "-0" */
        snprintf(buffer, 32, "%lld", (long long)value);
        return buffer;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, 32, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value)
            break;
    }
    double size = fabs(value);
    if (strchr(buffer, 'e') != NULL && size >= 1e-6 && size < 1e15) {
        for (int decimals = 0; decimals <= 22; decimals++) {
            snprintf(buffer, 32, "%.*f", decimals, value);
            if (strtod(buffer, NULL) == value)
                break;
        }
    }
    return buffer;
}

const char *sg_grouped_text(double value, const char *separator, char buffer[static 48]) {
    char digits[32];
    snprintf(digits, sizeof digits, "%.0f", fabs(value));
    size_t count = strlen(digits), to = 0;
    if (value < 0 && strcmp(digits, "0") != 0)
        buffer[to++] = '-';
    for (size_t i = 0; i < count && to + 8 < 48; i++) {
        if (i > 0 && (count - i) % 3 == 0) {
            size_t width = strlen(separator);
            memcpy(buffer + to, separator, width);
            to += width;
        }
        buffer[to++] = digits[i];
    }
    buffer[to] = '\0';
    return buffer;
}
