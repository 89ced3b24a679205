/* The words of maps that show more than one column: findings for their titles. */
#ifndef SG_JUDGE_KIND_WORDS_H
#define SG_JUDGE_KIND_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/taxonomy.h"

/* What a finding speaks of: "neighbourhoods" in a project, "areas" on a map of any layer. */
enum sg_area_noun { SG_NOUN_AREAS, SG_NOUN_NEIGHBOURHOODS };

/* "neighbourhoods", "areas" */
const char *sg_area_noun_text(enum sg_language language, enum sg_area_noun noun);

/* Each returns a text to be freed with sg_free(), NULL when out of memory. known: areas that have values. */

/* "5 of 38 neighbourhoods come first: their gap and need are both high" */
char *sg_priority_title(enum sg_language language, enum sg_area_noun noun, size_t high, size_t known);

/* Two variables that one map shows. */
struct sg_pair_words {
    const char *titles[2];
    bool low_is_worst[2];
    size_t both_worst, known; /* areas in the worst class of both; areas with both values */
};

/* "People in need and the gap are both high in 9 of 54 neighbourhoods"; "People in need high, share with a
   service in reach low, in 9 of 54 neighbourhoods" where low values of one are the worst */
char *sg_pair_title(enum sg_language language, enum sg_area_noun noun, const struct sg_pair_words *words);

/* "Year built is highest in 5 of 158 areas": several share the end of the scale */
char *sg_ties_title(enum sg_language language, enum sg_area_noun noun, const char *measure, bool is_low,
                    size_t ties, size_t known);

/* The variables of a series with most areas in the worst class. */
struct sg_series_words {
    const char *measure;
    const char *worst[2]; /* the first two of them */
    size_t worst_count;   /* as many share it */
    bool low_is_worst;
    size_t count, known; /* areas of one of them in that class; with values */
};

/* "Service gap: highest for Housing, in the top class in 41 of 53 neighbourhoods" (lowest, in the bottom
   class, where low values are the worst); "highest for Housing and Health, each in the top class in ..." */
char *sg_series_title(enum sg_language language, enum sg_area_noun noun, const struct sg_series_words *words);

/* "Services: more in 30 of 54 neighbourhoods, fewer in 12" */
char *sg_change_title(enum sg_language language, enum sg_area_noun noun, const char *measure, size_t gains,
                      size_t losses, size_t known);

/* "High values cluster in 8 of 54 neighbourhoods, low values in 12" */
char *sg_clusters_title(enum sg_language language, enum sg_area_noun noun, size_t high, size_t low,
                        size_t known);

/* The same of the service gap: "Wide service gaps cluster in 10 of 158 neighbourhoods, narrow ones in 22". */
char *sg_gap_clusters_title(enum sg_language language, size_t wide, size_t narrow, size_t known);
char *sg_gap_clusters_subtitle(enum sg_language language);

/* "People in need: most in St. Brendan's (2,046)"; "Any service: most services in St. Brendan's (25)" */
struct sg_most_words {
    const char *measure, *area; /* the area with most of it */
    size_t ties, known;         /* areas that have as much; areas with a value */
    double value;
};

char *sg_counts_title(enum sg_language language, enum sg_area_noun noun, const struct sg_most_words *words);

/* "8 of 54 neighbourhoods are shared by several of the 8 regions" */
char *sg_regions_title(enum sg_language language, enum sg_area_noun noun, size_t regions, size_t shared,
                       size_t areas);

/* Subtitles; that of dots goes on from the column's own. */
char *sg_dots_subtitle(enum sg_language language, enum sg_area_noun noun, const char *before);
char *sg_pair_subtitle(enum sg_language language, const struct sg_pair_words *words);
char *sg_series_subtitle(enum sg_language language, size_t maps, size_t page, size_t pages);
char *sg_regions_subtitle(enum sg_language language, enum sg_area_noun noun);

#endif
