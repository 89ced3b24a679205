/* The layer of problems that a check writes. */
#include <math.h>
#include <stdio.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/run.h"

enum column { KIND, INPUT, RECORD, TEXT, LON, LAT, COLUMN_COUNT };

static const char *kind_name(enum sg_problem_kind kind) {
    static const char *const names[] = {
        "overlap",   "gap",    "outside",  "near_border",    "few_decimals", "swapped",
        "no_street", "no_way", "repaired", "demand_outside", "shared_point", "duplicate"};
    return names[kind];
}

static char *repair_sentence(const struct sg_run *run, const struct sg_problem *problem) {
    if (problem->is_demand)
        return sg_format("invalid outline (%s); it was repaired",
                         run->demand_layer.repairs[problem->one].reason);
    const struct sg_repair *repair = &run->layer.repairs[problem->one];
    const struct sg_area *area = &run->layer.areas[repair->index];
    return sg_format("area '%s' (%s) has an invalid outline (%s); %s", area->id, area->name, repair->reason,
                     repair->is_lost ? "nothing of it could be kept" : "it was repaired");
}

static char *duplicate_sentence(const struct sg_run *run, const struct sg_problem *problem) {
    struct sg_site_source source = sg_inventory_source(&run->inventory, problem->one);
    bool is_told = run->inventory.sites[problem->one].organization != UINT32_MAX;
    return sg_format("repeats record %llu of %s: same %s", (unsigned long long)source.record,
                     run->inputs[source.input].path,
                     is_told ? "organization, types and place"
                             : "types and place, and no organization tells them apart");
}

/* The problem in a sentence; NULL when out of memory. */
static char *sentence(const struct sg_run *run, const struct sg_problem *problem) {
    switch (problem->kind) {
    case SG_PROBLEM_OVERLAP:
        return sg_format("'%s' and '%s' share %.6f km2", run->layer.areas[problem->one].name,
                         run->layer.areas[problem->two].name, problem->size);
    case SG_PROBLEM_GAP:
        return sg_format("%.6f km2 in no area, with areas all round", problem->size);
    case SG_PROBLEM_OUTSIDE:
        return sg_format("in no area; the nearest border is %.1f m away", problem->size);
    case SG_PROBLEM_NEAR_BORDER:
        if (problem->one == UINT32_MAX)
            return sg_format("%.2f m outside '%s': a little change puts it in there", problem->size,
                             run->layer.areas[problem->two].name);
        return sg_format("%.2f m from a border: a little change puts it in another area or in none",
                         problem->size);
    case SG_PROBLEM_COARSE:
        return sg_format("longitude and latitude have fewer than %d decimals", SG_FEWEST_DECIMALS);
    case SG_PROBLEM_SWAPPED:
        return sg_strdup("longitude and latitude are swapped; shown where it belongs");
    case SG_PROBLEM_NO_STREET:
        return sg_format(problem->is_demand ? "no street within %g m: whoever lives here has no way"
                                            : "no street within %g m: in nobody's reach",
                         problem->size);
    case SG_PROBLEM_NO_WAY:
        return sg_strdup("on streets that lead to no service: whoever lives here has no way");
    case SG_PROBLEM_REPAIRED:
        return repair_sentence(run, problem);
    case SG_PROBLEM_DEMAND_OUTSIDE:
        if (isnan(problem->size))
            return sg_strdup("in no area: the people here, whose number is missing, are not counted");
        return sg_format("in no area: the people here (%.6g) are not counted", problem->size);
    case SG_PROBLEM_SHARED_POINT:
        return sg_format("one of %.0f records on this point", problem->size);
    case SG_PROBLEM_DUPLICATE:
        return duplicate_sentence(run, problem);
    }
    return NULL;
}

static bool add_columns(struct sg_table *table) {
    static const struct sg_column_words columns[] = {
        {"kind", "KIND", "Kind", "", "Kind of problem", SG_COLUMN_TEXT},
        {"input", "INPUT", "Input", "", "File it is in", SG_COLUMN_TEXT},
        {"record", "RECORD", "Record", "",
         "Record of the file, 1 = first; empty for areas and the grid of people over them",
         SG_COLUMN_INTEGER},
        {"text", "TEXT", "Problem", "", "What is wrong", SG_COLUMN_TEXT},
        {"lon", "LON", "Longitude", "degrees", "Longitude", SG_COLUMN_REAL},
        {"lat", "LAT", "Latitude", "degrees", "Latitude", SG_COLUMN_REAL}};
    return sg_table_add_columns(table, columns, sizeof columns / sizeof *columns);
}

static bool fill_row(const struct sg_run *run, struct sg_table *table, size_t row) {
    const struct sg_problem *problem = &run->check->problems[row];
    struct sg_column *columns = table->columns;
    char *text = sentence(run, problem);
    const char *input = problem->record == 0 ? run->layer.path
                        : problem->is_demand ? run->job->demand.path
                                             : run->inputs[problem->input].path;
    bool done = text != NULL && sg_column_set_text(&columns[KIND], row, kind_name(problem->kind))
                && sg_column_set_text(&columns[INPUT], row, input)
                && sg_column_set_text(&columns[TEXT], row, text);
    columns[RECORD].numbers[row] = problem->record == 0 ? NAN : (double)problem->record;
    columns[LON].numbers[row] = problem->lon_lat_deg.x;
    columns[LAT].numbers[row] = problem->lon_lat_deg.y;
    sg_free(text);
    return done;
}

enum sg_status sg_run_write_problems(struct sg_run *run, struct sg_staging *staging) {
    const struct sg_check *check = run->check;
    struct sg_table table;
    sg_table_init(&table, check->problem_count);
    struct sg_point *points = sg_alloc(check->problem_count, sizeof *points);
    bool done = points != NULL && add_columns(&table);
    for (size_t row = 0; done && row < check->problem_count; row++) {
        points[row] = check->problems[row].lon_lat_deg;
        done = fill_row(run, &table, row);
    }
    enum sg_status status = done ? SG_OK : sg_fail_memory(run->context);
    struct sg_layer layer = {.name = "problems",
                             .title = "Problems",
                             .description = "What `servicegap check` found wrong and can be placed",
                             .table = &table,
                             .kind = SG_POINTS,
                             .points = points,
                             .crs = run->layer.geographic};
    if (status == SG_OK)
        status = sg_layers_write(run->context, staging, run->job->layers[0], &layer, 1,
                                 sg_hashes_newest(run->hashes));
    if (status == SG_OK)
        status = sg_staging_commit(staging);
    sg_free(points);
    sg_table_release(&table);
    return status;
}
