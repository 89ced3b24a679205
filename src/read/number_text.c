#include "read/number_text.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

enum { LONGEST_NUMBER = 63 };

static bool is_missing_word(const char *word) {
    static const char *const words[] = {
        "",  ".",  "..",           "...",          "x",   "f",  "n/a", "na", "nan", "null", "none",
        "-", "--", "\xE2\x80\x93", "\xE2\x80\x94", "s/o", "nd", "n.d."};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (sg_text_equal_fold(word, words[i]))
            return true;
    }
    return false;
}

/* Copies text without white space at its ends; false when it is too long to be a number. */
static bool copy_trimmed(const char *text, char copy[static LONGEST_NUMBER + 1]) {
    size_t length = strlen(text);
    if (length > LONGEST_NUMBER)
        return false;
    memcpy(copy, text, length + 1);
    sg_text_trim(copy);
    return true;
}

/* An apostrophe that parts thousands, as in Switzerland: a digit before it, three behind it. */
static bool parts_thousands(const char *number, size_t at, size_t length) {
    return at > 0 && isdigit((unsigned char)number[at - 1])
           && strspn(number + at + length, "0123456789") == 3;
}

/* The length of a space (plain, no-break U+00A0, narrow no-break U+202F, thin U+2009) or of an apostrophe
   between thousands; 0: neither is there. */
static size_t separator_length(const char *number, size_t at) {
    const unsigned char *bytes = (const unsigned char *)number + at;
    if (bytes[0] == ' ' || (bytes[0] == '\'' && parts_thousands(number, at, 1)))
        return 1;
    if (bytes[0] == 0xC2 && bytes[1] == 0xA0)
        return 2;
    if (bytes[0] != 0xE2 || bytes[1] != 0x80)
        return 0;
    bool is_space = bytes[2] == 0xAF || bytes[2] == 0x89;
    return is_space || (bytes[2] == 0x99 && parts_thousands(number, at, 3)) ? 3 : 0;
}

static void drop_separators(char *number) {
    size_t to = 0;
    for (size_t from = 0; number[from] != '\0';) {
        size_t length = separator_length(number, from);
        from += length;
        if (length == 0)
            number[to++] = number[from++];
    }
    number[to] = '\0';
}

/* Are the commas (or points) between groups of three digits? Not in "0,125", which is an eighth. */
static bool groups_thousands(const char *number, char separator) {
    size_t since = 0;
    bool seen = false;
    if (number[number[0] == '-' || number[0] == '+'] == '0')
        return false;
    for (const char *c = number; *c != '\0'; c++) {
        if (*c == separator) {
            if (seen ? since != 3 : since == 0 || since > 3)
                return false;
            seen = true;
            since = 0;
        } else if (isdigit((unsigned char)*c)) {
            since++;
        } else if (c == number && (*c == '-' || *c == '+')) {
            continue;
        } else {
            return seen && since == 3;
        }
    }
    return seen && since == 3;
}

static void remove_char(char *text, char unwanted) {
    size_t to = 0;
    for (size_t from = 0; text[from] != '\0'; from++) {
        if (text[from] != unwanted)
            text[to++] = text[from];
    }
    text[to] = '\0';
}

/* Makes commas and points what C reads: thousands gone, decimal point. */
static void settle_separators(char *number) {
    char *comma = strchr(number, ','), *point = strchr(number, '.');
    if (comma == NULL)
        return;
    if (point != NULL && point < comma) { /* 1.234,5 */
        remove_char(number, '.');
        comma = strchr(number, ',');
        *comma = '.';
    } else if (groups_thousands(number, ',')) { /* 1,234 or 1,234.5 */
        remove_char(number, ',');
    } else if (point == NULL && strchr(comma + 1, ',') == NULL) { /* 12,5 */
        *comma = '.';
    }
}

/* strtod without its hexadecimal, infinite and nan spellings. */
static bool read_decimal(const char *number, double *ret_number) {
    if (number[strspn(number, "0123456789+-.eE")] != '\0' || strpbrk(number, "0123456789") == NULL)
        return false;
    char *end;
    double value = strtod(number, &end);
    if (*end != '\0' || !isfinite(value))
        return false;
    *ret_number = value;
    return true;
}

/* The common case, digits with at most one point: exact, because the digits and the power of ten are whole
   numbers that a double holds, and one division is rounded correctly (Clinger 1990). False: read it the long
   way. */
static bool read_plain(const char *text, double *ret_number) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9, 1e10,
                                    1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20};
    bool is_negative = *text == '-';
    text += is_negative;
    unsigned long long digits = 0;
    int count = 0, decimals = 0;
    bool has_point = false;
    for (;; text++) {
        unsigned digit = (unsigned)(unsigned char)*text - '0';
        if (digit <= 9) {
            digits = digits * 10 + digit;
            count++;
            decimals += has_point;
        } else if (*text == '.' && !has_point) {
            has_point = true;
        } else {
            break;
        }
        if (count > 18)
            return false;
    }
    if (*text != '\0' || count == 0 || digits > 1ULL << 53)
        return false;
    double number = (double)digits / powers[decimals];
    *ret_number = is_negative ? -number : number;
    return true;
}

/* The trimmed text, and whether there is anything in it to read. */
static enum sg_number_text copy_value(const char *text, char value[static LONGEST_NUMBER + 1]) {
    if (!copy_trimmed(text, value))
        return SG_NUMBER_BAD;
    return is_missing_word(value) ? SG_NUMBER_MISSING : SG_NUMBER_READ;
}

enum sg_number_text sg_number_from_text(const char *text, double *ret_number) {
    if (read_plain(text, ret_number))
        return SG_NUMBER_READ;
    *ret_number = NAN;
    char number[LONGEST_NUMBER + 1];
    enum sg_number_text start = copy_value(text, number);
    if (start != SG_NUMBER_READ)
        return start;
    drop_separators(number);
    size_t length = strlen(number);
    if (length > 1 && number[length - 1] == '%')
        number[length - 1] = '\0';
    if (number[0] == '$')
        memmove(number, number + 1, strlen(number));
    settle_separators(number);
    return read_decimal(number, ret_number) ? SG_NUMBER_READ : SG_NUMBER_BAD;
}

enum sg_number_text sg_coordinate_from_text(const char *text, double *ret_degrees) {
    if (read_plain(text, ret_degrees))
        return SG_NUMBER_READ;
    *ret_degrees = NAN;
    char number[LONGEST_NUMBER + 1];
    enum sg_number_text start = copy_value(text, number);
    if (start != SG_NUMBER_READ)
        return start;
    char *comma = strchr(number, ',');
    if (comma != NULL && strchr(number, '.') == NULL && strchr(comma + 1, ',') == NULL)
        *comma = '.';
    return read_decimal(number, ret_degrees) ? SG_NUMBER_READ : SG_NUMBER_BAD;
}

static long days_of_month(long year, long month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

enum sg_number_text sg_date_from_text(const char *text, double *ret_day) {
    *ret_day = NAN;
    char date[LONGEST_NUMBER + 1];
    enum sg_number_text start = copy_value(text, date);
    if (start != SG_NUMBER_READ)
        return start;
    long parts[3] = {0, 1, 1};
    char *at = date;
    for (int i = 0; i < 3; i++) {
        char *end;
        if (!isdigit((unsigned char)*at))
            return SG_NUMBER_BAD;
        parts[i] = strtol(at, &end, 10);
        at = end;
        if (*at == '\0' || *at == 'T' || *at == ' ')
            break;
        if ((*at != '-' && *at != '/') || i == 2)
            return SG_NUMBER_BAD;
        at++;
    }
    if (parts[0] < 1000 || parts[0] > 9999 || parts[1] < 1 || parts[1] > 12 || parts[2] < 1
        || parts[2] > days_of_month(parts[0], parts[1]))
        return SG_NUMBER_BAD;
    *ret_day = (double)((parts[0] * 12 + parts[1] - 1) * 31 + parts[2] - 1);
    return SG_NUMBER_READ;
}
