/* Charts of curves: the Lorenz curve, and shares over distance. */
#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "draw/charting.h"
#include "draw/drawing.h"

/* The name of a curve at its end, and where it comes to stand. */
struct end_name {
    const struct sg_chart_curve *curve;
    double wanted, placed; /* heights on the page */
    double height;         /* of its lines */
};

static double last_y(const struct sg_chart_curve *curve) {
    return curve->point_count == 0 ? 0 : curve->points[curve->point_count - 1].y;
}

static int compare_ends(const void *a, const void *b) {
    const struct end_name *one = a, *two = b;
    if (one->wanted != two->wanted)
        return one->wanted < two->wanted ? -1 : 1;
    return one->curve < two->curve ? -1 : one->curve > two->curve;
}

/* Names stay at their ends where they can and are pushed apart where they would touch, from the middle of
   each crowd. */
static void spread(struct end_name *names, size_t count, double top, double bottom) {
    for (size_t i = 0; i < count; i++)
        names[i].placed = names[i].wanted;
    for (int round = 0; round < 200; round++) {
        bool moved = false;
        for (size_t i = 1; i < count; i++) {
            double pitch = (names[i].height + names[i - 1].height) / 2;
            double missing = pitch - (names[i].placed - names[i - 1].placed);
            if (missing > 0.01) {
                names[i - 1].placed -= missing / 2;
                names[i].placed += missing / 2;
                moved = true;
            }
        }
        if (count > 0 && names[0].placed < top)
            names[0].placed = top;
        if (count > 0 && names[count - 1].placed > bottom)
            names[count - 1].placed = bottom;
        if (!moved)
            break;
    }
}

static void draw_line(struct sg_charting *charting, const struct sg_chart_curve *curve,
                      const struct sg_axis *x, const struct sg_axis *y, const struct sg_rectangle *plot) {
    cairo_t *cairo = charting->cairo;
    for (size_t i = 0; i < curve->point_count; i++)
        cairo_line_to(cairo, sg_axis_place(x, curve->points[i].x, plot->x, plot->width),
                      sg_axis_place(y, curve->points[i].y, plot->y + plot->height, -plot->height));
    sg_set_colour(cairo, sg_chart_colour(charting, curve->colour));
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_width(cairo, charting->theme.lines.outer_border * 1.5);
    cairo_stroke(cairo);
}

/* A name beside the plot, wrapped where it is long, with a thin line from the curve's end. */
static void draw_name(struct sg_charting *charting, const struct end_name *name, struct sg_text_style style,
                      double from) {
    double gap = style.size_pt;
    cairo_move_to(charting->cairo, from, name->wanted);
    cairo_line_to(charting->cairo, from + gap * 0.9, name->placed);
    cairo_line_to(charting->cairo, from + gap * 1.5, name->placed);
    sg_set_colour(charting->cairo, sg_chart_colour(charting, name->curve->colour));
    cairo_set_line_width(charting->cairo, 1.6 * charting->theme.lines.leader);
    cairo_stroke(charting->cairo);
    char *text = sg_text_clean(name->curve->name, false);
    charting->out_of_memory = charting->out_of_memory || text == NULL;
    if (text != NULL)
        sg_lettering_draw(charting->lettering, charting->cairo, text, &style, from + gap * 1.9,
                          name->placed - name->height / 2);
    sg_free(text);
}

static void draw_names(struct sg_charting *charting, const struct sg_axis *y, const struct sg_rectangle *plot,
                       double room) {
    const struct sg_chart *chart = charting->chart;
    const struct sg_theme *theme = &charting->theme;
    struct end_name *names = sg_alloc(chart->curve_count, sizeof *names);
    charting->out_of_memory = charting->out_of_memory || names == NULL;
    struct sg_text_style style =
        sg_style_of(theme->sizes.legend_text, theme->weights.legend_text, theme->colours.text);
    style.leading = 1.2;
    style.width_pt = room - 1.9 * style.size_pt;
    size_t count = 0;
    for (size_t i = 0; names != NULL && i < chart->curve_count; i++) {
        const struct sg_chart_curve *curve = &chart->curves[i];
        if (curve->name == NULL || curve->point_count == 0)
            continue;
        double end = sg_axis_place(y, last_y(curve), plot->y + plot->height, -plot->height);
        int lines = sg_lettering_measure(charting->lettering, curve->name, &style).lines;
        names[count++] = (struct end_name){curve, end, 0, (lines * style.leading + 0.12) * style.size_pt};
    }
    if (count > 1)
        qsort(names, count, sizeof *names, compare_ends);
    spread(names, count, plot->y, plot->y + plot->height);
    for (size_t i = 0; i < count; i++)
        draw_name(charting, &names[i], style, plot->x + plot->width);
    sg_free(names);
}

static void draw_equality(struct sg_charting *charting, const struct sg_rectangle *plot) {
    double dashes[] = {3 * charting->page.scale, 2 * charting->page.scale};
    cairo_move_to(charting->cairo, plot->x, plot->y + plot->height);
    cairo_line_to(charting->cairo, plot->x + plot->width, plot->y);
    sg_set_colour(charting->cairo, charting->theme.colours.axis);
    cairo_set_line_width(charting->cairo, charting->theme.lines.axis * 1.3);
    cairo_set_dash(charting->cairo, dashes, 2, 0);
    cairo_stroke(charting->cairo);
    cairo_set_dash(charting->cairo, NULL, 0, 0);
}

static struct sg_axis axis_across(const struct sg_chart *chart) {
    if (chart->kind == SG_CHART_LORENZ)
        return (struct sg_axis){0, 100, 20};
    double high = 0;
    for (size_t c = 0; c < chart->curve_count; c++) {
        for (size_t i = 0; i < chart->curves[c].point_count; i++)
            high = fmax(high, chart->curves[c].points[i].x);
    }
    return sg_axis_over(0, high, 6, true);
}

/* The titles of the axes: y above its top, x under its right end. */
static void draw_axis_titles(struct sg_charting *charting, const struct sg_rectangle *plot) {
    const struct sg_theme *theme = &charting->theme;
    struct sg_text_style style =
        sg_style_of(theme->sizes.key, theme->weights.legend_title, theme->colours.text);
    if (charting->chart->y_title != NULL)
        sg_chart_text(charting, charting->chart->y_title, &style, plot->x, plot->y - style.size_pt * 1.9, 0);
    style.align = SG_ALIGN_RIGHT;
    if (charting->chart->x_title != NULL)
        sg_chart_text(charting, charting->chart->x_title, &style, plot->x + plot->width,
                      plot->y + plot->height + style.size_pt * 2, plot->width);
}

void sg_chart_draw_curves(struct sg_charting *charting, const struct sg_rectangle *plot) {
    const struct sg_chart *chart = charting->chart;
    const struct sg_theme *theme = &charting->theme;
    double key = theme->sizes.key, left = key * 4, head = key * 2.2, foot = key * 3.4;
    double names = 0;
    struct sg_text_style style =
        sg_style_of(theme->sizes.legend_text, theme->weights.legend_text, theme->colours.text);
    for (size_t i = 0; i < chart->curve_count; i++) {
        if (chart->curves[i].name != NULL)
            names = fmax(names, sg_lettering_measure(charting->lettering, chart->curves[i].name, &style).width
                                    + style.size_pt * 2.2);
    }
    names = fmin(names, plot->width * 0.4);
    struct sg_rectangle body = {plot->x + left, plot->y + head, plot->width - left - names,
                                plot->height - head - foot};
    if (chart->kind == SG_CHART_LORENZ) { /* square, so that the diagonal is one */
        double side = fmin(body.width, body.height);
        body.x += (body.width - side) / 2;
        body.width = body.height = side;
    }
    struct sg_axis across = axis_across(chart), up = {0, 100, 20};
    struct sg_charting plain = *charting;
    struct sg_chart without_unit = *chart;
    if (chart->kind == SG_CHART_CURVES)
        without_unit.unit = NULL; /* the unit is that of the shares */
    plain.chart = &without_unit;
    sg_chart_draw_axis(&plain, &across, &body, false);
    charting->out_of_memory = charting->out_of_memory || plain.out_of_memory;
    sg_chart_draw_axis(charting, &up, &body, true);
    if (chart->kind == SG_CHART_LORENZ)
        draw_equality(charting, &body);
    for (size_t i = 0; i < chart->curve_count; i++)
        draw_line(charting, &chart->curves[i], &across, &up, &body);
    draw_names(charting, &up, &body, names);
    draw_axis_titles(charting, &body);
}
