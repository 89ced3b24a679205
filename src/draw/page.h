/* The paper: its size in points, and how large type and lines are on it. */
#ifndef SG_DRAW_PAGE_H
#define SG_DRAW_PAGE_H

#include <stdbool.h>

#include "core/context.h"
#include "read/theme_reader.h"

struct sg_page {
    double width_pt, height_pt;
    double scale;  /* of type, lines and spaces against the theme's numbers */
    bool is_slide; /* the theme's slide sizes hold */
    int width_px;  /* of a PNG; 0: as --dpi says */
    int height_px;
};

/* "letter", "legal", "tabloid", "a4", "a3", "slide", "420x297mm", "1920x1080px"; NULL is letter. Landscape
   unless portrait; sizes given as numbers stay as they are. SG_USAGE for anything else. */
enum sg_status sg_page_from_name(struct sg_context *context, const char *name, bool portrait,
                                 struct sg_page *ret_page);

/* The theme's numbers on this page, in place. */
void sg_page_scale_theme(const struct sg_page *page, struct sg_theme *theme);

#endif
