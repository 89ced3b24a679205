#include "job/styles.h"

#include <math.h>
#include <string.h>

#include "classify/centred_classes.h"
#include "core/alloc.h"
#include "core/text.h"
#include "draw/map_style.h"
#include "draw/wording.h"
#include "job/map_parts.h"
#include "judge/map_words.h"
#include "read/theme_reader.h"

void sg_styles_free(struct sg_layer_style *styles, size_t count) {
    for (size_t i = 0; i < count; i++)
        sg_layer_style_release(&styles[i]);
    sg_free(styles);
}

enum sg_status sg_column_classify(struct sg_context *context, const struct sg_map_request *request,
                                  const struct sg_column *column, size_t row_count, const double cuts[4],
                                  struct sg_classification *ret_classes) {
    struct sg_break_request breaks = {.method = request->has_method ? request->method : SG_BREAKS_QUANTILE,
                                      .class_count = request->class_count > 0 ? request->class_count : 5,
                                      .custom_breaks = request->breaks,
                                      .custom_break_count = request->break_count,
                                      .zero_class = sg_map_has_zero_class(column)};
    if (request->break_count > 0)
        breaks.method = SG_BREAKS_CUSTOM;
    if (!request->has_method && request->break_count == 0 && request->class_count == 0 && !request->has_centre
        && strcmp(column->name, "gap_index") == 0) {
        breaks.method = SG_BREAKS_CUSTOM; /* the gap's own classes */
        breaks.custom_breaks = cuts;
        breaks.custom_break_count = 4;
    }
    if (request->has_centre)
        return sg_classify_about(context, column->numbers, row_count, request->centre, &breaks, ret_classes);
    return sg_classify(context, column->numbers, row_count, &breaks, ret_classes);
}

static bool is_whole(const struct sg_column *column, size_t rows) {
    for (size_t row = 0; row < rows; row++) {
        if (isfinite(column->numbers[row]) && column->numbers[row] != floor(column->numbers[row]))
            return false;
    }
    return true;
}

/* Classes with the palette's colours and the legend's words. */
static bool fill_classes(const struct sg_run *run, const struct sg_column *column,
                         const struct sg_classification *classes, const struct sg_map_style *colours,
                         struct sg_layer_style *style) {
    style->classes = sg_alloc(classes->class_count, sizeof *style->classes);
    if (style->classes == NULL)
        return false;
    bool whole = is_whole(column, run->table.row_count);
    for (size_t i = 0; i < classes->class_count; i++) {
        struct sg_text label;
        sg_text_init(&label);
        sg_append_class_range(&label, classes, i, whole, "", run->job->language);
        style->classes[i] =
            (struct sg_style_class){.lower = i == 0 ? NAN : classes->breaks[i - 1],
                                    .upper = i + 1 == classes->class_count ? NAN : classes->breaks[i],
                                    .colour = colours->palette.colours[i],
                                    .label = sg_text_take(&label)};
        style->class_count++;
        if (style->classes[i].label == NULL)
            return false;
    }
    return true;
}

static enum sg_status make_style(struct sg_run *run, const struct sg_map_request *request,
                                 const struct sg_column *column, struct sg_layer_style *style) {
    struct sg_classification classes;
    enum sg_status status = sg_column_classify(run->context, request, column, run->table.row_count,
                                               run->job->judge.cuts, &classes);
    if (status != SG_OK)
        return status;
    struct sg_map map;
    sg_map_init(&map);
    sg_map_apply_request(request, run->job, &map);
    map.classification = &classes;
    map.high_is_good = sg_map_low_is_worst(column);
    map.force_palette = request->force_palette || request->has_chart; /* some charts show no classes */
    struct sg_theme theme;
    status = sg_theme_read(run->context, map.theme == NULL ? "council" : map.theme, &theme);
    if (status != SG_OK)
        return status;
    struct sg_map_style colours;
    status = sg_map_style_init(run->context, &map, &theme, &colours);
    if (status == SG_OK) {
        style->name = sg_strdup(column->name);
        style->field = sg_strdup(column->name);
        style->has_zero_class = classes.has_zero_class;
        style->zero = theme.colours.zero;
        style->no_data = theme.colours.no_data;
        style->zero_label =
            sg_strdup(sg_map_zero_label(column, sg_whom_of(&run->measures), run->job->language));
        style->no_data_label = sg_strdup(sg_word(SG_WORD_NO_DATA, run->job->language));
        bool done = fill_classes(run, column, &classes, &colours, style) && style->name != NULL
                    && style->field != NULL && style->zero_label != NULL && style->no_data_label != NULL;
        if (!done)
            status = sg_fail_memory(run->context);
        sg_map_style_release(&colours);
    }
    sg_theme_release(&theme);
    return status;
}

static bool has_style(const struct sg_layer_style *styles, size_t count, const char *field) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(styles[i].field, field) == 0)
            return true;
    }
    return false;
}

/* The first measure that has a value anywhere: what a layer without a gap index and without maps shows. */
static const struct sg_column *first_measure(const struct sg_table *table) {
    for (size_t c = 0; c < table->column_count; c++) {
        const struct sg_column *column = &table->columns[c];
        for (size_t row = 0; column->measure != NULL && row < table->row_count; row++) {
            if (isfinite(column->numbers[row]))
                return column;
        }
    }
    return NULL;
}

enum sg_status sg_run_styles(struct sg_run *run, struct sg_layer_style **ret_styles, size_t *ret_count) {
    struct sg_layer_style *styles = sg_alloc(run->job->map_count + 1, sizeof *styles);
    if (styles == NULL)
        return sg_fail_memory(run->context);
    size_t count = 0;
    enum sg_status status = SG_OK;
    struct sg_map_request gap = {.field = "gap_index"};
    for (size_t i = 0; status == SG_OK && i <= run->job->map_count; i++) {
        const struct sg_map_request *request = i == 0 ? &gap : &run->job->maps[i - 1];
        if (request->kind != SG_MAP_CHOROPLETH)
            continue; /* QGIS gets the maps of classes */
        const struct sg_column *column = sg_table_find(&run->table, request->field);
        if (column == NULL || column->kind == SG_COLUMN_TEXT || has_style(styles, count, column->name))
            continue;
        status = make_style(run, request, column, &styles[count++]);
        if (status != SG_OK && status != SG_NO_MEMORY && i > 0)
            sg_fail_in(run->context, "map '%s'", request->output);
    }
    const struct sg_column *first = count == 0 ? first_measure(&run->table) : NULL;
    if (status == SG_OK && first != NULL) {
        struct sg_map_request request = {.field = first->name};
        status = make_style(run, &request, first, &styles[count++]);
    }
    if (status != SG_OK) {
        sg_styles_free(styles, count);
        return status;
    }
    *ret_styles = styles;
    *ret_count = count;
    return SG_OK;
}
