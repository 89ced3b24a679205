/* How different two colours look: CIEDE2000, also as people with another colour vision see them, and in a
   grey print. Contrast of text on a fill. */
#ifndef SG_CLASSIFY_COLOUR_DIFFERENCE_H
#define SG_CLASSIFY_COLOUR_DIFFERENCE_H

#include "model/taxonomy.h"

struct sg_lab {
    double l, a, b; /* CIE L*a*b*, D65 */
};

enum sg_vision { SG_VISION_NORMAL, SG_VISION_PROTAN, SG_VISION_DEUTAN, SG_VISION_TRITAN, SG_VISION_GREY };
enum { SG_VISION_COUNT = 5 };

/* "normal", "protan", "deutan", "tritan", "grey" */
const char *sg_vision_name(enum sg_vision vision);

/* The colour as seen: Machado, Oliveira and Fernandes 2009 at full severity, or its luminance as grey. */
struct sg_colour sg_colour_seen(struct sg_colour colour, enum sg_vision vision);

struct sg_lab sg_colour_to_lab(struct sg_colour colour);

/* CIEDE2000 with kL = kC = kH = 1. */
double sg_lab_difference(struct sg_lab first, struct sg_lab second);

/* The difference of two colours for a kind of vision. */
double sg_colour_difference(struct sg_colour first, struct sg_colour second, enum sg_vision vision);

/* WCAG 2: relative luminance 0 to 1, and contrast 1 to 21. */
double sg_colour_luminance(struct sg_colour colour);
double sg_colour_contrast(struct sg_colour first, struct sg_colour second);

#endif
