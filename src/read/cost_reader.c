#include "read/cost_reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/limits.h"
#include "core/text.h"
#include "read/field_names.h"
#include "read/look_through.h"

/* A row of the table that matches on both sides. */
struct pair {
    double cost;
    uint32_t row; /* of the travel */
    uint32_t id;  /* of the services */
};

struct reading {
    struct sg_context *context;
    struct sg_dataset dataset;
    const struct sg_cost_origins *origins;
    const struct sg_inventory *inventory;
    double limit;
    int from, to, cost;
    uint32_t *id_sites; /* sites by id ... */
    size_t *id_starts;  /* ... of each id */
    size_t id_count;
    bool *is_from_known, *is_to_known; /* named by a row */
    struct pair *pairs;
    size_t pair_count, pair_capacity;
    char *strange_from, *strange_to; /* the first of each */
    struct sg_travel travel;
    struct sg_cost_report report;
};

static enum sg_status find_fields(struct reading *reading) {
    static const struct {
        const char *const *names;
        const char *wanted;
    } columns[3] = {{sg_cost_from_fields, "from_id"}, {sg_cost_to_fields, "to_id"}, {sg_cost_fields, "cost"}};
    int *const fields[3] = {&reading->from, &reading->to, &reading->cost};
    enum sg_status status = SG_OK;
    for (int i = 0; status == SG_OK && i < 3; i++) {
        *fields[i] = sg_dataset_recognise(&reading->dataset, columns[i].names);
        if (*fields[i] < 0)
            status = sg_dataset_field(&reading->dataset, columns[i].wanted, "--costs", fields[i]);
    }
    if (status == SG_OK && strcmp(sg_dataset_field_name(&reading->dataset, reading->cost), "cost") != 0)
        sg_note(reading->context, "%s: field '%s' is taken as the cost", reading->dataset.path,
                sg_dataset_field_name(&reading->dataset, reading->cost));
    return status;
}

/* The sites of every id, ascending. */
static bool sort_sites(struct reading *reading) {
    const struct sg_inventory *inventory = reading->inventory;
    reading->id_count = sg_name_index_count(inventory->ids);
    reading->id_sites = sg_alloc(inventory->site_count, sizeof *reading->id_sites);
    reading->id_starts = sg_alloc(reading->id_count + 2, sizeof *reading->id_starts);
    reading->is_from_known = sg_alloc(reading->origins->count, sizeof *reading->is_from_known);
    reading->is_to_known = sg_alloc(reading->id_count, sizeof *reading->is_to_known);
    if (reading->id_sites == NULL || reading->id_starts == NULL || reading->is_from_known == NULL
        || reading->is_to_known == NULL)
        return false;
    size_t *ends = reading->id_starts + 1;
    for (size_t s = 0; s < inventory->site_count; s++) {
        if (inventory->sites[s].id == UINT32_MAX)
            reading->report.services_without_id++;
        else
            ends[inventory->sites[s].id + 1]++;
    }
    for (size_t i = 0; i < reading->id_count; i++)
        ends[i + 1] += ends[i];
    for (size_t s = 0; s < inventory->site_count; s++) {
        if (inventory->sites[s].id != UINT32_MAX)
            reading->id_sites[ends[inventory->sites[s].id]++] = (uint32_t)s;
    }
    return true;
}

static bool remember(char **first, const char *text) {
    if (*first == NULL)
        *first = sg_strdup(text);
    return *first != NULL;
}

static enum sg_status read_row(struct reading *reading, OGRFeatureH feature) {
    struct sg_dataset *dataset = &reading->dataset;
    bool is_bad;
    double cost = sg_dataset_number(dataset, feature, reading->cost, &is_bad);
    reading->report.read++;
    if (is_bad || cost < 0 || isinf(cost))
        return sg_fail(reading->context, SG_BAD_INPUT,
                       "write a number of 0 or more, or leave the row out where there is no path",
                       "%s, record %llu: cost \"%.40s\" is not a number of 0 or more", dataset->path,
                       (unsigned long long)dataset->record,
                       sg_dataset_bytes(dataset, feature, reading->cost));
    const char *text = sg_dataset_text(dataset, feature, reading->from);
    size_t row = text == NULL ? SG_NO_INDEX : sg_name_index_find(reading->origins->names, text, strlen(text));
    if (row == SG_NO_INDEX) {
        reading->report.strange_froms++;
        if (!remember(&reading->strange_from, text == NULL ? "" : text))
            return sg_fail_memory(reading->context);
    }
    text = sg_dataset_text(dataset, feature, reading->to);
    size_t id = text == NULL ? SG_NO_INDEX : sg_name_index_find(reading->inventory->ids, text, strlen(text));
    if (id == SG_NO_INDEX) {
        reading->report.strange_tos++;
        if (!remember(&reading->strange_to, text == NULL ? "" : text))
            return sg_fail_memory(reading->context);
    }
    if (row == SG_NO_INDEX || id == SG_NO_INDEX)
        return SG_OK;
    reading->is_from_known[row] = true;
    reading->is_to_known[id] = true;
    if (isnan(cost)) {
        reading->report.blank++;
        return SG_OK;
    }
    if (!sg_reserve(&reading->pairs, &reading->pair_capacity, reading->pair_count + 1,
                    sizeof *reading->pairs))
        return sg_fail_memory(reading->context);
    reading->pairs[reading->pair_count++] = (struct pair){cost, (uint32_t)row, (uint32_t)id};
    return SG_OK;
}

static enum sg_status read_rows(struct reading *reading) {
    enum sg_status status = sg_dataset_look_through(&reading->dataset, &reading->cost, 1, true);
    OGRFeatureH feature;
    double expected = (double)OGR_L_GetFeatureCount(reading->dataset.layer, FALSE);
    while (status == SG_OK && (feature = sg_dataset_next(&reading->dataset)) != NULL) {
        status = read_row(reading, feature);
        OGR_F_Destroy(feature);
        if (expected > 0 && reading->report.read % 65536 == 0)
            sg_progress(reading->context, "reading costs", (double)reading->report.read / expected);
    }
    if (status == SG_OK)
        sg_progress(reading->context, "reading costs", 1);
    return status == SG_OK ? sg_dataset_finish(&reading->dataset, "costs") : status;
}

static int compare_pairs(const void *a, const void *b) {
    const struct pair *one = a, *two = b;
    if (one->row != two->row)
        return one->row < two->row ? -1 : 1;
    if (one->id != two->id)
        return one->id < two->id ? -1 : 1;
    return one->cost < two->cost ? -1 : one->cost > two->cost;
}

/* By origin, then id; of a pair that is there twice the cheapest. */
static void sort_pairs(struct reading *reading) {
    bool is_sorted = true;
    for (size_t i = 1; is_sorted && i < reading->pair_count; i++)
        is_sorted = compare_pairs(&reading->pairs[i - 1], &reading->pairs[i]) <= 0;
    if (!is_sorted)
        qsort(reading->pairs, reading->pair_count, sizeof *reading->pairs, compare_pairs);
    size_t kept = 0;
    for (size_t i = 0; i < reading->pair_count; i++) {
        const struct pair *pair = &reading->pairs[i];
        bool repeats =
            kept > 0 && reading->pairs[kept - 1].row == pair->row && reading->pairs[kept - 1].id == pair->id;
        if (repeats)
            reading->report.repeated++;
        else
            reading->pairs[kept++] = *pair;
    }
    reading->pair_count = kept;
}

static void lower(double *least, double cost) {
    if (cost < *least)
        *least = cost;
}

/* A site's cost to the nearest of each of its types. */
static void add_nearest(struct reading *reading, const struct pair *pair, uint32_t s) {
    const struct sg_inventory *inventory = reading->inventory;
    const struct sg_site *site = &inventory->sites[s];
    struct sg_travel *travel = &reading->travel;
    if (!(site->weight > 0)) /* a place without the service */
        return;
    lower(&travel->nearest[travel->type_count * travel->row_count + pair->row], pair->cost);
    for (uint32_t t = 0; t < site->type_count; t++) {
        size_t type = inventory->site_types[site->first_type + t];
        lower(&travel->nearest[type * travel->row_count + pair->row], pair->cost);
    }
}

struct reached {
    double cost;
    uint32_t site;
};

static int compare_reached(const void *a, const void *b) {
    const struct reached *one = a, *two = b;
    return one->site < two->site ? -1 : one->site > two->site;
}

/* The sites within the limit of one row, whose pairs are first..end, ascending. Their number. */
static size_t expand_row(struct reading *reading, size_t first, size_t end, struct reached *reached) {
    size_t found = 0;
    for (size_t i = first; i < end;
         i++) { /* by number: where every cost is blank there are no pairs to point at */
        const struct pair *pair = &reading->pairs[i];
        for (size_t s = reading->id_starts[pair->id]; s < reading->id_starts[pair->id + 1]; s++) {
            add_nearest(reading, pair, reading->id_sites[s]);
            if (pair->cost <= reading->limit * (1 + 1e-9))
                reached[found++] = (struct reached){pair->cost, reading->id_sites[s]};
        }
    }
    qsort(reached, found, sizeof *reached, compare_reached);
    return found;
}

static enum sg_status make_travel(struct reading *reading) {
    struct sg_travel *travel = &reading->travel;
    double pair_count = 0;
    for (size_t i = 0; i < reading->pair_count; i++) {
        const struct pair *pair = &reading->pairs[i];
        if (pair->cost <= reading->limit * (1 + 1e-9))
            pair_count += (double)(reading->id_starts[pair->id + 1] - reading->id_starts[pair->id]);
    }
    double nearest = (double)(travel->type_count + 1) * (double)travel->row_count;
    enum sg_status status =
        sg_check_memory(reading->context, nearest + 1.5 * pair_count, sizeof(double), "the costs of travel",
                        "leave rows beyond the largest threshold out of the table");
    if (status != SG_OK)
        return status;
    travel->nearest = sg_alloc((size_t)nearest, sizeof *travel->nearest);
    travel->starts = sg_alloc(travel->row_count + 1, sizeof *travel->starts);
    travel->sites = sg_alloc((size_t)pair_count, sizeof *travel->sites);
    travel->costs = sg_alloc((size_t)pair_count, sizeof *travel->costs);
    struct reached *reached = sg_alloc(reading->inventory->site_count, sizeof *reached);
    if (travel->nearest == NULL || travel->starts == NULL || travel->sites == NULL || travel->costs == NULL
        || reached == NULL) {
        sg_free(reached);
        return sg_fail_memory(reading->context);
    }
    for (size_t i = 0; i < (size_t)nearest; i++)
        travel->nearest[i] = INFINITY;
    size_t at = 0, first = 0;
    for (size_t row = 0; row < travel->row_count; row++) {
        size_t end = first;
        while (end < reading->pair_count && reading->pairs[end].row == row)
            end++;
        size_t found = expand_row(reading, first, end, reached);
        for (size_t i = 0; i < found; i++, at++) {
            travel->sites[at] = reached[i].site;
            travel->costs[at] = reached[i].cost;
        }
        travel->starts[row + 1] = at;
        first = end;
    }
    sg_free(reached);
    return SG_OK;
}

/* ---- what did not match ---- */

/* "did you mean 'x'?" for an id that is none of ours. False when out of memory. */
static bool append_nearest(struct sg_text *hint, const struct sg_name_index *names, const char *wanted) {
    size_t count = sg_name_index_count(names);
    const char **list = sg_alloc(count, sizeof *list);
    if (list == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        list[i] = sg_name_index_name(names, i);
    const char *nearest = sg_nearest_name(wanted, list, count);
    if (nearest != NULL)
        sg_text_append_format(hint, "is '%.60s' our '%.60s'?", wanted, nearest);
    else if (count > 0)
        sg_text_append_format(hint, "ours are like '%.60s'", list[0]);
    sg_free(list);
    return true;
}

/* A matrix of more than ours is usual; where one of ours is in no row (silent), it may be one of the
   strangers, spelt otherwise. */
static enum sg_status tell_strangers(struct reading *reading, uint64_t count, const char *strange,
                                     size_t silent, const struct sg_name_index *names, const char *column,
                                     const char *what) {
    if (count == 0)
        return SG_OK;
    if (silent == 0) {
        sg_note(reading->context, "%s: %llu %s a %s that is no %s's id (the first: '%.60s'), and %s left out",
                reading->dataset.path, (unsigned long long)count, sg_plural(count, "row has", "rows have"),
                column, what, strange, sg_plural(count, "is", "are"));
        return SG_OK;
    }
    struct sg_text hint;
    sg_text_init(&hint);
    bool done = append_nearest(&hint, names, strange);
    enum sg_status status = done ? SG_OK : sg_fail_memory(reading->context);
    if (status == SG_OK && count == reading->report.read)
        status = sg_fail(reading->context, SG_BAD_INPUT, sg_text_bytes(&hint),
                         "%s: no %s is the id of one %s (the first is '%.60s')", reading->dataset.path,
                         column, what, strange);
    else if (status == SG_OK)
        sg_warn(reading->context, sg_text_bytes(&hint),
                "%s: %llu %s a %s that is no %s's id (the first: '%.60s')", reading->dataset.path,
                (unsigned long long)count, sg_plural(count, "row has", "rows have"), column, what, strange);
    sg_text_release(&hint);
    return status;
}

static size_t count_false(const bool *flags, size_t count) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += !flags[i];
    return found;
}

static enum sg_status report(struct reading *reading) {
    struct sg_cost_report *report = &reading->report;
    const struct sg_cost_origins *origins = reading->origins;
    if (report->read == 0)
        return sg_fail(reading->context, SG_BAD_INPUT, "is it the right file?", "%s: no rows at all",
                       reading->dataset.path);
    report->silent_origins = count_false(reading->is_from_known, origins->count);
    report->silent_services = count_false(reading->is_to_known, reading->id_count);
    enum sg_status status = tell_strangers(reading, report->strange_froms, reading->strange_from,
                                           report->silent_origins, origins->names, "from_id", origins->what);
    if (status == SG_OK)
        status = tell_strangers(reading, report->strange_tos, reading->strange_to, report->silent_services,
                                reading->inventory->ids, "to_id", "service");
    if (status != SG_OK)
        return status;
    sg_note(reading->context, "%s: %llu rows, %zu pairs of %s and service%s", reading->dataset.path,
            (unsigned long long)report->read, reading->pair_count, origins->what,
            report->repeated > 0 ? "; of repeated ones the cheapest" : "");
    if (report->silent_origins > 0)
        sg_warn(reading->context, "they count as having no path to any service",
                "%s: %zu of %zu %ss %s in no row", reading->dataset.path, report->silent_origins,
                origins->count, origins->what, sg_plural(report->silent_origins, "is", "are"));
    if (report->silent_services > 0)
        sg_warn(reading->context, "nobody reaches them", "%s: %zu of %zu ids of services %s in no row",
                reading->dataset.path, report->silent_services, reading->id_count,
                sg_plural(report->silent_services, "is", "are"));
    if (report->services_without_id > 0)
        sg_warn(reading->context, "nobody reaches them", "%zu %s no id for --costs",
                report->services_without_id,
                sg_plural(report->services_without_id, "service has", "services have"));
    return SG_OK;
}

enum sg_status sg_costs_read(struct sg_context *context, const struct sg_source *source,
                             const struct sg_cost_origins *origins, const struct sg_inventory *inventory,
                             double limit, bool is_time, struct sg_travel *ret_travel,
                             struct sg_cost_report *ret_report) {
    struct reading reading = {.context = context,
                              .origins = origins,
                              .inventory = inventory,
                              .limit = limit,
                              .travel = {.way = SG_WAY_TABLE,
                                         .row_count = origins->count,
                                         .type_count = inventory->type_count,
                                         .is_time = is_time,
                                         .limit = limit}};
    enum sg_status status = sg_dataset_open(context, source, &reading.dataset);
    if (status == SG_OK)
        status = find_fields(&reading);
    if (status == SG_OK)
        status = sg_dataset_check(&reading.dataset);
    if (status == SG_OK && !sort_sites(&reading))
        status = sg_fail_memory(context);
    if (status == SG_OK) {
        const int keep[] = {reading.from, reading.to, reading.cost};
        sg_dataset_keep_fields(&reading.dataset, keep, 3, false);
        status = read_rows(&reading);
    }
    if (status == SG_OK) {
        sort_pairs(&reading);
        status = report(&reading);
    }
    if (status == SG_OK)
        status = make_travel(&reading);
    sg_free(reading.id_sites);
    sg_free(reading.id_starts);
    sg_free(reading.is_from_known);
    sg_free(reading.is_to_known);
    sg_free(reading.pairs);
    sg_free(reading.strange_from);
    sg_free(reading.strange_to);
    sg_dataset_release(&reading.dataset);
    if (status != SG_OK) {
        sg_travel_release(&reading.travel);
        return status;
    }
    *ret_travel = reading.travel;
    *ret_report = reading.report;
    return SG_OK;
}
