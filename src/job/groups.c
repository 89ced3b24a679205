#include "job/groups.h"

#include <math.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/area_numbers.h"
#include "job/run.h"
#include "measure/group_coverage.h"

void sg_run_groups_release(struct sg_run_groups *groups) {
    for (size_t g = 0; groups->shares != NULL && g < groups->count; g++)
        sg_free(groups->shares[g]);
    sg_free(groups->shares);
    sg_free(groups->groups);
    if (groups->numbers != NULL)
        sg_area_numbers_release(groups->numbers, groups->count);
    sg_free(groups->numbers);
    sg_group_fields_free(groups->fields, groups->count);
    sg_group_coverage_release(&groups->coverage);
    *groups = (struct sg_run_groups){0};
}

static struct sg_group_source source_of(const struct sg_run *run) {
    return (struct sg_group_source){.layer = &run->layer,
                                    .taxonomy = &run->taxonomy,
                                    .measures = &run->measures,
                                    .judgement = run->is_judged ? &run->judgement : NULL,
                                    .groups = run->groups.groups,
                                    .coverage = &run->groups.coverage,
                                    .counts = run->inventory.counts,
                                    .all_counts = run->inventory.all_counts,
                                    .language = run->job->language};
}

/* ---- shares ---- */

/* What turns the numbers of one field into shares, and what was wrong with them. */
struct sharing {
    bool is_percent;
    size_t bad_count, over_count;
    double lost; /* people of the group where the population is 0 */
};

static double share_of(struct sharing *sharing, double value, double population) {
    if (!isfinite(value))
        return NAN;
    if (value < 0 || (sharing->is_percent && value > 100)) {
        sharing->bad_count++;
        return NAN;
    }
    if (sharing->is_percent)
        return value / 100;
    if (!(population > 0)) {
        sharing->lost += isnan(population) ? 0 : value;
        return isnan(population) || value > 0 ? NAN : 0;
    }
    sharing->over_count += value > population;
    return value / population;
}

/* The people of each record of the demand layer. */
static double *record_people(const struct sg_run *run) {
    const struct sg_demand_layer *layer = &run->demand_layer;
    double *people = sg_alloc(layer->read_count, sizeof *people);
    for (size_t r = 0; people != NULL && r < layer->read_count; r++)
        people[r] = NAN;
    for (size_t i = 0; people != NULL && i < layer->feature_count; i++) {
        double *own = &people[layer->features[i].record - 1];
        if (isfinite(layer->features[i].population))
            *own = (isnan(*own) ? 0 : *own) + layer->features[i].population;
    }
    return people;
}

/* Shares by record or by area, in place of the numbers; then of each point. */
static bool share_points(struct sg_run *run, struct sharing *sharing, struct sg_area_number *number,
                         const double *people_of_records, double *shares) {
    const struct sg_demand *demand = &run->demand;
    bool by_record = number->records != NULL;
    if (by_record) {
        for (size_t r = 0; r < run->demand_layer.read_count; r++)
            number->records[r] = share_of(sharing, number->records[r], people_of_records[r]);
    }
    for (size_t a = 0; a < run->layer.area_count; a++) {
        double area_share =
            by_record ? NAN : share_of(sharing, number->values[a], run->measures.population[a]);
        for (size_t i = demand->area_starts[a]; i < demand->area_starts[a + 1]; i++) {
            uint64_t record = demand->points[i].record;
            shares[i] = !by_record ? area_share : record == 0 ? NAN : number->records[record - 1];
        }
    }
    return true;
}

static void say_sharing(struct sg_run *run, const struct sg_group_field *field,
                        const struct sharing *sharing) {
    if (sharing->bad_count > 0)
        sg_warn(run->context,
                field->is_percent ? "they are taken as missing; is it percent of the people?"
                                  : "they are taken as missing",
                "--groups: %zu %s of '%s' %s below 0%s", sharing->bad_count,
                sg_plural(sharing->bad_count, "value", "values"), field->field,
                sg_plural(sharing->bad_count, "is", "are"), field->is_percent ? " or over 100" : "");
    if (sharing->over_count > 0)
        sg_warn(run->context, "write :percent behind the field if it holds percent",
                "--groups: %zu %s of '%s' %s larger than the population there", sharing->over_count,
                sg_plural(sharing->over_count, "value", "values"), field->field,
                sg_plural(sharing->over_count, "is", "are"));
    if (sharing->lost > 0)
        sg_warn(run->context, NULL,
                "--groups: %.0f people of '%s' are where the population is 0, and not counted", sharing->lost,
                field->field);
}

static enum sg_status make_shares(struct sg_run *run) {
    struct sg_run_groups *groups = &run->groups;
    double *people_of_records = record_people(run);
    groups->groups = sg_alloc(groups->count, sizeof *groups->groups);
    groups->shares = sg_alloc(groups->count, sizeof *groups->shares);
    enum sg_status status = people_of_records == NULL || groups->groups == NULL || groups->shares == NULL
                                ? sg_fail_memory(run->context)
                                : SG_OK;
    for (size_t g = 0; status == SG_OK && g < groups->count; g++) {
        const struct sg_group_field *field = &groups->fields[g];
        struct sharing sharing = {.is_percent = field->is_percent};
        groups->shares[g] = sg_alloc(run->demand.point_count, sizeof *groups->shares[g]);
        if (groups->shares[g] == NULL)
            status = sg_fail_memory(run->context);
        else if (share_points(run, &sharing, &groups->numbers[g], people_of_records, groups->shares[g]))
            say_sharing(run, field, &sharing);
        groups->groups[g] = (struct sg_group){field->label, field->prefix, field->letters, groups->shares[g]};
    }
    sg_free(people_of_records);
    return status;
}

/* ---- all ---- */

static void say_groups(struct sg_run *run) {
    const struct sg_run_groups *groups = &run->groups;
    size_t all = groups->coverage.type_count - 1;
    for (size_t g = 0; g < groups->count; g++) {
        const struct sg_group_figures *own = sg_group_city(&groups->coverage, g, all);
        const struct sg_group_figures *everyone = sg_group_city(&groups->coverage, groups->count, all);
        char total[48];
        sg_note(run->context, "group '%s': %s people, %.1f%% of all", groups->fields[g].label,
                sg_grouped_text(round(isnan(own->people) ? 0 : own->people), ",", total),
                isnan(own->people) ? 0 : 100 * own->people / everyone->people);
    }
}

enum sg_status sg_run_read_groups(struct sg_run *run) {
    struct sg_run_groups *groups = &run->groups;
    if (run->job->fairness.groups == NULL)
        return SG_OK;
    enum sg_status status =
        sg_group_fields_parse(run->context, run->job->fairness.groups, &groups->fields, &groups->count);
    if (status != SG_OK)
        return status;
    groups->numbers = sg_alloc(groups->count, sizeof *groups->numbers);
    if (groups->numbers == NULL)
        return sg_fail_memory(run->context);
    for (size_t g = 0; g < groups->count; g++)
        groups->numbers[g] = (struct sg_area_number){.name = groups->fields[g].field, .option = "--groups"};
    return sg_area_numbers_find(run, true, groups->numbers, groups->count);
}

enum sg_status sg_run_measure_groups(struct sg_run *run) {
    struct sg_run_groups *groups = &run->groups;
    if (run->job->fairness.groups == NULL)
        return SG_OK;
    if (!run->has_demand || !run->measures.has_population)
        return sg_fail(run->context, SG_USAGE, "name the people with --population or --demand",
                       "--groups are parts of a population, and none is known");
    enum sg_status status = make_shares(run);
    if (status == SG_OK)
        status = sg_group_coverage_measure(run->context, &run->layer, &run->inventory, &run->demand,
                                           run->has_travel ? &run->travel : NULL, &run->measures,
                                           groups->groups, groups->count, &groups->coverage);
    groups->is_measured = status == SG_OK;
    groups->source = source_of(run);
    if (status == SG_OK)
        say_groups(run);
    return status;
}
