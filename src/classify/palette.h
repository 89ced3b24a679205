/* Classes to colours: schemes, the palette of a number of classes, and the gate that palettes pass. */
#ifndef SG_CLASSIFY_PALETTE_H
#define SG_CLASSIFY_PALETTE_H

#include <stdbool.h>
#include <stddef.h>

#include "classify/breaks.h"
#include "classify/colour_difference.h"

enum sg_scheme_kind { SG_SCHEME_SEQUENTIAL, SG_SCHEME_DIVERGING, SG_SCHEME_QUALITATIVE, SG_SCHEME_BIVARIATE };

/* "sequential", "diverging", "qualitative", "bivariate" */
const char *sg_scheme_kind_name(enum sg_scheme_kind kind);

struct sg_palette {
    size_t colour_count;
    struct sg_colour colours[SG_MOST_CLASSES]; /* sequential: lightest first */
};

/* A scheme as its file gives it. Release with sg_scheme_release(). */
struct sg_scheme {
    char *name;
    char *source; /* attribution */
    enum sg_scheme_kind kind;
    struct sg_palette palettes[SG_MOST_CLASSES + 1]; /* by number of classes; colour_count 0: none */
};

void sg_scheme_release(struct sg_scheme *scheme);

/* The smallest and largest number of classes the scheme has colours for. */
size_t sg_scheme_fewest(const struct sg_scheme *scheme);
size_t sg_scheme_most(const struct sg_scheme *scheme);

/* The colours for so many classes, lightest (or first) first; reverse turns them round. One or two
   classes take theirs from the smallest palette. SG_BAD_STYLE when the scheme has not that many. */
enum sg_status sg_scheme_palette(struct sg_context *context, const struct sg_scheme *scheme,
                                 size_t class_count, bool reverse, struct sg_palette *ret_palette);

/* The smallest difference for each kind of vision (INFINITY for a single colour), and the worst pair
   over the four kinds of colour vision (grey print apart). */
struct sg_palette_check {
    double least[SG_VISION_COUNT];
    double worst;
    enum sg_vision worst_vision;
    size_t worst_first, worst_second; /* positions of the pair */
};

/* Neighbours are compared for sequential and diverging schemes, all pairs for qualitative and bivariate ones.
 */
struct sg_palette_check sg_palette_check(const struct sg_palette *palette, enum sg_scheme_kind kind);

/* Differences that the gate asks for. */
#define SG_PALETTE_GOOD 10.0
#define SG_PALETTE_FAIL 8.0
#define SG_PALETTE_GREY 8.0

/* The smallest difference of any two colours in a grey print, where also the two ends of a diverging scheme
   can meet; INFINITY for a single colour. */
double sg_palette_grey_difference(const struct sg_palette *palette, enum sg_scheme_kind kind);

/* The gate: under SG_PALETTE_FAIL an error (a warning when forced), under SG_PALETTE_GOOD a warning; both
   name the pair, the vision and the figure. A palette that a grey print would blur is told as a detail, or
   warned of where it is for one. */
enum sg_status sg_palette_gate(struct sg_context *context, const struct sg_scheme *scheme,
                               const struct sg_palette *palette, bool force, bool is_for_grey);

#endif
