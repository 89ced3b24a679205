/* The report of `check`: what was read, how it was understood, and what is wrong. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "job/report_parts.h"
#include "job/run.h"
#include "job/same_source.h"

static void report_fields(struct sg_report_form *form, const struct sg_site_input *input) {
    struct sg_text list;
    sg_text_init(&list);
    sg_form_open(form, "fields", '{');
    for (size_t f = 0; f < input->field_count; f++) {
        const struct sg_field_use *use = &input->fields[f];
        sg_form_open(form, use->role, '{');
        sg_form_text(form, "field", NULL, use->name);
        sg_form_flag(form, "recognised", use->is_recognised);
        sg_form_close(form, '{');
        sg_text_append_format(&list, "%s%s: %s (%s)", f == 0 ? "" : "; ", use->role, use->name,
                              use->is_recognised ? "recognised" : "named");
    }
    sg_form_close(form, '{');
    sg_form_say(form, "fields", "%s", sg_text_bytes(&list));
    form->out.failed = form->out.failed || list.failed;
    sg_text_release(&list);
}

static void report_outcomes(struct sg_report_form *form, const struct sg_site_input *input) {
    sg_form_count(form, "records", "records read", input->counts.read);
    sg_form_open(form, "outcomes", '{');
    sg_report_use_labels(form, true);
    for (int o = 0; o < SG_SITE_OUTCOME_COUNT; o++) {
        const char *reason =
            o == SG_SITE_COUNTED ? "in the areas" : sg_site_outcome_reason((enum sg_site_outcome)o);
        if (input->outcomes[o] > 0 || o <= SG_SITE_OUTSIDE || form->is_json)
            sg_form_count(form, sg_site_outcome_name((enum sg_site_outcome)o), reason, input->outcomes[o]);
    }
    sg_report_use_labels(form, false);
    sg_form_close(form, '{');
    if (input->multiple_count > 0 || form->is_json)
        sg_form_count(form, "with_several_points", "with several points", input->multiple_count);
    if (input->surface_count > 0 || form->is_json)
        sg_form_count(form, "point_on_surface", "point on a surface", input->surface_count);
    if (input->surplus_count > 0 || form->is_json)
        sg_form_count(form, "more_cells_than_header", "more cells than header", input->surplus_count);
}

/* Where its points lie: outside, at borders, on coarse coordinates. */
static void report_points(struct sg_report_form *form, const struct sg_input_check *check) {
    sg_form_open(form, "outside_m", '{');
    sg_form_count(form, "points", NULL, check->outside_count);
    sg_form_number(form, "least", check->outside_least_m);
    sg_form_number(form, "median", check->outside_median_m);
    sg_form_number(form, "most", check->outside_most_m);
    sg_form_close(form, '{');
    if (check->outside_count > 0)
        sg_form_say(form, "outside by", "%.0f m at least, %.0f m median, %.0f m at most",
                    check->outside_least_m, check->outside_median_m, check->outside_most_m);
    sg_form_count(form, "near_border", "within 1 m of a border", check->near_border_count);
    if (check->is_geographic || form->is_json)
        sg_form_count(form, "coarse_coordinates", "fewer than 4 decimals", check->coarse_count);
}

static void report_unknown_types(struct sg_report_form *form, const struct sg_site_input *input) {
    if (input->unknown_type_count > 0)
        sg_form_line(form, "  type texts not in the taxonomy: %zu", input->unknown_type_count);
    sg_form_open(form, "types_not_in_taxonomy", '[');
    for (size_t t = 0; t < input->unknown_type_count; t++) {
        const struct sg_unknown_type *type = &input->unknown_types[t];
        sg_form_open(form, NULL, '{');
        sg_form_text(form, "text", NULL, type->text);
        sg_form_count(form, "records", NULL, type->count);
        sg_form_close(form, '{');
        sg_form_line(form, "    %8llu  %s", (unsigned long long)type->count, type->text);
    }
    sg_form_close(form, '[');
}

/* Is the file one before it? */
static void report_same(struct sg_report_form *form, const struct sg_job *job, size_t source) {
    size_t before = sg_job_same_source(job, source);
    sg_form_number(form, "same_as_file", before == SG_NO_INDEX ? NAN : (double)(before + 1));
    if (before != SG_NO_INDEX)
        sg_form_say(form, "named before", "as services file %zu: its records are read once more", before + 1);
}

static void report_services(struct sg_report_form *form, const struct sg_run *run) {
    sg_form_open(form, "services", '[');
    for (size_t i = 0; i < run->input_count; i++) {
        const struct sg_site_input *input = &run->inputs[i];
        sg_form_line(form, "services: %s (%s)", input->path, input->driver);
        sg_form_open(form, NULL, '{');
        sg_form_text(form, "file", NULL, input->path);
        sg_form_text(form, "driver", NULL, input->driver);
        sg_form_text(form, "layer", NULL, input->layer);
        report_same(form, run->job, i);
        sg_report_tell_crs(form, input->crs_name, input->crs_origin);
        report_fields(form, input);
        report_outcomes(form, input);
        report_points(form, &run->check->inputs[i]);
        report_unknown_types(form, input);
        sg_form_close(form, '{');
    }
    sg_form_close(form, '[');
}

static void report_places(struct sg_report_form *form, const struct sg_run *run) {
    const struct sg_stacks *stacks = &run->stacks;
    sg_form_line(form, "points:");
    sg_form_open(form, "points", '{');
    sg_form_count(form, "used_more_than_once", NULL, stacks->places);
    sg_form_count(form, "records_on_them", NULL, stacks->records);
    sg_form_say(form, "used more than once", "%zu, by %zu records", stacks->places, stacks->records);
    if (stacks->places > 0) {
        struct sg_point at = stacks->largest_lon_lat_deg;
        sg_form_open(form, "most_used", '{');
        sg_form_count(form, "records", NULL, stacks->largest);
        sg_form_number(form, "lon", at.x);
        sg_form_number(form, "lat", at.y);
        sg_form_close(form, '{');
        sg_form_say(form, "most used", "%.6f %.6f (lon, lat), by %zu %s", at.x, at.y, stacks->largest,
                    sg_plural(stacks->largest, "record", "records"));
    } else {
        sg_form_text(form, "most_used", NULL, NULL);
    }
    sg_form_count(form, "duplicates", "likely duplicates", stacks->duplicates);
    if (stacks->untold > 0 || form->is_json)
        sg_form_count(form, "duplicates_without_organization", "without organization", stacks->untold);
    sg_form_count(form, "areas_with_points_near_border", "areas with border points",
                  run->check->near_border_areas);
    sg_form_close(form, '{');
}

/* The column of the codes is as wide as the longest. */
static size_t width_of_codes(const struct sg_taxonomy *taxonomy) {
    size_t width = 6;
    for (size_t t = 0; t < taxonomy->type_count; t++) {
        size_t length = sg_utf8_length(taxonomy->types[t].code);
        width = length > width ? length : width;
    }
    return width;
}

static void report_types(struct sg_report_form *form, const struct sg_run *run) {
    const struct sg_taxonomy *taxonomy = &run->taxonomy;
    size_t width = width_of_codes(taxonomy);
    sg_form_line(form, "types:%s%s", taxonomy->name == NULL ? " as found" : " taxonomy ",
                 taxonomy->name == NULL ? "" : taxonomy->name);
    sg_form_line(form, "  %-*s %10s %10s %8s  %s", (int)width, "code", "places", "in areas", "without",
                 "label");
    sg_form_text(form, "taxonomy", NULL, taxonomy->name);
    sg_form_open(form, "types", '[');
    for (size_t t = 0; t < taxonomy->type_count; t++) {
        const char *label = sg_type_label(&taxonomy->types[t], run->job->language);
        const char *code = taxonomy->types[t].code;
        const struct sg_type_places *places = &run->inventory.type_places[t];
        unsigned long long inside = places->inside, everywhere = inside + places->outside;
        sg_form_line(form, "  %s%*s %10llu %10llu %8zu  %s", code, sg_spaces_after(code, width), "",
                     everywhere, inside, run->measures.city[t].areas_without, label);
        sg_form_open(form, NULL, '{');
        sg_form_text(form, "code", NULL, taxonomy->types[t].code);
        sg_form_text(form, "label", NULL, label);
        sg_form_count(form, "places", NULL, everywhere);
        sg_form_count(form, "places_in_areas", NULL, inside);
        sg_form_number(form, "weight_in_areas", run->inventory.totals[t]);
        sg_form_count(form, "areas_without", NULL, run->measures.city[t].areas_without);
        sg_form_close(form, '{');
    }
    sg_form_close(form, '[');
}

static void report_sentences(struct sg_report_form *form, const struct sg_run *run) {
    size_t warnings = sg_context_warning_count(run->context);
    sg_form_line(form, "warnings: %zu", warnings);
    sg_form_open(form, "warnings", '[');
    for (size_t i = 0; i < warnings; i++) {
        sg_form_text(form, NULL, NULL, sg_context_warning(run->context, i));
        sg_form_line(form, "  %s", sg_context_warning(run->context, i));
    }
    sg_form_close(form, '[');
    bool has_findings = run->job->service_count > 0; /* of areas alone there is nothing to find */
    if (has_findings)
        sg_form_line(form, "findings:");
    sg_form_open(form, "findings", '[');
    for (size_t i = 0; has_findings && i < run->finding_count; i++) {
        sg_form_text(form, NULL, NULL, run->findings[i]);
        sg_form_line(form, "  %s", run->findings[i]);
    }
    sg_form_close(form, '[');
}

enum sg_status sg_run_report(struct sg_run *run) {
    struct sg_report_form form = {.is_json = run->job->report_as_json};
    sg_text_init(&form.out);
    sg_report_use_labels(&form, false);
    sg_form_open(&form, NULL, '{');
    sg_report_areas(&form, run);
    sg_report_joins(&form, run);
    sg_report_regions(&form, run);
    report_services(&form, run);
    if (run->job->service_count > 0 || form.is_json) { /* programs find the same keys always */
        report_places(&form, run);
        report_types(&form, run);
    }
    sg_report_demand(&form, run);
    report_sentences(&form, run);
    sg_form_close(&form, '{');
    if (form.is_json)
        sg_text_append(&form.out, "\n");
    enum sg_status status = form.out.failed ? sg_fail_memory(run->context) : SG_OK;
    if (status == SG_OK) {
        fputs(sg_text_bytes(&form.out), stdout);
        if (fflush(stdout) != 0 || ferror(stdout))
            status = sg_fail(run->context, SG_NO_OUTPUT, NULL,
                             "the report cannot be written to the standard output");
    }
    sg_text_release(&form.out);
    return status;
}
