/* Colours of charts on any paper. */
#include <string.h>

#include "classify/colour_difference.h"
#include "draw/charting.h"
#include "draw/drawing.h"
#include "draw/hatch.h"

bool sg_chart_is_dark(const struct sg_charting *charting) {
    const double half_way = 0.18; /* the luminance from which black stands out more than white */
    return sg_colour_luminance(charting->theme.colours.paper) < half_way;
}

struct sg_colour sg_chart_colour(const struct sg_charting *charting, struct sg_colour colour) {
    enum { STEPS = 20 };
    const double least = 3;
    const struct sg_colour made = colour;
    for (int i = 1; i <= STEPS && sg_chart_is_dark(charting)
                    && sg_colour_contrast(colour, charting->theme.colours.paper) < least;
         i++) {
        double white = (double)i / STEPS;
        colour = (struct sg_colour){made.red + (1 - made.red) * white, made.green + (1 - made.green) * white,
                                    made.blue + (1 - made.blue) * white};
    }
    return colour;
}

void sg_chart_fill_part(struct sg_charting *charting, size_t part, const struct sg_rectangle *at) {
    const struct sg_chart_part *filled = &charting->chart->parts[part];
    cairo_rectangle(charting->cairo, at->x, at->y, at->width, at->height);
    sg_set_colour(charting->cairo, filled->colour);
    cairo_fill_preserve(charting->cairo);
    if (strcmp(filled->name, sg_word(SG_WORD_NO_DATA, charting->chart->language)) == 0)
        sg_hatch_path(charting->cairo, &charting->theme);
    cairo_new_path(charting->cairo);
}
