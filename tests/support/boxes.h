/* The boxes of a page: what may lie on what. */
#ifndef SG_TESTS_SUPPORT_BOXES_H
#define SG_TESTS_SUPPORT_BOXES_H

#include "draw/page.h"
#include "draw/placed_box.h"

/* "label" */
const char *test_box_name(enum sg_box_kind kind);

/* Fails with both boxes when two overlap that must not (by more than a hundredth of a point), and with the
   box when one leaves the page or, being on the map, the frame. What is on the map lies in the frame, and
   rows of the key may lie in a panel; nothing else lies in anything. */
void test_check_boxes(const struct sg_box_list *boxes, const struct sg_page *page, bool circles_may_overlap);

/* The share of the page that the frame takes. */
double test_frame_share(const struct sg_box_list *boxes, const struct sg_page *page);

#endif
