/* The commands: a table, and what each is given. */
#ifndef SG_CLI_COMMAND_H
#define SG_CLI_COMMAND_H

#include "cli/option.h"

struct sg_command {
    const char *name;
    unsigned bit;
    const char *words; /* arguments without a dash: "PROJECT.yaml"; "" for none */
    size_t least_words, most_words;
    const char *summary;
    const char *example;
    enum sg_status (*run)(struct sg_context *context, struct sg_settings *settings);
};

extern const struct sg_command sg_commands[];
extern const size_t sg_command_count;

/* "out/coverage.gpkg" in two parts; both to be freed with sg_free(). False when out of memory. */
bool sg_split_path(const char *path, char **ret_directory, char **ret_name);

enum sg_status sg_command_run(struct sg_context *context, struct sg_settings *settings);
enum sg_status sg_command_init(struct sg_context *context, struct sg_settings *settings);
enum sg_status sg_command_check(struct sg_context *context, struct sg_settings *settings);
enum sg_status sg_command_coverage(struct sg_context *context, struct sg_settings *settings);
enum sg_status sg_command_map(struct sg_context *context, struct sg_settings *settings);
enum sg_status sg_command_demo(struct sg_context *context, struct sg_settings *settings);
enum sg_status sg_command_list(struct sg_context *context, struct sg_settings *settings);

/* Sets the context to the threads and the strictness that the values name. */
void sg_apply_to_context(struct sg_context *context, const struct sg_values *values);

/* Runs a project as `run` does. output: a directory instead of the project's own; NULL: its own. */
enum sg_status sg_run_project(struct sg_context *context, const char *path, const char *output,
                              struct sg_settings *settings);

#endif
