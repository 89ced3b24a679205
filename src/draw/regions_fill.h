/* Regions as areas of one colour, and stripes where several share an area. */
#ifndef SG_DRAW_REGIONS_FILL_H
#define SG_DRAW_REGIONS_FILL_H

#include "draw/kind_drawing.h"

sg_kind_style_fn sg_regions_style;
sg_kind_rows_fn sg_region_rows;
sg_kind_describe_fn sg_regions_describe;

/* The areas that regions share, as a block of the legend: it may stand in another column than the regions. */
double sg_legend_shared_areas(struct sg_drawing *drawing, double x, double y, double width, bool is_dry);

/* The lightest of the colours: dark names read on it, and it serves as their halo. */
struct sg_colour sg_lightest_stripe(const struct sg_stripes *stripes);

#endif
