#include "draw/map_room.h"

#include <math.h>

#include "core/alloc.h"
#include "draw/kind_drawing.h"
#include "draw/label.h"
#include "draw/map_geometry.h"
#include "draw/north_arrow.h"
#include "draw/overlay.h"
#include "draw/scale_bar.h"

static const double step_factor = 0.96; /* of the map's size in its frame */

enum {
    FEW_AREAS = 60, /* have room for their key, if need be at the sides */
    MOST_STEPS = 10 /* to two thirds */
};

/* Puts the symbols and circles where the map is now; those of the try before go. */
static enum sg_status place_marks(struct sg_drawing *drawing, size_t boxes) {
    const struct sg_kind_drawing *kind = sg_kind_drawing(drawing);
    drawing->boxes.count = boxes;
    sg_free(drawing->symbols);
    sg_free(drawing->circles);
    drawing->symbols = NULL;
    drawing->circles = NULL;
    drawing->symbol_count = drawing->circle_count = 0;
    enum sg_status status = sg_place_sites(drawing);
    return status == SG_OK && kind->place != NULL ? kind->place(drawing) : status;
}

/* What the key needs when the bar and the arrow have their places, which they choose before it does. */
static enum sg_status rehearse(struct sg_drawing *drawing, const struct sg_legend *legend,
                               struct sg_key_need *ret_need) {
    cairo_t *page = drawing->cairo;
    cairo_surface_t *nowhere = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
    size_t boxes = drawing->boxes.count;
    drawing->cairo = cairo_create(nowhere);
    sg_draw_scale_bar(drawing);
    sg_draw_north_arrow(drawing);
    bool is_drawn = cairo_status(drawing->cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(drawing->cairo);
    cairo_surface_destroy(nowhere);
    drawing->cairo = page;
    enum sg_status status =
        is_drawn ? sg_labels_rehearse(drawing, legend, ret_need) : sg_fail_memory(drawing->context);
    drawing->boxes.count = boxes;
    return status;
}

/* Makes the map so many steps smaller than it was. */
static enum sg_status shrink_to(struct sg_drawing *drawing, int steps, int *now, size_t boxes) {
    enum sg_status status = sg_map_geometry_scale(drawing, pow(step_factor, steps - *now));
    *now = steps;
    return status == SG_OK ? place_marks(drawing, boxes) : status;
}

/* The map made smaller, by as little as gives every numbered area its row in the key; as it was, where it
   would have to be too small. Halves the steps: a smaller map leaves more room. */
static enum sg_status shrink_for_key(struct sg_drawing *drawing, const struct sg_legend *legend,
                                     size_t boxes) {
    struct sg_key_need need = {0};
    enum sg_status status = rehearse(drawing, legend, &need);
    if (status != SG_OK || need.unlisted == 0 || 2 * need.unlisted > need.numbered) /* out of reach */
        return status;
    int now = 0, little = 0, enough = MOST_STEPS + 1;
    while (status == SG_OK && enough - little > 1) {
        int tried = enough > MOST_STEPS ? MOST_STEPS : (little + enough) / 2;
        status = shrink_to(drawing, tried, &now, boxes);
        if (status == SG_OK)
            status = rehearse(drawing, legend, &need);
        bool is_nearly = tried == MOST_STEPS && 20 * need.unlisted <= need.numbered; /* better than none */
        if (need.unlisted > 0 && !is_nearly)
            little = tried;
        else
            enough = tried;
        if (need.unlisted > 0 && is_nearly)
            break;
    }
    int chosen = enough > MOST_STEPS ? 0 : enough;
    return status == SG_OK && now != chosen ? shrink_to(drawing, chosen, &now, boxes) : status;
}

/* Sets the symbols in this size, with their halo in proportion, and sees what that leaves to names and
 * numbers. */
static enum sg_status try_symbols(struct sg_drawing *drawing, const struct sg_legend *legend, size_t boxes,
                                  double size_pt, struct sg_key_need *ret_need) {
    struct sg_theme *theme = &drawing->theme;
    theme->lines.symbol_halo *= size_pt / theme->spacing.symbol;
    theme->spacing.symbol = size_pt;
    enum sg_status status = place_marks(drawing, boxes);
    return status == SG_OK ? sg_labels_rehearse(drawing, legend, ret_need) : status;
}

/* Symbols that take so much of small areas that names and numbers find no place are set smaller, by as little
   as gives each area one, or as many as can be. A slide, which names few areas anyway, is read from afar. */
static enum sg_status shrink_symbols(struct sg_drawing *drawing, const struct sg_legend *legend, size_t boxes,
                                     struct sg_key_need *need) {
    static const double factors[] = {0.88, 0.78, 0.7};
    const double full_pt = drawing->theme.spacing.symbol;
    double best_pt = full_pt;
    size_t fewest = need->unnamed;
    enum sg_status status = SG_OK;
    if (drawing->symbol_count == 0 || drawing->page.is_slide)
        return SG_OK;
    for (size_t i = 0; i < sizeof factors / sizeof *factors && status == SG_OK && fewest > 0; i++) {
        status = try_symbols(drawing, legend, boxes, full_pt * factors[i], need);
        if (need->unnamed < fewest) {
            fewest = need->unnamed;
            best_pt = drawing->theme.spacing.symbol;
        }
    }
    return status == SG_OK && drawing->theme.spacing.symbol != best_pt
               ? try_symbols(drawing, legend, boxes, best_pt, need)
               : status;
}

enum sg_status sg_make_room(struct sg_drawing *drawing, const struct sg_legend *legend) {
    double height = sg_map_geometry_height(drawing);
    double slack = drawing->frame.fitted.height - height - 4 * drawing->theme.sizes.label;
    bool is_long = slack > 0.1 * drawing->frame.fitted.height;
    size_t boxes = drawing->boxes.count;
    struct sg_key_need need = {0};
    enum sg_status status = place_marks(drawing, boxes);
    if (status == SG_OK && (is_long || drawing->topology.area_count > FEW_AREAS))
        status = sg_labels_rehearse(drawing, legend, &need);
    if (status == SG_OK)
        status = shrink_symbols(drawing, legend, boxes, &need);
    drawing->boxes.count = boxes; /* the bar may take a place before the symbols do */
    if (status == SG_OK && is_long && need.wants_panel)
        status = sg_map_geometry_raise(drawing, slack);
    else if (status == SG_OK && !sg_scale_bar_has_room(drawing))
        status = sg_map_geometry_raise(drawing, sg_scale_bar_strip(drawing));
    if (status == SG_OK)
        status = place_marks(drawing, boxes);
    if (status == SG_OK && need.wants_panel
        && drawing->circle_count == 0) /* circles do not shrink with the map */
        status = shrink_for_key(drawing, legend, boxes);
    return status;
}
