#include "job/named_fields.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

enum { MOST_FIELDS = 32 };

void sg_group_fields_free(struct sg_group_field *groups, size_t count) {
    for (size_t i = 0; groups != NULL && i < count; i++) {
        sg_free(groups[i].label);
        sg_free(groups[i].prefix);
        sg_free(groups[i].field);
    }
    sg_free(groups);
}

void sg_indicator_fields_free(struct sg_indicator_field *indicators, size_t count) {
    for (size_t i = 0; indicators != NULL && i < count; i++)
        sg_free(indicators[i].field);
    sg_free(indicators);
}

/* ---- groups ---- */

/* Does a name and '=' begin here? Letters (of any script), digits, blanks, '_' and '-'. */
static bool begins_group(const char *at) {
    size_t length = 0;
    for (; *at != '\0' && *at != '='; at++, length++) {
        unsigned char c = (unsigned char)*at;
        if (c < 0x80 && !isalnum(c) && c != ' ' && c != '_' && c != '-')
            return false;
    }
    return *at == '=' && length > 0;
}

/* The length of the group that begins here: to the comma before the next one. */
static size_t group_length(const char *at) {
    size_t length = 0;
    for (; at[length] != '\0'; length++) {
        if (at[length] == ',' && begins_group(at + length + 1))
            break;
    }
    return length;
}

static enum sg_status fail_group(struct sg_context *context, const char *part) {
    return sg_fail(context, SG_USAGE, "write \"seniors=FIELD,recent immigrants=FIELD:percent\"",
                   "--groups: '%.80s' is not a group and its field", part);
}

static void set_letters(struct sg_group_field *groups, size_t index) {
    struct sg_group_field *group = &groups[index];
    size_t used = 0;
    for (const char *c = group->prefix; *c != '\0' && used < 3; c++) {
        if (*c != '_')
            group->letters[used++] = (char)toupper((unsigned char)*c);
    }
    while (used < 3)
        group->letters[used++] = 'X';
    for (int number = 2; number < 100; number++) {
        bool is_taken = false;
        for (size_t other = 0; other < index; other++)
            is_taken = is_taken || strcmp(groups[other].letters, group->letters) == 0;
        if (!is_taken)
            return;
        char digits[12];
        int length = snprintf(digits, sizeof digits, "%d", number);
        memcpy(group->letters + 3 - length, digits, (size_t)length);
    }
}

/* Names that would make columns of the coverage twice. */
static bool is_reserved(const char *prefix) {
    static const char *const reserved[] = {"all", "gap", "need", "area", "types", "_"};
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (strcmp(prefix, reserved[i]) == 0)
            return true;
    }
    return false;
}

static enum sg_status parse_group(struct sg_context *context, char *part, struct sg_group_field *groups,
                                  size_t index) {
    char *equals = strchr(part, '=');
    if (equals == NULL)
        return fail_group(context, part);
    struct sg_group_field *group = &groups[index];
    *equals = '\0';
    char *name = sg_text_trim(part), *field = sg_text_trim(equals + 1);
    char *colon = strrchr(field, ':');
    if (colon != NULL && (strcmp(colon, ":percent") == 0 || strcmp(colon, ":%") == 0)) {
        group->is_percent = true;
        *colon = '\0';
        sg_text_trim(field);
    }
    group->label = sg_strdup(name);
    group->prefix = sg_text_slug(name);
    group->field = sg_strdup(field);
    if (group->label == NULL || group->prefix == NULL || group->field == NULL)
        return sg_fail_memory(context);
    if (field[0] == '\0' || name[0] == '\0')
        return fail_group(context, name);
    for (char *c = group->label; *c != '\0'; c++)
        *c = *c == '_' ? ' ' : *c;
    if (is_reserved(group->prefix))
        return sg_fail(context, SG_USAGE, "call the group something else",
                       "--groups: '%.80s' cannot be the name of a group", name);
    for (size_t other = 0; other < index; other++) {
        if (strcmp(groups[other].prefix, group->prefix) == 0)
            return sg_fail(context, SG_USAGE, "give each group a name of its own",
                           "--groups: '%.80s' is named twice", name);
    }
    set_letters(groups, index);
    return SG_OK;
}

enum sg_status sg_group_fields_parse(struct sg_context *context, const char *text,
                                     struct sg_group_field **ret_groups, size_t *ret_count) {
    struct sg_group_field *groups = sg_alloc(MOST_FIELDS, sizeof *groups);
    size_t count = 0;
    enum sg_status status = groups == NULL ? sg_fail_memory(context) : SG_OK;
    for (const char *at = text; status == SG_OK && *at != '\0';) {
        size_t length = group_length(at);
        char *part = sg_strndup(at, length);
        if (count == MOST_FIELDS)
            status = sg_fail(context, SG_USAGE, "name fewer", "--groups: more than %d groups", MOST_FIELDS);
        else if (part == NULL)
            status = sg_fail_memory(context);
        else
            status = parse_group(context, part, groups, count++);
        sg_free(part);
        at += length + (at[length] == ',');
    }
    if (status == SG_OK && count == 0)
        status = fail_group(context, text);
    if (status != SG_OK) {
        sg_group_fields_free(groups, count);
        return status;
    }
    *ret_groups = groups;
    *ret_count = count;
    return SG_OK;
}

/* ---- indicators ---- */

/* Reads ":+", ":-" and a weight behind it at the place, up to a comma or the end; 0: there is none. */
static size_t direction_length(const char *at, bool *ret_low_is_need, double *ret_weight) {
    if (at[0] != ':' || (at[1] != '+' && at[1] != '-'))
        return 0;
    double weight = 1;
    int used = 2;
    if (at[2] == ':') {
        int more = 0;
        if (sscanf(at + 3, "%lf%n", &weight, &more) != 1)
            return 0;
        used = 3 + more;
    }
    while (at[used] == ' ')
        used++;
    if (at[used] != ',' && at[used] != '\0')
        return 0;
    *ret_low_is_need = at[1] == '-';
    *ret_weight = weight;
    return (size_t)used;
}

static bool has_direction(const char *text) {
    bool low;
    double weight;
    for (; *text != '\0'; text++) {
        if (direction_length(text, &low, &weight) > 0)
            return true;
    }
    return false;
}

static enum sg_status parse_indicator(struct sg_context *context, const char **at,
                                      struct sg_indicator_field *indicator) {
    indicator->weight = 1;
    size_t length = 0, direction = 0;
    bool commas_end = !has_direction(*at);
    for (; (*at)[length] != '\0' && !(commas_end && (*at)[length] == ','); length++) {
        direction = direction_length(*at + length, &indicator->low_is_need, &indicator->weight);
        if (direction > 0)
            break;
    }
    indicator->field = sg_strndup(*at, length);
    if (indicator->field == NULL)
        return sg_fail_memory(context);
    const char *field = sg_text_trim(indicator->field);
    if (field[0] == '\0' || !(indicator->weight > 0) || !isfinite(indicator->weight))
        return sg_fail(context, SG_USAGE,
                       "write \"FIELD:+:2,OTHER:-\": + where high values mean need, - where low "
                       "ones do, then a weight over 0",
                       "--need-index: '%.80s' is not an indicator", *at);
    *at += length + direction;
    *at += **at == ',';
    return SG_OK;
}

enum sg_status sg_indicator_fields_parse(struct sg_context *context, const char *text,
                                         struct sg_indicator_field **ret_indicators, size_t *ret_count) {
    struct sg_indicator_field *indicators = sg_alloc(MOST_FIELDS, sizeof *indicators);
    size_t count = 0;
    enum sg_status status = indicators == NULL ? sg_fail_memory(context) : SG_OK;
    const char *at = text;
    do {
        if (status == SG_OK && count == MOST_FIELDS)
            status =
                sg_fail(context, SG_USAGE, "name fewer", "--need-index: more than %d fields", MOST_FIELDS);
        if (status == SG_OK)
            status = parse_indicator(context, &at, &indicators[count++]);
    } while (status == SG_OK && *at != '\0');
    if (status != SG_OK) {
        sg_indicator_fields_free(indicators, count);
        return status;
    }
    *ret_indicators = indicators;
    *ret_count = count;
    return SG_OK;
}
