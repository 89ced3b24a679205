/* Two variables at once: three by three classes, a square legend, and the names of the classes (A1 to C3) on
   the areas. */
#ifndef SG_DRAW_BIVARIATE_H
#define SG_DRAW_BIVARIATE_H

#include "draw/kind_drawing.h"

sg_kind_style_fn sg_bivariate_style;
sg_kind_rows_fn sg_bivariate_rows;
sg_kind_describe_fn sg_bivariate_describe;

/* One side of the square. */
struct sg_cell_axis {
    const struct sg_classification *classes;
    bool falls; /* from high to low: low values are the worst */
};

/* The cell of an area's two values: 3 * (step of the second) + step of the first, towards the worst, where
   one or two classes take the middle or the outer steps; SG_CLASS_MISSING when either is missing. */
int sg_cell_of(const struct sg_cell_axis *first, double first_value, const struct sg_cell_axis *second,
               double second_value);

/* "A1" to "C3": the letter goes with the first variable, the number with the second. */
struct sg_cell_name {
    char text[3];
};
struct sg_cell_name sg_cell_name(int cell);

/* Writes the cell's name on each area where the labels have left room. */
void sg_draw_cell_names(struct sg_drawing *drawing);

#endif
