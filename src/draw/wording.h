/* The words and numbers of a map's furniture, in English and French. */
#ifndef SG_DRAW_WORDING_H
#define SG_DRAW_WORDING_H

#include <stdbool.h>

#include "classify/breaks.h"
#include "core/text.h"
#include "model/taxonomy.h"

enum sg_word {
    SG_WORD_NO_DATA,
    SG_WORD_AREAS,
    SG_WORD_SOURCES,
    SG_WORD_METHOD,
    SG_WORD_NOTE,
    SG_WORD_TURNED,
    SG_WORD_TO,
    SG_WORD_TO_UNDER,
    SG_WORD_UNUSUALLY_LOW,
    SG_WORD_UNDER,
    SG_WORD_OVER_ZERO, /* to under */
    SG_WORD_OVER_ZERO_TO,
    SG_WORD_AND_OVER,
    SG_WORD_SITES,
    SG_WORD_SEVERAL_TYPES,
    SG_WORD_MAIN_ROAD,
    SG_WORD_STREET,
    SG_WORD_REGION,
    SG_WORD_KEY,
    SG_WORD_HISTOGRAM,
    SG_WORD_APPROXIMATE,
    SG_WORD_MAP_OF,
    SG_WORD_ENLARGED,
    SG_WORD_NO_REGION,
    SG_WORD_SHARED_BY,
    SG_WORD_SHARED,
    SG_WORD_LARGEST_CIRCLE,
    SG_WORD_ONE_DOT,
    SG_WORD_LOWER,
    SG_WORD_NO_CHANGE,
    SG_WORD_GAIN_UNDER,
    SG_WORD_LOSS_UNDER,
    SG_WORD_UP_TO,
    SG_WORD_TO_ABOVE,
    SG_WORD_HIGH_HIGH,
    SG_WORD_LOW_LOW,
    SG_WORD_HIGH_LOW,
    SG_WORD_LOW_HIGH,
    SG_WORD_NOT_SIGNIFICANT,
    SG_WORD_ISLAND,
    SG_WORD_UNNAMED,
    SG_WORD_ONE_UNNAMED,
    SG_WORD_FIRST_ROWS,
    SG_WORD_CENTRED_EAST,
    SG_WORD_CENTRED_WEST,
    SG_WORD_COUNT
};

const char *sg_word(enum sg_word word, enum sg_language language);

/* Appends a number with so many decimals: "1,234.5", in French "1 234,5" (narrow no-break space). */
void sg_append_number(struct sg_text *text, double value, int decimals, enum sg_language language);

/* Decimals (0 to 6) that show the value as it is, or as nearly as 6 decimals can. */
int sg_decimals_of(double value);

/* What a legend says of a class: ranges that do not overlap, of the rounded breaks. Whole-number data read
   "25 - 49", other data "25 to under 50"; the outermost classes end at the data. A class that the data made
   and that is one number is that number. A class under 0 of data that have nothing there is "unusually low".
 */
void sg_append_class_range(struct sg_text *text, const struct sg_classification *classification,
                           size_t class_index, bool is_whole, const char *unit, enum sg_language language);

/* Has the class a row in the legend? One that lies under 0, where the data have nothing, has none, except for
   the outliers of a box plot: that there are none is a finding. */
bool sg_class_is_shown(const struct sg_classification *classification, size_t class_index);

#endif
