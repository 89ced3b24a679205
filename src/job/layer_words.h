/* What a map of one field of any layer says: in the program's own words where the layer is a coverage, else
   in the file's; private to src/job. */
#ifndef SG_JOB_LAYER_WORDS_H
#define SG_JOB_LAYER_WORDS_H

#include "job/job.h"
#include "judge/whom.h"
#include "model/table.h"
#include "model/taxonomy.h"
#include "read/area_values.h"

struct sg_layer_words {
    struct sg_column column; /* of the map's field as a run has it; of another layer's without a measure */
    char *name;              /* what sentences call the field */
    char *title, *subtitle;
};

/* Finds the words; the column borrows from them and, for its numbers, from the areas' values, which become
   missing where they mean nothing (people without a service where nobody lives). SG_NO_MEMORY. Release with
   sg_layer_words_release(). */
enum sg_status sg_layer_words_find(struct sg_context *context, struct sg_area_layer *layer,
                                   const struct sg_taxonomy *taxonomy, const struct sg_job *job,
                                   struct sg_layer_words *ret_words);
void sg_layer_words_release(struct sg_layer_words *words);

/* Of a coverage's columns of one measure only the types tell them apart: their titles lose the measure. */
void sg_layer_series_titles(const struct sg_area_layer *layer, struct sg_area_values *values);

/* Whom the shares of a coverage are of; the people, of any other layer. */
enum sg_whom sg_layer_whom(const struct sg_area_layer *layer);

/* Do the areas have names, or ids of their own? Else they are known by nothing but their place in the file.
 */
bool sg_layer_has_names(const struct sg_area_layer *layer);

#endif
