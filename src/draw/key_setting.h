/* One way to set the key of numbered areas, tried on the rooms that there are for it. */
#ifndef SG_DRAW_KEY_SETTING_H
#define SG_DRAW_KEY_SETTING_H

#include "draw/key_panel.h"
#include "draw/legend.h"

enum { SG_KEY_MOST_ROWS = 200 /* nobody looks up more */ };

struct sg_row_height {
    double size_pt, width_pt; /* of the row; 0: not measured */
    double height_pt;
};

/* A way to set the key, tried on the rooms one after another. */
struct sg_key_setting {
    struct sg_drawing *drawing;
    struct sg_legend *legend;
    const uint32_t *areas;
    size_t count;
    double *widths;                /* of the names, in type sizes */
    struct sg_row_height *heights; /* of the rows as measured last */
    double wide;                   /* a width that nearly all names keep to */
    double usual;                  /* the width that columns are made for */
    double size_pt;
    bool has_values;
    int panels;              /* at most */
    bool in_corner;          /* the first panel, beside what stands in another, not above it */
    size_t placed;           /* rows */
    bool is_headed_by_panel; /* else the legend has the heading */
    struct sg_key_panel found[SG_LEGEND_MOST_PANELS];
};

/* Fills the rooms of the legend and free corners of the frame, and notes the corners' boxes; true when every
   area has its row. A legend under the map is read after the panels on it, one beside the map before them. */
bool sg_key_try_setting(struct sg_key_setting *setting);

/* The measures of rows, which layout and drawing share. */
double sg_key_line_height(double size_pt);

/* The heading over a key of this width, where it may take more than one line. */
double sg_key_heading_height(struct sg_drawing *drawing, double width_pt);
struct sg_text_style sg_key_heading_style(const struct sg_drawing *drawing, double width_pt);
char *sg_key_heading(struct sg_drawing *drawing); /* free with sg_free(); NULL: out of memory, noted */

/* The room for the number at the left of a row. */
double sg_key_number_width(double size_pt);

/* The name in a row of this width, with room for the number before and, with values, for one after. */
struct sg_text_style sg_key_name_style(const struct sg_drawing *drawing, double size_pt, double row_width,
                                       bool has_values);

#endif
