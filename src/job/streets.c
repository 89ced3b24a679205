/* Distances along streets, in place of straight lines; and who is left out of them, and why. */
#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/run.h"
#include "job/unreached.h"
#include "measure/street_travel.h"

/* Below this share of the network in one piece, something is wrong with it more often than not. */
static const double WHOLE_ENOUGH = 0.8;

static enum sg_status check_settings(const struct sg_run *run) {
    const struct sg_job *job = run->job;
    if (job->streets.source.path != NULL && job->costs != NULL)
        return sg_fail(run->context, SG_USAGE, "leave one of them out",
                       "--streets and --costs both say how far it is");
    return SG_OK;
}

static void tell_network(const struct sg_run *run, const struct sg_street_graph *graph) {
    char edges[48], nodes[48], length[48], pieces[48];
    double share = graph->length_m > 0 ? graph->piece_lengths_m[0] / graph->length_m : 0;
    sg_note(run->context,
            "%s: a network of %s edges between %s junctions, %s km in %s %s; the largest holds %.1f%% of the "
            "length",
            run->job->streets.source.path, sg_grouped_text((double)graph->edge_count, ",", edges),
            sg_grouped_text((double)graph->node_count, ",", nodes),
            sg_grouped_text(round(graph->length_m / 1000), ",", length),
            sg_grouped_text((double)graph->piece_count, ",", pieces),
            graph->piece_count == 1 ? "piece" : "pieces", 100 * share);
    if (share < WHOLE_ENOUGH)
        sg_warn(run->context,
                "streets meet where their lines share a vertex: are the lines cut, or given vertices, at "
                "crossings?",
                "%s: the largest connected piece of the network holds only %.1f%% of its length",
                run->job->streets.source.path, 100 * share);
    if (graph->no_length_count > 0)
        sg_note(run->context, "%s: %zu %s no length and left out", run->job->streets.source.path,
                graph->no_length_count, sg_plural(graph->no_length_count, "line has", "lines have"));
}

/* Pieces that lead nowhere, where that is asked for. */
static enum sg_status leave_out_pieces(const struct sg_run *run, struct sg_street_graph *graph) {
    const struct sg_job *job = run->job;
    struct sg_street_left_out left_out;
    enum sg_status status = SG_OK;
    if (!(job->min_piece_m > 0))
        return SG_OK;
    status = sg_street_graph_leave_out(run->context, graph, job->min_piece_m, &left_out);
    if (status == SG_OK && graph->edge_count == 0)
        status = sg_fail(run->context, SG_BAD_INPUT, "say a lower --min-piece",
                         "%s: no connected piece of the network is %g m long", job->streets.source.path,
                         job->min_piece_m);
    if (status == SG_OK)
        sg_note(run->context, "%s: %zu %s of the network shorter than %g m %s left out, %.2f km in all",
                job->streets.source.path, left_out.piece_count,
                left_out.piece_count == 1 ? "piece" : "pieces", job->min_piece_m,
                left_out.piece_count == 1 ? "is" : "are", left_out.length_m / 1000);
    return status;
}

/* ---- people without streets ---- */

struct left_out {
    size_t area;
    size_t points;
    double weight;
};

static int compare_left_out(const void *a, const void *b) {
    const struct left_out *one = a, *two = b;
    if (one->weight != two->weight)
        return one->weight > two->weight ? -1 : 1;
    if (one->points != two->points)
        return one->points > two->points ? -1 : 1;
    return one->area < two->area ? -1 : one->area > two->area;
}

static double people_at(const struct sg_run *run, size_t point) {
    const struct sg_demand_point *at = &run->demand.points[point];
    return run->demand.has_population ? at->population : at->weight;
}

/* The demand points in one state, by area, most people first; the sum of all in *ret_sum. */
static size_t gather_left_out(const struct sg_run *run, const struct sg_street_report *report,
                              enum sg_street_state state, struct left_out *areas, struct left_out *ret_sum) {
    size_t count = 0;
    *ret_sum = (struct left_out){0};
    for (size_t a = 0; a < run->layer.area_count; a++) {
        struct left_out here = {.area = a};
        for (size_t i = run->demand.area_starts[a]; i < run->demand.area_starts[a + 1]; i++) {
            if (report->point_states[i] != state)
                continue;
            here.points++;
            here.weight += people_at(run, i);
        }
        ret_sum->points += here.points;
        ret_sum->weight += here.weight;
        if (here.points > 0)
            areas[count++] = here;
    }
    qsort(areas, count, sizeof *areas, compare_left_out);
    return count;
}

static enum sg_status tell_left_out(const struct sg_run *run, const struct sg_street_report *report,
                                    enum sg_street_state state, double total, struct left_out *areas) {
    struct left_out sum;
    size_t count = gather_left_out(run, report, state, areas, &sum);
    if (count == 0)
        return SG_OK;
    struct sg_text list;
    char number[48];
    sg_text_init(&list);
    for (size_t i = 0; i < count && i < 3; i++) {
        const struct sg_area *area = &run->layer.areas[areas[i].area];
        double there = areas[i].weight;
        sg_text_append_format(&list, "%s'%.60s'", i == 0 ? "" : ", ", area->name);
        if (run->demand.has_population)
            sg_text_append_format(&list, " (%s)", sg_grouped_text(round(there), ",", number));
    }
    if (count > 3)
        sg_text_append_format(&list, " and %zu more areas", count - 3);
    const char *is_are = sum.points == 1 ? "is" : "are";
    char what[100];
    if (state == SG_STREET_NO_STREET_NEAR)
        snprintf(what, sizeof what, "%s more than %g m from any street", is_are, run->job->snap_limit_m);
    else
        snprintf(what, sizeof what, "%s on streets that lead to no service", is_are);
    enum sg_status status = list.failed ? sg_fail_memory(run->context) : SG_OK;
    if (status == SG_OK)
        sg_warn(run->context,
                state == SG_STREET_NO_STREET_NEAR
                    ? "they count as having no path; --snap-limit moves the limit"
                    : "they count as having no path to any service; --min-piece leaves out short pieces",
                "%zu demand %s (%.2g%% of %s) %s: in %s", sum.points, sum.points == 1 ? "point" : "points",
                total > 0 ? 100 * sum.weight / total : 0,
                run->demand.has_population ? "the people" : "the demand", what, sg_text_bytes(&list));
    sg_text_release(&list);
    return status;
}

static enum sg_status tell_people(const struct sg_run *run, const struct sg_street_report *report) {
    struct left_out *areas = sg_alloc(run->layer.area_count, sizeof *areas);
    if (areas == NULL)
        return sg_fail_memory(run->context);
    double total = 0, reached = 0;
    for (size_t i = 0; i < run->demand.point_count; i++) {
        total += people_at(run, i);
        reached += report->point_states[i] == SG_STREET_REACHED ? people_at(run, i) : 0;
    }
    sg_note(run->context,
            "along streets: %.2f%% of %s have a way to a service; nobody walks more than %.0f m to a street",
            total > 0 ? 100 * reached / total : 0, run->demand.has_population ? "the people" : "the demand",
            ceil(report->longest_leg_m));
    enum sg_status status = tell_left_out(run, report, SG_STREET_NO_STREET_NEAR, total, areas);
    if (status == SG_OK)
        status = tell_left_out(run, report, SG_STREET_NO_WAY, total, areas);
    sg_free(areas);
    return status;
}

/* ---- services without streets ---- */

static enum sg_status tell_services(const struct sg_run *run, const struct sg_street_report *report) {
    const struct sg_inventory *inventory = &run->inventory;
    struct sg_text list;
    sg_text_init(&list);
    size_t count = 0;
    for (size_t s = 0; s < report->site_count; s++) {
        if (report->site_states[s] != SG_STREET_NO_STREET_NEAR)
            continue;
        const struct sg_site *site = &inventory->sites[s];
        const char *name = site->organization == UINT32_MAX
                               ? ""
                               : sg_name_index_name(inventory->organizations, site->organization);
        if (count < 3)
            sg_text_append_format(&list, "%s%s%.60s%sat %.6f, %.6f", count == 0 ? "" : "; ",
                                  name[0] == '\0' ? "" : "'", name, name[0] == '\0' ? "" : "' ",
                                  site->lon_lat_deg.x, site->lon_lat_deg.y);
        count++;
    }
    enum sg_status status = list.failed ? sg_fail_memory(run->context) : SG_OK;
    if (status == SG_OK && count > 0)
        sg_warn(run->context,
                "they are counted where they are, and in nobody's reach; `unreached` lists them all",
                "%zu %s more than %g m from any street: %s%s", count,
                count == 1 ? "service is" : "services are", run->job->snap_limit_m, sg_text_bytes(&list),
                count > 3 ? " ..." : "");
    sg_text_release(&list);
    return status;
}

/* ---- all of it ---- */

static enum sg_status travel(struct sg_run *run, const struct sg_street_graph *graph) {
    const struct sg_job *job = run->job;
    struct sg_street_request *request = &run->street_request;
    *request = (struct sg_street_request){.snap_limit_m = job->snap_limit_m, .leg_cost_per_m = 1};
    if (graph->is_time)
        request->leg_cost_per_m = 60 / (1000 * job->streets.walk_speed_kmh);
    request->limit = sg_run_longest_cost(run);
    struct sg_street_report *report = &run->street_report;
    enum sg_status status = sg_streets_travel(run->context, graph, &run->demand, &run->inventory,
                                              run->taxonomy.type_count, request, &run->travel, report);
    run->has_travel = status == SG_OK;
    if (status == SG_OK)
        status = tell_people(run, report);
    if (status == SG_OK)
        status = tell_services(run, report);
    if (status == SG_OK)
        status = sg_run_check_unreached(run);
    return status;
}

enum sg_status sg_run_read_streets(struct sg_run *run) {
    const struct sg_job *job = run->job;
    enum sg_status status = check_settings(run);
    if (status != SG_OK || job->streets.source.path == NULL || !run->has_demand
        || !sg_coverage_needs_distances(&job->coverage))
        return status;
    double radius_m, flattening;
    sg_crs_ellipsoid(run->layer.geographic, &radius_m, &flattening);
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_new(radius_m, flattening);
    struct sg_street_layer layer = {0};
    status = sg_street_layer_read(run->context, &job->streets, run->layer.geographic, &layer);
    /* people and services are looked for beside them, in the longitudes that the areas are written in */
    for (size_t i = 0; status == SG_OK && i < layer.point_count; i++)
        layer.points[i].x += sg_areas_turn(&run->layer, layer.points[i].x);
    if (status == SG_OK)
        status = sg_street_graph_build(run->context, &layer, &ellipsoid, job->within_is_minutes, &run->graph);
    sg_street_layer_release(&layer);
    if (status == SG_OK && run->graph.edge_count == 0)
        status = sg_fail(run->context, SG_BAD_INPUT, "is it the right layer?", "%s: no line has a length",
                         job->streets.source.path);
    if (status == SG_OK)
        status = leave_out_pieces(run, &run->graph);
    if (status != SG_OK)
        return status;
    tell_network(run, &run->graph);
    return travel(run, &run->graph);
}
