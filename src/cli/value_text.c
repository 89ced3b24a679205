#include "cli/value_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool sg_value_number(const char *text, double *ret_number) {
    if (text[strspn(text, "0123456789+-.eE")] != '\0' || text[0] == '\0')
        return false;
    char *end;
    double number = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(number))
        return false;
    *ret_number = number;
    return true;
}

enum { LONGEST_PART = 63 };

/* Copies the part of a list before the next comma, without spaces around it; false when it is too long.
 *at moves past the comma, or to NULL after the last part. */
static bool next_part(const char **at, char part[static LONGEST_PART + 1]) {
    const char *start = *at + strspn(*at, " ");
    size_t length = strcspn(start, ",");
    *at = start[length] == ',' ? start + length + 1 : NULL;
    while (length > 0 && start[length - 1] == ' ')
        length--;
    bool fits = length <= LONGEST_PART;
    snprintf(part, LONGEST_PART + 1, "%.*s", (int)(fits ? length : LONGEST_PART), start);
    return fits;
}

size_t sg_value_list(const char *text, double *list, size_t most) {
    size_t count = 0;
    char part[LONGEST_PART + 1];
    for (const char *at = text; at != NULL;) {
        double number;
        if (!next_part(&at, part) || !sg_value_number(part, &number) || count >= most
            || (count > 0 && number <= list[count - 1]))
            return 0;
        list[count++] = number;
    }
    return count;
}

static bool read_distance(char *part, double *ret_value, bool *ret_is_minutes, bool *ret_has_unit) {
    size_t length = strlen(part);
    double unit = 1;
    *ret_is_minutes = length > 3 && strcmp(part + length - 3, "min") == 0;
    if (*ret_is_minutes) {
        length -= 3;
    } else if (length > 2 && strcmp(part + length - 2, "km") == 0) {
        unit = 1000;
        length -= 2;
    } else if (length > 1 && part[length - 1] == 'm') {
        length -= 1;
    }
    *ret_has_unit = part[length] != '\0';
    while (length > 0 && part[length - 1] == ' ')
        length--;
    part[length] = '\0';
    double number;
    if (!sg_value_number(part, &number) || !(number > 0) || number * unit > 2.1e7)
        return false;
    /* 1.2 km is 1200 m, not 1199.9999999999998 */
    *ret_value = round(number * unit * 1e6) / 1e6;
    return true;
}

/* The distances, and whether one is there twice. */
static size_t read_distances(const char *text, double *values, size_t most, bool *ret_is_minutes,
                             bool *ret_repeats) {
    const double fewest_m = 20; /* "1,5km" is a decimal comma, not 1 m and 5 km */
    bool has_few = false, has_units = false;
    size_t count = 0;
    *ret_is_minutes = *ret_repeats = false;
    char part[LONGEST_PART + 1];
    for (const char *at = text; at != NULL;) {
        double value;
        bool is_minutes, has_unit;
        if (!next_part(&at, part) || !read_distance(part, &value, &is_minutes, &has_unit) || count >= most
            || (count > 0 && is_minutes != *ret_is_minutes))
            return 0;
        *ret_is_minutes = is_minutes;
        has_few = has_few || (!has_unit && value < fewest_m);
        has_units = has_units || has_unit;
        for (size_t i = 0; i < count; i++)
            *ret_repeats = *ret_repeats || values[i] == value;
        values[count++] = value;
    }
    return has_few && has_units ? 0 : count;
}

size_t sg_value_distances(const char *text, double *values, size_t most, bool *ret_is_minutes) {
    bool repeats;
    size_t count = read_distances(text, values, most, ret_is_minutes, &repeats);
    return repeats ? 0 : count;
}

bool sg_value_repeats_distance(const char *text) {
    double values[2 * SG_MOST_THRESHOLDS];
    bool is_minutes, repeats;
    return read_distances(text, values, 2 * SG_MOST_THRESHOLDS, &is_minutes, &repeats) > 0 && repeats;
}

bool sg_value_measures(const char *text, bool wants[static SG_MEASURE_COUNT_OF_ALL],
                       char unknown[static 64]) {
    memset(wants, 0, SG_MEASURE_COUNT_OF_ALL * sizeof *wants);
    char part[LONGEST_PART + 1];
    for (const char *at = text; at != NULL;) {
        enum sg_measure measure;
        if (!next_part(&at, part) || !sg_measure_from_name(part, &measure)) {
            memcpy(unknown, part, LONGEST_PART + 1);
            return false;
        }
        wants[measure] = true;
    }
    return true;
}

bool sg_value_rotation(const char *text, double *ret_degrees) {
    if (strcmp(text, "auto") == 0) {
        *ret_degrees = NAN;
        return true;
    }
    return sg_value_number(text, ret_degrees) && fabs(*ret_degrees) <= 360;
}

bool sg_value_catchments(const char *text, struct sg_catchment_wishes *ret_wishes) {
    struct sg_catchment_wishes wishes = {.are_named = true};
    char part[LONGEST_PART + 1];
    size_t count = 0;
    bool none = false;
    for (const char *at = text; at != NULL; count++) {
        if (!next_part(&at, part))
            return false;
        if (strcmp(part, "types") == 0)
            wishes.types = true;
        else if (strcmp(part, "streets") == 0)
            wishes.streets = true;
        else if (strcmp(part, "sites") == 0)
            wishes.sites = true;
        else if (strcmp(part, "none") == 0)
            none = true;
        else
            return false;
    }
    *ret_wishes = wishes;
    return !none || count == 1;
}
