#include "measure/region_parts.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "measure/region_shares.h"

static int by_area(const void *a, const void *b) {
    const struct sg_region_part *one = a, *two = b;
    if (one->area != two->area)
        return one->area < two->area ? -1 : 1;
    return one->region < two->region ? -1 : one->region > two->region;
}

static int by_region(const void *a, const void *b) {
    const struct sg_region_part *one = a, *two = b;
    if (one->region != two->region)
        return one->region < two->region ? -1 : 1;
    return one->area < two->area ? -1 : one->area > two->area;
}

/* The part with the largest remainder that is not served yet; remainders of served ones are -1. */
static size_t largest(const double *remainders, size_t count) {
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        if (remainders[i] > remainders[best])
            best = i;
    }
    return best;
}

/* Divides a total among the parts of one area: `to` is the first part's number, stride numbers apart. */
static void divide(double total, const struct sg_region_part *parts, size_t count, double *to, size_t stride,
                   double *remainders) {
    double shares = 0, given = 0;
    bool is_whole = isfinite(total) && total == floor(total) && total < 1e15;
    for (size_t i = 0; i < count; i++) {
        double part = total * parts[i].share;
        double whole = floor(part + 1e-9);
        shares += parts[i].share;
        remainders[i] = part - whole;
        to[i * stride] = is_whole ? whole : part;
        given += whole;
    }
    if (!is_whole)
        return;
    if (fabs(shares - 1) > 1e-6) { /* regions that overlap: each has its own, to the nearest person */
        for (size_t i = 0; i < count; i++)
            to[i * stride] += remainders[i] >= 0.5;
        return;
    }
    for (; given < total; given++) {
        size_t i = largest(remainders, count);
        to[i * stride]++;
        remainders[i] = -1;
    }
}

static size_t count_parts(const struct sg_area_layer *layer, const double *leftover, bool *ret_has_rest) {
    size_t count = 0;
    for (size_t r = 0; r < layer->region_count; r++)
        count += layer->regions[r].area_count;
    *ret_has_rest = false;
    for (size_t a = 0; a < layer->area_count; a++) {
        count += leftover[a] > 0;
        *ret_has_rest = *ret_has_rest || leftover[a] > 0;
    }
    return count;
}

static void fill(const struct sg_area_layer *layer, const double *leftover, struct sg_region_part *parts) {
    size_t n = 0;
    for (size_t r = 0; r < layer->region_count; r++) {
        const struct sg_region *region = &layer->regions[r];
        for (uint32_t i = 0; i < region->area_count; i++)
            parts[n++] = (struct sg_region_part){
                .region = (uint32_t)r, .area = region->areas[i], .share = region->shares[i]};
    }
    for (size_t a = 0; a < layer->area_count; a++) {
        if (leftover[a] > 0)
            parts[n++] = (struct sg_region_part){
                .region = (uint32_t)layer->region_count, .area = (uint32_t)a, .share = leftover[a]};
    }
}

/* People to the parts, area after area. */
static void divide_people(const struct sg_measures *measures, size_t count, double *remainders,
                          struct sg_region_parts *parts) {
    size_t stride = sizeof *parts->parts / sizeof(double);
    size_t rest = parts->has_rest ? parts->region_count - 1 : SIZE_MAX;
    for (size_t first = 0, next; first < count; first = next) {
        uint32_t area = parts->parts[first].area;
        size_t regions = 0;
        bool is_split = false;
        for (next = first; next < count && parts->parts[next].area == area; next++) {
            regions += parts->parts[next].region != rest;
            is_split = is_split || parts->parts[next].share < 1;
        }
        parts->shared_area_count += regions > 1;
        parts->split_area_count += is_split;
        struct sg_region_part *part = &parts->parts[first];
        divide(measures->population[area], part, next - first, &part->population, stride, remainders);
        divide(measures->need[area], part, next - first, &part->need, stride, remainders);
    }
}

enum sg_status sg_region_parts_make(struct sg_context *context, const struct sg_area_layer *layer,
                                    const struct sg_measures *measures, struct sg_region_parts *ret_parts) {
    double *leftover = sg_alloc(layer->area_count, sizeof *leftover);
    if (leftover == NULL)
        return sg_fail_memory(context);
    sg_regions_leftover(layer, leftover);
    struct sg_region_parts parts = {0};
    size_t count = count_parts(layer, leftover, &parts.has_rest);
    parts.region_count = layer->region_count + parts.has_rest;
    parts.parts = sg_alloc(count, sizeof *parts.parts);
    parts.starts = sg_alloc(parts.region_count + 1, sizeof *parts.starts);
    double *remainders = sg_alloc(parts.region_count, sizeof *remainders);
    bool done = parts.parts != NULL && parts.starts != NULL && remainders != NULL;
    if (done) {
        fill(layer, leftover, parts.parts);
        qsort(parts.parts, count, sizeof *parts.parts, by_area);
        divide_people(measures, count, remainders, &parts);
        qsort(parts.parts, count, sizeof *parts.parts, by_region);
        for (size_t i = 0; i < count; i++)
            parts.starts[parts.parts[i].region + 1]++;
        for (size_t r = 0; r < parts.region_count; r++)
            parts.starts[r + 1] += parts.starts[r];
    }
    sg_free(leftover);
    sg_free(remainders);
    if (!done) {
        sg_region_parts_release(&parts);
        return sg_fail_memory(context);
    }
    *ret_parts = parts;
    return SG_OK;
}

void sg_region_parts_release(struct sg_region_parts *parts) {
    sg_free(parts->parts);
    sg_free(parts->starts);
    *parts = (struct sg_region_parts){0};
}
