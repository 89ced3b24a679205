#include "cli/blame.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* "--area-id", and not as the start of a longer name. */
static bool names_option(const char *error, const char *name) {
    size_t length = strlen(name);
    for (const char *at = strstr(error, "--"); at != NULL; at = strstr(at + 1, "--")) {
        char after = strncmp(at + 2, name, length) == 0 ? at[2 + length] : '-';
        if (!isalnum((unsigned char)after) && after != '-')
            return true;
    }
    return false;
}

/* Quotes it the value, or is it about the file of that path? */
static bool quotes(const char *error, const char *value) {
    size_t length = strlen(value);
    if (length == 0)
        return false;
    if (strncmp(error, value, length) == 0 && error[length] == ':')
        return true;
    for (const char *at = strchr(error, '\''); at != NULL; at = strchr(at + 1, '\'')) {
        if (strncmp(at + 1, value, length) == 0 && at[1 + length] == '\'')
            return true;
    }
    return false;
}

/* The line of the values that the error is about; 0: none. */
static int line_of(const struct sg_values *values, const char *error, bool by_value) {
    for (int i = 0; i < SG_OPTION_COUNT; i++) {
        if (values->of[i] != NULL && values->lines[i] > 0
            && names_option(error, sg_option_at((enum sg_option_id)i)->name))
            return values->lines[i];
    }
    for (int i = 0; by_value && i < SG_OPTION_COUNT; i++) {
        if (values->of[i] != NULL && values->lines[i] > 0
            && sg_option_at((enum sg_option_id)i)->kind != SG_KIND_FLAG && quotes(error, values->of[i]))
            return values->lines[i];
    }
    return 0;
}

static int line_of_list(const struct sg_values *list, size_t count, const char *error, bool by_value) {
    int line = 0;
    for (size_t i = 0; line == 0 && i < count; i++)
        line = line_of(&list[i], error, by_value);
    return line;
}

/* The map that the error says it happened to; NULL: none. */
static const struct sg_values *map_of(const struct sg_settings *settings, const char *error) {
    const char start[] = "map '";
    if (strncmp(error, start, strlen(start)) != 0)
        return NULL;
    for (size_t i = settings->map_count; i > 0; i--) {
        const char *output = settings->maps[i - 1].of[SG_OPT_OUTPUT];
        size_t length = output == NULL ? 0 : strlen(output);
        if (length > 0 && strncmp(error + strlen(start), output, length) == 0
            && error[strlen(start) + length] == '\'')
            return &settings->maps[i - 1];
    }
    return NULL;
}

static int find_line(const struct sg_settings *settings, const char *error, bool by_value) {
    const struct sg_values *map = map_of(settings, error);
    const char *what = map == NULL ? error : strstr(error, "': ") + strlen("': ");
    int line = map == NULL ? 0 : line_of(map, what, true);
    if (line == 0)
        line = line_of_list(settings->services, settings->service_count, what, by_value);
    if (line == 0)
        line = line_of_list(settings->joins, settings->join_count, what, by_value);
    if (line == 0)
        line = line_of(&settings->general, what, by_value);
    if (line == 0 && map != NULL)
        line = map->lines[SG_OPT_OUTPUT];
    for (size_t i = settings->layer_count; line == 0 && by_value && i > 0; i--)
        line = quotes(error, settings->layers[i - 1]) ? settings->layer_lines[i - 1] : 0;
    return line;
}

enum sg_status sg_project_blame(struct sg_context *context, const char *path,
                                const struct sg_settings *settings, enum sg_status status) {
    const char *error = sg_context_error(context);
    size_t length = strlen(path);
    if (status == SG_OK || status == SG_NO_MEMORY || status == SG_INTERRUPTED || status == SG_STRICT
        || error == NULL || strncmp(error, path, length) == 0)
        return status;
    /* what is wrong in the data of a file may quote anything */
    bool by_value = status != SG_BAD_INPUT && status != SG_NO_OUTPUT;
    int line = find_line(settings, error, by_value);
    if (line == 0)
        return status;
    sg_fail_in(context, "%s, line %d", path, line);
    return status == SG_USAGE ? SG_BAD_PROJECT : status;
}
