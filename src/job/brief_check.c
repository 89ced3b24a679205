#include "job/brief_check.h"

#include <math.h>

#include "core/text.h"

enum { MOST_LOOKED_AT = 4096 };

void sg_brief_check_add(struct sg_brief_input *input, bool is_geographic, const struct sg_site_batch *batch) {
    for (size_t i = 0; is_geographic && i < batch->count && input->looked_at < MOST_LOOKED_AT; i++) {
        const struct sg_site_entry *entry = &batch->entries[i];
        if (entry->outcome != SG_SITE_COUNTED && entry->outcome != SG_SITE_OUTSIDE)
            continue;
        input->looked_at++;
        input->coarse += sg_is_coarse(entry->point.x) && sg_is_coarse(entry->point.y);
    }
}

void sg_brief_check_input(struct sg_context *context, const char *path, const struct sg_brief_input *input) {
    if (input->coarse * 5 > input->looked_at)
        sg_note(context,
                "%s: %zu of its first %zu coordinates have fewer than %d decimals: they are good to 100 m, "
                "and may "
                "be in the next area",
                path, input->coarse, input->looked_at, SG_FEWEST_DECIMALS);
}

static void say_overlaps(const struct sg_run *run) {
    size_t points = 0;
    for (size_t i = 0; i < run->demand.point_count; i++)
        points += run->demand.points[i].city_share < 1;
    unsigned long long services = run->inventory.in_several_areas;
    if (services > 0 || points > 0)
        sg_warn(run->context, "`servicegap check` says which areas overlap, and by how much",
                "%s: %llu %s and %zu demand %s lie in more than one area; each of these counts them",
                run->layer.path, services, sg_plural(services, "service", "services"), points,
                sg_plural(points, "point", "points"));
}

static void say_people(const struct sg_run *run) {
    double by_points = run->demand.points_population, by_areas = 0;
    if (!run->has_demand || run->job->demand.path == NULL || run->layer.population_field == NULL)
        return;
    for (size_t a = 0; a < run->layer.area_count; a++) {
        if (isfinite(run->layer.areas[a].population))
            by_areas += run->layer.areas[a].population;
    }
    char one[48], two[48];
    if (fabs(by_areas - by_points) > 0.02 * by_areas)
        sg_note(run->context,
                "the areas' field '%s' says %s people, the demand points in them %s; the field counts",
                run->layer.population_field, sg_grouped_text(round(by_areas), ",", one),
                sg_grouped_text(round(by_points), ",", two));
}

enum sg_status sg_brief_check(struct sg_run *run) {
    size_t same_names;
    enum sg_status status = sg_count_same_names(run->context, &run->layer, &same_names);
    if (status != SG_OK)
        return status;
    if (same_names > 0)
        sg_note(run->context, "%s: %zu %s another's name; their ids tell them apart", run->layer.path,
                same_names, sg_plural(same_names, "area has", "areas have"));
    say_overlaps(run);
    say_people(run);
    return SG_OK;
}
