#include "read/yaml.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/file.h"
#include "core/text.h"
#include "read/yaml_outline.h"

/* Our own tree, made from libyaml's: children are pointers, and each node knows its document. */
struct sg_yaml_node {
    struct sg_yaml *yaml;
    enum sg_yaml_kind kind;
    int line;
    bool is_plain;
    const char *text;
    size_t count;
    const struct sg_yaml_node **keys;
    const struct sg_yaml_node **values;
};

struct sg_yaml {
    struct sg_context *context;
    char *name;
    enum sg_status bad;
    yaml_document_t document;
    bool has_document;
    struct sg_yaml_node *nodes;
    size_t node_count;
};

void sg_yaml_free(struct sg_yaml *yaml) {
    if (yaml == NULL)
        return;
    for (size_t i = 0; i < yaml->node_count; i++) {
        sg_free(yaml->nodes[i].keys);
        sg_free(yaml->nodes[i].values);
    }
    sg_free(yaml->nodes);
    if (yaml->has_document)
        yaml_document_delete(&yaml->document);
    sg_free(yaml->name);
    sg_free(yaml);
}

static enum sg_status fill_node(struct sg_yaml *yaml, size_t index) {
    yaml_node_t *from = yaml_document_get_node(&yaml->document, (int)index + 1);
    struct sg_yaml_node *to = &yaml->nodes[index];
    to->yaml = yaml;
    to->line = (int)from->start_mark.line + 1;
    if (from->type == YAML_SCALAR_NODE) {
        to->kind = SG_YAML_SCALAR;
        to->text = (const char *)from->data.scalar.value;
        to->is_plain = from->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        if (strlen(to->text) != from->data.scalar.length)
            return sg_yaml_fail(to, "remove it", "a value holds a zero byte");
        return SG_OK;
    }
    bool is_map = from->type == YAML_MAPPING_NODE;
    to->kind = is_map ? SG_YAML_MAP : SG_YAML_LIST;
    size_t count = is_map ? (size_t)(from->data.mapping.pairs.top - from->data.mapping.pairs.start)
                          : (size_t)(from->data.sequence.items.top - from->data.sequence.items.start);
    to->values = sg_alloc(count, sizeof *to->values);
    to->keys = is_map ? sg_alloc(count, sizeof *to->keys) : NULL;
    if (to->values == NULL || (is_map && to->keys == NULL))
        return sg_fail_memory(yaml->context);
    to->count = count;
    for (size_t i = 0; i < count; i++) {
        if (is_map) {
            to->keys[i] = &yaml->nodes[from->data.mapping.pairs.start[i].key - 1];
            to->values[i] = &yaml->nodes[from->data.mapping.pairs.start[i].value - 1];
        } else {
            to->values[i] = &yaml->nodes[from->data.sequence.items.start[i] - 1];
        }
    }
    return SG_OK;
}

static enum sg_status check_node(const struct sg_yaml_node *node, int depth, size_t *budget) {
    if (depth > SG_YAML_DEEPEST)
        return sg_yaml_fail(node, "is it the right file?", "nested more than %d deep", SG_YAML_DEEPEST);
    if ((*budget)-- == 0)
        return sg_yaml_fail(node, "write the values out", "too many values (repeated aliases?)");
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == SG_YAML_MAP) {
            if (node->keys[i]->kind != SG_YAML_SCALAR)
                return sg_yaml_fail(node->keys[i], "write name: value", "a key that is not a name");
            for (size_t j = 0; j < i && node->count < 1000; j++) {
                if (strcmp(node->keys[i]->text, node->keys[j]->text) == 0)
                    return sg_yaml_fail(node->keys[i], "keep one of them",
                                        "'%s' is given twice (first in line %d)", node->keys[i]->text,
                                        node->keys[j]->line);
            }
        }
        enum sg_status status = check_node(node->values[i], depth + 1, budget);
        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}

static enum sg_status build(struct sg_yaml *yaml) {
    size_t count = (size_t)(yaml->document.nodes.top - yaml->document.nodes.start);
    yaml->nodes = sg_alloc(count, sizeof *yaml->nodes);
    if (yaml->nodes == NULL)
        return sg_fail_memory(yaml->context);
    yaml->node_count = count;
    for (size_t i = 0; i < count; i++) {
        enum sg_status status = fill_node(yaml, i);
        if (status != SG_OK)
            return status;
    }
    size_t budget = SG_YAML_MOST_VALUES;
    return count == 0 ? SG_OK : check_node(&yaml->nodes[0], 0, &budget);
}

enum sg_status sg_yaml_parse(struct sg_context *context, const char *name, const char *bytes, size_t length,
                             enum sg_status bad, struct sg_yaml **ret_yaml) {
    struct sg_yaml *yaml = sg_alloc(1, sizeof *yaml);
    if (yaml == NULL)
        return sg_fail_memory(context);
    yaml->context = context;
    yaml->bad = bad;
    yaml->name = sg_strdup(name);
    yaml_parser_t parser;
    if (yaml->name == NULL || !yaml_parser_initialize(&parser)) {
        sg_yaml_free(yaml);
        return sg_fail_memory(context);
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, length);
    enum sg_status status = SG_OK;
    if (!sg_utf8_is_valid(bytes, length))
        status = sg_fail(context, bad, "save the file as UTF-8", "%s: not UTF-8 text", name);
    if (status == SG_OK)
        status = sg_yaml_check_outline(context, name, bytes, length, bad);
    if (status == SG_OK && !yaml_parser_load(&parser, &yaml->document))
        status = sg_yaml_fail_parser(context, name, &parser, bad);
    if (status == SG_OK) {
        yaml->has_document = true;
        status = build(yaml);
    }
    yaml_parser_delete(&parser);
    if (status != SG_OK) {
        sg_yaml_free(yaml);
        return status;
    }
    *ret_yaml = yaml;
    return SG_OK;
}

enum sg_status sg_yaml_read(struct sg_context *context, const char *path, enum sg_status bad,
                            struct sg_yaml **ret_yaml) {
    char *bytes;
    size_t length;
    enum sg_status status = sg_file_read(context, path, &bytes, &length);
    if (status != SG_OK)
        return status;
    status = sg_yaml_parse(context, path, bytes, length, bad, ret_yaml);
    sg_free(bytes);
    return status;
}

const struct sg_yaml_node *sg_yaml_root(const struct sg_yaml *yaml) {
    return yaml->node_count == 0 ? NULL : &yaml->nodes[0];
}

enum sg_yaml_kind sg_yaml_kind(const struct sg_yaml_node *node) {
    return node->kind;
}

int sg_yaml_line(const struct sg_yaml_node *node) {
    return node->line;
}

const char *sg_yaml_text(const struct sg_yaml_node *node) {
    return node->kind == SG_YAML_SCALAR ? node->text : "";
}

bool sg_yaml_is_null(const struct sg_yaml_node *node) {
    return node->kind == SG_YAML_SCALAR && node->is_plain
           && (node->text[0] == '\0' || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

size_t sg_yaml_count(const struct sg_yaml_node *node) {
    return node->count;
}

const struct sg_yaml_node *sg_yaml_item(const struct sg_yaml_node *list, size_t index) {
    return list->values[index];
}

const char *sg_yaml_key(const struct sg_yaml_node *map, size_t index) {
    return map->keys[index]->text;
}

int sg_yaml_key_line(const struct sg_yaml_node *map, size_t index) {
    return map->keys[index]->line;
}

const struct sg_yaml_node *sg_yaml_value(const struct sg_yaml_node *map, size_t index) {
    return map->values[index];
}

const struct sg_yaml_node *sg_yaml_find(const struct sg_yaml_node *map, const char *key) {
    if (map->kind != SG_YAML_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++) {
        if (strcmp(map->keys[i]->text, key) == 0)
            return map->values[i];
    }
    return NULL;
}

static enum sg_status fail_at(const struct sg_yaml *yaml, int line, const char *hint, const char *sentence) {
    return sg_fail(yaml->context, yaml->bad, hint, "%s, line %d: %s", yaml->name, line, sentence);
}

enum sg_status sg_yaml_fail(const struct sg_yaml_node *node, const char *hint, const char *format, ...) {
    char sentence[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    return fail_at(node->yaml, node->line, hint, sentence);
}

enum sg_status sg_yaml_check_keys(const struct sg_yaml_node *map, const char *const *names) {
    if (map->kind != SG_YAML_MAP)
        return sg_yaml_fail(map, "write name: value, one on each line", "here should be names with values");
    size_t name_count = 0;
    while (names[name_count] != NULL)
        name_count++;
    for (size_t i = 0; i < map->count; i++) {
        const char *key = map->keys[i]->text;
        bool known = false;
        for (size_t j = 0; j < name_count && !known; j++)
            known = strcmp(key, names[j]) == 0;
        if (known)
            continue;
        const char *nearest = sg_nearest_name(key, names, name_count);
        struct sg_text hint;
        sg_text_init(&hint);
        if (nearest != NULL) {
            sg_text_append_format(&hint, "did you mean '%s'?", nearest);
        } else {
            sg_text_append(&hint, "the names here are");
            for (size_t j = 0; j < name_count; j++)
                sg_text_append_format(&hint, "%s %s", j == 0 ? "" : ",", names[j]);
        }
        enum sg_status status =
            sg_yaml_fail(map->keys[i], sg_text_bytes(&hint), "'%s' is not a known name", key);
        sg_text_release(&hint);
        return status;
    }
    return SG_OK;
}

enum sg_status sg_yaml_string(const struct sg_yaml_node *node, const char **ret_text) {
    if (node->kind != SG_YAML_SCALAR)
        return sg_yaml_fail(node, "write one value on the line", "here should be one value");
    *ret_text = node->text;
    return SG_OK;
}

enum sg_status sg_yaml_number(const struct sg_yaml_node *node, double *ret_number) {
    const char *text = "";
    enum sg_status status = sg_yaml_string(node, &text);
    if (status != SG_OK)
        return status;
    char *end;
    double number = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(number))
        return sg_yaml_fail(node, "write it as 12.5", "'%s' is not a number", text);
    *ret_number = number;
    return SG_OK;
}

enum sg_status sg_yaml_bool(const struct sg_yaml_node *node, bool *ret_bool) {
    static const char *const yes[] = {"true", "yes", "on"}, *const no[] = {"false", "no", "off"};
    const char *text = "";
    enum sg_status status = sg_yaml_string(node, &text);
    if (status != SG_OK)
        return status;
    for (int i = 0; i < 3; i++) {
        if (sg_text_equal_fold(text, yes[i]) || sg_text_equal_fold(text, no[i])) {
            *ret_bool = sg_text_equal_fold(text, yes[i]);
            return SG_OK;
        }
    }
    return sg_yaml_fail(node, "write yes or no", "'%s' is neither yes nor no", text);
}
