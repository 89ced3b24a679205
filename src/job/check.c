#include "job/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/numbers.h"
#include "measure/border_distance.h"

bool sg_is_coarse(double degrees) {
    double scaled = degrees * 1000; /* 10 to the power of SG_FEWEST_DECIMALS - 1 */
    _Static_assert(SG_FEWEST_DECIMALS == 4, "the scale goes with the number of decimals");
    return fabs(scaled - round(scaled)) < 1e-7;
}

enum sg_status sg_check_begin(struct sg_context *context, struct sg_check *check, const struct sg_crs *crs) {
    if (!sg_reserve(&check->inputs, &check->input_capacity, check->input_count + 1, sizeof *check->inputs))
        return sg_fail_memory(context);
    struct sg_input_check input = {.is_geographic = sg_crs_is_geographic(crs)};
    if (check->input_count > 0) {
        const struct sg_input_check *before = &check->inputs[check->input_count - 1];
        input.first_site = before->first_site + before->site_count;
    }
    check->inputs[check->input_count++] = input;
    return SG_OK;
}

bool sg_check_add_problem(struct sg_check *check, const struct sg_problem *problem) {
    if (!check->wants_problems)
        return true;
    if (!sg_reserve(&check->problems, &check->problem_capacity, check->problem_count + 1,
                    sizeof *check->problems))
        return false;
    check->problems[check->problem_count++] = *problem;
    return true;
}

static bool add_record(struct sg_check *check, uint64_t record) {
    if (!check->wants_problems)
        return true;
    if (!sg_reserve(&check->records, &check->record_capacity, check->record_count + 1,
                    sizeof *check->records))
        return false;
    check->records[check->record_count++] = record;
    return true;
}

static bool add_entry(struct sg_check *check, const struct sg_site_entry *entry) {
    struct sg_input_check *input = &check->inputs[check->input_count - 1];
    struct sg_problem problem = {.input = check->input_count - 1, .record = entry->record};
    if (entry->outcome == SG_SITE_SWAPPED) {
        problem.kind = SG_PROBLEM_SWAPPED;
        problem.lon_lat_deg = (struct sg_point){entry->point.y, entry->point.x};
        return sg_check_add_problem(check, &problem);
    }
    if (entry->outcome != SG_SITE_COUNTED && entry->outcome != SG_SITE_OUTSIDE)
        return true;
    input->site_count++;
    if (!add_record(check, entry->record))
        return false;
    if (!input->is_geographic || !sg_is_coarse(entry->point.x) || !sg_is_coarse(entry->point.y))
        return true;
    input->coarse_count++;
    problem.kind = SG_PROBLEM_COARSE;
    problem.lon_lat_deg = entry->lon_lat_deg;
    return sg_check_add_problem(check, &problem);
}

enum sg_status sg_check_add(struct sg_context *context, struct sg_check *check,
                            const struct sg_site_batch *batch) {
    for (size_t i = 0; i < batch->count; i++) {
        if (!add_entry(check, &batch->entries[i]))
            return sg_fail_memory(context);
    }
    return SG_OK;
}

/* ---- places and borders ---- */

/* How far a site is from the nearest border. */
struct border_way {
    double m;      /* infinity: in an area and not near a border */
    uint32_t area; /* whose border it is, where it is known */
};

static bool is_near_border(const struct border_way *way) {
    return way->m <= SG_NEAR_BORDER_M;
}

/* From every site. */
static void measure_sites(struct sg_context *context, const struct sg_borders *borders,
                          const struct sg_inventory *inventory, struct border_way *ways) {
#pragma omp parallel for schedule(dynamic, 64)                                                               \
    num_threads(sg_context_threads(context)) if (inventory->site_count > 256)
    for (size_t i = 0; i < inventory->site_count; i++) {
        const struct sg_site *site = &inventory->sites[i];
        double within_m = site->area == UINT32_MAX ? INFINITY : SG_NEAR_BORDER_M;
        ways[i] = (struct border_way){INFINITY, UINT32_MAX};
        if (!sg_context_interrupted(context))
            ways[i].m = sg_borders_nearest(borders, site->lon_lat_deg, within_m, &ways[i].area);
    }
}

/* Sorts the input's outside distances into the scratch array. */
static void sum_up_input(struct sg_input_check *input, const struct sg_inventory *inventory,
                         const struct border_way *ways, double *scratch) {
    size_t count = 0;
    for (size_t i = input->first_site; i < input->first_site + input->site_count; i++) {
        if (inventory->sites[i].area == UINT32_MAX)
            scratch[count++] = ways[i].m;
        input->near_border_count += is_near_border(&ways[i]);
    }
    input->outside_count = count;
    input->outside_least_m = input->outside_median_m = input->outside_most_m = NAN;
    if (count == 0)
        return;
    qsort(scratch, count, sizeof *scratch, sg_compare_numbers);
    input->outside_least_m = scratch[0];
    input->outside_median_m = (scratch[(count - 1) / 2] + scratch[count / 2]) / 2;
    input->outside_most_m = scratch[count - 1];
}

/* Areas that count a point near a border, or that one just outside could come to. */
static bool count_near_areas(struct sg_check *check, const struct sg_inventory *inventory,
                             const struct border_way *ways) {
    bool *is_near = sg_alloc(inventory->area_count, sizeof *is_near);
    if (is_near == NULL)
        return false;
    for (size_t i = 0; i < inventory->site_count; i++) {
        if (is_near_border(&ways[i]))
            is_near[inventory->sites[i].area == UINT32_MAX ? ways[i].area : inventory->sites[i].area] = true;
    }
    for (size_t a = 0; a < inventory->area_count; a++)
        check->near_border_areas += is_near[a];
    sg_free(is_near);
    return true;
}

/* ---- problems with a place ---- */

/* A site outside and near a border is both: in no area, and a little change puts it in one. */
static bool add_site_problems(struct sg_check *check, const struct sg_inventory *inventory,
                              const struct border_way *ways) {
    bool done = true;
    for (size_t n = 0; check->wants_problems && n < check->input_count; n++) {
        const struct sg_input_check *input = &check->inputs[n];
        for (size_t i = input->first_site; done && i < input->first_site + input->site_count; i++) {
            const struct sg_site *site = &inventory->sites[i];
            struct sg_problem problem = {.lon_lat_deg = site->lon_lat_deg,
                                         .input = n,
                                         .record = check->records[i],
                                         .size = ways[i].m,
                                         .one = site->area,
                                         .two = ways[i].area};
            if (site->area == UINT32_MAX && isfinite(ways[i].m)) {
                problem.kind = SG_PROBLEM_OUTSIDE;
                done = sg_check_add_problem(check, &problem);
            }
            if (done && is_near_border(&ways[i])) {
                problem.kind = SG_PROBLEM_NEAR_BORDER;
                done = sg_check_add_problem(check, &problem);
            }
        }
    }
    return done;
}

static enum sg_status add_area_problems(struct sg_context *context, struct sg_check *check,
                                        const struct sg_area_layer *layer) {
    struct sg_transformation *to_lon_lat = NULL;
    enum sg_status status = sg_transformation_new(context, layer->crs, layer->geographic, &to_lon_lat);
    if (status != SG_OK)
        return status;
    const struct sg_partition *partition = &check->partition;
    bool done = true;
    for (size_t i = 0; done && i < partition->overlap_count + partition->gap_count; i++) {
        struct sg_problem problem = {0};
        if (i < partition->overlap_count) {
            const struct sg_overlap *overlap = &partition->overlaps[i];
            problem = (struct sg_problem){.kind = SG_PROBLEM_OVERLAP,
                                          .lon_lat_deg = overlap->point,
                                          .size = overlap->km2,
                                          .one = overlap->one,
                                          .two = overlap->two};
        } else {
            const struct sg_gap *gap = &partition->gaps[i - partition->overlap_count];
            problem =
                (struct sg_problem){.kind = SG_PROBLEM_GAP, .lon_lat_deg = gap->point, .size = gap->km2};
        }
        sg_transform_points(to_lon_lat, &problem.lon_lat_deg, 1);
        done = sg_check_add_problem(check, &problem);
    }
    sg_transformation_free(to_lon_lat);
    return done ? SG_OK : sg_fail_memory(context);
}

static enum sg_status check_sites(struct sg_context *context, struct sg_check *check,
                                  const struct sg_area_layer *layer, const struct sg_inventory *inventory) {
    struct sg_borders *borders = NULL;
    enum sg_status status = sg_borders_new(context, layer, &borders);
    struct border_way *ways = sg_alloc(inventory->site_count, sizeof *ways);
    double *scratch = sg_alloc(inventory->site_count, sizeof *scratch);
    bool done = status == SG_OK && ways != NULL && scratch != NULL;
    if (done) {
        measure_sites(context, borders, inventory, ways);
        for (size_t i = 0; i < check->input_count; i++)
            sum_up_input(&check->inputs[i], inventory, ways, scratch);
        done = count_near_areas(check, inventory, ways) && add_site_problems(check, inventory, ways);
    }
    sg_borders_free(borders);
    sg_free(ways);
    sg_free(scratch);
    if (status == SG_OK && !done)
        status = sg_fail_memory(context);
    if (status == SG_OK && sg_context_interrupted(context))
        status = sg_fail(context, SG_INTERRUPTED, NULL, "interrupted while the services were checked");
    return status;
}

/* Every area that has the name of one before it counts, and the first of them once. */
enum sg_status sg_count_same_names(struct sg_context *context, const struct sg_area_layer *layer,
                                   size_t *ret_count) {
    size_t count = 0;
    struct sg_name_index *names = sg_name_index_new();
    bool *is_double = sg_alloc(layer->area_count, sizeof *is_double);
    bool done = names != NULL && is_double != NULL;
    for (size_t i = 0; done && i < layer->area_count; i++) {
        const char *name = layer->areas[i].name;
        bool is_new;
        size_t place = sg_name_index_add(names, name, strlen(name), &is_new);
        done = place != SG_NO_INDEX;
        if (!done || is_new)
            continue;
        count += is_double[place] ? 1 : 2;
        is_double[place] = true;
    }
    sg_name_index_free(names);
    sg_free(is_double);
    *ret_count = count;
    return done ? SG_OK : sg_fail_memory(context);
}

enum sg_status sg_check_finish(struct sg_context *context, struct sg_check *check,
                               const struct sg_area_layer *layer, const struct sg_inventory *inventory) {
    enum sg_status status = sg_partition_check(context, layer, &check->partition);
    if (status == SG_OK)
        status = sg_count_same_names(context, layer, &check->same_name_count);
    if (status == SG_OK)
        status = add_area_problems(context, check, layer);
    return status == SG_OK ? check_sites(context, check, layer, inventory) : status;
}

void sg_check_release(struct sg_check *check) {
    sg_partition_release(&check->partition);
    sg_free(check->inputs);
    sg_free(check->problems);
    sg_free(check->records);
    *check = (struct sg_check){0};
}
