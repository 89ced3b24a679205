/* Shorter spellings of place names, by the rules that maps have always used. */
#ifndef SG_DRAW_ABBREVIATION_H
#define SG_DRAW_ABBREVIATION_H

#include <stdbool.h>
#include <stddef.h>

enum { SG_MOST_ABBREVIATION = 2 };

/* The name with its words abbreviated, English and French ones alike: a city's names do not follow the map's
   language. Level 1 drops what stands in brackets and shortens saints, mounts and the points of the compass
   ("North St. James Town" -> "N. St. James Town", "and" -> "&"); level 2 also the commonest common nouns
   ("Heights" -> "Hts"). A name of one word stays whole. The same name when no rule applies; NULL when out of
   memory. Free with sg_free(). */
char *sg_abbreviate(const char *name, int level);

/* The abbreviations of all names of a map, SG_MOST_ABBREVIATION for each: NULL where there is none, or where
   another name has or would have the same. What stands in brackets stays with all of them where it is what
   tells two names apart ("St. Paul's (21)", "St. Paul's (22)"). False when out of memory; free each text with
   sg_free(). */
bool sg_abbreviate_all(const char *const *names, size_t count, char **ret_texts);

#endif
