#include "cli/option.h"

#include <string.h>

#include "core/alloc.h"

#define RUN SG_COMMAND_RUN
#define INIT SG_COMMAND_INIT
#define CHECK SG_COMMAND_CHECK
#define COVERAGE SG_COMMAND_COVERAGE
#define MAP SG_COMMAND_MAP
#define DEMO SG_COMMAND_DEMO
#define LIST SG_COMMAND_LIST
#define ANY SG_COMMAND_ANY

static const struct sg_option options[] = {
#define SG_OPTION(id, name, letter, argument, kind, commands, scope, help)                                   \
    {name, letter, argument, SG_KIND_##kind, commands, SG_SCOPE_##scope, help},
#include "cli/option_list.h"
#undef SG_OPTION
};

const struct sg_option *sg_option_at(enum sg_option_id id) {
    return &options[id];
}

enum sg_option_id sg_option_find(const char *name, unsigned commands) {
    for (int i = 0; i < SG_OPTION_COUNT; i++) {
        if ((options[i].commands & commands) != 0 && strcmp(options[i].name, name) == 0)
            return (enum sg_option_id)i;
    }
    return SG_OPTION_COUNT;
}

/* ---- settings ---- */

static void release_values(struct sg_values *values) {
    for (int i = 0; i < SG_OPTION_COUNT; i++)
        sg_free(values->of[i]);
}

static void release_list(char **list, size_t count) {
    for (size_t i = 0; i < count; i++)
        sg_free(list[i]);
    sg_free(list);
}

void sg_settings_release(struct sg_settings *settings) {
    release_values(&settings->general);
    for (size_t i = 0; i < settings->service_count; i++)
        release_values(&settings->services[i]);
    for (size_t i = 0; i < settings->join_count; i++)
        release_values(&settings->joins[i]);
    for (size_t i = 0; i < settings->map_count; i++)
        release_values(&settings->maps[i]);
    sg_free(settings->services);
    sg_free(settings->joins);
    sg_free(settings->maps);
    release_list(settings->layers, settings->layer_count);
    sg_free(settings->layer_lines);
    release_list(settings->words, settings->word_count);
    *settings = (struct sg_settings){0};
}

bool sg_flag_is_on(const char *const *values, enum sg_option_id id) {
    return values[id] != NULL && strcmp(values[id], "no") != 0;
}

bool sg_values_set(struct sg_values *values, enum sg_option_id id, const char *text) {
    char *copy = sg_strdup(text);
    if (copy == NULL)
        return false;
    sg_free(values->of[id]);
    values->of[id] = copy;
    return true;
}

static struct sg_values *add_values(struct sg_values **list, size_t *count, size_t *capacity) {
    if (!sg_reserve(list, capacity, *count + 1, sizeof **list))
        return NULL;
    (*list)[*count] = (struct sg_values){0};
    return &(*list)[(*count)++];
}

struct sg_values *sg_settings_add_service(struct sg_settings *settings) {
    return add_values(&settings->services, &settings->service_count, &settings->service_capacity);
}

struct sg_values *sg_settings_add_join(struct sg_settings *settings) {
    return add_values(&settings->joins, &settings->join_count, &settings->join_capacity);
}

struct sg_values *sg_settings_add_map(struct sg_settings *settings) {
    return add_values(&settings->maps, &settings->map_count, &settings->map_capacity);
}

/* ---- arguments ---- */

static enum sg_status fail_unknown(struct sg_context *context, const char *argument, unsigned command) {
    const char *names[SG_OPTION_COUNT];
    size_t count = 0;
    for (int i = 0; i < SG_OPTION_COUNT; i++) {
        if ((options[i].commands & command) != 0)
            names[count++] = options[i].name;
    }
    const char *nearest = sg_nearest_name(argument + strspn(argument, "-"), names, count);
    struct sg_text hint;
    sg_text_init(&hint);
    if (nearest != NULL)
        sg_text_append_format(&hint, "did you mean --%s?", nearest);
    else
        sg_text_append(&hint, "--help lists the options");
    enum sg_status status =
        sg_fail(context, SG_USAGE, sg_text_bytes(&hint), "there is no option '%s' here", argument);
    sg_text_release(&hint);
    return status;
}

static enum sg_status set_option(struct sg_context *context, struct sg_settings *settings,
                                 enum sg_option_id id, const char *text) {
    struct sg_text problem, hint;
    sg_text_init(&problem);
    sg_text_init(&hint);
    enum sg_status status = SG_OK;
    if (!sg_option_check(id, text, &problem, &hint))
        status = sg_fail(context, SG_USAGE, sg_text_bytes(&hint), "--%s: %s", options[id].name,
                         sg_text_bytes(&problem));
    sg_text_release(&problem);
    sg_text_release(&hint);
    if (status != SG_OK)
        return status;
    struct sg_values *values = &settings->general;
    if (options[id].scope == SG_SCOPE_JOIN && id != SG_OPT_JOIN && settings->join_count == 0)
        return sg_fail(context, SG_USAGE, "write --join FILE before it", "--%s belongs to a joined table",
                       options[id].name);
    if (id == SG_OPT_SERVICES)
        values = sg_settings_add_service(settings);
    else if (id == SG_OPT_JOIN)
        values = sg_settings_add_join(settings);
    else if (options[id].scope == SG_SCOPE_JOIN)
        values = &settings->joins[settings->join_count - 1];
    else if (options[id].scope == SG_SCOPE_SERVICE && settings->service_count > 0)
        values = &settings->services[settings->service_count - 1];
    if (values == NULL || !sg_values_set(values, id, text))
        return sg_fail_memory(context);
    return SG_OK;
}

/* "--name=value", "--name value" or "--flag". *index moves past a value that is an argument of its own. */
static enum sg_status read_long(struct sg_context *context, int count, char **arguments, int *index,
                                unsigned command, struct sg_settings *settings) {
    char *argument = arguments[*index];
    char *equals = strchr(argument, '=');
    char *name =
        equals == NULL ? sg_strdup(argument + 2) : sg_strndup(argument + 2, (size_t)(equals - argument - 2));
    if (name == NULL)
        return sg_fail_memory(context);
    enum sg_option_id id = sg_option_find(name, command);
    sg_free(name);
    if (id == SG_OPTION_COUNT)
        return fail_unknown(context, argument, command);
    if (options[id].argument == NULL && equals != NULL)
        return sg_fail(context, SG_USAGE, "leave the value out", "--%s takes no value", options[id].name);
    if (options[id].argument == NULL)
        return set_option(context, settings, id, "yes");
    if (equals != NULL)
        return set_option(context, settings, id, equals + 1);
    if (*index + 1 >= count)
        return sg_fail(context, SG_USAGE, "write it after the option", "--%s needs a %s", options[id].name,
                       options[id].argument);
    return set_option(context, settings, id, arguments[++*index]);
}

static enum sg_status read_short(struct sg_context *context, int count, char **arguments, int *index,
                                 unsigned command, struct sg_settings *settings) {
    const char *argument = arguments[*index];
    for (const char *letter = argument + 1; *letter != '\0'; letter++) {
        int id = 0;
        while (id < SG_OPTION_COUNT
               && (options[id].letter != *letter || (options[id].commands & command) == 0))
            id++;
        if (id == SG_OPTION_COUNT)
            return fail_unknown(context, argument, command);
        enum sg_status status;
        if (options[id].argument == NULL) {
            status = set_option(context, settings, (enum sg_option_id)id, "yes");
            if (status != SG_OK)
                return status;
            continue;
        }
        if (letter[1] != '\0')
            return set_option(context, settings, (enum sg_option_id)id, letter + 1);
        if (*index + 1 >= count)
            return sg_fail(context, SG_USAGE, "write it after the option", "-%c needs a %s", *letter,
                           options[id].argument);
        return set_option(context, settings, (enum sg_option_id)id, arguments[++*index]);
    }
    return SG_OK;
}

/* Fields given after the last of several files are for all of them: "--services a.csv --services b.csv --type
   kind". Layer, condition and CRS are a file's own affair. */
static bool share_last_fields(struct sg_settings *settings) {
    if (settings->service_count < 2)
        return true;
    const struct sg_values *last = &settings->services[settings->service_count - 1];
    struct sg_values *general = &settings->general;
    for (int i = 0; i < SG_OPTION_COUNT; i++) {
        enum sg_option_id id = (enum sg_option_id)i;
        bool is_own = id == SG_OPT_SERVICES || id == SG_OPT_SERVICES_LAYER || id == SG_OPT_SERVICES_WHERE
                      || id == SG_OPT_SERVICES_CRS;
        if (!is_own && options[id].scope == SG_SCOPE_SERVICE && last->of[id] != NULL
            && general->of[id] == NULL && !sg_values_set(general, id, last->of[id]))
            return false;
    }
    return true;
}

enum sg_status sg_arguments_read(struct sg_context *context, int count, char **arguments, unsigned command,
                                 struct sg_settings *settings) {
    bool only_words = false;
    enum sg_status status = SG_OK;
    for (int i = 0; status == SG_OK && i < count; i++) {
        char *argument = arguments[i];
        if (!only_words && strcmp(argument, "--") == 0) {
            only_words = true;
        } else if (!only_words && argument[0] == '-' && argument[1] == '-') {
            status = read_long(context, count, arguments, &i, command, settings);
        } else if (!only_words && argument[0] == '-' && argument[1] != '\0') {
            status = read_short(context, count, arguments, &i, command, settings);
        } else {
            char *word = sg_strdup(argument);
            if (word == NULL
                || !sg_reserve(&settings->words, &settings->word_capacity, settings->word_count + 1,
                               sizeof *settings->words)) {
                sg_free(word);
                return sg_fail_memory(context);
            }
            settings->words[settings->word_count++] = word;
        }
    }
    if (status == SG_OK && !share_last_fields(settings))
        status = sg_fail_memory(context);
    return status;
}

bool sg_option_is_path(enum sg_option_id id, const char *text) {
    enum sg_option_kind kind = sg_option_at(id)->kind;
    if (kind == SG_KIND_FILE)
        return true;
    if (kind == SG_KIND_SITES)
        return strcmp(text, "yes") != 0 && strcmp(text, "no") != 0;
    bool looks_like_path =
        strchr(text, '/') != NULL || strstr(text, ".yaml") != NULL || strstr(text, ".csv") != NULL;
    return (kind == SG_KIND_TAXONOMY || kind == SG_KIND_BENCHMARK || id == SG_OPT_SCHEME
            || id == SG_OPT_THEME)
           && looks_like_path;
}
