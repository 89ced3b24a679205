#include "job/chart_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classify/centred_classes.h"
#include "core/alloc.h"
#include "core/numbers.h"
#include "core/text.h"
#include "draw/number_form.h"
#include "draw/wording.h"
#include "judge/chart_words.h"
#include "judge/phrasing.h"

static void release(struct sg_chart_parts *parts) {
    for (size_t i = 0; parts->names != NULL && i < parts->classes.class_count; i++)
        sg_free(parts->names[i]);
    sg_free(parts->names);
    sg_free(parts->chart_parts);
    sg_free(parts->rows);
    sg_free(parts->values);
    sg_free(parts->curves);
    sg_free(parts->points);
    sg_free(parts->title);
    sg_free(parts->reference_label);
    sg_free(parts->curve_name);
    sg_free(parts->how);
    sg_free(parts->x_title);
    sg_free(parts->y_title);
    sg_map_style_release(&parts->style);
    sg_theme_release(&parts->theme);
}

/* Classes and colours as the map of the same values has them. */
static enum sg_status classify(const struct sg_chart_source *source, const double *values, size_t count,
                               struct sg_chart_parts *parts) {
    const struct sg_map_request *request = source->request;
    const struct sg_map_variable *variable = &source->variables[0];
    bool is_free = !request->has_method && request->break_count == 0 && request->class_count == 0
                   && !request->has_centre;
    struct sg_break_request breaks = {.method = request->break_count > 0 ? SG_BREAKS_CUSTOM
                                                : request->has_method    ? request->method
                                                                         : SG_BREAKS_QUANTILE,
                                      .class_count = request->class_count > 0 ? request->class_count : 5,
                                      .custom_breaks = request->breaks,
                                      .custom_break_count = request->break_count,
                                      .zero_class = variable->has_zero_class};
    if (variable->has_cuts && is_free) {
        breaks.method = SG_BREAKS_CUSTOM;
        breaks.custom_breaks = variable->cuts;
        breaks.custom_break_count = 4;
    }
    enum sg_status status =
        request->has_centre
            ? sg_classify_about(source->context, values, count, request->centre, &breaks, &parts->classes)
            : sg_classify(source->context, values, count, &breaks, &parts->classes);
    if (status != SG_OK)
        return status;
    struct sg_map map;
    sg_map_init(&map);
    map.areas = source->areas;
    map.area_count = source->area_count;
    map.classification = &parts->classes;
    map.scheme = request->scheme;
    map.reverse_scheme = request->reverse;
    map.high_is_good = variable->low_is_worst;
    map.force_palette = request->force_palette;
    return sg_map_style_init(source->context, &map, &parts->theme, &parts->style);
}

static struct sg_colour colour_of(const struct sg_chart_parts *parts, int class) {
    struct sg_colour colour = parts->theme.colours.no_data;
    sg_map_style_fill(&parts->style, &parts->theme, class, &colour);
    return colour;
}

/* ---- bars and lollipops ---- */

struct ranked {
    const struct sg_map_area *area;
    size_t position;
};

static int worst_first(const void *a, const void *b) {
    const struct ranked *one = a, *two = b;
    double x = one->area->rank, y = two->area->rank;
    if (isnan(x) || isnan(y) || x == y) {
        if (isnan(x) != isnan(y))
            return isnan(x) ? 1 : -1;
        return one->position < two->position ? -1 : 1;
    }
    return x > y ? -1 : 1;
}

/* The median of the areas' values; NaN for none. False when out of memory. */
static bool find_median(const struct sg_chart_source *source, double *ret_median) {
    double *values = sg_alloc(source->area_count, sizeof *values);
    if (values == NULL)
        return false;
    for (size_t i = 0; i < source->area_count; i++)
        values[i] = source->areas[i].value;
    bool done = sg_median(values, source->area_count, ret_median);
    sg_free(values);
    return done;
}

/* "Median: −1.8", as finely as the rows' own numbers, or one figure more between two whole ones. */
static char *median_label(const struct sg_chart *chart, double largest) {
    struct sg_number_form form = sg_number_form_of_size(largest);
    if (isnan(chart->reference))
        return sg_strdup("");
    form.is_even = true;
    if (form.exponent == 0)
        form.decimals = chart->decimals == 0 && chart->reference != floor(chart->reference) && largest < 100
                            ? 1
                            : chart->decimals;
    struct sg_text number;
    sg_text_init(&number);
    sg_append_formed(&number, chart->reference, &form, chart->language);
    sg_append_power(&number, &form, chart->language);
    char *label = number.failed ? NULL : sg_median_label(chart->language, sg_text_bytes(&number));
    sg_text_release(&number);
    return label;
}

/* "Share with a service in reach (% of residents)"; the title alone where it has no unit. */
static enum sg_status set_x_title(const struct sg_chart_source *source, struct sg_chart_parts *parts) {
    const struct sg_map_variable *variable = &source->variables[0];
    parts->x_title = variable->unit == NULL || variable->unit[0] == '\0'
                         ? sg_strdup(variable->title)
                         : sg_format("%s (%s)", variable->title, variable->unit);
    parts->chart.x_title = parts->x_title;
    return parts->x_title == NULL ? sg_fail_memory(source->context) : SG_OK;
}

static enum sg_status prepare_bars(const struct sg_chart_source *source, struct sg_chart_parts *parts) {
    struct sg_chart *chart = &parts->chart;
    enum sg_status status = classify(source, source->variables[0].values, source->area_count, parts);
    if (status != SG_OK)
        return status;
    struct ranked *order = sg_alloc(source->area_count, sizeof *order);
    parts->rows = sg_alloc(source->area_count, sizeof *parts->rows);
    bool done = order != NULL && parts->rows != NULL && find_median(source, &chart->reference);
    for (size_t i = 0; done && i < source->area_count; i++)
        order[i] = (struct ranked){&source->areas[i], i};
    if (done && source->area_count > 1)
        qsort(order, source->area_count, sizeof *order, worst_first);
    bool is_whole = true;
    double largest = 0;
    for (size_t i = 0; done && i < source->area_count; i++) {
        const struct sg_map_area *area = order[i].area;
        parts->rows[i] = (struct sg_chart_row){area->name, &area->value, 1,
                                               colour_of(parts, parts->style.classes[order[i].position])};
        is_whole = is_whole && (isnan(area->value) || area->value == floor(area->value));
        largest = fmax(largest, fabs(area->value));
    }
    sg_free(order);
    chart->rows = parts->rows;
    chart->row_count = source->area_count;
    chart->decimals = is_whole || largest > 100 ? 0 : largest > 1 ? 1 : 2;
    parts->reference_label = done ? median_label(chart, largest) : NULL;
    chart->reference_label = parts->reference_label;
    return done && parts->reference_label != NULL ? set_x_title(source, parts)
                                                  : sg_fail_memory(source->context);
}

/* ---- dots and stacked shares of several columns ---- */

static struct sg_colour colour_of_type(const struct sg_chart_source *source,
                                       const struct sg_chart_parts *parts, size_t variable) {
    for (size_t t = 0; source->taxonomy != NULL && t < source->taxonomy->type_count; t++) {
        if (strcmp(sg_type_label(&source->taxonomy->types[t], source->job->language),
                   source->variables[variable].panel_title)
            == 0)
            return source->taxonomy->types[t].colour;
    }
    return parts->theme.colours.axis;
}

static enum sg_status prepare_dots(const struct sg_chart_source *source, struct sg_chart_parts *parts) {
    parts->rows = sg_alloc(source->variable_count, sizeof *parts->rows);
    if (parts->rows == NULL)
        return sg_fail_memory(source->context);
    for (size_t v = 0; v < source->variable_count; v++)
        parts->rows[v] = (struct sg_chart_row){source->variables[v].panel_title, source->variables[v].values,
                                               source->area_count, colour_of_type(source, parts, v)};
    parts->chart.rows = parts->rows;
    parts->chart.row_count = source->variable_count;
    return set_x_title(source, parts);
}

/* How many areas of each variable are in each class: zero (where it is one of its own) first, no data last.
 */
static void count_classes(const struct sg_chart_source *source, struct sg_chart_parts *parts,
                          size_t part_count) {
    bool has_zero = parts->classes.has_zero_class;
    for (size_t v = 0; v < source->variable_count; v++) {
        double *counts = &parts->values[v * part_count];
        for (size_t i = 0; i < source->area_count; i++) {
            int class = sg_class_of(&parts->classes, source->variables[v].values[i]);
            if (class == SG_CLASS_MISSING)
                counts[part_count - 1]++;
            else
                counts[class == SG_CLASS_ZERO ? 0 : class + has_zero]++;
        }
        parts->rows[v] =
            (struct sg_chart_row){source->variables[v].panel_title, counts, part_count, {0, 0, 0}};
    }
}

static bool name_parts(const struct sg_chart_source *source, struct sg_chart_parts *parts,
                       size_t part_count) {
    enum sg_language language = source->job->language;
    bool has_zero = parts->classes.has_zero_class, done = true;
    if (has_zero)
        parts->chart_parts[0] =
            (struct sg_chart_part){source->variables[0].zero_label, parts->theme.colours.zero};
    for (size_t c = 0; c < parts->classes.class_count; c++) {
        struct sg_text text;
        sg_text_init(&text);
        sg_append_class_range(&text, &parts->classes, c, false, "", language);
        parts->names[c] = sg_text_take(&text);
        done = done && parts->names[c] != NULL;
        parts->chart_parts[c + has_zero] = (struct sg_chart_part){parts->names[c], colour_of(parts, (int)c)};
    }
    parts->chart_parts[part_count - 1] =
        (struct sg_chart_part){sg_word(SG_WORD_NO_DATA, language), parts->theme.colours.no_data};
    return done;
}

static enum sg_status prepare_stacks(const struct sg_chart_source *source, struct sg_chart_parts *parts) {
    size_t areas = source->area_count;
    double *pool = sg_alloc(areas * source->variable_count, sizeof *pool);
    if (pool == NULL)
        return sg_fail_memory(source->context);
    for (size_t v = 0; v < source->variable_count; v++)
        memcpy(pool + v * areas, source->variables[v].values, areas * sizeof *pool);
    enum sg_status status = classify(source, pool, areas * source->variable_count, parts);
    sg_free(pool);
    if (status != SG_OK)
        return status;
    size_t part_count = parts->classes.class_count + parts->classes.has_zero_class + 1;
    parts->values = sg_alloc(source->variable_count * part_count, sizeof *parts->values);
    parts->rows = sg_alloc(source->variable_count, sizeof *parts->rows);
    parts->chart_parts = sg_alloc(part_count, sizeof *parts->chart_parts);
    parts->names = sg_alloc(parts->classes.class_count, sizeof *parts->names);
    if (parts->values == NULL || parts->rows == NULL || parts->chart_parts == NULL || parts->names == NULL
        || !name_parts(source, parts, part_count))
        return sg_fail_memory(source->context);
    count_classes(source, parts, part_count);
    parts->chart.rows = parts->rows;
    parts->chart.row_count = source->variable_count;
    parts->chart.parts = parts->chart_parts;
    parts->chart.part_count = parts->classes.missing_count > 0 ? part_count : part_count - 1;
    parts->chart.x_title =
        source->noun == SG_NOUN_NEIGHBOURHOODS
            ? sg_pick(source->job->language, "Share of the neighbourhoods", "Part des quartiers")
            : sg_pick(source->job->language, "Share of the areas", "Part des secteurs");
    parts->chart.unit = "%";
    return SG_OK;
}

/* ---- all ---- */

/* "Share of the people within each distance, along streets, of the nearest service." */
static char *how_to_read_curves(const struct sg_measures *measures, enum sg_language language) {
    enum sg_way way = measures == NULL ? SG_WAY_STRAIGHT : measures->way;
    enum sg_whom whom = measures == NULL ? SG_WHOM_PEOPLE : sg_whom_of_city(measures);
    const char *of_all = sg_whom_words(whom, SG_WHOM_OF_ALL, language);
    static const char *const texts[][2] = {
        [SG_WAY_STRAIGHT] =
            {"Share %s within each distance, in a straight line, of the nearest service.",
             "Part %s à moins de chaque distance, à vol d'oiseau, du service le plus proche."},
        [SG_WAY_STREETS] = {"Share %s within each distance, along streets, of the nearest service.",
                            "Part %s à moins de chaque distance, par les rues, du service le plus proche."},
        [SG_WAY_TABLE] = {"Share %s whose nearest service costs at most so much to travel to.",
                          "Part %s dont le service le plus proche coûte au plus tant de trajet."}};
    return sg_format(texts[way][language == SG_FRENCH], of_all);
}

/* How to read a chart of dots, shares or curves; "" for the others, whose subtitle is their column's. Free
   with sg_free(); NULL when out of memory. */
static char *how_to_read(const struct sg_chart_source *source, enum sg_chart_kind kind) {
    enum sg_language language = source->job->language;
    bool is_city = source->noun == SG_NOUN_NEIGHBOURHOODS;
    switch (kind) {
    case SG_CHART_DOTS:
        return sg_strdup(
            is_city ? sg_pick(language, "Each dot is a neighbourhood; the upright line is their median.",
                              "Chaque point est un quartier; le trait vertical est leur médiane.")
                    : sg_pick(language, "Each dot is an area; the upright line is their median.",
                              "Chaque point est un secteur; le trait vertical est leur médiane."));
    case SG_CHART_STACKED:
        return sg_format(sg_pick(language, "Share of the %s in each class, by type of service.",
                                 "Part des %s dans chaque classe, selon le type de service."),
                         sg_area_noun_text(language, source->noun));
    case SG_CHART_CURVES:
        return how_to_read_curves(source->measures, language);
    default:
        return sg_strdup("");
    }
}

static enum sg_status prepare(const struct sg_chart_source *source, struct sg_chart_parts *parts) {
    switch (parts->chart.kind) {
    case SG_CHART_BARS:
    case SG_CHART_LOLLIPOPS:
        return prepare_bars(source, parts);
    case SG_CHART_DOTS:
        return prepare_dots(source, parts);
    case SG_CHART_STACKED:
        return prepare_stacks(source, parts);
    case SG_CHART_LORENZ:
        return sg_chart_prepare_lorenz(source, parts);
    case SG_CHART_CURVES:
        return sg_chart_prepare_curves(source, parts);
    }
    return SG_OK;
}

enum sg_status sg_chart_draw(const struct sg_chart_source *source, const char *path) {
    const struct sg_map_request *request = source->request;
    struct sg_chart_parts parts = {0};
    struct sg_chart *chart = &parts.chart;
    sg_chart_init(chart);
    chart->kind = request->chart;
    chart->language = source->job->language;
    chart->theme = request->theme;
    chart->paper = request->paper;
    chart->portrait = request->portrait;
    chart->source = request->source;
    chart->credit = request->credit;
    chart->note = source->note;
    chart->method = source->method;
    chart->created = source->created;
    if (request->dpi > 0)
        chart->dpi = request->dpi;
    enum sg_status status =
        sg_theme_read(source->context, request->theme != NULL ? request->theme : "council", &parts.theme);
    if (status == SG_OK)
        status = prepare(source, &parts);
    chart->title = request->title != NULL ? request->title
                   : parts.title != NULL  ? parts.title
                                          : source->title;
    parts.how = how_to_read(source, chart->kind);
    if (parts.how == NULL && status == SG_OK)
        status = sg_fail_memory(source->context);
    bool has_how = parts.how != NULL && parts.how[0] != '\0';
    chart->subtitle = request->subtitle != NULL ? request->subtitle : has_how ? parts.how : source->subtitle;
    size_t left_out = 0;
    if (status == SG_OK)
        status = sg_chart_write(source->context, chart, path, &left_out);
    if (status == SG_OK && left_out > 0)
        sg_warn(source->context, "use larger paper (--paper tabloid), or a table",
                "%s: %zu of %zu rows %s no room on the page", request->output, left_out, chart->row_count,
                sg_plural(left_out, "has", "have"));
    release(&parts);
    return status;
}
