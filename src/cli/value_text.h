/* What the words of option values mean. */
#ifndef SG_CLI_VALUE_TEXT_H
#define SG_CLI_VALUE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "job/job.h"
#include "model/measure.h"

/* A plain decimal number, finite. */
bool sg_value_number(const char *text, double *ret_number);

/* "10,25,50": ascending numbers into list; how many, 0 when it is not such a list or has more than most. */
size_t sg_value_list(const char *text, double *list, size_t most);

/* "800", "800m", "1.2km", separated by commas: distances above 0 in metres, none twice; 0 when wrong. Or
   "10min,15min": minutes, and *ret_is_minutes says so. */
size_t sg_value_distances(const char *text, double *values, size_t most, bool *ret_is_minutes);

/* Is all that is wrong with the distances that one is there twice ("1km,1000")? */
bool sg_value_repeats_distance(const char *text);

/* "types", "streets", "types,streets" or "none". */
bool sg_value_catchments(const char *text, struct sg_catchment_wishes *ret_wishes);

/* "count,per_10k": which measures. False with the first unknown name, cut to 63 bytes. */
bool sg_value_measures(const char *text, bool wants[static SG_MEASURE_COUNT_OF_ALL], char unknown[static 64]);

/* "17", "-16.5" or "auto" (NaN). */
bool sg_value_rotation(const char *text, double *ret_degrees);

#endif
