#include "read/taxonomy_reader.h"

#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/resource.h"
#include "core/text.h"
#include "read/yaml.h"

enum { MOST_RULES = 20000, MOST_TYPES = 500 };

static const char *const type_keys[] = {"code",   "letters", "label",  "label_fr", "focus",
                                        "colour", "symbol",  "weight", NULL};

char **sg_taxonomy_names(void) {
    return sg_resource_names("styles/taxonomies", ".yaml");
}

static enum sg_status copy_string(struct sg_context *context, const struct sg_yaml_node *map, const char *key,
                                  char **ret_text) {
    const struct sg_yaml_node *node = sg_yaml_find(map, key);
    if (node == NULL || sg_yaml_is_null(node)) /* "label_fr:" with nothing after it is not given */
        return SG_OK;
    const char *text = "";
    enum sg_status status = sg_yaml_string(node, &text);
    if (status != SG_OK)
        return status;
    *ret_text = sg_strdup(text);
    return *ret_text == NULL ? sg_fail_memory(context) : SG_OK;
}

static bool is_plain_code(const char *code) {
    size_t length = strlen(code);
    return length > 0 && length <= 40
           && code[strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}

/* Code, letters and labels, checked against the types before. */
static enum sg_status check_type(const struct sg_yaml_node *node, const struct sg_taxonomy *taxonomy,
                                 const struct sg_type *type) {
    if (type->code == NULL || !is_plain_code(type->code))
        return sg_yaml_fail(node, "write code: EMP", "a type needs a code of letters and digits");
    if (type->label_en == NULL || type->label_en[0] == '\0')
        return sg_yaml_fail(node, "write label: Employment Assistance", "type '%s' needs a label",
                            type->code);
    if (type->letters != NULL
        && (strlen(type->letters) != 3 || strspn(type->letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != 3))
        return sg_yaml_fail(node, "write letters: EMP",
                            "type '%s': letters must be three capital letters or digits", type->code);
    for (size_t i = 0; i < taxonomy->type_count; i++) {
        if (sg_text_equal_fold(taxonomy->types[i].code, type->code))
            return sg_yaml_fail(node, "give each type its own code", "the code '%s' is given twice",
                                type->code);
        if (type->letters != NULL && taxonomy->types[i].letters != NULL
            && strcmp(taxonomy->types[i].letters, type->letters) == 0)
            return sg_yaml_fail(node, "give each type its own letters", "the letters '%s' are given twice",
                                type->letters);
    }
    return SG_OK;
}

static enum sg_status read_look(const struct sg_yaml_node *node, struct sg_type *type) {
    const struct sg_yaml_node *value = sg_yaml_find(node, "colour");
    if (value != NULL && !sg_colour_from_text(sg_yaml_text(value), &type->colour))
        return sg_yaml_fail(value, "write \"#0072B2\", in quotes", "'%s' is not a colour",
                            sg_yaml_text(value));
    value = sg_yaml_find(node, "symbol");
    if (value != NULL && !sg_symbol_from_name(sg_yaml_text(value), &type->symbol)) {
        struct sg_text hint;
        sg_text_init(&hint);
        sg_text_append(&hint, "symbols are");
        for (int s = 0; s < SG_SYMBOL_COUNT; s++)
            sg_text_append_format(&hint, "%s %s", s == 0 ? "" : ",", sg_symbol_name((enum sg_symbol)s));
        enum sg_status status =
            sg_yaml_fail(value, sg_text_bytes(&hint), "'%s' is not a symbol", sg_yaml_text(value));
        sg_text_release(&hint);
        return status;
    }
    value = sg_yaml_find(node, "weight");
    if (value == NULL)
        return SG_OK;
    enum sg_status status = sg_yaml_number(value, &type->weight);
    if (status == SG_OK && type->weight < 0)
        return sg_yaml_fail(value, "write 0 or more", "a weight below 0");
    return status;
}

static void release_type(struct sg_type *type) {
    sg_free(type->code);
    sg_free(type->letters);
    sg_free(type->label_en);
    sg_free(type->label_fr);
    sg_free(type->focus);
}

static enum sg_status read_type(struct sg_context *context, const struct sg_yaml_node *node,
                                struct sg_taxonomy *taxonomy) {
    enum sg_status status = sg_yaml_check_keys(node, type_keys);
    if (status != SG_OK)
        return status;
    if (!sg_reserve(&taxonomy->types, &taxonomy->type_capacity, taxonomy->type_count + 1,
                    sizeof *taxonomy->types))
        return sg_fail_memory(context);
    struct sg_type type = {.weight = 1};
    sg_type_default_look(taxonomy->type_count, &type);
    status = copy_string(context, node, "code", &type.code);
    if (status == SG_OK)
        status = copy_string(context, node, "letters", &type.letters);
    if (status == SG_OK)
        status = copy_string(context, node, "label", &type.label_en);
    if (status == SG_OK)
        status = copy_string(context, node, "label_fr", &type.label_fr);
    if (status == SG_OK)
        status = copy_string(context, node, "focus", &type.focus);
    if (status == SG_OK)
        status = check_type(node, taxonomy, &type);
    if (status == SG_OK)
        status = read_look(node, &type);
    if (status != SG_OK) {
        release_type(&type);
        return status;
    }
    taxonomy->types[taxonomy->type_count++] = type;
    return SG_OK;
}

static enum sg_status read_types(struct sg_context *context, const struct sg_yaml_node *root,
                                 struct sg_taxonomy *taxonomy) {
    static const char *const keys[] = {"name", "title", "source", "types", NULL};
    enum sg_status status = sg_yaml_check_keys(root, keys);
    if (status != SG_OK)
        return status;
    const struct sg_yaml_node *types = sg_yaml_find(root, "types");
    if (types == NULL || sg_yaml_kind(types) != SG_YAML_LIST || sg_yaml_count(types) == 0)
        return sg_yaml_fail(types == NULL ? root : types, "write types: and a list of code and label",
                            "a taxonomy needs a list of types");
    if (sg_yaml_count(types) > MOST_TYPES)
        return sg_yaml_fail(types, "is it the right file?", "more than %d types", MOST_TYPES);
    for (size_t i = 0; status == SG_OK && i < sg_yaml_count(types); i++)
        status = read_type(context, sg_yaml_item(types, i), taxonomy);
    return status;
}

/* Where unknown texts go: the type called other, by code or label. */
static size_t find_other(const struct sg_taxonomy *taxonomy) {
    for (size_t i = 0; i < taxonomy->type_count; i++) {
        if (sg_text_equal_fold(taxonomy->types[i].label_en, "other")
            || sg_text_equal_fold(taxonomy->types[i].code, "other")
            || sg_text_equal_fold(taxonomy->types[i].code, "OTH"))
            return i;
    }
    return SG_NO_INDEX;
}

enum sg_status sg_taxonomy_read(struct sg_context *context, const char *name_or_path,
                                struct sg_taxonomy *ret_taxonomy) {
    struct sg_taxonomy taxonomy = {.other_type = SG_NO_INDEX};
    if (name_or_path == NULL) {
        taxonomy.is_open = true;
        *ret_taxonomy = taxonomy;
        return SG_OK;
    }
    bool is_path = strchr(name_or_path, '/') != NULL || strchr(name_or_path, '.') != NULL;
    char *path = NULL;
    if (is_path) {
        path = sg_strdup(name_or_path);
    } else {
        char *name = sg_format("styles/taxonomies/%s.yaml", name_or_path);
        path = name == NULL ? NULL : sg_resource_path(name);
        sg_free(name);
    }
    taxonomy.name = sg_strdup(name_or_path);
    struct sg_yaml *yaml = NULL;
    enum sg_status status = path == NULL || taxonomy.name == NULL
                                ? sg_fail_memory(context)
                                : sg_yaml_read(context, path, SG_BAD_STYLE, &yaml);
    if (status == SG_NO_INPUT && !is_path) {
        sg_context_forget_error(context);
        status = sg_resource_check(context);
    }
    if (status == SG_OK && yaml == NULL) {
        char **names = sg_taxonomy_names();
        struct sg_text list;
        sg_text_init(&list);
        for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
            sg_text_append_format(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
            sg_free(names[i]);
        }
        sg_free(names);
        status = sg_fail(context, SG_BAD_STYLE, "name one of these, or a file (with its .yaml)",
                         "there is no taxonomy '%s'; installed are: %s", name_or_path, sg_text_bytes(&list));
        sg_text_release(&list);
    }
    if (status == SG_OK && sg_yaml_root(yaml) == NULL)
        status = sg_fail(context, SG_BAD_STYLE, "write types: and a list", "%s: an empty taxonomy", path);
    if (status == SG_OK)
        status = read_types(context, sg_yaml_root(yaml), &taxonomy);
    if (status == SG_OK && !sg_taxonomy_complete(&taxonomy))
        status = sg_fail_memory(context);
    sg_yaml_free(yaml);
    sg_free(path);
    if (status != SG_OK) {
        sg_taxonomy_release(&taxonomy);
        return status;
    }
    taxonomy.other_type = find_other(&taxonomy);
    *ret_taxonomy = taxonomy;
    return SG_OK;
}

/* ---- rules ---- */

static enum sg_status add_rule(struct sg_context *context, struct sg_taxonomy *taxonomy,
                               enum sg_rule_kind kind, const char *text, size_t type) {
    if (!sg_reserve(&taxonomy->rules, &taxonomy->rule_capacity, taxonomy->rule_count + 1,
                    sizeof *taxonomy->rules))
        return sg_fail_memory(context);
    char *folded = sg_text_fold(text);
    if (folded == NULL)
        return sg_fail_memory(context);
    taxonomy->rules[taxonomy->rule_count++] = (struct sg_type_rule){kind, folded, type};
    return SG_OK;
}

/* One rule: { prefix: "Health Care" } */
static enum sg_status read_rule(struct sg_context *context, const struct sg_yaml_node *node,
                                struct sg_taxonomy *taxonomy, size_t type) {
    static const char *const kinds[] = {"exact", "prefix", "pattern", NULL};
    enum sg_status status = sg_yaml_check_keys(node, kinds);
    for (size_t i = 0; status == SG_OK && i < sg_yaml_count(node); i++) {
        const char *text = "";
        status = sg_yaml_string(sg_yaml_value(node, i), &text);
        if (status != SG_OK)
            return status;
        if (text[0] == '\0')
            return sg_yaml_fail(node, "write the text to look for", "an empty rule");
        int kind = 0;
        while (kinds[kind + 1] != NULL && strcmp(kinds[kind], sg_yaml_key(node, i)) != 0)
            kind++;
        if (taxonomy->rule_count >= MOST_RULES)
            return sg_yaml_fail(node, "use patterns", "more than %d rules", MOST_RULES);
        status = add_rule(context, taxonomy, (enum sg_rule_kind)kind, text, type);
    }
    return status;
}

static enum sg_status read_rule_list(struct sg_context *context, const struct sg_yaml_node *list,
                                     struct sg_taxonomy *taxonomy, size_t type) {
    if (sg_yaml_kind(list) != SG_YAML_LIST)
        return sg_yaml_fail(list, "write a list: - prefix: \"...\"", "here should be a list of rules");
    enum sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < sg_yaml_count(list); i++)
        status = read_rule(context, sg_yaml_item(list, i), taxonomy, type);
    return status;
}

static size_t find_code(const struct sg_taxonomy *taxonomy, const char *code) {
    for (size_t i = 0; i < taxonomy->type_count; i++) {
        if (sg_text_equal_fold(taxonomy->types[i].code, code))
            return i;
    }
    return SG_NO_INDEX;
}

static enum sg_status fail_unknown_code(const struct sg_yaml_node *rules, size_t index,
                                        const struct sg_taxonomy *taxonomy) {
    struct sg_text hint;
    sg_text_init(&hint);
    sg_text_append(&hint, "its codes are");
    for (size_t t = 0; t < taxonomy->type_count; t++)
        sg_text_append_format(&hint, " %s", taxonomy->types[t].code);
    enum sg_status status = sg_yaml_fail(sg_yaml_value(rules, index), sg_text_bytes(&hint),
                                         "the taxonomy has no type '%s'", sg_yaml_key(rules, index));
    sg_text_release(&hint);
    return status;
}

static enum sg_status read_rules(struct sg_context *context, const struct sg_yaml_node *root,
                                 struct sg_taxonomy *taxonomy) {
    static const char *const keys[] = {"rules", "ignore", "unmatched", NULL};
    enum sg_status status = sg_yaml_check_keys(root, keys);
    if (status != SG_OK)
        return status;
    const struct sg_yaml_node *ignore = sg_yaml_find(root, "ignore");
    if (ignore != NULL)
        status = read_rule_list(context, ignore, taxonomy, SG_TYPE_IGNORED);
    const struct sg_yaml_node *rules = sg_yaml_find(root, "rules");
    if (status == SG_OK && rules != NULL && sg_yaml_kind(rules) != SG_YAML_MAP)
        return sg_yaml_fail(rules, "write the code of a type, then its rules", "rules are given by type");
    for (size_t i = 0; status == SG_OK && rules != NULL && i < sg_yaml_count(rules); i++) {
        size_t type = find_code(taxonomy, sg_yaml_key(rules, i));
        if (type == SG_NO_INDEX)
            return fail_unknown_code(rules, i, taxonomy);
        status = read_rule_list(context, sg_yaml_value(rules, i), taxonomy, type);
    }
    const struct sg_yaml_node *unmatched = sg_yaml_find(root, "unmatched");
    if (status == SG_OK && unmatched != NULL) {
        const char *text = sg_yaml_text(unmatched);
        taxonomy->unmatched_only_alone = strcmp(text, "other-if-alone") == 0;
        if (!taxonomy->unmatched_only_alone && strcmp(text, "other") != 0)
            return sg_yaml_fail(unmatched, "write other or other-if-alone", "'%s' is neither", text);
    }
    return status;
}

enum sg_status sg_rules_read(struct sg_context *context, const char *path, struct sg_taxonomy *taxonomy) {
    if (taxonomy->is_open)
        return sg_fail(context, SG_USAGE, "name a taxonomy too, for example --taxonomy lip",
                       "%s: rules need a taxonomy whose types they name", path);
    struct sg_yaml *yaml;
    enum sg_status status = sg_yaml_read(context, path, SG_BAD_STYLE, &yaml);
    if (status != SG_OK)
        return status;
    if (sg_yaml_root(yaml) == NULL)
        status =
            sg_fail(context, SG_BAD_STYLE, "write rules: and lists by type", "%s: an empty rules file", path);
    else
        status = read_rules(context, sg_yaml_root(yaml), taxonomy);
    sg_yaml_free(yaml);
    return status;
}
