#include "cli/help.h"

#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 32, HELP_WIDTH = 100 };

/* Prints text from HELP_COLUMN on, wrapped; column is where the line stands now. */
static void print_wrapped(const char *text, int column) {
    if (column >= HELP_COLUMN) {
        putchar('\n');
        column = 0;
    }
    printf("%*s", HELP_COLUMN - column, "");
    column = HELP_COLUMN;
    while (*text != '\0') {
        int length = (int)strcspn(text, " ");
        if (column + length > HELP_WIDTH && column > HELP_COLUMN) {
            printf("\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
        }
        printf("%.*s", length, text);
        column += length;
        text += length;
        if (*text == ' ') {
            text++;
            putchar(' ');
            column++;
        }
    }
    putchar('\n');
}

static void print_option(const struct sg_option *option) {
    char left[80];
    char letter[8] = "    ";
    if (option->letter != 0)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    int length =
        snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name, option->argument == NULL ? "" : " ",
                 option->argument == NULL ? "" : option->argument);
    fputs(left, stdout);
    print_wrapped(option->help, length);
}

void sg_help_program(void) {
    printf("servicegap: which neighbourhoods lack which services, for whom, and how badly?\n\n"
           "usage: servicegap COMMAND [OPTIONS] ...\n\ncommands:\n");
    for (size_t i = 0; i < sg_command_count; i++) {
        int length = printf("  %s %s", sg_commands[i].name, sg_commands[i].words);
        print_wrapped(sg_commands[i].summary, length);
    }
    printf("\n  --help, --version\n\n`servicegap COMMAND --help` shows the options of a command.\n"
           "Exit status: 0 done; 1 the job could not be done; 2 the command line is not understood.\n");
}

void sg_help_command(const struct sg_command *command) {
    printf("usage: servicegap %s%s%s [OPTIONS]\n\n%s\n\noptions:\n", command->name,
           command->words[0] == '\0' ? "" : " ", command->words, command->summary);
    for (int i = 0; i < SG_OPTION_COUNT; i++) {
        const struct sg_option *option = sg_option_at((enum sg_option_id)i);
        if ((option->commands & command->bit) != 0)
            print_option(option);
    }
    printf("\nexample:\n  %s\n", command->example);
}

/* troff reads a minus sign, a backslash and a leading point as its own. */
static void print_troff(const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '-')
            fputs("\\-", stdout);
        else if (*c == '\\')
            fputs("\\e", stdout);
        else if ((*c == '.' || *c == '\'') && c == text)
            printf("\\&%c", *c);
        else
            putchar(*c);
    }
}

static void print_manual_option(const struct sg_option *option) {
    printf(".TP\n\\fB");
    if (option->letter != 0)
        printf("\\-%c\\fR, \\fB", option->letter);
    printf("\\-\\-");
    print_troff(option->name);
    printf("\\fR");
    if (option->argument != NULL) {
        printf(" \\fI");
        print_troff(option->argument);
        printf("\\fR");
    }
    putchar('\n');
    print_troff(option->help);
    putchar('\n');
    bool is_first = true;
    for (size_t i = 0; i < sg_command_count && (option->commands & SG_COMMAND_ANY) != SG_COMMAND_ANY; i++) {
        if ((option->commands & sg_commands[i].bit) != 0) {
            printf("%s%s", is_first ? "[" : ", ", sg_commands[i].name);
            is_first = false;
        }
    }
    printf("%s", is_first ? "" : "]\n");
}

void sg_help_manual(void) {
    printf(".TH SERVICEGAP 1 \"\" \"servicegap %s\" \"User Commands\"\n.SH NAME\nservicegap \\- which "
           "neighbourhoods "
           "lack which services, for whom, and how badly\n.SH SYNOPSIS\n.B servicegap\n.I "
           "COMMAND\n[\\fIOPTIONS\\fR] ...\n"
           ".SH DESCRIPTION\nReads neighbourhood boundaries and service locations, measures coverage by type "
           "of service in "
           "every neighbourhood, judges the gaps, draws maps and writes layers.\n.SH COMMANDS\n",
           SG_VERSION);
    for (size_t i = 0; i < sg_command_count; i++) {
        printf(".TP\n\\fB%s\\fR ", sg_commands[i].name);
        print_troff(sg_commands[i].words);
        printf("\n");
        print_troff(sg_commands[i].summary);
        printf(".\n.br\n");
        print_troff(sg_commands[i].example);
        printf("\n");
    }
    printf(".SH OPTIONS\nThe commands that take an option stand after it. The keys of a project file are the "
           "options "
           "without the dashes.\n");
    for (int i = 0; i < SG_OPTION_COUNT; i++)
        print_manual_option(sg_option_at((enum sg_option_id)i));
    printf(".SH EXIT STATUS\n0 done; 1 the job could not be done (the message says why and what to do); 2 "
           "the command "
           "line is not understood.\n.SH ENVIRONMENT\n.TP\n.B SOURCE_DATE_EPOCH\nthe date that outputs carry "
           "(default: that "
           "of the newest input)\n.TP\n.B SERVICEGAP_DATA\nthe folder with styles and the sample\n");
}

void sg_help_completion(void) {
    printf("# bash completion for servicegap, made by the program itself\n_servicegap() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options=\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \"");
    for (size_t i = 0; i < sg_command_count; i++)
        printf("%s ", sg_commands[i].name);
    printf("--help --version\" -- \"$word\"))\n        return\n    fi\n    case $before in\n");
    printf("    --method) COMPREPLY=($(compgen -W \"quantile jenks equal pretty stddev headtail boxplot "
           "maximum custom\" -- "
           "\"$word\")); return ;;\n");
    printf(
        "    --kind) COMPREPLY=($(compgen -W \"choropleth bivariate multiples symbols change clusters dots "
        "regions\" -- \"$word\")); return ;;\n");
    printf("    --supply) COMPREPLY=($(compgen -W \"reach count within\" -- \"$word\")); return ;;\n");
    printf("    --paper) COMPREPLY=($(compgen -W \"letter legal tabloid a4 a3 slide\" -- \"$word\")); return "
           ";;\n");
    printf("    --language) COMPREPLY=($(compgen -W \"en fr\" -- \"$word\")); return ;;\n    esac\n"
           "    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; i < sg_command_count; i++) {
        printf("    %s) options=\"", sg_commands[i].name);
        if (sg_commands[i].bit == SG_COMMAND_LIST)
            printf("schemes methods measures themes formats types ");
        for (int o = 0; o < SG_OPTION_COUNT; o++) {
            const struct sg_option *option = sg_option_at((enum sg_option_id)o);
            if ((option->commands & sg_commands[i].bit) != 0)
                printf("--%s ", option->name);
        }
        printf("\" ;;\n");
    }
    printf("    esac\n    case $word in\n    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
           "    *) COMPREPLY=($(compgen -f -- \"$word\")); [ \"${COMP_WORDS[1]}\" = list ] && "
           "COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n    esac\n}\n"
           "complete -o filenames -F _servicegap servicegap\n");
}
