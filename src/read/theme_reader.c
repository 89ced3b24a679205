#include "read/theme_reader.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "read/scheme_reader.h"
#include "read/yaml.h"

enum field_kind { FIELD_NUMBER, FIELD_COLOUR, FIELD_WEIGHT };

struct field {
    const char *name;
    size_t offset; /* in struct sg_theme */
};

#define IN(part, field)                                                                                      \
    { #field, offsetof(struct sg_theme, part.field) }

#define TYPE_SIZES(part)                                                                                     \
    {                                                                                                        \
        IN(part, title), IN(part, subtitle), IN(part, legend_title), IN(part, legend_text),                  \
            IN(part, histogram), IN(part, key), IN(part, label), IN(part, label_least), IN(part, street),    \
            IN(part, place), IN(part, scale), IN(part, credit), {                                            \
            NULL, 0                                                                                          \
        }                                                                                                    \
    }

static const struct field size_fields[] = TYPE_SIZES(sizes);
static const struct field slide_fields[] = TYPE_SIZES(slide_sizes);

static const struct field weight_fields[] = {IN(weights, title),
                                             IN(weights, subtitle),
                                             IN(weights, legend_title),
                                             IN(weights, legend_text),
                                             IN(weights, label),
                                             IN(weights, credit),
                                             {NULL, 0}};

static const struct field line_fields[] = {
    IN(lines, inner_border),   IN(lines, outer_border),  IN(lines, region),
    IN(lines, context_border), IN(lines, swatch),        IN(lines, hatch),
    IN(lines, hatch_pitch),    IN(lines, axis),          IN(lines, scale_bar),
    IN(lines, street_major),   IN(lines, street_middle), IN(lines, street_minor),
    IN(lines, label_halo),     IN(lines, symbol_halo),   IN(lines, stripe),
    IN(lines, circle),         IN(lines, leader),        {NULL, 0}};

static const struct field spacing_fields[] = {
    IN(spacing, margin),      IN(spacing, gap),          IN(spacing, legend_narrow),
    IN(spacing, legend_wide), IN(spacing, swatch_width), IN(spacing, swatch_height),
    IN(spacing, row_gap),     IN(spacing, symbol),       IN(spacing, histogram_height),
    IN(spacing, frame_inset), IN(spacing, corner),       IN(spacing, panel_least),
    IN(spacing, cell),        IN(spacing, circle),       IN(spacing, dot),
    IN(spacing, leader),      IN(spacing, locator),      {NULL, 0}};

static const struct field colour_fields[] = {
    IN(colours, paper),          IN(colours, text),         IN(colours, quiet_text),
    IN(colours, land),           IN(colours, water),        IN(colours, water_text),
    IN(colours, context_border), IN(colours, inner_border), IN(colours, inner_border_dark),
    IN(colours, outer_border),   IN(colours, region),       IN(colours, swatch_border),
    IN(colours, no_data),        IN(colours, hatch),        IN(colours, zero),
    IN(colours, street),         IN(colours, street_text),  IN(colours, axis),
    IN(colours, symbol_halo),    IN(colours, quiet_area),   IN(colours, circle),
    IN(colours, circle_line),    IN(colours, dot),          {NULL, 0}};

/* The parts of a theme file, each a map of the fields above. */
static const struct section {
    const char *name;
    enum field_kind kind;
    const struct field *fields;
} sections[] = {
    {"sizes_pt", FIELD_NUMBER, size_fields},      {"slide_sizes_pt", FIELD_NUMBER, slide_fields},
    {"weights", FIELD_WEIGHT, weight_fields},     {"lines_pt", FIELD_NUMBER, line_fields},
    {"spacing_pt", FIELD_NUMBER, spacing_fields}, {"colours", FIELD_COLOUR, colour_fields},
};

enum { SECTION_COUNT = sizeof sections / sizeof sections[0], MOST_FIELDS = 32, DEEPEST_BASE = 4 };

static enum sg_status read_field(const struct sg_yaml_node *node, enum field_kind kind, void *field) {
    if (kind == FIELD_COLOUR) {
        const char *text;
        enum sg_status status = sg_yaml_string(node, &text);
        if (status != SG_OK)
            return status;
        return sg_colour_from_text(text, field)
                   ? SG_OK
                   : sg_yaml_fail(node, "write \"#rrggbb\"", "'%s' is not a colour", text);
    }
    double number;
    enum sg_status status = sg_yaml_number(node, &number);
    if (status != SG_OK)
        return status;
    double least = kind == FIELD_WEIGHT ? 100 : 0, most = kind == FIELD_WEIGHT ? 1000 : 500;
    if (!(number >= least && number <= most))
        return sg_yaml_fail(node, NULL, "a number from %g to %g is needed here, not %g", least, most, number);
    *(double *)field = number;
    return SG_OK;
}

/* is_whole: every field must be there, as the theme builds on no other. */
static enum sg_status read_section(const struct sg_yaml_node *root, const struct section *section,
                                   bool is_whole, struct sg_theme *theme) {
    const struct sg_yaml_node *map = sg_yaml_find(root, section->name);
    if (map == NULL)
        return is_whole ? sg_yaml_fail(root, NULL, "a theme needs '%s'", section->name) : SG_OK;
    const char *names[MOST_FIELDS + 1] = {0};
    for (int i = 0; section->fields[i].name != NULL; i++)
        names[i] = section->fields[i].name;
    if (sg_yaml_kind(map) != SG_YAML_MAP)
        return sg_yaml_fail(map, NULL, "'%s' must be a map", section->name);
    enum sg_status status = sg_yaml_check_keys(map, names);
    for (int i = 0; status == SG_OK && names[i] != NULL; i++) {
        const struct sg_yaml_node *node = sg_yaml_find(map, names[i]);
        if (node != NULL)
            status = read_field(node, section->kind, (char *)theme + section->fields[i].offset);
        else if (is_whole)
            status = sg_yaml_fail(map, NULL, "'%s' needs '%s'", section->name, names[i]);
    }
    return status;
}

static void free_families(struct sg_theme *theme) {
    for (size_t i = 0; i < theme->family_count; i++)
        sg_free(theme->families[i]);
    sg_free(theme->families);
    theme->families = NULL;
    theme->family_count = 0;
}

void sg_theme_release(struct sg_theme *theme) {
    free_families(theme);
    sg_free(theme->name);
    sg_free(theme->scheme);
    sg_free(theme->category_scheme);
    sg_free(theme->bivariate_scheme);
    sg_free(theme->change_scheme);
    sg_free(theme->cluster_scheme);
    sg_free(theme->region_scheme);
    *theme = (struct sg_theme){0};
}

static enum sg_status read_fonts(struct sg_context *context, const struct sg_yaml_node *root, bool is_whole,
                                 struct sg_theme *theme) {
    const struct sg_yaml_node *list = sg_yaml_find(root, "fonts");
    if (list == NULL)
        return is_whole ? sg_yaml_fail(root, NULL, "a theme needs 'fonts'") : SG_OK;
    if (sg_yaml_kind(list) != SG_YAML_LIST || sg_yaml_count(list) == 0)
        return sg_yaml_fail(list, "write [Inter, Noto Sans]", "'fonts' must be a list of font families");
    free_families(theme);
    theme->families = sg_alloc(sg_yaml_count(list), sizeof *theme->families);
    if (theme->families == NULL)
        return sg_fail_memory(context);
    for (size_t i = 0; i < sg_yaml_count(list); i++) {
        const char *family;
        enum sg_status status = sg_yaml_string(sg_yaml_item(list, i), &family);
        if (status != SG_OK)
            return status;
        theme->families[i] = sg_strdup(family);
        if (theme->families[i] == NULL)
            return sg_fail_memory(context);
        theme->family_count++;
    }
    return SG_OK;
}

static enum sg_status read_name(struct sg_context *context, const struct sg_yaml_node *root, const char *key,
                                bool is_needed, char **name) {
    const struct sg_yaml_node *node = sg_yaml_find(root, key);
    if (node == NULL)
        return is_needed ? sg_yaml_fail(root, NULL, "a theme needs '%s'", key) : SG_OK;
    const char *text;
    enum sg_status status = sg_yaml_string(node, &text);
    if (status != SG_OK)
        return status;
    sg_free(*name);
    *name = sg_strdup(text);
    return *name == NULL ? sg_fail_memory(context) : SG_OK;
}

static enum sg_status read_theme(struct sg_context *context, const char *name, int depth,
                                 struct sg_theme *theme);

static enum sg_status read_root(struct sg_context *context, const char *path, const struct sg_yaml_node *root,
                                int depth, struct sg_theme *theme) {
    static const char *const keys[] = {
        "name",          "based_on",        "fonts",
        "scheme",        "category_scheme", "bivariate_scheme",
        "change_scheme", "cluster_scheme",  "region_scheme",
        "for_grey",      "sizes_pt",        "slide_sizes_pt",
        "weights",       "lines_pt",        "spacing_pt",
        "colours",       "title",           NULL}; /* title: what `list themes` says */
    if (root == NULL)
        return sg_fail(context, SG_BAD_STYLE, "take a theme of `servicegap list themes` as a pattern",
                       "%s: an empty theme file", path);
    if (sg_yaml_kind(root) != SG_YAML_MAP)
        return sg_yaml_fail(root, NULL, "a theme file is a map with name, fonts, sizes_pt ...");
    enum sg_status status = sg_yaml_check_keys(root, keys);
    const struct sg_yaml_node *base = sg_yaml_find(root, "based_on");
    if (status == SG_OK && base != NULL) {
        const char *name;
        status = sg_yaml_string(base, &name);
        if (status == SG_OK && depth <= 0)
            status = sg_yaml_fail(base, NULL, "themes build on each other in a circle, or too deep");
        if (status == SG_OK)
            status = read_theme(context, name, depth - 1, theme);
    }
    bool is_whole = base == NULL;
    if (status == SG_OK)
        status = read_name(context, root, "name", true, &theme->name);
    const struct {
        const char *key;
        char **name;
    } schemes[] = {{"scheme", &theme->scheme},
                   {"category_scheme", &theme->category_scheme},
                   {"bivariate_scheme", &theme->bivariate_scheme},
                   {"change_scheme", &theme->change_scheme},
                   {"cluster_scheme", &theme->cluster_scheme},
                   {"region_scheme", &theme->region_scheme}};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes && status == SG_OK; i++)
        status = read_name(context, root, schemes[i].key, is_whole, schemes[i].name);
    const struct sg_yaml_node *for_grey = sg_yaml_find(root, "for_grey");
    if (status == SG_OK && for_grey != NULL)
        status = sg_yaml_bool(for_grey, &theme->is_for_grey);
    if (status == SG_OK)
        status = read_fonts(context, root, is_whole, theme);
    for (int i = 0; i < SECTION_COUNT && status == SG_OK; i++)
        status = read_section(root, &sections[i], is_whole, theme);
    return status;
}

static enum sg_status read_theme(struct sg_context *context, const char *name, int depth,
                                 struct sg_theme *theme) {
    char *path = NULL;
    struct sg_yaml *yaml = NULL;
    enum sg_status status = sg_style_path(context, "styles/themes", "theme", name, &path);
    if (status == SG_OK)
        status = sg_yaml_read(context, path, SG_BAD_STYLE, &yaml);
    if (status == SG_OK)
        status = read_root(context, path, sg_yaml_root(yaml), depth, theme);
    sg_free(path);
    sg_yaml_free(yaml);
    return status;
}

enum sg_status sg_theme_read(struct sg_context *context, const char *name, struct sg_theme *ret_theme) {
    struct sg_theme theme = {0};
    enum sg_status status = read_theme(context, name, DEEPEST_BASE, &theme);
    if (status == SG_OK)
        *ret_theme = theme;
    else
        sg_theme_release(&theme);
    return status;
}

enum sg_status sg_theme_parse(struct sg_context *context, const char *bytes, size_t length,
                              struct sg_theme *ret_theme) {
    struct sg_yaml *yaml = NULL;
    struct sg_theme theme = {0};
    enum sg_status status = sg_yaml_parse(context, "theme", bytes, length, SG_BAD_STYLE, &yaml);
    if (status == SG_OK)
        status = read_root(context, "theme", sg_yaml_root(yaml), 0, &theme);
    sg_yaml_free(yaml);
    if (status == SG_OK)
        *ret_theme = theme;
    else
        sg_theme_release(&theme);
    return status;
}
