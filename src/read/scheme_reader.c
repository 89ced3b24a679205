#include "read/scheme_reader.h"

#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/resource.h"
#include "core/text.h"
#include "read/yaml.h"

enum sg_status sg_style_path(struct sg_context *context, const char *folder, const char *kind,
                             const char *name, char **ret_path) {
    if (strpbrk(name, "/.") != NULL) {
        *ret_path = sg_strdup(name);
        return *ret_path == NULL ? sg_fail_memory(context) : SG_OK;
    }
    char **names = sg_resource_names(folder, ".yaml");
    if (names == NULL)
        return sg_fail_memory(context);
    size_t count = 0;
    const char *found = NULL;
    for (; names[count] != NULL; count++) {
        if (sg_text_equal_fold(names[count], name))
            found = names[count];
    }
    enum sg_status status = count == 0 ? sg_resource_check(context) : SG_OK;
    if (status == SG_OK && found == NULL) {
        const char *nearest = sg_nearest_name(name, (const char *const *)names, count);
        char *hint = nearest != NULL ? sg_format("did you mean '%s'?", nearest)
                                     : sg_format("servicegap list %ss shows the names", kind);
        status = sg_fail(context, SG_BAD_STYLE, hint, "there is no %s '%s'", kind, name);
        sg_free(hint);
    } else if (status == SG_OK) {
        char *relative = sg_format("%s/%s.yaml", folder, found);
        *ret_path = relative == NULL ? NULL : sg_resource_path(relative);
        sg_free(relative);
        if (*ret_path == NULL)
            status = sg_fail_memory(context);
    }
    for (size_t i = 0; i < count; i++)
        sg_free(names[i]);
    sg_free(names);
    return status;
}

static enum sg_status read_palette(const struct sg_yaml_node *list, size_t count,
                                   struct sg_palette *palette) {
    if (sg_yaml_kind(list) != SG_YAML_LIST || sg_yaml_count(list) != count)
        return sg_yaml_fail(list, "write [\"#rrggbb\", ...]", "%zu classes need a list of %zu colours", count,
                            count);
    for (size_t i = 0; i < count; i++) {
        const struct sg_yaml_node *item = sg_yaml_item(list, i);
        const char *text;
        enum sg_status status = sg_yaml_string(item, &text);
        if (status != SG_OK)
            return status;
        if (!sg_colour_from_text(text, &palette->colours[i]))
            return sg_yaml_fail(item, "write \"#rrggbb\"", "'%s' is not a colour", text);
    }
    palette->colour_count = count;
    return SG_OK;
}

static enum sg_status read_palettes(const struct sg_yaml_node *classes, struct sg_scheme *scheme) {
    if (sg_yaml_kind(classes) != SG_YAML_MAP || sg_yaml_count(classes) == 0)
        return sg_yaml_fail(classes, NULL, "classes must map numbers of classes to lists of colours");
    for (size_t i = 0; i < sg_yaml_count(classes); i++) {
        const struct sg_yaml_node *list = sg_yaml_value(classes, i);
        char *end;
        long count = strtol(sg_yaml_key(classes, i), &end, 10);
        if (*end != '\0' || count < 1 || count > SG_MOST_CLASSES)
            return sg_yaml_fail(list, NULL, "'%s' is not a number of classes from 1 to %d",
                                sg_yaml_key(classes, i), SG_MOST_CLASSES);
        enum sg_status status = read_palette(list, (size_t)count, &scheme->palettes[count]);
        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}

static enum sg_status read_kind(const struct sg_yaml_node *node, struct sg_scheme *scheme) {
    const char *kind;
    enum sg_status status = sg_yaml_string(node, &kind);
    if (status != SG_OK)
        return status;
    for (int k = SG_SCHEME_SEQUENTIAL; k <= SG_SCHEME_BIVARIATE; k++) {
        if (strcmp(kind, sg_scheme_kind_name((enum sg_scheme_kind)k)) == 0) {
            scheme->kind = (enum sg_scheme_kind)k;
            return SG_OK;
        }
    }
    return sg_yaml_fail(node, "kinds are sequential, diverging, qualitative and bivariate",
                        "there is no kind '%s'", kind);
}

static enum sg_status read_root(struct sg_context *context, const struct sg_yaml_node *root,
                                struct sg_scheme *scheme) {
    static const char *const keys[] = {"name", "kind", "source", "classes", NULL};
    if (sg_yaml_kind(root) != SG_YAML_MAP)
        return sg_yaml_fail(root, NULL, "a scheme file is a map with name, kind and classes");
    enum sg_status status = sg_yaml_check_keys(root, keys);
    if (status != SG_OK)
        return status;
    for (int i = 0; keys[i] != NULL; i++) {
        if (sg_yaml_find(root, keys[i]) == NULL)
            return sg_yaml_fail(root, NULL, "a scheme needs '%s'", keys[i]);
    }
    const char *name, *source;
    status = sg_yaml_string(sg_yaml_find(root, "name"), &name);
    if (status == SG_OK)
        status = sg_yaml_string(sg_yaml_find(root, "source"), &source);
    if (status == SG_OK)
        status = read_kind(sg_yaml_find(root, "kind"), scheme);
    if (status == SG_OK)
        status = read_palettes(sg_yaml_find(root, "classes"), scheme);
    if (status != SG_OK)
        return status;
    scheme->name = sg_strdup(name);
    scheme->source = sg_strdup(source);
    return scheme->name == NULL || scheme->source == NULL ? sg_fail_memory(context) : SG_OK;
}

static enum sg_status finish(struct sg_context *context, const char *path, struct sg_yaml *yaml,
                             struct sg_scheme *ret_scheme) {
    struct sg_scheme scheme = {0};
    enum sg_status status = sg_yaml_root(yaml) == NULL
                                ? sg_fail(context, SG_BAD_STYLE, "it needs name, kind, source and classes",
                                          "%s: an empty scheme file", path)
                                : read_root(context, sg_yaml_root(yaml), &scheme);
    sg_yaml_free(yaml);
    if (status == SG_OK)
        *ret_scheme = scheme;
    else
        sg_scheme_release(&scheme);
    return status;
}

enum sg_status sg_scheme_read(struct sg_context *context, const char *name, struct sg_scheme *ret_scheme) {
    char *path = NULL;
    struct sg_yaml *yaml = NULL;
    enum sg_status status = sg_style_path(context, "styles/schemes", "scheme", name, &path);
    if (status == SG_OK)
        status = sg_yaml_read(context, path, SG_BAD_STYLE, &yaml);
    if (status == SG_OK)
        status = finish(context, path, yaml, ret_scheme);
    sg_free(path);
    return status;
}

enum sg_status sg_scheme_parse(struct sg_context *context, const char *bytes, size_t length,
                               struct sg_scheme *ret_scheme) {
    struct sg_yaml *yaml = NULL;
    enum sg_status status = sg_yaml_parse(context, "scheme", bytes, length, SG_BAD_STYLE, &yaml);
    return status == SG_OK ? finish(context, "scheme", yaml, ret_scheme) : status;
}
