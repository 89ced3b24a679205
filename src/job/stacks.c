/* Records that share a point, and those that repeat another one. */
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "job/run.h"

/* A kept site, with its types at hand. */
struct record {
    const struct sg_site *site;
    const uint16_t *types;
};

static int order(double one, double two) {
    return one < two ? -1 : one > two;
}

static int compare_places(const struct sg_site *one, const struct sg_site *two) {
    int by_x = order(one->lon_lat_deg.x, two->lon_lat_deg.x);
    return by_x != 0 ? by_x : order(one->lon_lat_deg.y, two->lon_lat_deg.y);
}

static int compare_types(const struct record *one, const struct record *two) {
    int by_count = order(one->site->type_count, two->site->type_count);
    if (by_count != 0 || one->site->type_count == 0)
        return by_count;
    return memcmp(one->types, two->types, one->site->type_count * sizeof *one->types);
}

/* What else is known of a service. */
static int compare_words(const struct sg_site *one, const struct sg_site *two) {
    int by_id = order(one->id, two->id), by_weight = order(one->weight, two->weight);
    int by_scope = order(one->scope, two->scope), by_level = order(one->level, two->level);
    return by_id != 0       ? by_id
           : by_weight != 0 ? by_weight
           : by_scope != 0  ? by_scope
           : by_level != 0  ? by_level
                            : order(one->targets, two->targets);
}

/* 0: the same service, as far as organization and types tell; where no organization is known, as far as all
   tells that is known. */
static int compare_services(const struct record *one, const struct record *two) {
    int by_organization = order(one->site->organization, two->site->organization);
    if (by_organization != 0)
        return by_organization;
    int by_types = compare_types(one, two);
    if (by_types != 0 || one->site->organization != UINT32_MAX)
        return by_types;
    return compare_words(one->site, two->site);
}

/* Those that are likely one service come one after the other, in the order of the files. */
static int compare_records(const void *a, const void *b) {
    const struct record *one = a, *two = b;
    int by_place = compare_places(one->site, two->site);
    if (by_place != 0)
        return by_place;
    int by_service = compare_services(one, two);
    return by_service != 0 ? by_service : one->site < two->site ? -1 : one->site > two->site;
}

static void note_stack(struct sg_stacks *stacks, struct sg_point lon_lat_deg, size_t count) {
    if (count < 2)
        return;
    stacks->places++;
    stacks->records += count;
    if (count > stacks->largest) {
        stacks->largest = count;
        stacks->largest_lon_lat_deg = lon_lat_deg;
    }
}

/* A problem of a check, of this record. */
static bool add_problem(struct sg_run *run, const struct record *record, enum sg_problem_kind kind,
                        size_t on_point, const struct record *repeated) {
    if (run->check == NULL || !run->check->wants_problems)
        return true;
    const struct sg_site *sites = run->inventory.sites;
    struct sg_site_source source = sg_inventory_source(&run->inventory, (size_t)(record->site - sites));
    struct sg_problem problem = {.kind = kind,
                                 .lon_lat_deg = record->site->lon_lat_deg,
                                 .input = source.input,
                                 .record = source.record,
                                 .size = (double)on_point};
    if (repeated != NULL)
        problem.one = (uint32_t)(repeated->site - sites);
    return sg_check_add_problem(run->check, &problem);
}

/* The records of one point. False when out of memory. */
static bool look_at_point(struct sg_run *run, const struct record *records, size_t count) {
    size_t first = 0; /* of those that are one service */
    bool done = true;
    note_stack(&run->stacks, records[0].site->lon_lat_deg, count);
    for (size_t i = 0; done && count > 1 && i < count; i++) {
        done = add_problem(run, &records[i], SG_PROBLEM_SHARED_POINT, count, NULL);
        if (i == first || compare_services(&records[first], &records[i]) != 0) {
            first = i;
            continue;
        }
        run->stacks.duplicates++;
        run->stacks.untold += records[i].site->organization == UINT32_MAX;
        done = done && add_problem(run, &records[i], SG_PROBLEM_DUPLICATE, count, &records[first]);
    }
    return done;
}

/* Without organizations, several services of one type in one building look like one service several times:
   they are told, and never dropped. */
static void warn_of_duplicates(const struct sg_run *run) {
    size_t untold = run->stacks.untold, told = run->stacks.duplicates - untold;
    bool drops = run->job->tally.drop_duplicates;
    if (told > 0 && !drops)
        sg_warn(run->context, "--drop-duplicates counts each once",
                "%zu %s another one's organization, types and place", told,
                sg_plural(told, "record repeats", "records repeat"));
    if (untold > 0 && drops)
        sg_warn(
            run->context,
            "--drop-duplicates drops none of them: they may be several services in one building; name who "
            "offers them with --organization",
            "%zu %s another one's types and place, and no organization tells them apart; %s", untold,
            sg_plural(untold, "record repeats", "records repeat"),
            sg_plural(untold, "it is counted", "they are counted"));
    else if (untold > 0) /* agencies that share a building are nothing to be warned of */
        sg_note(
            run->context,
            "%zu %s another one's types and place; --organization would tell whether they are one service",
            untold, sg_plural(untold, "record has", "records have"));
}

/* Many records on one point are a geocoder's default, or one busy building: said, and counted all the same.
   Records with the same organization, types and place are likely the same service twice, and so are those of
   no known organization that are the same in all that is known. */
enum sg_status sg_run_find_stacks(struct sg_run *run) {
    const struct sg_inventory *inventory = &run->inventory;
    size_t count = inventory->site_count, suspicious = count / 200 > 20 ? count / 200 : 20, stacks = 0;
    struct record *records = sg_alloc(count, sizeof *records);
    if (records == NULL)
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < count; i++) {
        const struct sg_site *site = &inventory->sites[i];
        records[i].site = site;
        if (site->type_count > 0)
            records[i].types = &inventory->site_types[site->first_type];
    }
    if (count > 1)
        qsort(records, count, sizeof *records, compare_records);
    bool done = true;
    for (size_t i = 0, next; done && i < count; i = next) {
        next = i + 1;
        while (next < count && compare_places(records[i].site, records[next].site) == 0)
            next++;
        struct sg_point at = records[i].site->lon_lat_deg;
        done = look_at_point(run, &records[i], next - i);
        if (next - i >= suspicious && stacks++ < 5)
            sg_warn(run->context,
                    "they are counted; look whether the point is a geocoder's default for the city",
                    "%zu records share the point %.6f, %.6f (lon, lat)", next - i, at.x, at.y);
    }
    sg_free(records);
    warn_of_duplicates(run);
    return done ? SG_OK : sg_fail_memory(run->context);
}
