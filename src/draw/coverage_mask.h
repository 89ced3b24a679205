/* Where on the page the areas lie: a coarse picture that answers "is this rectangle free?" at once. */
#ifndef SG_DRAW_COVERAGE_MASK_H
#define SG_DRAW_COVERAGE_MASK_H

#include "draw/border_arcs.h"
#include "draw/map_frame.h"

struct sg_coverage_mask {
    struct sg_rectangle rectangle;
    int width, height; /* cells */
    double cells_per_pt;
    uint32_t *sums; /* covered cells above and left: (width + 1) x (height + 1) */
};

/* The topology's points are on the page. SG_NO_MEMORY, SG_DRAWING. Release with
   sg_coverage_mask_release(). */
enum sg_status sg_coverage_mask_init(struct sg_context *context, const struct sg_topology *topology,
                                     const struct sg_rectangle *rectangle, struct sg_coverage_mask *ret_mask);
void sg_coverage_mask_release(struct sg_coverage_mask *mask);

/* The share of the rectangle that areas cover, 0 to 1; what lies outside the frame counts as covered. */
double sg_coverage_mask_share(const struct sg_coverage_mask *mask, double x, double y, double width,
                              double height);

#endif
