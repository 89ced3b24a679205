/* Text on the page: one font family, measured before it is placed. */
#ifndef SG_DRAW_LETTERING_H
#define SG_DRAW_LETTERING_H

#include <cairo.h>
#include <stdbool.h>

#include "core/context.h"
#include "model/taxonomy.h"

struct sg_lettering;

/* Characters of one text that a page has room for in small type, over its width or in a column: the end of a
   longer one is cut off. To break a word into lines takes the square of its length, and is not done to more.
 */
enum { SG_LONGEST_PARAGRAPH = 2500, SG_LONGEST_ENTRY = 500 };

/* Takes the first family that is installed. SG_BAD_STYLE when none is: its message names them. The same
   font gives the same shapes at every resolution (no hinting). Free with sg_lettering_free(). */
enum sg_status sg_lettering_new(struct sg_context *context, char *const *families, size_t family_count,
                                struct sg_lettering **ret_lettering);
void sg_lettering_free(struct sg_lettering *lettering);

/* Warns, once in a run each, when characters were drawn that no installed font has (how many, and an
   example), and when a text was cut. */
void sg_lettering_warn(struct sg_context *context, const struct sg_lettering *lettering);

enum sg_text_align { SG_ALIGN_LEFT, SG_ALIGN_CENTRE, SG_ALIGN_RIGHT };

struct sg_text_style {
    double size_pt;
    double weight; /* 400 is regular */
    struct sg_colour colour;
    bool is_italic;
    bool is_tabular; /* figures of one width, for columns of numbers */
    enum sg_text_align align;
    double width_pt; /* wraps to it, at blanks rather than hyphens, and aligns in it; 0: one line per line of
                        text, aligned at x */
    double leading;  /* line height in type sizes; 0: the font's own */
    double halo_pt;  /* radius of the halo; 0: none */
    struct sg_colour halo;
};

/* Width and height in points of a text as it will be drawn. */
struct sg_text_size {
    double width, height;
    double ink_top, ink_height; /* of the marks themselves, from the top */
    int lines;
    bool is_torn; /* a line ends within a word */
};

struct sg_text_size sg_lettering_measure(struct sg_lettering *lettering, const char *text,
                                         const struct sg_text_style *style);

/* The least width in which the text takes no more lines than in the style's and tears no other words: lines
   of about the same length, and no last word alone. */
double sg_lettering_even_width(struct sg_lettering *lettering, const char *text,
                               const struct sg_text_style *style);

/* Makes a text of two lines "what: how much" break after its colon, where both parts have a line to
   themselves and are not too unlike in length. Changes a blank of the text to a line end, in place. */
void sg_lettering_break_after_colon(struct sg_lettering *lettering, char *text,
                                    const struct sg_text_style *style);

/* Draws with the top left (or top middle, top right, by align when width_pt is 0) at x, y. */
void sg_lettering_draw(struct sg_lettering *lettering, cairo_t *cairo, const char *text,
                       const struct sg_text_style *style, double x, double y);

/* The halo alone, for texts so close that one's halo must not cover another: first all halos, then all texts
   without theirs. */
void sg_lettering_draw_halo(struct sg_lettering *lettering, cairo_t *cairo, const char *text,
                            const struct sg_text_style *style, double x, double y);

#endif
