/* What of the demand is not counted, and why: outside all areas, without a place, or without a number. */
#include "core/text.h"
#include "job/run.h"
#include "read/demand_reader.h"

/* Suppressed and empty numbers are not 0: whose totals lack them is said. */
static enum sg_status say_unknown_people(const struct sg_run *run) {
    const struct sg_demand_layer *layer = &run->demand_layer;
    if (layer->unknown_need_count > 0)
        sg_warn(run->context, "where it is 0, write 0",
                "%s: %zu of %zu demand records %s no number in '%s'; their need is not known, and counted "
                "nowhere",
                layer->path, layer->unknown_need_count, layer->read_count,
                sg_plural(layer->unknown_need_count, "has", "have"), layer->need_field);
    if (layer->unknown_population_count == 0)
        return SG_OK;
    enum { MOST_NAMED = 5 };
    size_t count = 0;
    struct sg_text names;
    sg_text_init(&names);
    for (size_t a = 0; a < run->layer.area_count; a++) {
        uint32_t unknown = run->demand.unknown_counts[a];
        if (unknown > 0 && count++ < MOST_NAMED)
            sg_text_append_format(&names, "%s'%.80s' (%u)", count == 1 ? "" : ", ", run->layer.areas[a].name,
                                  unknown);
    }
    if (count > MOST_NAMED)
        sg_text_append_format(&names, " and %zu more", count - MOST_NAMED);
    sg_warn(run->context, "where nobody lives, write 0",
            "%s: %zu of %zu demand records %s no number in '%s' (suppressed or empty); their people are not "
            "known, "
            "and %s %zu %s: %s",
            layer->path, layer->unknown_population_count, layer->read_count,
            sg_plural(layer->unknown_population_count, "has", "have"), layer->population_field,
            run->layer.population_field == NULL ? "missing from" : "placed nowhere in", count,
            sg_plural(count, "area", "areas"), count == 0 ? "none" : sg_text_bytes(&names));
    bool failed = names.failed;
    sg_text_release(&names);
    return failed ? sg_fail_memory(run->context) : SG_OK;
}

/* Demand that is in no area, or nowhere: said, with the people it stands for, and logged record by record. */
enum sg_status sg_run_say_lost_demand(struct sg_run *run) {
    const struct sg_job *job = run->job;
    const struct sg_demand_layer *layer = &run->demand_layer;
    const struct sg_demand *demand = &run->demand;
    if (demand->outside_record_count > 0
        && demand->outside_record_count + layer->rejected_count == layer->read_count)
        return sg_fail(run->context, SG_BAD_INPUT,
                       "are both for the same place, and in the right order (longitude first)?",
                       "%s: none of its %zu records lies in any area", job->demand.path, layer->read_count);
    if (demand->outside_count > 0)
        sg_warn(run->context, NULL, "%zu demand %s (%.0f people) %s in no area and %s not counted",
                demand->outside_count, sg_plural(demand->outside_count, "point", "points"),
                demand->outside_population, sg_plural(demand->outside_count, "lies", "lie"),
                sg_plural(demand->outside_count, "is", "are"));
    if (layer->rejected_count > 0)
        sg_warn(run->context, NULL, "%zu demand %s (%.0f people) %s no usable place and %s not counted",
                layer->rejected_count, sg_plural(layer->rejected_count, "record", "records"),
                layer->rejected_population, sg_plural(layer->rejected_count, "has", "have"),
                sg_plural(layer->rejected_count, "is", "are"));
    enum sg_status status = SG_OK;
    if (demand->outside_record_count > 0 && run->rejects != NULL)
        status = sg_demand_log(run->context, &job->demand, demand->outside_records,
                               demand->outside_record_count, "demand outside all areas", run->rejects);
    if (status == SG_OK && layer->rejected_count > 0 && run->rejects != NULL)
        status = sg_demand_log(run->context, &job->demand, layer->rejected, layer->rejected_count,
                               "demand without a usable place", run->rejects);
    if (status == SG_OK)
        status = say_unknown_people(run);
    if (demand->gridded_area_count > 0 && job->demand.path != NULL)
        sg_note(run->context, "%zu %s no demand point; %s people are spread evenly over a grid",
                demand->gridded_area_count, sg_plural(demand->gridded_area_count, "area has", "areas have"),
                sg_plural(demand->gridded_area_count, "its", "their"));
    return status;
}
