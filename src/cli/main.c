#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/help.h"
#include "cli/terminal.h"
#include "model/gdal.h"

static const struct sg_command *find_command(const char *name) {
    for (size_t i = 0; i < sg_command_count; i++) {
        if (strcmp(sg_commands[i].name, name) == 0)
            return &sg_commands[i];
    }
    return NULL;
}

static enum sg_status fail_unknown_command(struct sg_context *context, const char *name) {
    const char *names[16];
    for (size_t i = 0; i < sg_command_count; i++)
        names[i] = sg_commands[i].name;
    const char *nearest = sg_nearest_name(name, names, sg_command_count);
    char hint[80] = "`servicegap --help` lists them";
    if (nearest != NULL)
        snprintf(hint, sizeof hint, "did you mean '%s'?", nearest);
    return sg_fail(context, SG_USAGE, hint, "there is no command '%s'", name);
}

static enum sg_status run_command(struct sg_context *context, struct sg_terminal *terminal,
                                  const struct sg_command *command, int count, char **arguments) {
    struct sg_settings settings = {0};
    enum sg_status status = sg_arguments_read(context, count, arguments, command->bit, &settings);
    const char *const *of = (const char *const *)settings.general.of;
    if (sg_flag_is_on(of, SG_OPT_HELP)) {
        sg_help_command(command);
        sg_settings_release(&settings);
        sg_context_forget_error(context);
        return SG_OK;
    }
    terminal->quiet = sg_flag_is_on(of, SG_OPT_QUIET);
    terminal->verbose = sg_flag_is_on(of, SG_OPT_VERBOSE);
    sg_apply_to_context(context, &settings.general);
    sg_context_allow(context, of[SG_OPT_ALLOW_DRIVER], sg_flag_is_on(of, SG_OPT_ALLOW_NETWORK));
    if (!sg_context_network_is_allowed(context))
        sg_gdal_stay_offline();
    if (status == SG_OK && settings.word_count < command->least_words)
        status = sg_fail(context, SG_USAGE, command->example, "%s needs %s", command->name, command->words);
    if (status == SG_OK && settings.word_count > command->most_words)
        status = sg_fail(context, SG_USAGE, command->example, "'%s' is one word too many",
                         settings.words[command->most_words]);
    if (status == SG_OK)
        status = command->run(context, &settings);
    sg_settings_release(&settings);
    return status;
}

static enum sg_status run_program(struct sg_context *context, struct sg_terminal *terminal, int count,
                                  char **arguments) {
    if (count < 1) {
        sg_help_program();
        return SG_USAGE;
    }
    if (strcmp(arguments[0], "--help") == 0 || strcmp(arguments[0], "-h") == 0
        || strcmp(arguments[0], "help") == 0) {
        const struct sg_command *command = count > 1 ? find_command(arguments[1]) : NULL;
        if (command != NULL)
            sg_help_command(command);
        else
            sg_help_program();
        return SG_OK;
    }
    if (strcmp(arguments[0], "--version") == 0) {
        printf("servicegap %s\n", SG_VERSION);
        return SG_OK;
    }
    if (strcmp(arguments[0], "--manual") == 0) {
        sg_help_manual();
        return SG_OK;
    }
    if (strcmp(arguments[0], "--completion") == 0) {
        sg_help_completion();
        return SG_OK;
    }
    const struct sg_command *command = find_command(arguments[0]);
    if (command == NULL)
        return fail_unknown_command(context, arguments[0]);
    return run_command(context, terminal, command, count - 1, arguments + 1);
}

int main(int count, char **arguments) {
    struct sg_context *context = sg_context_new();
    if (context == NULL) {
        fputs("servicegap: error: out of memory\n", stderr);
        return 1;
    }
    struct sg_terminal terminal;
    sg_terminal_start(&terminal, context);
    sg_gdal_leave_messages_to(context);
    enum sg_status status = run_program(context, &terminal, count - 1, arguments + 1);
    sg_terminal_finish(&terminal, context, count > 1 ? status : SG_OK); /* help stands for an error */
    int exit_code = sg_status_exit_code(status);
    sg_gdal_leave_messages_to(NULL);
    sg_context_free(context);
    if (fflush(stdout) != 0 && exit_code == 0)
        exit_code = 1;
    return exit_code;
}
