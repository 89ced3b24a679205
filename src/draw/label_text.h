/* A name broken into lines, as compact as it can be. */
#ifndef SG_DRAW_LABEL_TEXT_H
#define SG_DRAW_LABEL_TEXT_H

#include "draw/lettering.h"

enum { SG_LABEL_MOST_LINES = 3 };

/* The same name on one, two and three lines; widths at the style's size (they scale with it). */
struct sg_label_text {
    char *lines[SG_LABEL_MOST_LINES]; /* with '\n'; NULL where the name has not so many words; owned */
    double widths[SG_LABEL_MOST_LINES];
};

/* Breaks after blanks, hyphens and slashes so that the longest line is as short as possible. False when out
   of memory. Release with sg_label_text_release(). */
bool sg_label_text_init(struct sg_lettering *lettering, const char *name, const struct sg_text_style *style,
                        struct sg_label_text *ret_text);
void sg_label_text_release(struct sg_label_text *text);

#endif
