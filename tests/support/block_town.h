/* An invented town of blocks to draw maps of, and what its pages must keep to. */
#ifndef SG_TESTS_SUPPORT_BLOCK_TOWN_H
#define SG_TESTS_SUPPORT_BLOCK_TOWN_H

#include "classify/breaks.h"
#include "draw/map.h"
#include "draw/placed_box.h"
#include "support/test.h"

enum { BLOCK_TOWN_MOST_AREAS = 1600 };

/* A town of blocks, its borders bent so that labels are not in boxes. */
struct block_town {
    struct sg_shape shapes[BLOCK_TOWN_MOST_AREAS];
    struct sg_map_area areas[BLOCK_TOWN_MOST_AREAS];
    char names[BLOCK_TOWN_MOST_AREAS][96];
    double values[BLOCK_TOWN_MOST_AREAS]; /* whole numbers from 0 to 100 */
    double second[BLOCK_TOWN_MOST_AREAS]; /* others, for maps of two fields */
    size_t count;
    struct sg_classification classes;
    struct sg_crs *crs;
    struct sg_map map;
};

/* Blocks of this size in metres, with names, values and the words of a page. Free with block_town_free(). */
struct block_town *block_town_new(size_t across, size_t down, double width_m, double height_m);
void block_town_free(struct block_town *town);

/* A block of the town's grid, for shapes around it. Release with sg_shape_release(). */
void block_town_block(struct sg_shape *shape, double x, double y, double width_m, double height_m);

/* Gives the areas their values, in five classes by quantiles with a zero class. */
void block_town_classify(struct block_town *town);

/* Lays the page out, checks its boxes and returns the report; *ret_share (may be NULL) is the frame's share
   of the page, *ret_least_pt (may be NULL) the smallest type. */
struct sg_map_report block_town_lay_out(struct block_town *town, double *ret_share, double *ret_least_pt);

/* How many boxes of a kind the page has. */
size_t block_town_count(struct block_town *town, enum sg_box_kind kind);

/* Is any of the themes' fonts installed? Says so when not. */
bool block_town_has_font(void);

#endif
