/* The findings as plain sentences with the numbers in them, in English or French. */
#ifndef SG_JUDGE_FINDINGS_H
#define SG_JUDGE_FINDINGS_H

#include "core/context.h"
#include "judge/fairness.h"
#include "judge/gap.h"
#include "judge/group_table.h"
#include "judge/local_clusters.h"
#include "judge/stability.h"
#include "model/area.h"
#include "model/measure.h"
#include "model/site.h"
#include "model/table.h"
#include "model/taxonomy.h"

/* What the sentences are about; all borrowed. */
struct sg_findings_source {
    const struct sg_area_layer *layer;
    const struct sg_taxonomy *taxonomy;
    const struct sg_measures *measures;
    const struct sg_judgement *judgement; /* NULL: not judged */
    const struct sg_input_counts *counts;
    const struct sg_fairness *fairness; /* NULL, as all below: not measured */
    const struct sg_local_clusters *clusters;
    const struct sg_stability *stability;
    const struct sg_group_source *groups;
    const char *status_name; /* what people were ranked by, in its file's words */
    enum sg_language language;
};

/* All findings of a run, most important first; free each and the list with sg_free(). */
enum sg_status sg_findings(struct sg_context *context, const struct sg_findings_source *source,
                           char ***ret_sentences, size_t *ret_count);

#endif
