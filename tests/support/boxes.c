#include "support/boxes.h"

#include "support/test.h"

static const double tolerance_pt = 0.01;

const char *test_box_name(enum sg_box_kind kind) {
    static const char *const names[] = {"title",     "subtitle",    "frame",     "legend",  "key row",
                                        "panel",     "inset",       "window",    "locator", "credit",
                                        "scale bar", "north arrow", "symbol",    "label",   "number",
                                        "leader",    "street name", "place name"};
    return names[kind];
}

static bool meet(const struct sg_placed_box *a, const struct sg_placed_box *b) {
    return a->x + tolerance_pt < b->x + b->width && b->x + tolerance_pt < a->x + a->width
           && a->y + tolerance_pt < b->y + b->height && b->y + tolerance_pt < a->y + a->height;
}

static bool is_in(const struct sg_placed_box *a, double x, double y, double width, double height) {
    return a->x >= x - tolerance_pt && a->y >= y - tolerance_pt && a->x + a->width <= x + width + tolerance_pt
           && a->y + a->height <= y + height + tolerance_pt;
}

static bool is_on_map(enum sg_box_kind kind) {
    switch (kind) {
    case SG_BOX_PANEL:
    case SG_BOX_INSET:
    case SG_BOX_WINDOW:
    case SG_BOX_LOCATOR:
    case SG_BOX_SCALE_BAR:
    case SG_BOX_NORTH_ARROW:
    case SG_BOX_SYMBOL:
    case SG_BOX_LABEL:
    case SG_BOX_NUMBER:
    case SG_BOX_LEADER:
    case SG_BOX_STREET_NAME:
    case SG_BOX_PLACE_NAME:
        return true;
    default:
        return false;
    }
}

/* May the box lie in the other one? */
static bool may_hold(const struct sg_placed_box *holder, const struct sg_placed_box *box) {
    if (holder->kind == SG_BOX_FRAME)
        return is_on_map(box->kind) || box->kind == SG_BOX_KEY;
    bool is_held =
        (holder->kind == SG_BOX_PANEL && box->kind == SG_BOX_KEY)
        || (holder->kind == SG_BOX_INSET && (box->kind == SG_BOX_LABEL || box->kind == SG_BOX_NUMBER))
        || (holder->kind == SG_BOX_WINDOW && box->kind == SG_BOX_SYMBOL);
    return is_held && is_in(box, holder->x, holder->y, holder->width, holder->height);
}

static const struct sg_placed_box *frame_of(const struct sg_box_list *boxes) {
    for (size_t i = 0; i < boxes->count; i++) {
        if (boxes->boxes[i].kind == SG_BOX_FRAME)
            return &boxes->boxes[i];
    }
    fail_msg("the page has no frame");
    return NULL;
}

static bool panel_holds(const struct sg_box_list *boxes, const struct sg_placed_box *row) {
    for (size_t i = 0; i < boxes->count; i++) {
        if (boxes->boxes[i].kind == SG_BOX_PANEL && may_hold(&boxes->boxes[i], row))
            return true;
    }
    return false;
}

static void check_place(const struct sg_box_list *boxes, const struct sg_page *page,
                        const struct sg_placed_box *box) {
    const struct sg_placed_box *frame = frame_of(boxes);
    if (!is_in(box, 0, 0, page->width_pt, page->height_pt))
        fail_msg("a %s (%.1f %.1f %.1f %.1f) leaves the page", test_box_name(box->kind), box->x, box->y,
                 box->width, box->height);
    if (is_on_map(box->kind) && !is_in(box, frame->x, frame->y, frame->width, frame->height))
        fail_msg("a %s (%.1f %.1f %.1f %.1f) leaves the frame", test_box_name(box->kind), box->x, box->y,
                 box->width, box->height);
    if (box->kind == SG_BOX_KEY && meet(frame, box) && !panel_holds(boxes, box))
        fail_msg("a row of the key (%.1f %.1f %.1f %.1f) lies on the map without a panel", box->x, box->y,
                 box->width, box->height);
}

void test_check_boxes(const struct sg_box_list *boxes, const struct sg_page *page, bool circles_may_overlap) {
    for (size_t i = 0; i < boxes->count; i++) {
        const struct sg_placed_box *box = &boxes->boxes[i];
        check_place(boxes, page, box);
        for (size_t j = 0; j < i; j++) {
            const struct sg_placed_box *other = &boxes->boxes[j];
            if (!meet(box, other) || may_hold(box, other) || may_hold(other, box))
                continue;
            if (circles_may_overlap && box->kind == SG_BOX_SYMBOL && other->kind == SG_BOX_SYMBOL)
                continue;
            fail_msg("a %s (%.1f %.1f %.1f %.1f) and a %s (%.1f %.1f %.1f %.1f) overlap",
                     test_box_name(box->kind), box->x, box->y, box->width, box->height,
                     test_box_name(other->kind), other->x, other->y, other->width, other->height);
        }
    }
}

double test_frame_share(const struct sg_box_list *boxes, const struct sg_page *page) {
    const struct sg_placed_box *frame = frame_of(boxes);
    return frame->width * frame->height / (page->width_pt * page->height_pt);
}
