/* The report's sections on the layers: areas and demand. */
#include "job/report_parts.h"

#include <math.h>
#include <stdio.h>

#include "core/text.h"

enum { WIDTH = 24, INNER_WIDTH = 44 };

void sg_report_use_labels(struct sg_report_form *form, bool is_inner) {
    form->indent = is_inner ? 4 : 2;
    form->width = is_inner ? INNER_WIDTH : WIDTH;
}

void sg_report_tell_crs(struct sg_report_form *form, const char *name, enum sg_crs_origin origin) {
    sg_form_open(form, "crs", '{');
    sg_form_text(form, "name", NULL, name);
    sg_form_text(form, "origin", NULL, sg_crs_origin_name(origin));
    sg_form_close(form, '{');
    sg_form_say(form, "CRS", "%s, %s", name, sg_crs_origin_text(origin));
}

static void tell_layer_crs(struct sg_report_form *form, const struct sg_crs *crs, enum sg_crs_origin origin) {
    char name[200];
    const char *code = sg_crs_code(crs);
    snprintf(name, sizeof name, "%s%s%s%s", sg_crs_name(crs), code[0] != '\0' ? " (" : "", code,
             code[0] != '\0' ? ")" : "");
    sg_report_tell_crs(form, name, origin);
}

void sg_report_tell_field(struct sg_report_form *form, const char *role, const char *field,
                          bool is_recognised, const char *otherwise) {
    sg_form_open(form, role, '{');
    sg_form_text(form, "field", NULL, field);
    sg_form_flag(form, "recognised", field != NULL && is_recognised);
    sg_form_close(form, '{');
    sg_form_say(form, role, "%s%s", field == NULL ? otherwise : field,
                field == NULL   ? ""
                : is_recognised ? " (recognised)"
                                : " (named)");
}

static void report_overlaps(struct sg_report_form *form, const struct sg_run *run) {
    const struct sg_partition *partition = &run->check->partition;
    const struct sg_overlap *largest = partition->overlap_count > 0 ? &partition->overlaps[0] : NULL;
    sg_form_open(form, "overlaps", '{');
    sg_form_count(form, "pairs", NULL, partition->overlap_count);
    sg_form_number(form, "km2", partition->overlap_km2);
    if (largest != NULL) {
        const struct sg_area *one = &run->layer.areas[largest->one], *two = &run->layer.areas[largest->two];
        sg_form_open(form, "largest", '{');
        sg_form_number(form, "km2", largest->km2);
        sg_form_open(form, "areas", '[');
        sg_form_text(form, NULL, NULL, one->id);
        sg_form_text(form, NULL, NULL, two->id);
        sg_form_close(form, '[');
        sg_form_close(form, '{');
        sg_form_say(form, "overlaps",
                    "%zu %s of areas, %.6f km2 in all; the largest %.6f km2: '%.100s' and '%.100s'",
                    partition->overlap_count, partition->overlap_count == 1 ? "pair" : "pairs",
                    partition->overlap_km2, largest->km2, one->name, two->name);
    } else {
        sg_form_text(form, "largest", NULL, NULL);
        sg_form_say(form, "overlaps", "none");
    }
    sg_form_close(form, '{');
}

static void report_gaps(struct sg_report_form *form, const struct sg_run *run) {
    const struct sg_partition *partition = &run->check->partition;
    const struct sg_gap *largest = partition->gap_count > 0 ? &partition->gaps[0] : NULL;
    sg_form_open(form, "gaps", '{');
    sg_form_number(form, "openings_closed_below_m", SG_HAIRLINE_M);
    sg_form_count(form, "count", NULL, partition->gap_count);
    sg_form_number(form, "km2", partition->gap_km2);
    if (largest != NULL) {
        sg_form_open(form, "largest", '{');
        sg_form_number(form, "km2", largest->km2);
        sg_form_number(form, "x", largest->point.x);
        sg_form_number(form, "y", largest->point.y);
        sg_form_close(form, '{');
        sg_form_say(form, "gaps between", "%zu, %.6f km2 in all; the largest %.6f km2, at %.10g %.10g",
                    partition->gap_count, partition->gap_km2, largest->km2, largest->point.x,
                    largest->point.y);
    } else {
        sg_form_text(form, "largest", NULL, NULL);
        sg_form_say(form, "gaps between", "none");
    }
    sg_form_close(form, '{');
}

void sg_report_areas(struct sg_report_form *form, const struct sg_run *run) {
    const struct sg_area_layer *layer = &run->layer;
    size_t without = 0, unknown_population = 0;
    double km2 = 0;
    for (size_t i = 0; i < layer->area_count; i++) {
        without += layer->areas[i].shape.polygon_count == 0;
        unknown_population += isnan(run->measures.population[i]);
        km2 += isfinite(layer->areas[i].area_km2) ? layer->areas[i].area_km2 : 0;
    }
    bool has_demand = run->job->demand.path != NULL;
    sg_form_line(form, "areas: %s", layer->path);
    sg_form_open(form, "areas", '{');
    sg_form_text(form, "file", NULL, layer->path);
    sg_form_text(form, "layer", NULL, layer->layer_name);
    sg_form_count(form, "count", NULL, layer->area_count);
    sg_form_number(form, "km2", km2);
    sg_form_say(form, "areas", "%zu (%.2f km2)", layer->area_count, km2);
    tell_layer_crs(form, layer->crs, layer->crs_origin);
    sg_report_tell_field(form, "id", layer->id_field, false, "the feature id");
    sg_report_tell_field(form, "name", layer->name_field, layer->name_is_recognised, "the id");
    sg_report_tell_field(form, "population", layer->population_field, layer->population_is_recognised,
                         has_demand ? "from the demand points" : "not known");
    sg_report_tell_field(form, "need", layer->need_field, false,
                         run->measures.has_need ? "from the demand points" : "the population");
    sg_form_count(form, "repaired", "repaired outlines", layer->repaired_count);
    sg_form_count(form, "without_geometry", "without geometry", without);
    if (run->measures.has_population || form->is_json)
        sg_form_count(form, "without_population", "without population", unknown_population);
    sg_form_count(form, "same_name", "with another's name", run->check->same_name_count);
    report_overlaps(form, run);
    report_gaps(form, run);
    sg_form_count(form, "regions", NULL, layer->region_count);
    sg_form_close(form, '{');
}

static void report_spellings(struct sg_report_form *form, const char *key, const char *label,
                             const struct sg_spellings *spellings, const char *between) {
    sg_form_open(form, key, '[');
    for (size_t i = 0; i < spellings->count; i++) {
        const struct sg_spelling *item = &spellings->items[i];
        sg_form_open(form, NULL, '{');
        sg_form_text(form, "text", NULL, item->text);
        sg_form_text(form, between, NULL, item->other);
        if (item->is_shared)
            sg_form_flag(form, "is_the_name_of_several", true);
        sg_form_close(form, '{');
    }
    sg_form_close(form, '[');
    if (form->is_json)
        return;
    sg_form_count(form, key, label, spellings->count);
    for (size_t i = 0; i < spellings->count; i++) {
        const struct sg_spelling *item = &spellings->items[i];
        if (item->other != NULL)
            sg_form_line(form, "    '%.100s' (%s: '%.100s')", item->text, between, item->other);
        else
            sg_form_line(form, "    '%.100s'%s", item->text,
                         item->is_shared ? " (the name of several areas)" : "");
    }
}

void sg_report_joins(struct sg_report_form *form, const struct sg_run *run) {
    const struct sg_area_layer *layer = &run->layer;
    sg_form_open(form, "joins", '[');
    for (size_t i = 0; i < layer->join_count; i++) {
        const struct sg_join *join = &layer->joins[i];
        sg_form_line(form, "joined: %s", join->path);
        sg_form_open(form, NULL, '{');
        sg_form_text(form, "file", NULL, join->path);
        sg_form_text(form, "areas_are", "areas are", join->is_transposed ? "columns" : "rows");
        sg_report_tell_field(form, "key", join->key, join->key_is_recognised, "");
        sg_form_count(form, "fields", "fields", join->field_count);
        sg_form_count(form, "matched", "areas matched", join->matched_count);
        report_spellings(form, "spelt_otherwise", "spelt otherwise", &join->respelt, "taken_as");
        report_spellings(form, "match_no_area", "match no area", &join->strange, "nearest");
        report_spellings(form, "areas_without", "areas not in it", &join->without, "nearest");
        sg_form_close(form, '{');
    }
    sg_form_close(form, '[');
}

static void report_demand_layer(struct sg_report_form *form, const struct sg_run *run) {
    const struct sg_demand_layer *layer = &run->demand_layer;
    tell_layer_crs(form, layer->crs, layer->crs_origin);
    sg_report_tell_field(form, "population", layer->population_field, layer->population_is_recognised, "");
    sg_report_tell_field(form, "need", layer->need_field, false, "the population");
    sg_form_count(form, "features", "features read", layer->read_count);
    sg_form_count(form, "unusable", "features unusable", layer->rejected_count);
    sg_form_number(form, "unusable_people", layer->rejected_population);
    if (layer->rejected_count > 0)
        sg_form_say(form, "people in unusable ones", "%.0f", layer->rejected_population);
    sg_form_count(form, "without_population", "without a number", layer->unknown_population_count);
    if (layer->need_field != NULL || form->is_json)
        sg_form_count(form, "without_need", "without a need", layer->unknown_need_count);
    if (layer->surplus_count > 0 || form->is_json)
        sg_form_count(form, "more_cells_than_header", "more cells than header", layer->surplus_count);
    if (layer->polygon_count > 0 || form->is_json)
        sg_form_count(form, "repaired", "repaired outlines", layer->repaired_count);
    sg_form_number(form, "people", layer->total_population);
    sg_form_say(form, "people read", "%.0f", layer->total_population);
    sg_form_number(form, "people_outside", run->demand.outside_population);
    sg_form_count(form, "points_outside", NULL, run->demand.outside_count);
    sg_form_say(form, "people outside", "%.0f (%zu %s)", run->demand.outside_population,
                run->demand.outside_count, sg_plural(run->demand.outside_count, "point", "points"));
    sg_form_count(form, "areas_on_a_grid", "areas on a grid", run->demand.gridded_area_count);
}

void sg_report_demand(struct sg_report_form *form, const struct sg_run *run) {
    if (!run->has_demand) {
        sg_form_text(form, "demand", NULL, NULL);
        return;
    }
    const char *path = run->job->demand.path;
    double in_areas = run->measures.has_population ? run->measures.total_population : NAN;
    sg_form_line(form, "demand: %s", path == NULL ? "a grid in each area" : path);
    sg_form_open(form, "demand", '{');
    sg_form_text(form, "file", NULL, path);
    if (path != NULL)
        report_demand_layer(form, run);
    sg_form_count(form, "points_in_areas", "points in the areas", run->demand.point_count);
    sg_form_number(form, "people_in_areas", in_areas);
    if (run->measures.has_population)
        sg_form_say(form, "people in the areas", "%.0f", in_areas);
    bool has_both = path != NULL && run->layer.population_field != NULL;
    double by_points = has_both ? run->demand.points_population : NAN;
    sg_form_number(form, "people_by_points", by_points);
    sg_form_number(form, "people_difference", in_areas - by_points);
    if (has_both)
        sg_form_say(form, "of these by points", "%.0f (difference %.0f)", by_points,
                    round(in_areas - by_points) + 0.0);
    sg_form_close(form, '{');
}
