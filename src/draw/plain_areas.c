#include "draw/plain_areas.h"

#include <math.h>

#include "core/alloc.h"
#include "draw/number_form.h"

enum sg_status sg_plain_areas_style(struct sg_context *context, const struct sg_map *map,
                                    const struct sg_theme *theme, const struct sg_scheme *scheme,
                                    struct sg_map_style *style) {
    (void)scheme;
    style->palette = (struct sg_palette){.colour_count = 1, .colours = {theme->colours.quiet_area}};
    style->is_covered = true;
    style->is_whole = true;
    for (size_t i = 0; i < map->area_count; i++) {
        double value = map->areas[i].value;
        if (value < 0)
            return sg_fail(context, SG_DRAWING, "--kind change shows values below 0",
                           "'%s' has the value %g: circles and dots count from 0 up", map->areas[i].name,
                           value);
        style->classes[i] = isnan(value) ? SG_CLASS_MISSING : 0;
        style->missing_count += isnan(value);
        if (!isnan(value) && value != floor(value))
            style->is_whole = false;
    }
    return SG_OK;
}

double sg_plain_zero_row(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y,
                         double width, bool is_dry) {
    long long zeros = 0;
    for (size_t i = 0; i < drawing->map->area_count; i++)
        zeros += drawing->map->areas[i].value == 0;
    if (zeros == 0)
        return 0;
    char *label =
        sg_drawing_clean(drawing, drawing->map->zero_label != NULL ? drawing->map->zero_label : "0");
    struct sg_legend_row row = {
        {SG_MARK_FILL, drawing->theme.colours.quiet_area, 0, 0, NULL}, label == NULL ? "0" : label, zeros};
    double height = visit(drawing, &row, x, y, width, is_dry);
    sg_free(label);
    return height;
}

void sg_append_plain_value(struct sg_text *text, const struct sg_drawing *drawing, double value) {
    bool is_whole = drawing->style.is_whole || drawing->map->counts_people;
    double largest = fabs(value);
    for (size_t i = 0; i < drawing->map->area_count; i++)
        largest = fmax(largest, drawing->map->areas[i].value); /* of a NaN and a number: the number */
    struct sg_number_form form = sg_number_form_of_size(largest);
    if (form.exponent != 0) {
        form.decimals += 2; /* circles are a tenth of the largest, and less */
        sg_append_formed(text, value, &form, drawing->map->language);
        sg_append_power(text, &form, drawing->map->language);
        return;
    }
    int decimals = is_whole ? 0 : sg_decimals_of(value);
    sg_append_number(text, value, decimals > 2 && fabs(value) >= 1 ? 2 : decimals, drawing->map->language);
}
