#include "read/yaml_outline.h"

#include <stdbool.h>
#include <string.h>

/* libyaml compares each anchor with all others, and each alias; and so the prefixes of tags. */
enum { MOST_ANCHORS = 1000, MOST_TAG_LINES = 100 };

struct outline {
    struct sg_context *context;
    const char *name;
    enum sg_status bad;
    yaml_parser_t *parser;
    size_t depth, value_count, anchor_count;
    bool has_document, is_done;
};

enum sg_status sg_yaml_fail_parser(struct sg_context *context, const char *name, const yaml_parser_t *parser,
                                   enum sg_status bad) {
    if (parser->error == YAML_MEMORY_ERROR)
        return sg_fail_memory(context);
    return sg_fail(context, bad, "check indentation, colons and quotes near there", "%s, line %zu: %s", name,
                   parser->problem_mark.line + 1, parser->problem == NULL ? "not YAML" : parser->problem);
}

static enum sg_status fail_second_document(const struct outline *outline, size_t line) {
    return sg_fail(outline->context, outline->bad, "put it all above this line, or in a file of its own",
                   "%s, line %zu: a second document begins here, and a file has one", outline->name,
                   line + 1);
}

/* A value or a key; with what it has inside, its end comes later. */
static enum sg_status add_node(struct outline *outline, const yaml_event_t *event, const void *anchor) {
    size_t line = event->start_mark.line + 1;
    if (outline->depth > SG_YAML_DEEPEST)
        return sg_fail(outline->context, outline->bad, "is it the right file?",
                       "%s, line %zu: nested more than %d deep", outline->name, line, SG_YAML_DEEPEST);
    /* keys are not more than values */
    if (outline->value_count++ > 2 * SG_YAML_MOST_VALUES)
        return sg_fail(outline->context, outline->bad, "is it the right file?",
                       "%s, line %zu: more than %d values", outline->name, line, SG_YAML_MOST_VALUES);
    outline->anchor_count += anchor != NULL;
    if (outline->anchor_count > MOST_ANCHORS)
        return sg_fail(outline->context, outline->bad, "write the values out",
                       "%s, line %zu: more than %d anchors", outline->name, line, MOST_ANCHORS);
    return SG_OK;
}

static enum sg_status add_event(struct outline *outline, const yaml_event_t *event) {
    enum sg_status status = SG_OK;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (outline->has_document)
            return fail_second_document(outline, event->start_mark.line);
        return SG_OK;
    case YAML_DOCUMENT_END_EVENT:
        outline->has_document = true;
        return SG_OK;
    case YAML_SCALAR_EVENT:
        return add_node(outline, event, event->data.scalar.anchor);
    case YAML_ALIAS_EVENT:
        return add_node(outline, event, NULL);
    case YAML_SEQUENCE_START_EVENT:
        status = add_node(outline, event, event->data.sequence_start.anchor);
        outline->depth++;
        return status;
    case YAML_MAPPING_START_EVENT:
        status = add_node(outline, event, event->data.mapping_start.anchor);
        outline->depth++;
        return status;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        outline->depth--;
        return SG_OK;
    case YAML_STREAM_END_EVENT:
        outline->is_done = true;
        return SG_OK;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
        return SG_OK;
    }
    return SG_OK;
}

static enum sg_status next_event(struct outline *outline) {
    yaml_event_t event;
    if (!yaml_parser_parse(outline->parser, &event)) {
        /* after "..." anything but a comment is the beginning of another document */
        if (outline->has_document && outline->parser->error != YAML_MEMORY_ERROR)
            return fail_second_document(outline, outline->parser->problem_mark.line);
        return sg_yaml_fail_parser(outline->context, outline->name, outline->parser, outline->bad);
    }
    enum sg_status status = add_event(outline, &event);
    yaml_event_delete(&event);
    return status;
}

/* "%TAG !a! b" stands before a document, and comes with it in one event: these are counted beforehand. */
static enum sg_status check_tag_lines(const struct outline *outline, const char *bytes, size_t length) {
    size_t count = 0;
    for (const char *at = bytes; at != NULL && bytes + length - at > 4;) {
        bool begins_line = at == bytes || at[-1] == '\n' || at[-1] == '\r' || (unsigned char)at[-1] >= 0x80;
        count += begins_line && memcmp(at, "%TAG", 4) == 0;
        if (count > MOST_TAG_LINES)
            return sg_fail(outline->context, outline->bad, "leave them out: nothing here has a tag",
                           "%s: more than %d %%TAG lines", outline->name, MOST_TAG_LINES);
        at = memchr(at + 1, '%', (size_t)(bytes + length - at - 1));
    }
    return SG_OK;
}

/* libyaml looks, for every token, at each list and map that is open on its line: the tree of a file of
   brackets would take the square of its length, where its events come one by one and can be left early. */
enum sg_status sg_yaml_check_outline(struct sg_context *context, const char *name, const char *bytes,
                                     size_t length, enum sg_status bad) {
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        return sg_fail_memory(context);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, length);
    struct outline outline = {.context = context, .name = name, .bad = bad, .parser = &parser};
    enum sg_status status = check_tag_lines(&outline, bytes, length);
    while (status == SG_OK && !outline.is_done)
        status = next_event(&outline);
    yaml_parser_delete(&parser);
    return status;
}
