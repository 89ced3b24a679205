/* The words of a map of one column: the finding that titles it, what it shows, its legend. */
#ifndef SG_JUDGE_MAP_WORDS_H
#define SG_JUDGE_MAP_WORDS_H

#include "judge/findings.h"
#include "judge/whom.h"

/* The finding, at most about twelve words. Free with sg_free(); NULL when out of memory. */
char *sg_map_title(const struct sg_findings_source *source, const struct sg_column *column);

/* Measure, unit, threshold, people. Free with sg_free(); NULL when out of memory. */
char *sg_map_subtitle(const struct sg_findings_source *source, const struct sg_column *column);

/* How the numbers came about. Free with sg_free(); NULL when out of memory. */
char *sg_map_method(const struct sg_findings_source *source, const struct sg_column *column);

/* Is the column of the measure ("nearest_m"), of whatever type? */
bool sg_column_is_of(const struct sg_column *column, const char *measure);

/* What a reader of the columns must know: the types that nobody has, whose gap is 0 for want of a benchmark;
   the areas without a distance because nobody there has a path to a service. "" where there is nothing. Free
   with sg_free(); NULL when out of memory. */
char *sg_map_note(const struct sg_findings_source *source, const struct sg_column *const *columns,
                  size_t count);

/* Legend title, unit under it, and the text of the zero class; "" for none. Static, or the column's own. */
const char *sg_map_legend_title(const struct sg_column *column, enum sg_whom whom, enum sg_language language);
const char *sg_map_legend_unit(const struct sg_column *column, enum sg_whom whom, enum sg_language language);
const char *sg_map_zero_label(const struct sg_column *column, enum sg_whom whom, enum sg_language language);

/* What a page calls the column: "Language Training: share of all services". Free with sg_free(); NULL when
   out of memory. */
char *sg_map_column_name(const struct sg_column *column, enum sg_whom whom, enum sg_language language);

/* A text of the columns gap_class, priority and state as a page says it: the tables keep their English codes.
   Any other text as it is. */
const char *sg_map_word(const char *text, enum sg_language language);

/* Is a low value the worst (shares within reach), and do zeros get a class of their own (counts, rates)? */
bool sg_map_low_is_worst(const struct sg_column *column);
bool sg_map_has_zero_class(const struct sg_column *column);

/* Are the values people, who are told without fractions? */
bool sg_map_counts_people(const struct sg_column *column);

#endif
