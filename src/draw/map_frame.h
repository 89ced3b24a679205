/* Where the map lies on the page: the display CRS, turned, scaled and moved into the map frame. */
#ifndef SG_DRAW_MAP_FRAME_H
#define SG_DRAW_MAP_FRAME_H

#include "core/context.h"
#include "model/crs.h"
#include "model/geometry.h"

struct sg_rectangle {
    double x, y, width, height; /* points from the page's top left, y downwards */
};

/* Points to transform together. */
struct sg_point_span {
    struct sg_point *points;
    size_t count;
};

struct sg_map_frame {
    struct sg_crs *display;                 /* owned */
    struct sg_transformation *to_display;   /* from the input CRS; owned */
    struct sg_transformation *to_lon_lat;   /* from the display CRS; owned */
    struct sg_transformation *from_lon_lat; /* the other way; owned */
    struct sg_crs *geographic;              /* lon/lat under the display CRS; owned */
    double turn_deg;                        /* counter-clockwise */
    struct sg_rectangle rectangle;          /* of the frame on the page */
    struct sg_rectangle fitted;             /* the part of it that the areas fill */
    double pt_per_unit;
    double cosine, sine;       /* of the turn */
    double centre_x, centre_y; /* display coordinates of the fitted part's middle (after the turn) */
};

/* Chooses the display CRS: definition, else the input's own if projected, else a local one for the
   extent (input coordinates). SG_BAD_CRS. Release with sg_map_frame_release(), also after a failure. */
enum sg_status sg_map_frame_init(struct sg_context *context, const struct sg_crs *input,
                                 const char *definition, const struct sg_box *extent,
                                 struct sg_map_frame *ret_frame);
void sg_map_frame_release(struct sg_map_frame *frame);

/* Input coordinates to display coordinates, in place, on the context's threads. Points that have none
   become infinite. */
enum sg_status sg_map_frame_transform(struct sg_context *context, const struct sg_map_frame *frame,
                                      struct sg_point_span *spans, size_t span_count);

/* The turn, counter-clockwise, at which the points fill a rectangle of this shape best (in half degrees up to
   45 either way; the smallest of about equally good ones). NaN when out of memory. */
double sg_best_turn_deg(const struct sg_point *points, size_t count, double width, double height);

/* Turns and scales so that the points (display coordinates) fill the fitted part of the frame's rectangle. */
void sg_map_frame_fit(struct sg_map_frame *frame, const struct sg_point *points, size_t count,
                      double turn_deg, const struct sg_rectangle *rectangle,
                      const struct sg_rectangle *fitted);

/* Moves the map so that what filled the fitted part fills another; points on the page follow, in place. */
void sg_map_frame_refit(struct sg_map_frame *frame, const struct sg_rectangle *fitted,
                        struct sg_point *points, size_t count);

/* Display coordinates to the page, and back. */
static inline struct sg_point sg_frame_to_page(const struct sg_map_frame *frame, struct sg_point point) {
    double x = point.x * frame->cosine - point.y * frame->sine - frame->centre_x;
    double y = point.x * frame->sine + point.y * frame->cosine - frame->centre_y;
    return (struct sg_point){frame->fitted.x + frame->fitted.width / 2 + x * frame->pt_per_unit,
                             frame->fitted.y + frame->fitted.height / 2 - y * frame->pt_per_unit};
}
struct sg_point sg_frame_from_page(const struct sg_map_frame *frame, struct sg_point point);

/* The lon/lat of a place on the page; false where there is none. */
bool sg_frame_lon_lat(const struct sg_map_frame *frame, struct sg_point page, struct sg_point *ret_lon_lat);

/* Metres on the ground between two places on the page, along the ellipsoid; NaN where there is none. */
double sg_frame_distance_m(const struct sg_map_frame *frame, struct sg_point a, struct sg_point b);

/* The direction of true north in the middle of the frame, in degrees clockwise from the page's up; NaN where
   it cannot be found. */
double sg_frame_north_deg(const struct sg_map_frame *frame);

#endif
