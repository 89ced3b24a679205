/* The measures of the key's rows, which its layout and its drawing share. */
#ifndef SG_DRAW_KEY_SETTING_H
#define SG_DRAW_KEY_SETTING_H

#include "draw/drawing.h"

double sg_key_line_height(double size_pt);
double sg_key_heading_height(const struct sg_drawing *drawing);

/* The room for the number at the left of a row. */
double sg_key_number_width(double size_pt);

/* The name in a row of this width, with room for the number before and, with values, for one after. */
struct sg_text_style sg_key_name_style(const struct sg_drawing *drawing, double size_pt, double row_width,
                                       bool has_values);

#endif
