/* Numbers and words for sentences, in English and French. */
#ifndef SG_JUDGE_PHRASING_H
#define SG_JUDGE_PHRASING_H

#include "model/measure.h"
#include "model/taxonomy.h"

/* The words of the language. */
const char *sg_pick(enum sg_language language, const char *english, const char *french);

/* The same for so many: English has one form for 1, French for 0 and 1. */
const char *sg_pick_number(enum sg_language language, size_t count, const char *english_one,
                           const char *english_more, const char *french_one, const char *french_more);

/* A title of a legend inside a sentence: "People in need" becomes "people in need", but "LIM" stays. Free
   with sg_free(); NULL when out of memory. */
char *sg_inside_sentence(const char *title);

/* A number as it stands in a sentence. */
struct sg_number_phrase {
    char text[48];
};

struct sg_number_phrase sg_whole(double value, enum sg_language language);     /* "1,234" */
struct sg_number_phrase sg_people(double value, enum sg_language language);    /* three digits: "521,000" */
struct sg_number_phrase sg_percent(double percent, enum sg_language language); /* "8.5%", "31%", "99.9%" */
struct sg_number_phrase sg_tenths(double value, enum sg_language language);    /* "42.3" */
struct sg_number_phrase sg_about(double metres, enum sg_language language);    /* "680 m", "1.3 km" */

/* As many digits as tell something: "1,234", "3.1". */
struct sg_number_phrase sg_figure(double value, enum sg_language language);

/* "1 km", "800 m": a distance. */
const char *sg_distance_text(double metres, enum sg_language language, char buffer[static 48]);

/* A threshold as it was given: "1 km", "15 min". */
const char *sg_threshold_text(const struct sg_measures *measures, size_t threshold, enum sg_language language,
                              char buffer[static 48]);

/* A distance or a time for a sentence, rounded: "640 m", "1.4 km", "12 min". */
struct sg_number_phrase sg_cost(const struct sg_measures *measures, double cost, enum sg_language language);

/* "straight line", "along streets": how distances are taken, for brackets. */
const char *sg_way_text(const struct sg_measures *measures, enum sg_language language);

/* "straight-line distances", "distance along streets": the same as a noun. */
const char *sg_way_noun(const struct sg_measures *measures, enum sg_language language, bool is_plural);

#endif
