/* Where each area's label goes: found for all areas before any is drawn. */
#ifndef SG_DRAW_LABEL_PLACE_H
#define SG_DRAW_LABEL_PLACE_H

#include "draw/label_room.h"
#include "draw/leader.h"

enum sg_label_kind { SG_LABEL_NONE, SG_LABEL_NAME, SG_LABEL_LED, SG_LABEL_NUMBER };

/* One area's label: first to be found, then to be drawn. */
struct sg_label {
    uint32_t area;
    double rank;
    double size_pt2;
    struct sg_pole pole;
    char *name; /* cleaned; owned */
    enum sg_label_kind kind;
    bool is_abbreviated;
    bool is_in_inset; /* its box is there */
    bool is_wide;     /* a number that reaches out of its area */
    char *text;       /* the name as it is drawn; owned */
    double size_pt;
    double x, y, width, height; /* its box */
    struct sg_leader leader;
};

enum { SG_NUMBER_STEPS = 6, SG_NUMBER_DIGITS = 8, SG_NUMBER_WEIGHT = 600 };

struct sg_labelling {
    struct sg_drawing *page;
    struct sg_drawing part;     /* the inset's areas, when there is one */
    struct sg_drawing *drawing; /* where the label that is being placed goes: the page or the part */
    struct sg_label_room room;
    struct sg_label *labels; /* in the order in which they choose their places */
    size_t count;
    char **shorter; /* the names' abbreviations, as sg_abbreviate_all() has them; owned; NULL: none */
    struct sg_text_size numbers[SG_NUMBER_STEPS][SG_NUMBER_DIGITS + 1]; /* by step of size and digits */
};

/* Finds the places: names choose first, by rank, then size, then position among the areas; then the names
   beside the map, whose lines must cross no name; what is left gets numbers, unless
   the names are numbers themselves. Adds their boxes; areas that an inset shows choose places there, and
   their boxes are not added. SG_NO_MEMORY. Release with sg_labelling_release(), also after a failure. */
enum sg_status sg_labelling_init(struct sg_drawing *drawing, struct sg_labelling *ret_work);
void sg_labelling_release(struct sg_labelling *work);

/* The least size of names, and the next one from the full size down to it. */
double sg_label_least_size(const struct sg_drawing *drawing);
double sg_label_next_size(const struct sg_drawing *drawing, double size);

/* Notes the box of a name or a number in its area. */
void sg_label_add_box(struct sg_drawing *drawing, const struct sg_label *label);

/* The type of a label of this kind: a name or number on its area's fill, or a name beside the map. */
struct sg_text_style sg_label_style(const struct sg_drawing *drawing, const struct sg_label *label,
                                    enum sg_label_kind kind);

#endif
