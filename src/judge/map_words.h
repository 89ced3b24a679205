/* The words of a map of one column: the finding that titles it, what it shows, its legend. */
#ifndef SG_JUDGE_MAP_WORDS_H
#define SG_JUDGE_MAP_WORDS_H

#include "judge/findings.h"

/* The finding, at most about twelve words. Free with sg_free(); NULL when out of memory. */
char *sg_map_title(const struct sg_findings_source *source, const struct sg_column *column);

/* Measure, unit, threshold, people. Free with sg_free(); NULL when out of memory. */
char *sg_map_subtitle(const struct sg_findings_source *source, const struct sg_column *column);

/* How the numbers came about. Free with sg_free(); NULL when out of memory. */
char *sg_map_method(const struct sg_findings_source *source, const struct sg_column *column);

/* Legend title, unit under it (of_need: shares are of the people whom a need field counts, not of all), and
   the text of the zero class; "" for none. Static. */
const char *sg_map_legend_title(const struct sg_column *column, enum sg_language language);
const char *sg_map_legend_unit(const struct sg_column *column, bool of_need, enum sg_language language);
const char *sg_map_zero_label(const struct sg_column *column, enum sg_language language);

/* Is a low value the worst (shares within reach), and do zeros get a class of their own (counts, rates)? */
bool sg_map_low_is_worst(const struct sg_column *column);
bool sg_map_has_zero_class(const struct sg_column *column);

/* Are the values people, who are told without fractions? */
bool sg_map_counts_people(const struct sg_column *column);

#endif
