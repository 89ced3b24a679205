/* The table of --benchmark: a standard for each type. */
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/run.h"
#include "read/dataset.h"
#include "read/look_through.h"

enum { CODE, PREFIX, LABEL }; /* what a type may be called */

size_t sg_run_find_type(const struct sg_run *run, const char *name) {
    const struct sg_taxonomy *taxonomy = &run->taxonomy;
    char *folded = sg_text_fold(name);
    size_t found = SG_NO_INDEX;
    /* types as found are what their texts say: "C" is that type, though the code of "C++" is c */
    const int code_first[] = {CODE, PREFIX, LABEL}, label_first[] = {LABEL, CODE, PREFIX};
    const int *order = taxonomy->is_open ? label_first : code_first;
    for (int n = 0; folded != NULL && found == SG_NO_INDEX && n < 3; n++) {
        for (size_t t = 0; found == SG_NO_INDEX && t < taxonomy->type_count; t++) {
            const struct sg_type *type = &taxonomy->types[t];
            const char *const names[] = {type->code, type->prefix, type->label_en};
            char *other = sg_text_fold(names[order[n]]);
            if (other != NULL && strcmp(other, folded) == 0)
                found = t;
            sg_free(other);
        }
    }
    sg_free(folded);
    return found;
}

/* What the rows read so far say of the supply that all types are judged on. */
struct judged_on {
    enum sg_supply supply;
    bool is_decided;           /* by --supply, or by a row */
    unsigned long long record; /* that row; 0: none */
};

/* All types are judged on one supply: that of a standard in words ("1 per 5000") is everyone's. */
static enum sg_status decide_supply(struct sg_run *run, unsigned long long record, const char *text,
                                    enum sg_supply implied, struct judged_on *on) {
    const char *path = run->job->benchmark_file;
    if (on->is_decided && implied != on->supply && on->record > 0)
        return sg_fail(run->context, SG_BAD_INPUT, "all types are judged on one supply: write one kind only",
                       "%s, record %llu: '%s' is judged on --supply %s, and record %llu on --supply %s", path,
                       record, text, sg_supply_name(implied), on->record, sg_supply_name(on->supply));
    if (on->is_decided && implied != on->supply)
        return sg_fail(run->context, SG_USAGE, "judge on the supply that the benchmark measures",
                       "%s, record %llu: '%s' does not fit --supply %s", path, record, text,
                       sg_supply_name(on->supply));
    if (!on->is_decided && implied != on->supply)
        sg_note(run->context,
                "%s, record %llu: the benchmark '%s' is judged on --supply %s, and so are all other types",
                path, record, text, sg_supply_name(implied));
    if (!on->is_decided)
        *on = (struct judged_on){implied, true, record};
    return SG_OK;
}

static enum sg_status read_row(struct sg_run *run, unsigned long long record, const char *name,
                               const char *text, struct sg_benchmark *of_types, struct judged_on *on) {
    const char *path = run->job->benchmark_file;
    size_t type = name == NULL ? SG_NO_INDEX : sg_run_find_type(run, name);
    bool implies;
    enum sg_supply implied = on->supply;
    if (type == SG_NO_INDEX)
        return sg_fail(run->context, SG_BAD_INPUT, "use the codes of the taxonomy",
                       "%s, record %llu: there is no type '%s'", path, record, name == NULL ? "" : name);
    if (text == NULL || !sg_benchmark_from_text(text, &of_types[type], &implies, &implied))
        return sg_fail(run->context, SG_BAD_INPUT, "write median, average, 1 per 5000, 90% or a number",
                       "%s, record %llu: '%s' is not a benchmark", path, record, text == NULL ? "" : text);
    return implies ? decide_supply(run, record, text, implied, on) : SG_OK;
}

static enum sg_status read_rows(struct sg_run *run, struct sg_benchmark *of_types, struct judged_on *on) {
    struct sg_dataset dataset;
    struct sg_source source = {.path = run->job->benchmark_file, .encoding = run->job->encoding};
    enum sg_status status = sg_dataset_open(run->context, &source, &dataset);
    int type_field = -1, benchmark_field = -1;
    if (status == SG_OK)
        status = sg_dataset_field(&dataset, "type", "--benchmark", &type_field);
    if (status == SG_OK)
        status = sg_dataset_field(&dataset, "benchmark", "--benchmark", &benchmark_field);
    if (status == SG_OK)
        status = sg_dataset_look_through(&dataset, NULL, 0, true);
    OGRFeatureH feature;
    while (status == SG_OK && (feature = sg_dataset_next(&dataset)) != NULL) {
        unsigned long long record = dataset.record;
        char *name = sg_dataset_text_copy(&dataset, feature, type_field);
        const char *text = sg_dataset_text(&dataset, feature, benchmark_field);
        status = read_row(run, record, name, text, of_types, on);
        sg_free(name);
        OGR_F_Destroy(feature);
    }
    if (status == SG_OK)
        status = sg_dataset_finish(&dataset, "the benchmark");
    sg_dataset_release(&dataset);
    return status;
}

enum sg_status sg_run_read_benchmarks(struct sg_run *run, struct sg_benchmark **ret_of_types,
                                      enum sg_supply *ret_supply) {
    const struct sg_job *job = run->job;
    struct sg_benchmark *of_types = sg_alloc(run->taxonomy.type_count, sizeof *of_types);
    if (of_types == NULL)
        return sg_fail_memory(run->context);
    for (size_t t = 0; t < run->taxonomy.type_count; t++)
        of_types[t] = job->judge.benchmark;
    struct judged_on on = {.supply = job->judge.supply, .is_decided = job->supply_is_named};
    enum sg_status status = read_rows(run, of_types, &on);
    if (status != SG_OK) {
        sg_free(of_types);
        return status;
    }
    *ret_of_types = of_types;
    *ret_supply = on.supply;
    return SG_OK;
}
