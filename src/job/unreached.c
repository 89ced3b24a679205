/* The layer `unreached`: who and what has no way, by place and reason. */
#include "job/unreached.h"

#include <math.h>
#include <stdio.h>

#include "core/alloc.h"
#include "job/sites_table.h"

enum { ROWS_AT_A_TIME = 2048 };

enum reason { REACHED, NO_STREET, NO_WAY, NO_COST_ROW, NO_COST };

enum column {
    KIND,
    REASON,
    AREA_ID,
    PEOPLE,
    SITE,
    SERVICE_ID,
    ORGANIZATION,
    TYPES,
    FILE_NAME,
    RECORD,
    LON,
    LAT,
    COLUMN_COUNT
};

/* Of a demand point. */
static enum reason reason_of_point(const struct sg_run *run, size_t i) {
    const struct sg_travel *travel = &run->travel;
    if (run->street_report.point_states != NULL) {
        unsigned char state = run->street_report.point_states[i];
        return state == SG_STREET_NO_STREET_NEAR ? NO_STREET : state == SG_STREET_NO_WAY ? NO_WAY : REACHED;
    }
    if (!run->has_travel)
        return REACHED;
    size_t row = travel->rows == NULL ? i : travel->rows[i];
    if (row == UINT32_MAX)
        return NO_COST_ROW;
    return isfinite(travel->nearest[travel->type_count * travel->row_count + row]) ? REACHED : NO_COST;
}

static enum reason reason_of_site(const struct sg_run *run, size_t s) {
    const struct sg_street_report *report = &run->street_report;
    return report->site_states != NULL && report->site_states[s] == SG_STREET_NO_STREET_NEAR ? NO_STREET
                                                                                             : REACHED;
}

/* Services first, then demand points, by one number. */
static enum reason reason_of(const struct sg_run *run, size_t number) {
    size_t sites = run->inventory.site_count;
    return number < sites ? reason_of_site(run, number) : reason_of_point(run, number - sites);
}

static size_t end_of(const struct sg_run *run) {
    return run->inventory.site_count + (run->has_demand ? run->demand.point_count : 0);
}

/* ---- rows ---- */

static bool add_columns(struct sg_table *table) {
    static const struct sg_column_words columns[COLUMN_COUNT] = {
        {"kind", NULL, "Kind", "", "service or demand: what has no way", SG_COLUMN_TEXT},
        {"reason", NULL, "Reason", "", "Why", SG_COLUMN_TEXT},
        {"area_id", NULL, "Area", "", "Id of the area it is in; empty = outside all", SG_COLUMN_TEXT},
        {"people", NULL, "People", "", "People of a demand point; empty = no population known",
         SG_COLUMN_REAL},
        {"site", NULL, "Site", "", "Number of a service: its fid in the layer sites", SG_COLUMN_INTEGER},
        {"service_id", NULL, "Service", "", "Its own id, where --service-id names the field", SG_COLUMN_TEXT},
        {"organization", "organiz", "Organization", "", "Who offers the service", SG_COLUMN_TEXT},
        {"types", NULL, "Types", "", "Codes of its types, space separated", SG_COLUMN_TEXT},
        {"file", NULL, "File", "", "File it was read from; empty = a point of the grid over its area",
         SG_COLUMN_TEXT},
        {"record", NULL, "Record", "", "Number of the record in it, 1 = first", SG_COLUMN_INTEGER},
        {"lon", NULL, "Longitude", "", "Degrees", SG_COLUMN_REAL},
        {"lat", NULL, "Latitude", "", "Degrees", SG_COLUMN_REAL}};
    return sg_table_add_columns(table, columns, COLUMN_COUNT);
}

static void clear_row(struct sg_table *table, size_t row) {
    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].texts == NULL) {
            table->columns[c].numbers[row] = NAN;
            continue;
        }
        sg_free(table->columns[c].texts[row]);
        table->columns[c].texts[row] = NULL;
    }
}

static bool set_reason(const struct sg_run *run, enum reason reason, struct sg_column *column, size_t row) {
    char text[80];
    static const char *const texts[] = {[NO_WAY] = "on streets that lead to no service",
                                        [NO_COST_ROW] = "not in the table of costs: no demand point is here",
                                        [NO_COST] = "no cost to any service in the table of costs"};
    if (reason != NO_STREET)
        return sg_column_set_text(column, row, texts[reason]);
    snprintf(text, sizeof text, "no street within %g m", run->job->snap_limit_m);
    return sg_column_set_text(column, row, text);
}

static bool fill_site(const struct sg_run *run, size_t s, struct sg_table *table, size_t row) {
    const struct sg_site *site = &run->inventory.sites[s];
    struct sg_column *columns = table->columns;
    columns[RECORD].numbers[row] = (double)sg_inventory_source(&run->inventory, s).record;
    return sg_column_set_text(&columns[KIND], row, "service")
           && (site->area == UINT32_MAX
               || sg_column_set_text(&columns[AREA_ID], row, run->layer.areas[site->area].id))
           && sg_site_fill_cells(run, s, &columns[SITE], row)
           && sg_column_set_text(&columns[FILE_NAME], row, sg_site_file(run, s));
}

/* The area of a demand point: the last that starts at or before it. */
static size_t area_of(const struct sg_run *run, size_t point) {
    size_t low = 0, high = run->layer.area_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (run->demand.area_starts[middle] <= point)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool fill_point(const struct sg_run *run, size_t i, struct sg_table *table, size_t row) {
    const struct sg_demand_point *point = &run->demand.points[i];
    struct sg_column *columns = table->columns;
    if (run->demand.has_population)
        columns[PEOPLE].numbers[row] = point->population;
    if (point->record > 0)
        columns[RECORD].numbers[row] = (double)point->record;
    return sg_column_set_text(&columns[KIND], row, "demand")
           && sg_column_set_text(&columns[AREA_ID], row, run->layer.areas[area_of(run, i)].id)
           && (point->record == 0 || sg_column_set_text(&columns[FILE_NAME], row, run->job->demand.path));
}

static bool fill_row(struct sg_run_unreached *unreached, size_t number, enum reason reason, size_t row) {
    const struct sg_run *run = unreached->run;
    size_t sites = run->inventory.site_count;
    bool is_site = number < sites;
    struct sg_table *table = &unreached->table;
    clear_row(table, row);
    unreached->points[row] =
        is_site ? run->inventory.sites[number].lon_lat_deg : run->demand.points[number - sites].lon_lat_deg;
    table->columns[LON].numbers[row] = unreached->points[row].x;
    table->columns[LAT].numbers[row] = unreached->points[row].y;
    return set_reason(run, reason, &table->columns[REASON], row)
           && (is_site ? fill_site(run, number, table, row) : fill_point(run, number - sites, table, row));
}

static bool refill(void *user, bool is_start) {
    struct sg_run_unreached *unreached = user;
    size_t end = end_of(unreached->run), rows = 0;
    if (is_start)
        unreached->next = 0;
    for (; unreached->next < end && rows < ROWS_AT_A_TIME; unreached->next++) {
        enum reason reason = reason_of(unreached->run, unreached->next);
        if (reason != REACHED && !fill_row(unreached, unreached->next, reason, rows++))
            return false;
    }
    unreached->table.row_count = rows;
    return true;
}

/* ---- the layer ---- */

bool sg_run_unreached_open(const struct sg_run *run, struct sg_run_unreached *ret_unreached) {
    *ret_unreached = (struct sg_run_unreached){.run = run};
    for (size_t i = 0; run->has_travel && i < end_of(run); i++)
        ret_unreached->count += reason_of(run, i) != REACHED;
    sg_table_init(&ret_unreached->table, ROWS_AT_A_TIME);
    ret_unreached->points = sg_alloc(ROWS_AT_A_TIME, sizeof *ret_unreached->points);
    return ret_unreached->points != NULL && add_columns(&ret_unreached->table);
}

void sg_run_unreached_release(struct sg_run_unreached *unreached) {
    sg_free(unreached->points);
    if (unreached->points != NULL)
        unreached->table.row_count = ROWS_AT_A_TIME; /* all rows that may hold texts */
    sg_table_release(&unreached->table);
    *unreached = (struct sg_run_unreached){0};
}

struct sg_layer sg_run_unreached_layer(struct sg_run_unreached *unreached) {
    return (struct sg_layer){.name = "unreached",
                             .title = "Without a way",
                             .description =
                                 "People and services that no way leads from or to, with the reason",
                             .table = &unreached->table,
                             .kind = SG_POINTS,
                             .points = unreached->points,
                             .crs = unreached->run->layer.geographic,
                             .refill = refill,
                             .user = unreached};
}

/* ---- the problems of a check ---- */

/* The input that a kept site came from. */
static size_t input_of(const struct sg_check *check, size_t site) {
    size_t input = 0;
    while (input + 1 < check->input_count && check->inputs[input + 1].first_site <= site)
        input++;
    return input;
}

enum sg_status sg_run_check_unreached(struct sg_run *run) {
    struct sg_check *check = run->check;
    size_t sites = run->inventory.site_count;
    for (size_t i = 0; check != NULL && check->wants_problems && i < end_of(run); i++) {
        enum reason reason = reason_of(run, i);
        struct sg_problem problem = {.kind = reason == NO_STREET ? SG_PROBLEM_NO_STREET : SG_PROBLEM_NO_WAY,
                                     .size = run->job->snap_limit_m,
                                     .is_demand = i >= sites};
        if (reason != NO_STREET && reason != NO_WAY)
            continue;
        if (problem.is_demand) {
            problem.lon_lat_deg = run->demand.points[i - sites].lon_lat_deg;
            problem.record = run->demand.points[i - sites].record;
        } else {
            problem.lon_lat_deg = run->inventory.sites[i].lon_lat_deg;
            problem.input = input_of(check, i);
            problem.record = check->records[i];
        }
        if (!sg_check_add_problem(check, &problem))
            return sg_fail_memory(run->context);
    }
    return SG_OK;
}
