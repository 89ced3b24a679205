/* The table of options and the settings that come of them, from the command line or a project file. */
#ifndef SG_CLI_OPTION_H
#define SG_CLI_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"
#include "core/text.h"

enum sg_option_id {
#define SG_OPTION(id, name, letter, argument, kind, commands, scope, help) SG_OPT_##id,
#include "cli/option_list.h"
#undef SG_OPTION
    SG_OPTION_COUNT
};

enum sg_option_kind {
    SG_KIND_FLAG,
    SG_KIND_TEXT,
    SG_KIND_CAPTION, /* words on a map */
    SG_KIND_FILE,
    SG_KIND_SITES,
    SG_KIND_TAXONOMY,
    SG_KIND_DATE,
    SG_KIND_ENCODING,
    SG_KIND_COUNT,
    SG_KIND_THREADS,
    SG_KIND_NUMBER,
    SG_KIND_SIGNED,
    SG_KIND_CLASSES,
    SG_KIND_DPI,
    SG_KIND_DISTANCES,
    SG_KIND_DISTANCE,
    SG_KIND_SPEED,
    SG_KIND_TRAVEL_MODE,
    SG_KIND_CATCHMENTS,
    SG_KIND_BENCHMARK,
    SG_KIND_SUPPLY,
    SG_KIND_ACCESS,
    SG_KIND_DECAY,
    SG_KIND_NEED_METHOD,
    SG_KIND_MEASURES,
    SG_KIND_CUTS,
    SG_KIND_BREAKS,
    SG_KIND_METHOD,
    SG_KIND_MAP_KIND,
    SG_KIND_CHART_KIND,
    SG_KIND_ROTATE,
    SG_KIND_LANGUAGE
};

/* Commands as bits, for the table. */
enum {
    SG_COMMAND_RUN = 1,
    SG_COMMAND_INIT = 2,
    SG_COMMAND_CHECK = 4,
    SG_COMMAND_COVERAGE = 8,
    SG_COMMAND_MAP = 16,
    SG_COMMAND_DEMO = 32,
    SG_COMMAND_LIST = 64,
    SG_COMMAND_ANY = 127
};

/* What a setting belongs to: the whole job, one services file, one joined table, one map, or only this call
 * of the program. */
enum sg_option_scope { SG_SCOPE_JOB, SG_SCOPE_SERVICE, SG_SCOPE_JOIN, SG_SCOPE_MAPS, SG_SCOPE_RUNNING };

struct sg_option {
    const char *name;
    char letter;
    const char *argument; /* NULL: a flag */
    enum sg_option_kind kind;
    unsigned commands;
    enum sg_option_scope scope;
    const char *help;
};

const struct sg_option *sg_option_at(enum sg_option_id id);

/* The option of that name among those of the commands; SG_OPTION_COUNT when there is none. */
enum sg_option_id sg_option_find(const char *name, unsigned commands);

/* Is the text a value of the option? If not, problem and hint say why (sentences without the option's name).
 */
bool sg_option_check(enum sg_option_id id, const char *text, struct sg_text *problem, struct sg_text *hint);

/* Is the value of the option a path, which in a project counts from the project's folder? (A taxonomy, a
   scheme and the like may be an installed one's name instead.) */
bool sg_option_is_path(enum sg_option_id id, const char *text);

/* A set of values: NULL where not given; "yes" for flags. */
struct sg_values {
    char *of[SG_OPTION_COUNT];
    int lines[SG_OPTION_COUNT]; /* of the project file; 0: from the command line */
};

struct sg_settings {
    struct sg_values general;
    struct sg_values *services; /* one for each services file */
    size_t service_count, service_capacity;
    struct sg_values *joins; /* one for each joined table */
    size_t join_count, join_capacity;
    struct sg_values *maps; /* one for each map of a project */
    size_t map_count, map_capacity;
    char **layers; /* names of the layer files of a project */
    size_t layer_count, layer_capacity;
    int *layer_lines;
    size_t layer_line_capacity;
    char **words; /* arguments that are no options */
    size_t word_count, word_capacity;
};

void sg_settings_release(struct sg_settings *settings);

/* Is the flag on? A project file can also say that it is off ("no"). */
bool sg_flag_is_on(const char *const *values, enum sg_option_id id);

/* Sets a value, replacing one before. False when out of memory. */
bool sg_values_set(struct sg_values *values, enum sg_option_id id, const char *text);

/* A new, empty set at the end of services, joins or maps; NULL when out of memory. */
struct sg_values *sg_settings_add_service(struct sg_settings *settings);
struct sg_values *sg_settings_add_join(struct sg_settings *settings);
struct sg_values *sg_settings_add_map(struct sg_settings *settings);

/* Reads the arguments of a command. SG_USAGE with the nearest option for one that is not known. Options of
   one services file belong to the --services before them, those of a joined table to the --join before them.
 */
enum sg_status sg_arguments_read(struct sg_context *context, int count, char **arguments, unsigned command,
                                 struct sg_settings *settings);

#endif
