#include "draw/corner.h"

#include <math.h>

static bool is_free(const struct sg_drawing *drawing, double x, double y, double width, double height) {
    double clear = drawing->theme.spacing.gap * 0.3;
    return sg_coverage_mask_share(&drawing->mask, x - clear, y - clear, width + 2 * clear, height + 2 * clear)
               == 0
           && !sg_box_list_meets(&drawing->boxes, x - clear, y - clear, width + 2 * clear,
                                 height + 2 * clear);
}

bool sg_find_corner(const struct sg_drawing *drawing, const enum sg_corner *corners, int count, double width,
                    double height, double *ret_x, double *ret_y) {
    const struct sg_rectangle *frame = &drawing->frame.rectangle;
    double inset = fmax(drawing->theme.spacing.frame_inset * 0.6, drawing->theme.spacing.gap * 0.4);
    double step = drawing->theme.spacing.gap * 0.5;
    double across = frame->width - width - 2 * inset, down = frame->height - height - 2 * inset;
    if (across < 0 || down < 0)
        return false;
    /* First the corners themselves, then ever farther along the edges. */
    for (double off = 0; off <= fmax(across, down) / 2; off += step) {
        for (int i = 0; i < count; i++) {
            bool at_left = corners[i] == SG_CORNER_BOTTOM_LEFT || corners[i] == SG_CORNER_TOP_LEFT;
            bool at_top = corners[i] == SG_CORNER_TOP_LEFT || corners[i] == SG_CORNER_TOP_RIGHT;
            for (int along = 0; along < 2; along++) {
                double dx = along == 0 ? off : 0, dy = along == 0 ? 0 : off;
                if (dx > across || dy > down)
                    continue;
                double x = frame->x + inset + (at_left ? dx : across - dx);
                double y = frame->y + inset + (at_top ? dy : down - dy);
                if (is_free(drawing, x, y, width, height)) {
                    *ret_x = x;
                    *ret_y = y;
                    return true;
                }
            }
        }
    }
    return false;
}
