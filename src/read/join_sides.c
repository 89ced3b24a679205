#include "read/join_sides.h"

#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/text.h"
#include "read/number_text.h"

struct search {
    struct sg_context *context;
    const struct sg_text_table *table;
    const struct sg_area_keys *keys;
    const struct sg_area_layer *layer;
};

static bool is_blank(const char *text) {
    return text[strspn(text, " \t")] == '\0';
}

bool sg_join_column_is_numbers(const struct sg_text_table *table, size_t column) {
    size_t numbers = 0, words = 0;
    for (size_t row = 1; row < table->row_count; row++) {
        const char *text = sg_text_table_cell(table, row, column);
        double number;
        if (!is_blank(text))
            *(sg_number_from_text(text, &number) == SG_NUMBER_BAD ? &words : &numbers) += 1;
    }
    return numbers > words;
}

/* A line of keys: of a row of the table, or of a column without its heading. */
struct line {
    const struct sg_text_table *table;
    bool is_row;
    size_t place;
};

static const char *key_at(const void *user, size_t i) {
    const struct line *line = user;
    return line->is_row ? sg_text_table_cell(line->table, line->place, i)
                        : sg_text_table_cell(line->table, i + 1, line->place);
}

static enum sg_status find_sense(const struct search *search, bool is_row, size_t place, size_t label,
                                 enum sg_key_sense *ret_sense) {
    const struct sg_text_table *table = search->table;
    struct line line = {table, is_row, place};
    const char *heading =
        is_row ? sg_text_table_cell(table, place, label) : sg_text_table_cell(table, 0, place);
    return sg_area_keys_sense(search->keys, heading, key_at, &line,
                              is_row ? table->column_count : table->row_count - 1, ret_sense)
               ? SG_OK
               : sg_fail_memory(search->context);
}

/* How many different areas the headings, or the cells of a column, name. */
static enum sg_status count_areas(const struct search *search, bool in_headings, size_t column,
                                  size_t *ret_count) {
    const struct sg_text_table *table = search->table;
    size_t count = in_headings ? table->column_count : table->row_count;
    enum sg_key_sense sense;
    if (find_sense(search, in_headings, in_headings ? 0 : column, 0, &sense) != SG_OK)
        return SG_NO_MEMORY;
    bool *is_seen = sg_alloc(search->layer->area_count, sizeof *is_seen);
    if (is_seen == NULL)
        return sg_fail_memory(search->context);
    size_t found = 0;
    enum sg_status status = SG_OK;
    for (size_t i = in_headings ? 0 : 1; status == SG_OK && i < count; i++) {
        const char *text =
            in_headings ? sg_text_table_cell(table, 0, i) : sg_text_table_cell(table, i, column);
        uint32_t area;
        enum sg_key_match match =
            is_blank(text) ? SG_KEY_NONE : sg_area_keys_find(search->keys, sense, text, &area);
        if (match == SG_KEY_NO_MEMORY)
            status = sg_fail_memory(search->context);
        else if (match != SG_KEY_NONE && match != SG_KEY_IGNORED && !is_seen[area]) {
            is_seen[area] = true;
            found++;
        }
    }
    sg_free(is_seen);
    *ret_count = found;
    return status;
}

/* The column of that heading, and the first row (of one of the columns of words) of that label. Neither:
   SIZE_MAX. */
static enum sg_status find_key(const struct search *search, const char *key, size_t *ret_column,
                               size_t *ret_row, size_t *ret_label) {
    const struct sg_text_table *table = search->table;
    int answer = 0;
    *ret_column = *ret_row = *ret_label = SIZE_MAX;
    for (size_t c = 0; answer == 0 && c < table->column_count; c++) {
        answer = sg_text_says_same(sg_text_table_cell(table, 0, c), key);
        if (answer == 1)
            *ret_column = c;
    }
    for (size_t c = 0; answer == 0 && c < table->column_count; c++) {
        if (sg_join_column_is_numbers(table, c))
            continue;
        for (size_t row = 1; answer == 0 && row < table->row_count; row++) {
            answer = sg_text_says_same(sg_text_table_cell(table, row, c), key);
            if (answer == 1) {
                *ret_row = row;
                *ret_label = c;
            }
        }
    }
    return answer < 0 ? sg_fail_memory(search->context) : SG_OK;
}

/* The column of words with most different ones before the first column whose heading is an area. */
static enum sg_status find_label(const struct search *search, size_t *ret_label) {
    const struct sg_text_table *table = search->table;
    size_t most = 0;
    *ret_label = 0;
    enum sg_status status = SG_OK;
    for (size_t c = 0; status == SG_OK && c < table->column_count; c++) {
        uint32_t area;
        enum sg_key_match match =
            sg_area_keys_find(search->keys, SG_KEYS_EITHER, sg_text_table_cell(table, 0, c), &area);
        if (match == SG_KEY_NO_MEMORY)
            status = sg_fail_memory(search->context);
        if (match != SG_KEY_NONE)
            break;
        if (sg_join_column_is_numbers(table, c))
            continue;
        struct sg_name_index *words = sg_name_index_new();
        bool done = words != NULL;
        for (size_t row = 1; done && row < table->row_count; row++) {
            const char *text = sg_text_table_cell(table, row, c);
            done = sg_name_index_add(words, text, strlen(text), NULL) != SG_NO_INDEX;
        }
        size_t count = done ? sg_name_index_count(words) : 0;
        sg_name_index_free(words);
        if (!done)
            status = sg_fail_memory(search->context);
        if (count > most) {
            most = count;
            *ret_label = c;
        }
    }
    return status;
}

static bool has_sheets(const char *path) {
    return sg_text_ends_fold(path, ".xlsx") || sg_text_ends_fold(path, ".ods")
           || sg_text_ends_fold(path, ".xls");
}

static enum sg_status fail_no_key(const struct search *search, const char *key) {
    const struct sg_text_table *table = search->table;
    const char **names = sg_alloc(table->column_count, sizeof *names);
    struct sg_text list, hint;
    sg_text_init(&list);
    sg_text_init(&hint);
    for (size_t c = 0; names != NULL && c < table->column_count; c++) {
        names[c] = sg_text_table_cell(table, 0, c);
        if (c < 12)
            sg_text_append_format(&list, "%s'%.60s'", c == 0 ? "" : ", ", names[c]);
    }
    const char *nearest =
        key == NULL || names == NULL ? NULL : sg_nearest_name(key, names, table->column_count);
    if (nearest != NULL)
        sg_text_append_format(&hint, "did you mean '%s'?", nearest);
    else
        sg_text_append_format(&hint,
                              "name the column (or row) that holds the areas' ids or names with --join-key%s",
                              has_sheets(table->path) ? ", or the sheet with --join-layer" : "");
    enum sg_status status = SG_NO_MEMORY;
    if (names == NULL || list.failed || hint.failed)
        sg_fail_memory(search->context);
    else if (key != NULL)
        status = sg_fail(search->context, SG_BAD_INPUT, sg_text_bytes(&hint),
                         "%s: no column and no row '%s' (--join-key); its columns are %s%s", table->path, key,
                         sg_text_bytes(&list), table->column_count > 12 ? " ..." : "");
    else
        status = sg_fail(search->context, SG_BAD_INPUT, sg_text_bytes(&hint),
                         "%s: no column and no row of headings names any of the areas; its columns are %s%s",
                         table->path, sg_text_bytes(&list), table->column_count > 12 ? " ..." : "");
    sg_free(names);
    sg_text_release(&list);
    sg_text_release(&hint);
    return status;
}

/* ---- recognising ---- */

/* Whole numbers that go up by one from row to row, from 0 or 1 on: they count the rows. */
static bool is_counter(const struct sg_text_table *table, size_t column) {
    double first = 0;
    for (size_t row = 1; row < table->row_count; row++) {
        double number;
        if (sg_number_from_text(sg_text_table_cell(table, row, column), &number) != SG_NUMBER_READ)
            return false;
        if (row == 1)
            first = number;
        if (number != first + (double)(row - 1))
            return false;
    }
    return first == 0 || first == 1;
}

/* Does the column bear the name of the areas' id field? -1: out of memory. */
static int is_id_field(const struct search *search, size_t column) {
    const char *id_field = search->layer->id_field;
    return id_field == NULL ? 0 : sg_text_says_same(sg_text_table_cell(search->table, 0, column), id_field);
}

struct candidate {
    size_t column, count; /* of areas that it names */
};

/* How many areas the column may be taken to name: none where it more likely holds something else. */
static enum sg_status rate(const struct search *search, size_t column, bool is_numbers, size_t *ret_count) {
    const struct sg_text_table *table = search->table;
    *ret_count = 0;
    if (is_numbers && is_counter(table, column)) {
        int is_id = is_id_field(search, column);
        if (is_id < 0)
            return sg_fail_memory(search->context);
        if (is_id == 0)
            return SG_OK;
    }
    size_t count = 0;
    enum sg_status status = count_areas(search, false, column, &count);
    /* a few numbers among many are ids by chance */
    bool is_likely =
        !is_numbers || 2 * count >= search->layer->area_count || 2 * count >= table->row_count - 1;
    if (status == SG_OK && is_likely)
        *ret_count = count;
    return status;
}

/* Do two columns mean the same area in every row where both mean one? */
static enum sg_status agree(const struct search *search, size_t one, size_t other, bool *ret_agree) {
    enum sg_key_sense senses[2];
    *ret_agree = true;
    if (find_sense(search, false, one, 0, &senses[0]) != SG_OK
        || find_sense(search, false, other, 0, &senses[1]) != SG_OK)
        return SG_NO_MEMORY;
    for (size_t row = 1; *ret_agree && row < search->table->row_count; row++) {
        uint32_t areas[2] = {0};
        enum sg_key_match matches[2];
        for (int i = 0; i < 2; i++)
            matches[i] =
                sg_area_keys_find(search->keys, senses[i],
                                  sg_text_table_cell(search->table, row, i == 0 ? one : other), &areas[i]);
        if (matches[0] == SG_KEY_NO_MEMORY || matches[1] == SG_KEY_NO_MEMORY)
            return sg_fail_memory(search->context);
        bool both = matches[0] != SG_KEY_NONE && matches[0] != SG_KEY_IGNORED && matches[1] != SG_KEY_NONE
                    && matches[1] != SG_KEY_IGNORED;
        *ret_agree = !both || areas[0] == areas[1];
    }
    return SG_OK;
}

/* The column that names most areas: of words where one names half of them and ids do not say the same of
   more, else of any kind. */
static enum sg_status find_column(const struct search *search, struct candidate *ret_best) {
    const struct sg_text_table *table = search->table;
    struct candidate words = {0}, numbers = {0};
    size_t rival = SIZE_MAX; /* a column of numbers that names other areas than the one before */
    enum sg_status status = SG_OK;
    for (size_t c = 0; status == SG_OK && c < table->column_count; c++) {
        size_t count = 0;
        bool is_numbers = sg_join_column_is_numbers(table, c), agrees = true;
        status = rate(search, c, is_numbers, &count);
        if (status == SG_OK && is_numbers && count > 0 && numbers.count > 0)
            status = agree(search, numbers.column, c, &agrees);
        if (!agrees && rival == SIZE_MAX)
            rival = c;
        struct candidate *best = is_numbers ? &numbers : &words;
        if (agrees && count > best->count)
            *best = (struct candidate){c, count};
    }
    bool is_words = 2 * words.count >= search->layer->area_count || words.count >= numbers.count;
    if (status == SG_OK && is_words && words.count > 0 && numbers.count > words.count) {
        bool agrees = false; /* names that several areas have match none; their ids do */
        status = agree(search, words.column, numbers.column, &agrees);
        is_words = !agrees;
    }
    *ret_best = is_words ? words : numbers;
    if (status != SG_OK || is_words || rival == SIZE_MAX)
        return status;
    return sg_fail(search->context, SG_BAD_INPUT, "say which one with --join-key",
                   "%s: '%.60s' and '%.60s' both look like the areas' ids, and name different areas",
                   table->path, sg_text_table_cell(table, 0, numbers.column),
                   sg_text_table_cell(table, 0, rival));
}

/* Nothing is named: the headings, or the column that names most areas. */
static enum sg_status recognise(const struct search *search, struct sg_join_sides *sides) {
    size_t in_headings = 0;
    enum sg_status status = count_areas(search, true, 0, &in_headings);
    struct candidate column = {0};
    if (status == SG_OK && 2 * in_headings < search->layer->area_count)
        status = find_column(search, &column);
    if (status == SG_OK && in_headings == 0 && column.count == 0)
        status = fail_no_key(search, NULL);
    bool is_transposed = column.count <= in_headings;
    *sides = (struct sg_join_sides){.is_transposed = is_transposed, .key = is_transposed ? 0 : column.column};
    if (status == SG_OK && sides->is_transposed)
        status = find_label(search, &sides->label);
    return status;
}

enum sg_status sg_join_sides_find(struct sg_context *context, const struct sg_text_table *table,
                                  const struct sg_area_keys *keys, const struct sg_area_layer *layer,
                                  const char *key, struct sg_join_sides *ret_sides) {
    struct search search = {context, table, keys, layer};
    struct sg_join_sides sides = {0};
    enum sg_status status = SG_OK;
    if (key == NULL) {
        status = recognise(&search, &sides);
    } else {
        size_t column, row, label;
        status = find_key(&search, key, &column, &row, &label);
        if (status == SG_OK && column == SIZE_MAX && row == SIZE_MAX)
            status = fail_no_key(&search, key);
        else if (status == SG_OK && column == SIZE_MAX)
            sides = (struct sg_join_sides){.is_transposed = true, .key = row, .label = label};
        else if (status == SG_OK) {
            size_t in_column = 0, in_headings = 0;
            status = count_areas(&search, false, column, &in_column);
            if (status == SG_OK)
                status = count_areas(&search, true, 0, &in_headings);
            bool is_transposed = in_headings > in_column;
            sides = (struct sg_join_sides){
                .is_transposed = is_transposed, .key = is_transposed ? 0 : column, .label = column};
        }
    }
    if (status == SG_OK)
        status = find_sense(&search, sides.is_transposed, sides.key, sides.label, &sides.sense);
    if (status == SG_OK)
        *ret_sides = sides;
    return status;
}
