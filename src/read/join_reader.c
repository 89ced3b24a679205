#include "read/join_reader.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/text.h"
#include "read/join_sides.h"
#include "read/join_words.h"
#include "read/number_style.h"
#include "read/text_table.h"

enum { MOST_VALUES = 64 << 20, MOST_COMPARED = 200 };

struct reading {
    struct sg_context *context;
    const struct sg_text_table *table;
    const struct sg_area_keys *keys;
    const struct sg_area_layer *layer;
    struct sg_join_sides sides;
    uint32_t *areas; /* of each row or column that may be one; SG_NO_AREA: none */
    size_t line_count;
    struct sg_join *join;
};

#define SG_NO_AREA UINT32_MAX

/* ---- which line of the table is which area ---- */

/* The key of a row (or column, where the table is transposed). */
static const char *key_of(const struct reading *reading, size_t line) {
    const struct sg_join_sides *sides = &reading->sides;
    return sides->is_transposed ? sg_text_table_cell(reading->table, sides->key, line)
                                : sg_text_table_cell(reading->table, line, sides->key);
}

static enum sg_status fail_twice(struct reading *reading, size_t one, size_t two, uint32_t area) {
    bool is_transposed = reading->sides.is_transposed;
    return sg_fail(
        reading->context, SG_BAD_INPUT, "each area may come once: leave one out, or join by another key",
        "%s: %ss %zu ('%.80s') and %zu ('%.80s') are both of the area '%.80s'", reading->table->path,
        is_transposed ? "column" : "row", is_transposed ? one + 1 : reading->table->numbers[one],
        key_of(reading, one), is_transposed ? two + 1 : reading->table->numbers[two], key_of(reading, two),
        reading->layer->areas[area].name);
}

static enum sg_status match_line(struct reading *reading, size_t line, size_t *line_of_area) {
    const char *text = key_of(reading, line);
    struct sg_join *join = reading->join;
    uint32_t area;
    enum sg_key_match match = text[strspn(text, " \t")] == '\0'
                                  ? SG_KEY_IGNORED
                                  : sg_area_keys_find(reading->keys, reading->sides.sense, text, &area);
    if (match == SG_KEY_IGNORED)
        return SG_OK;
    join->key_count++;
    if (match == SG_KEY_NO_MEMORY)
        return sg_fail_memory(reading->context);
    if (match == SG_KEY_NONE) {
        bool is_shared = sg_area_keys_is_shared(reading->keys, text);
        const char *nearest = join->strange.count < MOST_COMPARED && !is_shared
                                  ? sg_area_keys_nearest(reading->keys, text)
                                  : NULL;
        if (!sg_spellings_add(&join->strange, text, nearest))
            return sg_fail_memory(reading->context);
        join->strange.items[join->strange.count - 1].is_shared = is_shared;
        join->shared_count += is_shared;
        return SG_OK;
    }
    if (line_of_area[area] != 0)
        return fail_twice(reading, line_of_area[area] - 1, line, area);
    line_of_area[area] = line + 1;
    reading->areas[line] = area;
    join->matched_count++;
    if (match == SG_KEY_LETTERS && !sg_spellings_add(&join->respelt, text, reading->layer->areas[area].name))
        return sg_fail_memory(reading->context);
    return SG_OK;
}

/* Areas that no line is of, with the strange key that is spelt most like them. */
static bool list_areas_without(struct reading *reading, const size_t *line_of_area) {
    struct sg_join *join = reading->join;
    const char **strange = sg_alloc(join->strange.count, sizeof *strange);
    bool done = strange != NULL;
    size_t compared = 0;
    for (size_t i = 0; done && i < join->strange.count && compared < MOST_COMPARED; i++) {
        if (!join->strange.items[i].is_shared)
            strange[compared++] = join->strange.items[i].text;
    }
    for (size_t a = 0; done && a < reading->layer->area_count; a++) {
        if (line_of_area[a] != 0)
            continue;
        const char *name = reading->layer->areas[a].name;
        const char *nearest =
            join->without.count < MOST_COMPARED ? sg_nearest_name(name, strange, compared) : NULL;
        done = sg_spellings_add(&join->without, name, nearest);
    }
    sg_free(strange);
    return done;
}

static enum sg_status match_lines(struct reading *reading) {
    const struct sg_text_table *table = reading->table;
    bool is_transposed = reading->sides.is_transposed;
    size_t *line_of_area = sg_alloc(reading->layer->area_count, sizeof *line_of_area);
    reading->line_count = is_transposed ? table->column_count : table->row_count;
    reading->areas = sg_alloc(reading->line_count, sizeof *reading->areas);
    enum sg_status status =
        line_of_area == NULL || reading->areas == NULL ? sg_fail_memory(reading->context) : SG_OK;
    for (size_t line = 0; status == SG_OK && line < reading->line_count; line++)
        reading->areas[line] = SG_NO_AREA;
    size_t first = is_transposed ? reading->sides.label + 1 : 1;
    for (size_t line = first; status == SG_OK && line < reading->line_count; line++)
        status = match_line(reading, line, line_of_area);
    if (status == SG_OK && !list_areas_without(reading, line_of_area))
        status = sg_fail_memory(reading->context);
    sg_free(line_of_area);
    return status;
}

/* ---- fields ---- */

static enum sg_status add_value(struct reading *reading, struct sg_join_field *field,
                                const struct sg_number_style *style, uint32_t area, const char *text) {
    double number;
    switch (sg_number_from_styled_text(style, text, &number)) {
    case SG_NUMBER_READ:
        field->values[area] = number;
        field->known_count++;
        break;
    case SG_NUMBER_MISSING:
        break;
    case SG_NUMBER_BAD:
        if (field->bad_count++ == 0) {
            field->first_bad = sg_strdup(text);
            if (field->first_bad == NULL)
                return sg_fail_memory(reading->context);
        }
    }
    return SG_OK;
}

/* The cells of a field, which is a row where the table is transposed, else a column: first how the numbers
   are written there, then the numbers. */
static enum sg_status add_values(struct reading *reading, struct sg_join_field *field, size_t place) {
    struct sg_number_style style = {0};
    enum sg_status status = SG_OK;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t line = 0; status == SG_OK && line < reading->line_count; line++) {
            if (reading->areas[line] == SG_NO_AREA)
                continue;
            const char *text = reading->sides.is_transposed ? sg_text_table_cell(reading->table, place, line)
                                                            : sg_text_table_cell(reading->table, line, place);
            if (pass == 0)
                sg_number_style_look(&style, text);
            else
                status = add_value(reading, field, &style, reading->areas[line], text);
        }
    }
    if (status == SG_OK && sg_number_style_is_doubtful(&style)) {
        field->doubt = sg_number_style_doubt(&style, field->label);
        if (field->doubt == NULL)
            status = sg_fail_memory(reading->context);
    }
    return status;
}

/* A field with the label (trimmed) and headings, every value missing; NULL when out of memory. */
static struct sg_join_field *add_field(struct reading *reading, const char *label, const char *headings,
                                       size_t number) {
    struct sg_join_field *field = &reading->join->fields[reading->join->field_count++];
    size_t area_count = reading->layer->area_count;
    *field = (struct sg_join_field){.label = sg_strdup(label),
                                    .headings = sg_strdup(headings),
                                    .number = number,
                                    .values = sg_alloc(area_count, sizeof *field->values)};
    if (field->label == NULL || field->headings == NULL || field->values == NULL)
        return NULL;
    sg_text_trim(field->label);
    for (size_t a = 0; a < area_count; a++)
        field->values[a] = NAN;
    return field;
}

/* Rows of a transposed table stand under those before them that are indented less, and under what the text
   columns before the labels say. */
struct outline {
    size_t rows[32], indents[32], depth;
    size_t contexts[16], context_count; /* columns */
};

static size_t indent_of(const char *text) {
    size_t indent = 0;
    for (;; indent++) {
        if (*text == ' ' || *text == '\t')
            text++;
        else if ((unsigned char)text[0] == 0xC2 && (unsigned char)text[1] == 0xA0)
            text += 2;
        else
            return indent;
    }
}

static void append_heading(struct sg_text *headings, const char *text) {
    char *copy = sg_strdup(text);
    if (copy == NULL) {
        headings->failed = true;
        return;
    }
    if (sg_text_trim(copy)[0] != '\0')
        sg_text_append_format(headings, "%s%s", headings->length == 0 ? "" : " > ", copy);
    sg_free(copy);
}

static bool starts_new_part(const struct outline *outline, const struct sg_text_table *table, size_t row) {
    for (size_t i = 0; i < outline->context_count; i++) {
        if (strcmp(sg_text_table_cell(table, row, outline->contexts[i]),
                   sg_text_table_cell(table, row - 1, outline->contexts[i]))
            != 0)
            return true;
    }
    return false;
}

/* The headings of a row, into a cleared text; the row then stands in the outline itself. */
static void place_row(struct outline *outline, const struct reading *reading, size_t row,
                      struct sg_text *headings) {
    const struct sg_text_table *table = reading->table;
    size_t label = reading->sides.label, indent = indent_of(sg_text_table_cell(table, row, label));
    if (row > 1 && starts_new_part(outline, table, row))
        outline->depth = 0;
    while (outline->depth > 0 && outline->indents[outline->depth - 1] >= indent)
        outline->depth--;
    for (size_t i = 0; i < outline->context_count; i++)
        append_heading(headings, sg_text_table_cell(table, row, outline->contexts[i]));
    for (size_t i = 0; i < outline->depth; i++)
        append_heading(headings, sg_text_table_cell(table, outline->rows[i], label));
    if (outline->depth < sizeof outline->rows / sizeof *outline->rows) {
        outline->rows[outline->depth] = row;
        outline->indents[outline->depth++] = indent;
    }
}

static enum sg_status read_rows(struct reading *reading) {
    const struct sg_text_table *table = reading->table;
    const struct sg_join_sides *sides = &reading->sides;
    struct outline outline = {0};
    for (size_t c = 0; c < sides->label && outline.context_count < 16; c++) {
        if (!sg_join_column_is_numbers(table, c))
            outline.contexts[outline.context_count++] = c;
    }
    struct sg_text headings;
    sg_text_init(&headings);
    enum sg_status status = SG_OK;
    for (size_t row = 1; status == SG_OK && row < table->row_count; row++) {
        sg_text_clear(&headings);
        place_row(&outline, reading, row, &headings);
        if (row == sides->key)
            continue;
        struct sg_join_field *field = headings.failed
                                          ? NULL
                                          : add_field(reading, sg_text_table_cell(table, row, sides->label),
                                                      sg_text_bytes(&headings), table->numbers[row]);
        if (field == NULL)
            status = sg_fail_memory(reading->context);
        else
            status = add_values(reading, field, row);
        if (sg_context_interrupted(reading->context))
            status =
                sg_fail(reading->context, SG_INTERRUPTED, NULL, "interrupted while reading a joined table");
    }
    sg_text_release(&headings);
    return status;
}

static enum sg_status read_columns(struct reading *reading) {
    const struct sg_text_table *table = reading->table;
    enum sg_status status = SG_OK;
    for (size_t c = 0; status == SG_OK && c < table->column_count; c++) {
        if (c == reading->sides.key)
            continue;
        struct sg_join_field *field = add_field(reading, sg_text_table_cell(table, 0, c), "", c + 1);
        if (field == NULL)
            status = sg_fail_memory(reading->context);
        else
            status = add_values(reading, field, c);
        if (sg_context_interrupted(reading->context))
            status =
                sg_fail(reading->context, SG_INTERRUPTED, NULL, "interrupted while reading a joined table");
    }
    return status;
}

static enum sg_status read_fields(struct reading *reading) {
    size_t most = reading->sides.is_transposed ? reading->table->row_count : reading->table->column_count;
    if (most > 0 && reading->layer->area_count > MOST_VALUES / most)
        return sg_fail(reading->context, SG_BAD_INPUT, "leave columns out that are not needed",
                       "%s: %zu fields for %zu areas are too many to be joined", reading->table->path, most,
                       reading->layer->area_count);
    reading->join->fields = sg_alloc(most, sizeof *reading->join->fields);
    if (reading->join->fields == NULL)
        return sg_fail_memory(reading->context);
    return reading->sides.is_transposed ? read_rows(reading) : read_columns(reading);
}

static enum sg_status keep_names(struct reading *reading, const char *key) {
    const struct sg_join_sides *sides = &reading->sides;
    struct sg_join *join = reading->join;
    join->path = sg_strdup(reading->table->path);
    join->key =
        sg_strdup(key != NULL            ? key
                  : sides->is_transposed ? sg_text_table_cell(reading->table, sides->key, sides->label)
                                         : sg_text_table_cell(reading->table, 0, sides->key));
    join->key_is_recognised = key == NULL;
    join->is_transposed = sides->is_transposed;
    return join->path != NULL && join->key != NULL ? SG_OK : sg_fail_memory(reading->context);
}

enum sg_status sg_join_read(struct sg_context *context, const struct sg_source *source, const char *key,
                            const struct sg_area_keys *keys, const struct sg_area_layer *layer,
                            struct sg_join *ret_join) {
    struct sg_text_table table = {0};
    struct sg_join join = {0};
    struct reading reading = {
        .context = context, .table = &table, .keys = keys, .layer = layer, .join = &join};
    enum sg_status status = sg_text_table_read(context, source, &table);
    if (status == SG_OK)
        status = sg_join_sides_find(context, &table, keys, layer, key, &reading.sides);
    if (status == SG_OK)
        status = keep_names(&reading, key);
    if (status == SG_OK)
        status = match_lines(&reading);
    if (status == SG_OK && join.matched_count == 0)
        status = sg_join_fail_no_match(context, &join, layer);
    if (status == SG_OK)
        status = read_fields(&reading);
    if (status == SG_OK)
        status = sg_join_tell(context, &join, layer, reading.sides.sense);
    sg_free(reading.areas);
    sg_text_table_release(&table);
    if (status != SG_OK) {
        sg_join_release(&join);
        return status;
    }
    *ret_join = join;
    return SG_OK;
}
