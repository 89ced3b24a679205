#include "measure/access.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"

static const char *const names[SG_ACCESS_FAMILY_COUNT] = {"2sfca", "e2sfca", "m2sfca", "3sfca"};

const char *sg_access_name(enum sg_access_family family) {
    return names[family];
}

bool sg_access_from_name(const char *name, enum sg_access_family *ret_family) {
    for (int i = 0; i < SG_ACCESS_FAMILY_COUNT; i++) {
        if (strcmp(name, names[i]) == 0) {
            *ret_family = (enum sg_access_family)i;
            return true;
        }
    }
    return false;
}

/* Sums of parts are added in the order of the parts, whatever the number of threads: so many parts, fewer
   where they would take more memory than this. */
enum { MOST_PARTS = 32 };
static const size_t MOST_SUMS = (size_t)1 << 25;

struct work {
    struct sg_context *context;
    const struct sg_reach *reach;
    const struct sg_access_request *request;
    struct sg_measures *measures;
    size_t threshold;
    size_t part_count;
    double *loads;  /* of each slot, part after part; then the sum in the first part */
    double *handed; /* supply given to people, by type, part after part */
};

/* The weight of an offer in both steps: f, or G f of the three-step family. */
static double weight_of(const struct work *work, double cost) {
    const struct sg_access_request *request = work->request;
    return request->family == SG_ACCESS_2SFCA
               ? 1
               : sg_decay_weight(&request->decay, cost, work->measures->thresholds_m[work->threshold]);
}

/* The offers of a point with their weights in place of costs. NULL when out of memory. */
static const struct sg_offer *weigh_offers(const struct work *work, struct sg_reach_area *points, size_t i,
                                           size_t *ret_count) {
    if (sg_reach_offers(points, i, work->threshold, ret_count) == NULL)
        return NULL;
    struct sg_offer *offers = points->offers;
    double sum = 0;
    for (size_t p = 0; p < *ret_count; p++) {
        offers[p].cost = weight_of(work, offers[p].cost);
        sum += offers[p].services * offers[p].cost;
    }
    for (size_t p = 0; work->request->family == SG_ACCESS_3SFCA && sum > 0 && p < *ret_count; p++)
        offers[p].cost *= offers[p].cost / sum;
    return offers;
}

/* Are the people of an area known? Elsewhere land weighs, which shares nothing. */
static bool has_people(const struct work *work, size_t area) {
    return isfinite(work->measures->need[area]);
}

/* The people at a point who share services. */
static double people_of(const struct work *work, size_t area, const struct sg_demand_point *point) {
    return has_people(work, area) ? point->weight * point->city_share : 0;
}

/* Step 1: the people who share each service. */
static bool add_loads(const struct work *work, struct sg_reach_area *points, size_t area, double *loads) {
    const struct sg_reach *reach = work->reach;
    for (size_t type = 0; type < reach->type_count; type++) {
        sg_reach_area_type(points, type);
        for (size_t i = 0; reach->offers[type] && i < points->count; i++) {
            const struct sg_demand_point *point = &reach->demand->points[points->first + i];
            size_t count;
            const struct sg_offer *offers = weigh_offers(work, points, i, &count);
            if (offers == NULL)
                return false;
            double people = people_of(work, area, point);
            for (size_t p = 0; p < count; p++)
                loads[offers[p].place] += people * offers[p].cost;
        }
    }
    return true;
}

/* Step 2: what comes to each point, and its mean over the area. */
static bool add_access(const struct work *work, struct sg_reach_area *points, size_t area, double *handed) {
    const struct sg_reach *reach = work->reach;
    bool squares = work->request->family == SG_ACCESS_M2SFCA;
    for (size_t type = 0; type < reach->type_count; type++) {
        double sum = 0, total = 0;
        sg_reach_area_type(points, type);
        for (size_t i = 0; i < points->count; i++) {
            const struct sg_demand_point *point = &reach->demand->points[points->first + i];
            size_t count = 0;
            const struct sg_offer *offers = NULL;
            if (reach->offers[type] && (offers = weigh_offers(work, points, i, &count)) == NULL)
                return false;
            double access = 0;
            for (size_t p = 0; p < count; p++) {
                double load = work->loads[offers[p].place], weight = offers[p].cost;
                if (load > 0)
                    access += offers[p].weight / load * (squares ? weight * weight : weight);
            }
            sum += point->weight * access;
            total += point->weight;
            handed[type] += people_of(work, area, point) * access;
        }
        double *row = sg_measures_row(work->measures, SG_MEASURE_ACCESS, type, work->threshold);
        if (total > 0 && has_people(work, area) && !sg_area_hides_people(work->measures->states[area]))
            row[area] = 10000 * (sum / total);
    }
    return true;
}

static size_t part_start(const struct work *work, size_t part) {
    return part * work->measures->area_count / work->part_count;
}

/* One step over all areas, part by part. */
static enum sg_status step(const struct work *work, bool is_first) {
    bool out_of_memory = false;
#pragma omp parallel for schedule(dynamic, 1) num_threads(sg_context_threads(work->context))
    for (size_t part = 0; part < work->part_count; part++) {
        struct sg_reach_area points = {0};
        bool done = true;
        for (size_t area = part_start(work, part); done && area < part_start(work, part + 1); area++) {
            if (sg_context_interrupted(work->context))
                break;
            done = sg_reach_area_open(work->reach, area, &points);
            if (done && is_first)
                done = add_loads(work, &points, area, work->loads + part * work->reach->slot_count);
            else if (done)
                done = add_access(work, &points, area, work->handed + part * work->reach->type_count);
        }
        sg_reach_area_close(&points);
        if (!done) {
#pragma omp atomic write
            out_of_memory = true;
        }
    }
    if (sg_context_interrupted(work->context))
        return sg_fail(work->context, SG_INTERRUPTED, NULL, "interrupted while measuring access");
    return out_of_memory ? sg_fail_memory(work->context) : SG_OK;
}

/* Adds the parts up into the first. */
static void add_parts(double *sums, size_t count, size_t part_count) {
    for (size_t part = 1; part < part_count; part++) {
        for (size_t i = 0; i < count; i++)
            sums[i] += sums[part * count + i];
    }
}

/* What was there to hand out, and what was handed out, at the first threshold. */
static void check_supply(const struct work *work) {
    const struct sg_reach *reach = work->reach;
    for (size_t type = 0; work->threshold == 0 && type < reach->type_count; type++) {
        struct sg_city_measures *city = &work->measures->city[type];
        city->access_handed = work->handed[type];
        city->access_supply = sg_reach_supply(reach, type, work->loads);
    }
}

static enum sg_status measure_threshold(struct work *work) {
    const struct sg_reach *reach = work->reach;
    size_t sums = work->part_count * reach->slot_count;
    work->loads = sg_alloc(sums, sizeof *work->loads);
    work->handed = sg_alloc(work->part_count * reach->type_count, sizeof *work->handed);
    enum sg_status status =
        work->loads == NULL || work->handed == NULL ? sg_fail_memory(work->context) : step(work, true);
    if (status == SG_OK) {
        add_parts(work->loads, reach->slot_count, work->part_count);
        status = step(work, false);
    }
    if (status == SG_OK) {
        add_parts(work->handed, reach->type_count, work->part_count);
        check_supply(work);
    }
    sg_free(work->loads);
    sg_free(work->handed);
    return status;
}

enum sg_status sg_access_measure(struct sg_context *context, const struct sg_reach *reach,
                                 const struct sg_access_request *request, struct sg_measures *measures) {
    if (isnan(measures->total_need))
        return SG_OK; /* nobody is known to share anything */
    struct work work = {.context = context, .reach = reach, .request = request, .measures = measures};
    size_t room = MOST_SUMS / (reach->slot_count + 1);
    work.part_count = room > MOST_PARTS ? MOST_PARTS : room < 1 ? 1 : room;
    enum sg_status status = SG_OK;
    for (size_t d = 0; status == SG_OK && d < measures->threshold_count; d++) {
        work.threshold = d;
        status = measure_threshold(&work);
    }
    return status;
}
