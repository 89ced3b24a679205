#include "judge/column_measure.h"

#include <string.h>
#include <strings.h>

#include "core/text.h"
#include "model/measure.h"

static const char digits[] = "0123456789";

/* Columns that are of the area, not of a type: long name, shapefile field. */
static const char *const area_columns[][2] = {
    {"population", "POPULATION"},  {"need", "NEED"},
    {"need_index", "NEED_INDEX"},  {"gap_index", "GAP_INDEX"},
    {"gap_class", "GAP_CLASS"},    {"gap_rank", "GAP_RANK"},
    {"priority", "PRIORITY"},      {"gap_cluster", "GAP_CLUST"},
    {"gap_stability", "GAP_STAB"}, {"gap_worst_pct", "GAP_WORST"},
};

static bool find_area_column(const char *name, const char **ret_measure) {
    for (size_t i = 0; i < sizeof area_columns / sizeof *area_columns; i++) {
        if (sg_text_equal_fold(name, area_columns[i][0]) || sg_text_equal_fold(name, area_columns[i][1])) {
            *ret_measure = area_columns[i][0];
            return true;
        }
    }
    return false;
}

/* "800m", "1_5min": exactly so many bytes. */
static bool is_threshold(const char *text, size_t length) {
    size_t at = strspn(text, digits);
    if (at == 0)
        return false;
    if (text[at] == '_')
        at += 1 + strspn(text + at + 1, digits);
    const char *unit = text + at;
    return (at + 1 == length && strncasecmp(unit, "m", 1) == 0)
           || (at + 3 == length && strncasecmp(unit, "min", 3) == 0);
}

/* "lan_within_pct", "lan_within_800m_pct": the threshold stands before the unit of the suffix. */
static bool has_suffix(const char *name, const char *suffix, bool by_threshold, size_t *ret_prefix) {
    const char *unit = strstr(suffix, "_pct");
    size_t stem = unit == NULL ? strlen(suffix) : (size_t)(unit - suffix);
    size_t tail = unit == NULL ? 0 : strlen(unit), length = strlen(name);
    if (length < tail || (tail > 0 && strcasecmp(name + length - tail, unit) != 0))
        return false;
    size_t end = length - tail;
    for (size_t at = 1; at + 1 + stem <= end; at++) {
        if (name[at] != '_' || strncasecmp(name + at + 1, suffix, stem) != 0)
            continue;
        size_t after = at + 1 + stem;
        *ret_prefix = at;
        if (after == end
            || (by_threshold && name[after] == '_' && is_threshold(name + after + 1, end - after - 1)))
            return true;
    }
    return false;
}

/* "LAN_W", "LAN_W_2", "LAN_UNCOV2" */
static bool has_short_suffix(const char *name, const struct sg_measure_info *info, size_t *ret_prefix) {
    const char *after = strchr(name, '_');
    size_t length = strlen(info->short_suffix);
    if (after == NULL || after == name || strncasecmp(after + 1, info->short_suffix, length) != 0)
        return false;
    *ret_prefix = (size_t)(after - name);
    const char *rest = after + 1 + length;
    if (rest[0] == '\0')
        return true;
    bool is_long = (size_t)(rest - name) > 8; /* no room for another '_' */
    if (!info->by_threshold || (!is_long && rest[0] != '_'))
        return false;
    rest += !is_long;
    return strlen(rest) == 1 && strspn(rest, digits) == 1;
}

bool sg_measure_of_column(const char *name, const char **ret_measure, size_t *ret_prefix) {
    static const char *const of_time[] = {"nearest_min", "nearest_p90_min"};
    *ret_prefix = 0;
    if (find_area_column(name, ret_measure))
        return true;
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++) {
        const struct sg_measure_info *info = sg_measure_info((enum sg_measure)m);
        bool is_either = m == SG_MEASURE_NEAREST || m == SG_MEASURE_NEAREST_P90;
        *ret_measure = info->suffix;
        if (has_suffix(name, info->suffix, info->by_threshold, ret_prefix)
            || (!is_either && has_short_suffix(name, info, ret_prefix)))
            return true;
    }
    for (size_t i = 0; i < sizeof of_time / sizeof *of_time; i++) {
        *ret_measure = of_time[i];
        if (has_suffix(name, of_time[i], false, ret_prefix))
            return true;
    }
    return false;
}
