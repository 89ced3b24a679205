#include "cli/project.h"

#include <string.h>

#include "core/alloc.h"
#include "read/yaml.h"

struct reading {
    struct sg_context *context;
    const char *folder; /* of the project file, "" or ending in '/' */
    struct sg_settings *settings;
};

/* Keys of a map: the options of maps, less those that name a layer. */
static bool is_map_key(enum sg_option_id id) {
    return sg_option_at(id)->scope == SG_SCOPE_MAPS && id != SG_OPT_LAYER && id != SG_OPT_LAYER_NAME
           && id != SG_OPT_LAYER_WHERE && id != SG_OPT_LAYER_CRS;
}

/* Keys of the whole project: what a job, services (as defaults) and maps (as defaults) take. */
static bool is_project_key(enum sg_option_id id) {
    const struct sg_option *option = sg_option_at(id);
    if (id == SG_OPT_OVERWRITE || id == SG_OPT_SERVICES)
        return false;
    return option->scope == SG_SCOPE_JOB || option->scope == SG_SCOPE_SERVICE
           || (is_map_key(id) && id != SG_OPT_FIELD && id != SG_OPT_FIELD2 && id != SG_OPT_KIND);
}

static bool is_join_key(enum sg_option_id id) {
    return sg_option_at(id)->scope == SG_SCOPE_JOIN && id != SG_OPT_JOIN;
}

static bool is_service_key(enum sg_option_id id) {
    return sg_option_at(id)->scope == SG_SCOPE_SERVICE && id != SG_OPT_SERVICES;
}

typedef bool key_test(enum sg_option_id id);

/* Fails unless every key passes the test or is among the extra names. */
static enum sg_status check_keys(const struct sg_yaml_node *map, key_test *is_key, const char *const *extra) {
    const char *names[SG_OPTION_COUNT + 8];
    size_t count = 0;
    for (size_t i = 0; extra[i] != NULL; i++)
        names[count++] = extra[i];
    for (int i = 0; i < SG_OPTION_COUNT; i++) {
        if (is_key((enum sg_option_id)i))
            names[count++] = sg_option_at((enum sg_option_id)i)->name;
    }
    names[count] = NULL;
    return sg_yaml_check_keys(map, names);
}

/* A path of the project as one of this process: from the folder of the project file. */
static char *resolve(const struct reading *reading, const char *path) {
    if (path[0] == '/')
        return sg_strdup(path);
    return sg_format("%s%s", reading->folder, path);
}

/* "Labels: none" and "sites: yes" come as YAML's own words. A list is joined by commas. */
static enum sg_status node_text(struct reading *reading, const struct sg_yaml_node *node,
                                struct sg_text *text) {
    if (sg_yaml_kind(node) == SG_YAML_MAP)
        return sg_yaml_fail(node, "write one value on the line", "here should be one value");
    if (sg_yaml_kind(node) == SG_YAML_SCALAR) {
        sg_text_append(text, sg_yaml_text(node));
    }
    for (size_t i = 0; i < sg_yaml_count(node); i++) {
        const char *part = "";
        enum sg_status status = sg_yaml_string(sg_yaml_item(node, i), &part);
        if (status != SG_OK)
            return status;
        sg_text_append_format(text, "%s%s", i == 0 ? "" : ",", part);
    }
    return text->failed ? sg_fail_memory(reading->context) : SG_OK;
}

static enum sg_status set_flag(struct reading *reading, const struct sg_yaml_node *node, enum sg_option_id id,
                               struct sg_values *values) {
    bool is_on = false;
    enum sg_status status = sg_yaml_bool(node, &is_on);
    if (status != SG_OK)
        return status;
    values->lines[id] = sg_yaml_line(node);
    return sg_values_set(values, id, is_on ? "yes" : "no") ? SG_OK : sg_fail_memory(reading->context);
}

static enum sg_status set_value(struct reading *reading, const struct sg_yaml_node *node,
                                enum sg_option_id id, struct sg_values *values) {
    bool is_needed = id == SG_OPT_AREAS || id == SG_OPT_SERVICES || id == SG_OPT_JOIN;
    if (sg_yaml_is_null(node) && is_needed)
        return sg_yaml_fail(node, "write a file name after it", "%s: names no file", sg_option_at(id)->name);
    if (sg_yaml_is_null(node))
        return SG_OK; /* "population:" with nothing after it is not given */
    if (sg_option_at(id)->kind == SG_KIND_FLAG)
        return set_flag(reading, node, id, values);
    struct sg_text text, problem, hint;
    sg_text_init(&text);
    sg_text_init(&problem);
    sg_text_init(&hint);
    enum sg_status status = node_text(reading, node, &text);
    if (status == SG_OK && !sg_option_check(id, sg_text_bytes(&text), &problem, &hint))
        status = sg_yaml_fail(node, sg_text_bytes(&hint), "%s: %s", sg_option_at(id)->name,
                              sg_text_bytes(&problem));
    if (status == SG_OK) {
        char *value = sg_option_is_path(id, sg_text_bytes(&text)) ? resolve(reading, sg_text_bytes(&text))
                                                                  : sg_strdup(sg_text_bytes(&text));
        if (value == NULL || !sg_values_set(values, id, value))
            status = sg_fail_memory(reading->context);
        values->lines[id] = sg_yaml_line(node);
        sg_free(value);
    }
    sg_text_release(&text);
    sg_text_release(&problem);
    sg_text_release(&hint);
    return status;
}

/* The values of a map's keys that are options; other keys are the caller's. */
static enum sg_status set_values(struct reading *reading, const struct sg_yaml_node *map, key_test *is_key,
                                 struct sg_values *values) {
    enum sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < sg_yaml_count(map); i++) {
        enum sg_option_id id = sg_option_find(sg_yaml_key(map, i), SG_COMMAND_ANY);
        if (id != SG_OPTION_COUNT && is_key(id))
            status = set_value(reading, sg_yaml_value(map, i), id, values);
    }
    return status;
}

static enum sg_status read_service(struct reading *reading, const struct sg_yaml_node *node) {
    static const char *const extra[] = {"file", NULL};
    struct sg_values *service = sg_settings_add_service(reading->settings);
    if (service == NULL)
        return sg_fail_memory(reading->context);
    const struct sg_yaml_node *file = node;
    enum sg_status status = SG_OK;
    if (sg_yaml_kind(node) != SG_YAML_SCALAR) {
        status = check_keys(node, is_service_key, extra);
        if (status == SG_OK)
            status = set_values(reading, node, is_service_key, service);
        file = sg_yaml_find(node, "file");
        if (status == SG_OK && file == NULL)
            status = sg_yaml_fail(node, "write file: services.csv", "services without a file");
    }
    return status == SG_OK ? set_value(reading, file, SG_OPT_SERVICES, service) : status;
}

static enum sg_status read_services(struct reading *reading, const struct sg_yaml_node *node) {
    if (sg_yaml_kind(node) != SG_YAML_LIST)
        return read_service(reading, node);
    enum sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < sg_yaml_count(node); i++)
        status = read_service(reading, sg_yaml_item(node, i));
    return status;
}

/* A file name, or a mapping with file: and its join-key. */
static enum sg_status read_join(struct reading *reading, const struct sg_yaml_node *node) {
    static const char *const extra[] = {"file", NULL};
    struct sg_values *join = sg_settings_add_join(reading->settings);
    if (join == NULL)
        return sg_fail_memory(reading->context);
    if (sg_yaml_kind(node) == SG_YAML_SCALAR)
        return set_value(reading, node, SG_OPT_JOIN, join);
    enum sg_status status = check_keys(node, is_join_key, extra);
    if (status == SG_OK)
        status = set_values(reading, node, is_join_key, join);
    const struct sg_yaml_node *file = sg_yaml_find(node, "file");
    if (status == SG_OK && file == NULL)
        status = sg_yaml_fail(node, "write file: profiles.csv", "a join without a file");
    return status == SG_OK ? set_value(reading, file, SG_OPT_JOIN, join) : status;
}

static enum sg_status read_joins(struct reading *reading, const struct sg_yaml_node *node) {
    if (sg_yaml_kind(node) != SG_YAML_LIST)
        return read_join(reading, node);
    enum sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < sg_yaml_count(node); i++)
        status = read_join(reading, sg_yaml_item(node, i));
    return status;
}

static enum sg_status check_file_name(const struct sg_yaml_node *node, const char *name) {
    if (name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL)
        return sg_yaml_fail(
            node, "write a file name; the folder is that of output:", "'%s' is not a plain file name", name);
    return SG_OK;
}

static enum sg_status read_layer(struct reading *reading, const struct sg_yaml_node *node) {
    struct sg_settings *settings = reading->settings;
    const char *name = "";
    enum sg_status status = sg_yaml_string(node, &name);
    if (status == SG_OK)
        status = check_file_name(node, name);
    if (status != SG_OK)
        return status;
    char *copy = sg_strdup(name);
    if (copy == NULL
        || !sg_reserve(&settings->layers, &settings->layer_capacity, settings->layer_count + 1,
                       sizeof *settings->layers)
        || !sg_reserve(&settings->layer_lines, &settings->layer_line_capacity, settings->layer_count + 1,
                       sizeof *settings->layer_lines)) {
        sg_free(copy);
        return sg_fail_memory(reading->context);
    }
    settings->layer_lines[settings->layer_count] = sg_yaml_line(node);
    settings->layers[settings->layer_count++] = copy;
    return SG_OK;
}

static enum sg_status read_layers(struct reading *reading, const struct sg_yaml_node *node) {
    if (sg_yaml_kind(node) == SG_YAML_SCALAR)
        return read_layer(reading, node);
    if (sg_yaml_kind(node) != SG_YAML_LIST)
        return sg_yaml_fail(node, "write layers: [coverage.gpkg, coverage.csv]",
                            "layers are a list of file names");
    enum sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < sg_yaml_count(node); i++)
        status = read_layer(reading, sg_yaml_item(node, i));
    return status;
}

/* One drawing of a map: its values and one output file. */
static enum sg_status add_map(struct reading *reading, const struct sg_yaml_node *node,
                              const struct sg_yaml_node *output) {
    struct sg_values *map = sg_settings_add_map(reading->settings);
    if (map == NULL)
        return sg_fail_memory(reading->context);
    enum sg_status status = set_values(reading, node, is_map_key, map);
    const char *name = "";
    if (status == SG_OK)
        status = sg_yaml_string(output, &name);
    if (status == SG_OK)
        status = check_file_name(output, name);
    map->lines[SG_OPT_OUTPUT] = sg_yaml_line(output);
    if (status == SG_OK && !sg_values_set(map, SG_OPT_OUTPUT, name))
        status = sg_fail_memory(reading->context);
    return status;
}

/* Has the map the key with the value? */
static bool says(const struct sg_yaml_node *map, const char *key, const char *value) {
    const struct sg_yaml_node *node = sg_yaml_find(map, key);
    return node != NULL && sg_yaml_text(node) != NULL && strcmp(sg_yaml_text(node), value) == 0;
}

static enum sg_status read_map(struct reading *reading, const struct sg_yaml_node *node) {
    static const char *const extra[] = {"output", NULL};
    enum sg_status status = check_keys(node, is_map_key, extra);
    if (status != SG_OK)
        return status;
    const struct sg_yaml_node *output = sg_yaml_find(node, "output");
    if (output == NULL)
        return sg_yaml_fail(node, "write output: gap.png (or a list of files)",
                            "a map without an output file");
    bool needs_field = !says(node, "kind", "regions") && !says(node, "chart", "curves");
    if (needs_field && sg_yaml_find(node, "field") == NULL)
        return sg_yaml_fail(node, "write field: gap_index", "a map without a field");
    if (sg_yaml_kind(output) != SG_YAML_LIST)
        return add_map(reading, node, output);
    for (size_t i = 0; status == SG_OK && i < sg_yaml_count(output); i++)
        status = add_map(reading, node, sg_yaml_item(output, i));
    return status;
}

static enum sg_status read_maps(struct reading *reading, const struct sg_yaml_node *node) {
    if (sg_yaml_kind(node) != SG_YAML_LIST)
        return sg_yaml_fail(node, "write a list: - field: gap_index", "maps are a list");
    enum sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < sg_yaml_count(node); i++)
        status = read_map(reading, sg_yaml_item(node, i));
    return status;
}

static enum sg_status read_root(struct reading *reading, const struct sg_yaml_node *root) {
    static const char *const extra[] = {"services", "join", "layers", "maps", NULL};
    enum sg_status status = check_keys(root, is_project_key, extra);
    if (status == SG_OK)
        status = set_values(reading, root, is_project_key, &reading->settings->general);
    const struct sg_yaml_node *services = sg_yaml_find(root, "services");
    if (status == SG_OK && services == NULL)
        status = sg_yaml_fail(root, "write services: services.csv", "the project names no services");
    if (status == SG_OK && sg_yaml_find(root, "areas") == NULL)
        status = sg_yaml_fail(root, "write areas: neighbourhoods.geojson", "the project names no areas");
    if (status == SG_OK && sg_yaml_find(root, "output") == NULL)
        status = sg_yaml_fail(root, "write output: a folder for the results",
                              "the project names no output folder");
    if (status == SG_OK)
        status = read_services(reading, services);
    const struct sg_yaml_node *joins = sg_yaml_find(root, "join");
    if (status == SG_OK && joins != NULL && !sg_yaml_is_null(joins))
        status = read_joins(reading, joins);
    const struct sg_yaml_node *layers = sg_yaml_find(root, "layers");
    if (status == SG_OK && layers != NULL)
        status = read_layers(reading, layers);
    const struct sg_yaml_node *maps = sg_yaml_find(root, "maps");
    if (status == SG_OK && maps != NULL)
        status = read_maps(reading, maps);
    return status;
}

enum sg_status sg_project_read(struct sg_context *context, const char *path, struct sg_settings *settings) {
    struct sg_yaml *yaml;
    enum sg_status status = sg_yaml_read(context, path, SG_BAD_PROJECT, &yaml);
    if (status != SG_OK)
        return status;
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? sg_strdup("") : sg_strndup(path, (size_t)(slash - path) + 1);
    struct reading reading = {context, folder, settings};
    if (folder == NULL)
        status = sg_fail_memory(context);
    else if (sg_yaml_root(yaml) == NULL)
        status = sg_fail(context, SG_BAD_PROJECT, "`servicegap init` writes one", "%s: an empty project file",
                         path);
    else
        status = read_root(&reading, sg_yaml_root(yaml));
    sg_free(folder);
    sg_yaml_free(yaml);
    return status;
}
