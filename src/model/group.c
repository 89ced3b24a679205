#include "model/group.h"

#include "core/alloc.h"

void sg_group_coverage_release(struct sg_group_coverage *coverage) {
    sg_free(coverage->city);
    sg_free(coverage->areas);
    *coverage = (struct sg_group_coverage){0};
}

const struct sg_group_figures *sg_group_city(const struct sg_group_coverage *coverage, size_t group,
                                             size_t type) {
    return &coverage->city[group * coverage->type_count + type];
}

const struct sg_group_figures *sg_group_area(const struct sg_group_coverage *coverage, size_t group,
                                             size_t type, size_t area) {
    return &coverage->areas[(group * coverage->type_count + type) * coverage->area_count + area];
}
