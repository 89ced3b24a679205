#include "job/brief_check.h"

#include <math.h>

#include "core/alloc.h"
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

/* "Alpha, Bravo, Charlie and 4 more": of the areas whose flag is set. */
static void append_flagged(struct sg_text *text, const struct sg_run *run, const bool *flags, size_t count) {
    enum { MOST_NAMED = 5 };
    size_t named = 0;
    for (size_t a = 0; a < run->layer.area_count && named < MOST_NAMED; a++) {
        if (flags[a])
            sg_text_append_format(text, "%s'%.80s'", named++ == 0 ? "" : ", ", run->layer.areas[a].name);
    }
    if (count > named)
        sg_text_append_format(text, " and %zu more", count - named);
}

/* Areas whose people are not known are in no figure of people; those whose field says nothing have the people
   of the demand points. */
static enum sg_status say_missing_people(struct sg_run *run) {
    size_t areas = run->layer.area_count, missing = 0, filled = 0;
    bool *is_missing = sg_alloc(areas, sizeof *is_missing), *is_filled = sg_alloc(areas, sizeof *is_filled);
    struct sg_text text;
    sg_text_init(&text);
    for (size_t a = 0; is_missing != NULL && is_filled != NULL && a < areas; a++) {
        const struct sg_area *area = &run->layer.areas[a];
        if (area->shape.polygon_count == 0)
            continue;
        double people = run->has_demand ? run->demand.population[a] : area->population;
        missing += is_missing[a] = isnan(people);
        filled += is_filled[a] =
            run->layer.population_field != NULL && isnan(area->population) && !isnan(people);
    }
    bool is_known = run->layer.population_field != NULL || (run->has_demand && run->demand.has_population);
    if (is_known && missing > 0) {
        append_flagged(&text, run, is_missing, missing);
        sg_warn(run->context,
                "figures of people are of the other areas; give them numbers, or leave them out",
                "the population of %zu of %zu areas is not known: %s", missing, areas, sg_text_bytes(&text));
    }
    if (filled > 0) {
        sg_text_clear(&text);
        append_flagged(&text, run, is_filled, filled);
        sg_note(run->context,
                "%zu of %zu areas have no number in '%s'; their people are the demand points': %s", filled,
                areas, run->layer.population_field, sg_text_bytes(&text));
    }
    bool done = is_missing != NULL && is_filled != NULL && !text.failed;
    sg_text_release(&text);
    sg_free(is_missing);
    sg_free(is_filled);
    return done ? SG_OK : sg_fail_memory(run->context);
}

enum sg_status sg_brief_check_verdict(struct sg_run *run) {
    const struct sg_judgement *judgement = &run->judgement;
    struct sg_text types;
    sg_text_init(&types);
    size_t count = 0;
    for (size_t t = 0; t < judgement->type_count; t++) {
        if (judgement->benchmarks[t] <= 0 && run->taxonomy.types[t].weight > 0)
            sg_text_append_format(&types, "%s%s", count++ == 0 ? "" : ", ", run->taxonomy.types[t].code);
    }
    if (count > 0)
        sg_warn(
            run->context,
            "a benchmark of your own (--benchmark) judges them, --type-weights CODE=0 leaves them out",
            "nobody has %s of these types, so nobody has less than others: they count as enough in every gap "
            "index: %s",
            judgement->supply == SG_SUPPLY_COUNT ? "any" : "any in reach", sg_text_bytes(&types));
    bool failed = types.failed;
    sg_text_release(&types);
    if (run->job->service_count > 0 && judgement->area_count > 0
        && judgement->class_counts[SG_GAP_UNKNOWN] == judgement->area_count)
        sg_warn(run->context,
                isnan(run->measures.total_need) ? "name the people: --population, or --demand"
                                                : "is a type left with a weight and a benchmark?",
                "no area has a gap index: there is nothing to judge it by");
    return failed ? sg_fail_memory(run->context) : SG_OK;
}

enum sg_status sg_brief_check(struct sg_run *run) {
    if (run->check != NULL) /* which reports the rest in full */
        return say_missing_people(run);
    size_t same_names;
    enum sg_status status = sg_count_same_names(run->context, &run->layer, &same_names);
    if (status != SG_OK)
        return status;
    if (same_names > 0)
        sg_note(run->context, "%s: %zu %s another's name; their ids tell them apart", run->layer.path,
                same_names, sg_plural(same_names, "area has", "areas have"));
    say_overlaps(run);
    say_people(run);
    return say_missing_people(run);
}
