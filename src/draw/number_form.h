/* How the numbers of one legend or one axis are written: all in the same way, and so finely that no two of
   them look alike. Very large and very small ones are counted in thousands of thousands ("2.5 billion",
   "2.5 ×10⁻⁹"). */
#ifndef SG_DRAW_NUMBER_FORM_H
#define SG_DRAW_NUMBER_FORM_H

#include <stdbool.h>

#include "classify/breaks.h"
#include "core/text.h"
#include "model/taxonomy.h"

struct sg_number_form {
    int exponent;       /* the numbers count this power of ten: a multiple of 3, mostly 0 */
    int decimals;       /* at most */
    bool is_even;       /* exactly so many decimals for each, as on an axis; else as few as each needs */
    bool is_scientific; /* each number with a power of its own: they are too far apart for one */
};

/* For the limits of classes: as fine as the finest of them, which are the shortest decimals in their gaps. */
struct sg_number_form sg_number_form_of_classes(const struct sg_classification *classes);

/* For the numbers at the steps of an axis. */
struct sg_number_form sg_number_form_of_axis(double low, double high, double step);

/* The same where the power is decided: of other numbers that stand beside the axis. */
struct sg_number_form sg_number_form_of_step(int exponent, double step);

/* For numbers up to the largest in size, so finely that three figures of it show. */
struct sg_number_form sg_number_form_of_size(double largest);

/* The value moved down or up to the next number that the form can write: an end of the data that must hold
   all of them. */
double sg_number_form_outward(const struct sg_number_form *form, double value, bool is_up);

/* Appends the number, without the power that all share. */
void sg_append_formed(struct sg_text *text, double value, const struct sg_number_form *form,
                      enum sg_language language);

/* Appends the power that all numbers share: " billion", " ×10⁻⁹"; nothing for plain numbers. */
void sg_append_power(struct sg_text *text, const struct sg_number_form *form, enum sg_language language);

/* The fewest decimals that write the value so that it can be read back the same. */
int sg_exact_decimals(double value);

#endif
