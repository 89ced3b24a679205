#include "draw/chart.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/charting.h"
#include "draw/drawing.h"
#include "draw/output.h"

static const char *const kind_names[SG_CHART_KIND_COUNT] = {"bars",    "lollipops", "dotplot",
                                                            "stacked", "lorenz",    "curves"};

const char *sg_chart_kind_name(enum sg_chart_kind kind) {
    return kind_names[kind];
}

bool sg_chart_kind_from_name(const char *name, enum sg_chart_kind *ret_kind) {
    for (int k = 0; k < SG_CHART_KIND_COUNT; k++) {
        if (strcmp(kind_names[k], name) == 0) {
            *ret_kind = (enum sg_chart_kind)k;
            return true;
        }
    }
    return false;
}

void sg_chart_init(struct sg_chart *chart) {
    *chart = (struct sg_chart){.language = SG_ENGLISH, .dpi = 200, .reference = NAN};
}

/* Draws a wrapped paragraph over the page's width, or only measures it; its height. */
static double paragraph(struct sg_charting *charting, const char *words, struct sg_text_style style, double y,
                        bool is_dry) {
    if (words == NULL || words[0] == '\0')
        return 0;
    char *text = sg_text_clean_paragraph(words);
    charting->out_of_memory = charting->out_of_memory || text == NULL;
    if (text == NULL)
        return 0;
    double margin = charting->theme.spacing.margin;
    style.width_pt = charting->page.width_pt - 2 * margin;
    double height = sg_lettering_measure(charting->lettering, text, &style).height;
    if (!is_dry) {
        if (style.size_pt > charting->theme.sizes.subtitle)
            sg_lettering_break_after_colon(charting->lettering, text, &style);
        if (style.size_pt > charting->theme.sizes.credit)
            style.width_pt = sg_lettering_even_width(charting->lettering, text, &style);
        sg_lettering_draw(charting->lettering, charting->cairo, text, &style, margin, y);
    }
    sg_free(text);
    return height;
}

/* The title block; where it ends. */
static double draw_head(struct sg_charting *charting) {
    const struct sg_theme *theme = &charting->theme;
    struct sg_text_style title = sg_style_of(theme->sizes.title, theme->weights.title, theme->colours.text);
    for (int step = 0; step < 5; step++) { /* a finding is two lines at most, set smaller if need be */
        if (paragraph(charting, charting->chart->title, title, 0, true) <= 2.6 * title.size_pt)
            break;
        title.size_pt *= 0.93;
    }
    double y = theme->spacing.margin;
    y += paragraph(charting, charting->chart->title, title, y, false);
    y += theme->sizes.subtitle * 0.25;
    y += paragraph(charting, charting->chart->subtitle,
                   sg_style_of(theme->sizes.subtitle, theme->weights.subtitle, theme->colours.quiet_text), y,
                   false);
    return y + theme->spacing.gap;
}

/* Note, sources and method at the foot; their height. */
static double draw_foot(struct sg_charting *charting, double y, bool is_dry) {
    const struct sg_chart *chart = charting->chart;
    const struct sg_theme *theme = &charting->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.credit, theme->weights.credit, theme->colours.quiet_text);
    style.leading = 1.28;
    const struct {
        enum sg_word label;
        const char *words;
    } lines[] = {
        {SG_WORD_NOTE, chart->note}, {SG_WORD_SOURCES, chart->source}, {SG_WORD_METHOD, chart->method}};
    double height = 0;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        bool has_credit = lines[i].label == SG_WORD_SOURCES && chart->credit != NULL;
        if ((lines[i].words == NULL || lines[i].words[0] == '\0') && !has_credit)
            continue;
        struct sg_text text;
        sg_text_init(&text);
        if (lines[i].words != NULL && lines[i].words[0] != '\0')
            sg_text_append_format(&text, "%s%s", sg_word(lines[i].label, chart->language), lines[i].words);
        if (has_credit)
            sg_text_append_format(&text, "%s%s",
                                  text.length == 0                     ? ""
                                  : text.bytes[text.length - 1] == '.' ? " "
                                                                       : ". ",
                                  chart->credit);
        charting->out_of_memory = charting->out_of_memory || text.failed;
        height += paragraph(charting, sg_text_bytes(&text), style, y + height, is_dry);
        sg_text_release(&text);
    }
    return height;
}

/* The names of the parts of stacked rows, in lines over the plot; their height. */
static double draw_parts(struct sg_charting *charting, const struct sg_rectangle *plot) {
    const struct sg_chart *chart = charting->chart;
    const struct sg_theme *theme = &charting->theme;
    const struct sg_spacing *space = &theme->spacing;
    struct sg_text_style style =
        sg_style_of(theme->sizes.legend_text, theme->weights.legend_text, theme->colours.text);
    double line = fmax(space->swatch_height, style.size_pt * 1.3) + space->row_gap;
    double x = plot->x, y = plot->y;
    for (size_t i = 0; i < chart->part_count; i++) {
        double width = space->swatch_width + style.size_pt * 0.5
                       + sg_lettering_measure(charting->lettering, chart->parts[i].name, &style).width;
        if (x > plot->x && x + width > plot->x + plot->width) {
            x = plot->x;
            y += line;
        }
        const struct sg_rectangle swatch = {x, y, space->swatch_width, space->swatch_height};
        sg_chart_fill_part(charting, i, &swatch);
        cairo_rectangle(charting->cairo, x, y, space->swatch_width, space->swatch_height);
        sg_set_colour(charting->cairo, theme->colours.swatch_border);
        cairo_set_line_width(charting->cairo, theme->lines.swatch);
        cairo_stroke(charting->cairo);
        sg_chart_text(charting, chart->parts[i].name, &style, x + space->swatch_width + style.size_pt * 0.5,
                      y + space->swatch_height / 2 - style.size_pt * 0.64, 0);
        x += width + space->gap * 1.5;
    }
    return chart->part_count == 0 ? 0 : y + line - plot->y + space->row_gap;
}

/* "the first 54 of 158", at the right of the line over the rows, whose title is so wide. */
static void say_left_out(struct sg_charting *charting, const struct sg_rectangle *line, double title_width) {
    const struct sg_chart *chart = charting->chart;
    struct sg_text_style style = sg_style_of(charting->theme.sizes.key, charting->theme.weights.legend_text,
                                             charting->theme.colours.quiet_text);
    struct sg_text shown, all;
    sg_text_init(&shown);
    sg_text_init(&all);
    sg_append_number(&shown, (double)(chart->row_count - charting->left_out), 0, chart->language);
    sg_append_number(&all, (double)chart->row_count, 0, chart->language);
    char *text =
        sg_format(sg_word(SG_WORD_FIRST_ROWS, chart->language), sg_text_bytes(&shown), sg_text_bytes(&all));
    charting->out_of_memory = charting->out_of_memory || shown.failed || all.failed || text == NULL;
    style.align = SG_ALIGN_RIGHT;
    if (text != NULL)
        sg_chart_text(charting, text, &style, line->x + line->width, line->y,
                      line->width - title_width - style.size_pt);
    sg_free(text);
    sg_text_release(&shown);
    sg_text_release(&all);
}

static void draw_body(struct sg_charting *charting, struct sg_rectangle *plot) {
    const struct sg_chart *chart = charting->chart;
    if (chart->kind == SG_CHART_LORENZ || chart->kind == SG_CHART_CURVES) {
        sg_chart_draw_curves(charting, plot);
        return;
    }
    double parts = draw_parts(charting, plot);
    plot->y += parts;
    plot->height -= parts;
    const struct sg_rectangle line = *plot;
    double title_width = 0;
    char *title = chart->x_title == NULL ? NULL : sg_chart_x_title(charting);
    if (title != NULL) {
        struct sg_text_style style = sg_style_of(
            charting->theme.sizes.key, charting->theme.weights.legend_title, charting->theme.colours.text);
        title_width = sg_lettering_measure(charting->lettering, title, &style).width;
        sg_chart_text(charting, title, &style, plot->x, plot->y, plot->width);
        plot->y += style.size_pt * 1.7;
        plot->height -= style.size_pt * 1.7;
    }
    sg_free(title);
    sg_chart_draw_rows(charting, plot);
    if (charting->left_out > 0 && chart->x_title != NULL)
        say_left_out(charting, &line, title_width);
}

static enum sg_status draw_page(struct sg_charting *charting) {
    const struct sg_spacing *space = &charting->theme.spacing;
    sg_set_colour(charting->cairo, charting->theme.colours.paper);
    cairo_paint(charting->cairo);
    double top = draw_head(charting), foot = draw_foot(charting, 0, true);
    double bottom = charting->page.height_pt - space->margin - foot - space->gap * 0.6;
    struct sg_rectangle plot = {space->margin, top, charting->page.width_pt - 2 * space->margin,
                                bottom - top};
    if (plot.height < 12 * charting->theme.sizes.legend_text)
        return sg_fail(charting->context, SG_DRAWING, "choose larger paper, or shorten title and notes",
                       "the words leave no room for the chart on this page");
    draw_body(charting, &plot);
    draw_foot(charting, charting->page.height_pt - space->margin - foot, false);
    cairo_status_t drawn = cairo_status(charting->cairo);
    if (charting->out_of_memory || drawn == CAIRO_STATUS_NO_MEMORY)
        return sg_fail_memory(charting->context);
    return drawn == CAIRO_STATUS_SUCCESS
               ? SG_OK
               : sg_fail(charting->context, SG_DRAWING, NULL, "the chart could not be drawn: %s",
                         cairo_status_to_string(drawn));
}

/* The description for readers who cannot see the chart: as given, else the title and the numbers in words.
   Free with sg_free(); NULL when out of memory. */
static char *describe(struct sg_charting *charting) {
    const struct sg_chart *chart = charting->chart;
    if (chart->alt_text != NULL)
        return sg_text_clean(chart->alt_text, false);
    bool is_single = chart->kind == SG_CHART_BARS || chart->kind == SG_CHART_LOLLIPOPS;
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append_format(&text, "%s. %s", chart->title == NULL ? "" : chart->title,
                          chart->subtitle == NULL ? "" : chart->subtitle);
    char *x_title = chart->x_title == NULL ? NULL : sg_chart_x_title(charting);
    if (x_title != NULL)
        sg_text_append_format(&text, " %s:", x_title);
    sg_free(x_title);
    for (size_t i = 0; i < chart->row_count; i++) {
        bool is_known = is_single && !isnan(chart->rows[i].values[0]);
        char *number = is_known ? sg_chart_number(charting, chart->rows[i].values[0], chart->decimals) : NULL;
        sg_text_append_format(&text, "%s%s%s%s", i == 0 ? " " : "; ", chart->rows[i].label,
                              number == NULL ? "" : " ", number == NULL ? "" : number);
        sg_free(number);
    }
    for (size_t i = 0; i < chart->curve_count; i++) {
        if (chart->curves[i].name != NULL)
            sg_text_append_format(&text, "%s%s", i == 0 ? " " : "; ", chart->curves[i].name);
    }
    sg_text_append(&text, ".");
    char *clean = text.failed ? NULL : sg_text_clean(sg_text_bytes(&text), false);
    sg_text_release(&text);
    return clean;
}

static enum sg_status write_page(struct sg_charting *charting, const char *path) {
    const struct sg_chart *chart = charting->chart;
    struct sg_output output;
    enum sg_output_format format;
    enum sg_status status = sg_output_format_of(charting->context, path, &format);
    if (status != SG_OK)
        return status;
    status = sg_output_open(charting->context, &output, format, &charting->page, chart->dpi);
    charting->cairo = output.cairo;
    if (status == SG_OK)
        status = draw_page(charting);
    if (status == SG_OK) {
        char *title = sg_text_clean(chart->title, false);
        char *description = describe(charting);
        struct sg_output_words words = {title, description, chart->created};
        status = title == NULL || description == NULL
                     ? sg_fail_memory(charting->context)
                     : sg_output_write(charting->context, &output, &words, path);
        sg_free(title);
        sg_free(description);
    }
    sg_output_release(&output);
    return status;
}

/* Of the numbers of rows; shares and curves are of 0 to 100. */
static struct sg_number_form form_of_rows(const struct sg_chart *chart) {
    double largest = 0;
    bool has_own_numbers =
        chart->kind == SG_CHART_BARS || chart->kind == SG_CHART_LOLLIPOPS || chart->kind == SG_CHART_DOTS;
    for (size_t r = 0; has_own_numbers && r < chart->row_count; r++) {
        for (size_t v = 0; v < chart->rows[r].value_count; v++)
            largest = fmax(largest, fabs(chart->rows[r].values[v])); /* NaN is left out */
    }
    return sg_number_form_of_size(largest);
}

enum sg_status sg_chart_write(struct sg_context *context, const struct sg_chart *chart, const char *path,
                              size_t *ret_left_out) {
    struct sg_charting charting = {.context = context, .chart = chart, .form = form_of_rows(chart)};
    enum sg_status status =
        sg_theme_read(context, chart->theme != NULL ? chart->theme : "council", &charting.theme);
    if (status == SG_OK)
        status = sg_page_from_name(context, chart->paper, chart->portrait, &charting.page);
    if (status == SG_OK) {
        sg_page_scale_theme(&charting.page, &charting.theme);
        status = sg_lettering_new(context, charting.theme.families, charting.theme.family_count,
                                  &charting.lettering);
    }
    if (status == SG_OK)
        status = write_page(&charting, path);
    if (status == SG_OK)
        sg_lettering_warn(context, charting.lettering);
    if (status == SG_OK && ret_left_out != NULL)
        *ret_left_out = charting.left_out;
    sg_lettering_free(charting.lettering);
    sg_theme_release(&charting.theme);
    return status;
}
