/* Whom shares and means are of: the people, those of them in need, or, where no people are known, the land.
 */
#ifndef SG_JUDGE_WHOM_H
#define SG_JUDGE_WHOM_H

#include <stdbool.h>

#include "model/measure.h"
#include "model/taxonomy.h"

enum sg_whom { SG_WHOM_LAND, SG_WHOM_PEOPLE, SG_WHOM_NEED };

/* The numbers of the areas, one after the other; NaN = missing. Begin with zeroes. A need that equals the
   population everywhere is the population. */
struct sg_whom_seen {
    bool has_people, has_need, need_is_own;
};

void sg_whom_see(struct sg_whom_seen *seen, double population, double need);
enum sg_whom sg_whom_from(const struct sg_whom_seen *seen);

/* Of a run: its measures of areas; and its city-wide ones, which count people wherever they are known. */
enum sg_whom sg_whom_of(const struct sg_measures *measures);
enum sg_whom sg_whom_of_city(const struct sg_measures *measures);

/* Words that fit into sentences; an example of each. */
enum sg_whom_words {
    SG_WHOM_NOUN,     /* "people"; French without article: "gens" */
    SG_WHOM_MOST,     /* "most people", "most of the land" */
    SG_WHOM_LIVING,   /* "residents who live", "the land"; French: "des résidents qui vivent" */
    SG_WHOM_SHARE,    /* "residents", "the land"; French: "des résidents" */
    SG_WHOM_HOMES,    /* "the homes of residents", "every part of the land" */
    SG_WHOM_MEAN,     /* "mean over residents" */
    SG_WHOM_WEIGHTED, /* "weighted by people" */
    SG_WHOM_PERCENT,  /* "% of people", for legends */
    SG_WHOM_HALF,     /* "Half of the people, those"; of areas without people all weigh the same */
    SG_WHOM_TENTH,    /* "for one in ten" */
    SG_WHOM_OF_ALL    /* "of the people" */
};

const char *sg_whom_words(enum sg_whom whom, enum sg_whom_words words, enum sg_language language);

#endif
