/* `list`: what can be named. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "classify/palette.h"
#include "cli/command.h"
#include "core/alloc.h"
#include "core/resource.h"
#include "model/measure.h"
#include "read/scheme_reader.h"
#include "read/taxonomy_reader.h"
#include "read/yaml.h"
#include "write/formats.h"

static enum sg_status list_methods(void) {
    for (int m = 0; m <= SG_BREAKS_CUSTOM; m++)
        printf("%-10s %s\n", sg_break_method_name((enum sg_break_method)m),
               sg_break_method_summary((enum sg_break_method)m));
    return SG_OK;
}

static enum sg_status list_measures(void) {
    printf("# columns are TYPE_measure, for each type and for all; with several thresholds the threshold is "
           "in the name\n");
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++) {
        const struct sg_measure_info *info = sg_measure_info((enum sg_measure)m);
        printf("%-15s %-13s %s\n", info->suffix, info->unit, info->definition);
    }
    return SG_OK;
}

static enum sg_status list_formats(void) {
    for (size_t i = 0; i < sg_format_count(); i++) {
        const struct sg_format_info *format = sg_format_at(i);
        printf("%-10s %-25s %s\n", format->ending, format->name, format->summary);
    }
    printf("maps:      .png .svg .pdf\n");
    return SG_OK;
}

/* Files of a data folder, each with one of its own values behind it. */
static enum sg_status list_files(struct sg_context *context, const char *folder, const char *key) {
    char **names = sg_resource_names(folder, ".yaml");
    if (names == NULL)
        return sg_fail_memory(context);
    enum sg_status status = sg_resource_check(context);
    for (size_t i = 0; names[i] != NULL; i++) {
        char *name = sg_format("%s/%s.yaml", folder, names[i]);
        char *path = name == NULL ? NULL : sg_resource_path(name);
        struct sg_yaml *yaml = NULL;
        if (path == NULL)
            status = sg_fail_memory(context);
        if (status == SG_OK)
            status = sg_yaml_read(context, path, SG_BAD_STYLE, &yaml);
        if (status == SG_OK) {
            const struct sg_yaml_node *root = sg_yaml_root(yaml);
            const struct sg_yaml_node *value = root == NULL ? NULL : sg_yaml_find(root, key);
            printf("%-12s %s\n", names[i], value == NULL ? "" : sg_yaml_text(value));
        }
        sg_yaml_free(yaml);
        sg_free(path);
        sg_free(name);
        sg_free(names[i]);
    }
    sg_free(names);
    return status;
}

/* ---- schemes against the palette gate ---- */

static const char *verdict_of(const struct sg_palette_check *check) {
    if (check->worst < SG_PALETTE_FAIL)
        return "refused";
    return check->worst < SG_PALETTE_GOOD ? "doubtful" : "good";
}

static void print_difference(double difference) {
    if (isfinite(difference))
        printf(" %6.1f", difference);
    else
        printf(" %6s", "-"); /* a single colour */
}

static void print_checks(const char *file, const struct sg_scheme *scheme) {
    for (size_t n = sg_scheme_fewest(scheme); n <= sg_scheme_most(scheme); n++) {
        const struct sg_palette *palette = &scheme->palettes[n];
        if (palette->colour_count == 0)
            continue;
        struct sg_palette_check check = sg_palette_check(palette, scheme->kind);
        printf("%-12s %-12s %3zu", file, sg_scheme_kind_name(scheme->kind), n);
        for (int v = 0; v < SG_VISION_COUNT; v++)
            print_difference(check.least[v]);
        printf("  %-9s %s\n", verdict_of(&check),
               check.least[SG_VISION_GREY] >= SG_PALETTE_GREY ? "grey print" : "colour only");
    }
}

static void print_check_heading(void) {
    printf("# smallest CIEDE2000 difference: of neighbours (qualitative: of all pairs), as seen with normal "
           "sight,\n"
           "# protanopia, deuteranopia, tritanopia, and in a grey print. Under %.0f is doubtful, under %.0f "
           "refused.\n"
           "# %-10s %-12s %3s",
           SG_PALETTE_GOOD, SG_PALETTE_FAIL, "scheme", "kind", "n");
    for (int v = 0; v < SG_VISION_COUNT; v++)
        printf(" %6s", sg_vision_name((enum sg_vision)v));
    printf("\n");
}

static enum sg_status check_schemes(struct sg_context *context) {
    char **names = sg_resource_names("styles/schemes", ".yaml");
    if (names == NULL)
        return sg_fail_memory(context);
    enum sg_status status = sg_resource_check(context);
    if (status == SG_OK)
        print_check_heading();
    for (size_t i = 0; names[i] != NULL; i++) {
        struct sg_scheme scheme = {0};
        if (status == SG_OK)
            status = sg_scheme_read(context, names[i], &scheme);
        if (status == SG_OK)
            print_checks(names[i], &scheme);
        sg_scheme_release(&scheme);
        sg_free(names[i]);
    }
    sg_free(names);
    return status;
}

static enum sg_status list_types(struct sg_context *context, const char *taxonomy_name) {
    struct sg_taxonomy taxonomy;
    enum sg_status status = sg_taxonomy_read(context, taxonomy_name, &taxonomy);
    if (status != SG_OK)
        return status;
    printf("# taxonomy %s: code, fields, label, label in French, focus\n", taxonomy_name);
    for (size_t t = 0; t < taxonomy.type_count; t++) {
        const struct sg_type *type = &taxonomy.types[t];
        const char *french = type->label_fr == NULL ? "" : type->label_fr;
        printf("%-5s %-4s %s%*s %s%*s %s\n", type->code, type->letters, type->label_en,
               sg_spaces_after(type->label_en, 52), "", french, sg_spaces_after(french, 56), "",
               type->focus == NULL ? "" : type->focus);
    }
    sg_taxonomy_release(&taxonomy);
    return SG_OK;
}

enum sg_status sg_command_list(struct sg_context *context, struct sg_settings *settings) {
    const char *what = settings->words[0];
    const char *which = settings->word_count > 1 ? settings->words[1] : NULL;
    static const char *const names[] = {"schemes", "methods", "measures", "themes", "formats", "types"};
    if (strcmp(what, "types") == 0)
        return list_types(context, which == NULL ? "lip" : which);
    if (which != NULL)
        return sg_fail(context, SG_USAGE, "only types takes a taxonomy after it", "'%s' is one word too many",
                       which);
    bool is_check = sg_flag_is_on((const char *const *)settings->general.of, SG_OPT_CHECK);
    if (is_check && strcmp(what, "schemes") != 0)
        return sg_fail(context, SG_USAGE, "servicegap list schemes --check", "only schemes can be checked");
    if (strcmp(what, "schemes") == 0)
        return is_check ? check_schemes(context) : list_files(context, "styles/schemes", "kind");
    if (strcmp(what, "themes") == 0)
        return list_files(context, "styles/themes", "title");
    if (strcmp(what, "methods") == 0)
        return list_methods();
    if (strcmp(what, "measures") == 0)
        return list_measures();
    if (strcmp(what, "formats") == 0)
        return list_formats();
    const char *nearest = sg_nearest_name(what, names, sizeof names / sizeof *names);
    char hint[80] = "schemes, methods, measures, themes, formats or types";
    if (nearest != NULL)
        snprintf(hint, sizeof hint, "did you mean '%s'?", nearest);
    return sg_fail(context, SG_USAGE, hint, "there is no list of '%s'", what);
}
