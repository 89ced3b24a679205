#include "judge/coverage_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "core/text.h"
#include "judge/phrasing.h"

/* "800m", "15min"; a threshold that is no whole number keeps its decimals with '_'. */
static void threshold_name(const struct sg_measures *measures, size_t threshold, char name[static 40]) {
    char number[32];
    bool is_speed = measures->metres_per_minute > 0;
    double value = measures->thresholds_m[threshold] / (is_speed ? measures->metres_per_minute : 1);
    sg_number_text(round(value * 1e6) / 1e6, number);
    snprintf(name, 40, "%s%s", number, is_speed || measures->is_time ? "min" : "m");
    for (char *c = name; *c != '\0'; c++) {
        if (*c == '.')
            *c = '_';
    }
}

/* "emp_within_800m_pct": the threshold goes before the unit of the name. */
static char *column_name(const char *prefix, const char *suffix, const char *threshold) {
    if (threshold == NULL)
        return sg_format("%s_%s", prefix, suffix);
    const char *unit = strstr(suffix, "_pct");
    if (unit == NULL)
        return sg_format("%s_%s_%s", prefix, suffix, threshold);
    return sg_format("%s_%.*s_%s%s", prefix, (int)(unit - suffix), suffix, threshold, unit);
}

/* "EMP_W", with several thresholds "EMP_W_1": at most ten characters. */
static char *field_name(const char *letters, const struct sg_measure_info *info, size_t threshold,
                        bool is_several) {
    if (!is_several)
        return sg_format("%s_%s", letters, info->short_suffix);
    size_t length = strlen(letters) + 1 + strlen(info->short_suffix);
    return sg_format("%s_%s%s%zu", letters, info->short_suffix, length <= 8 ? "_" : "", threshold + 1);
}

static char *column_title(const char *label, const struct sg_measure_info *info,
                          const struct sg_measures *measures, size_t threshold) {
    char number[48];
    if (!info->by_threshold)
        return sg_format("%s: %s", label, info->title);
    return sg_format("%s: %s (%s)", label, info->title,
                     sg_threshold_text(measures, threshold, SG_ENGLISH, number));
}

static bool add_measure(struct sg_table *table, const struct sg_measures *measures, enum sg_measure measure,
                        size_t type, const char *prefix, const char *letters, const char *label) {
    const struct sg_measure_info *info = sg_measure_info(measure);
    size_t thresholds = info->by_threshold ? measures->threshold_count : 1;
    bool is_several = info->by_threshold && thresholds > 1;
    for (size_t d = 0; d < thresholds; d++) {
        const double *row = sg_measures_row(measures, measure, type, d);
        if (row == NULL)
            return true;
        char threshold[40];
        threshold_name(measures, d, threshold);
        const char *suffix = sg_measures_suffix(measures, measure);
        bool is_minutes = strcmp(suffix, info->suffix) != 0;
        char *name = column_name(prefix, suffix, is_several ? threshold : NULL);
        char *short_name = field_name(letters, info, d, is_several);
        char *title = column_title(label, info, measures, d);
        struct sg_column *column = NULL;
        if (name != NULL && short_name != NULL && title != NULL)
            column = sg_table_add(table, SG_COLUMN_REAL, name, short_name, title,
                                  is_minutes ? "min" : info->unit, info->definition);
        sg_free(name);
        sg_free(short_name);
        sg_free(title);
        if (column == NULL)
            return false;
        column->measure = suffix;
        column->type = type;
        column->threshold = d;
        memcpy(column->numbers, row, table->row_count * sizeof *row);
    }
    return true;
}

static bool add_number(struct sg_table *table, enum sg_column_kind kind, const char *name,
                       const char *short_name, const char *title, const char *unit, const char *definition,
                       struct sg_column **ret_column) {
    *ret_column = sg_table_add(table, kind, name, short_name, title, unit, definition);
    return *ret_column != NULL;
}

/* Codes of the types without a service in the area, space separated; the number of the others. */
static bool add_types(struct sg_table *table, const struct sg_taxonomy *taxonomy,
                      const struct sg_measures *measures, const struct sg_area_layer *layer,
                      double *const *counts) {
    struct sg_column *present, *missing;
    if (!add_number(table, SG_COLUMN_INTEGER, "types_present", "TYPES_N", "Types of service present", "types",
                    "Number of types with a service in the area", &present))
        return false;
    missing = sg_table_add(table, SG_COLUMN_TEXT, "types_missing", "TYPES_MISS", "Types of service missing",
                           "", "Codes of the types without a service in the area");
    present = sg_table_find(table, "types_present");
    if (missing == NULL)
        return false;
    bool done = true;
    for (size_t a = 0; done && a < table->row_count; a++) {
        if (layer->areas[a].shape.polygon_count == 0)
            continue;
        struct sg_text codes;
        sg_text_init(&codes);
        size_t present_count = 0;
        for (size_t t = 0; t < measures->type_count; t++) {
            if (counts[t][a] > 0)
                present_count++;
            else
                sg_text_append_format(&codes, "%s%s", codes.length == 0 ? "" : " ", taxonomy->types[t].code);
        }
        present->numbers[a] = (double)present_count;
        done = !codes.failed && sg_column_set_text(missing, a, sg_text_bytes(&codes));
        sg_text_release(&codes);
    }
    return done;
}

static bool add_verdict(struct sg_table *table, const struct sg_judgement *judgement) {
    struct sg_column *column;
    char supply[200];
    snprintf(supply, sizeof supply,
             "100 x weighted mean over the types of 1 - min(1, supply / benchmark), supply: %s. 0 = the "
             "benchmark is "
             "met on every type, 100 = nothing of anything",
             sg_supply_name(judgement->supply));
    if (!add_number(table, SG_COLUMN_REAL, "gap_index", "GAP_INDEX", "Service gap index", "0 to 100", supply,
                    &column))
        return false;
    memcpy(column->numbers, judgement->gap_index, table->row_count * sizeof *column->numbers);
    char cuts[256], texts[4][32];
    for (int c = 0; c < 4; c++)
        sg_number_text(judgement->cuts[c], texts[c]);
    snprintf(cuts, sizeof cuts,
             "Class of the index: served (< %s), slight (< %s), moderate (< %s), severe (< %s), critical",
             texts[0], texts[1], texts[2], texts[3]);
    column = sg_table_add(table, SG_COLUMN_TEXT, "gap_class", "GAP_CLASS", "Gap class", "", cuts);
    for (size_t a = 0; column != NULL && a < table->row_count; a++) {
        const char *name = sg_gap_class_name(judgement->classes[a]);
        if (name != NULL && !sg_column_set_text(column, a, name))
            return false;
    }
    if (column == NULL
        || !add_number(table, SG_COLUMN_INTEGER, "gap_rank", "GAP_RANK", "Gap rank", "rank",
                       "1 = largest gap index; ties share the rank", &column))
        return false;
    for (size_t a = 0; a < table->row_count; a++)
        column->numbers[a] = judgement->ranks[a] == 0 ? NAN : (double)judgement->ranks[a];
    column = sg_table_add(table, SG_COLUMN_TEXT, "priority", "PRIORITY", "Priority", "",
                          "high = top third of gap and of need; low = bottom third of either; else medium");
    for (size_t a = 0; column != NULL && a < table->row_count; a++) {
        const char *name = sg_priority_name(judgement->priorities[a]);
        if (name != NULL && !sg_column_set_text(column, a, name))
            return false;
    }
    return column != NULL;
}

static bool add_names(struct sg_table *table, const struct sg_area_layer *layer) {
    struct sg_column *id = sg_table_add(table, SG_COLUMN_TEXT, "area_id", "AREA_ID", "Area id", "",
                                        "Id of the area in the boundary file");
    bool done = id != NULL;
    for (size_t a = 0; done && a < table->row_count; a++)
        done = sg_column_set_text(id, a, layer->areas[a].id);
    struct sg_column *name =
        done ? sg_table_add(table, SG_COLUMN_TEXT, "area_name", "NAME", "Area name", "", "Name of the area")
             : NULL;
    done = name != NULL;
    for (size_t a = 0; done && a < table->row_count; a++)
        done = sg_column_set_text(name, a, layer->areas[a].name);
    return done;
}

static bool add_area_columns(struct sg_table *table, const struct sg_area_layer *layer,
                             const struct sg_measures *measures) {
    struct sg_column *column;
    if (!add_number(table, SG_COLUMN_REAL, "area_km2", "AREA_KM2", "Land area", "km2",
                    "Geodesic area of the polygon, holes taken off", &column))
        return false;
    for (size_t a = 0; a < table->row_count; a++)
        column->numbers[a] = layer->areas[a].area_km2;
    if (!add_number(table, SG_COLUMN_REAL, "population", "POPULATION", "Population", "people",
                    "People who live in the area", &column))
        return false;
    memcpy(column->numbers, measures->population, table->row_count * sizeof *column->numbers);
    if (!add_number(table, SG_COLUMN_REAL, "need", "NEED", "Need", "people",
                    "People who need the services: the need field, else the population", &column))
        return false;
    memcpy(column->numbers, measures->need, table->row_count * sizeof *column->numbers);
    column = sg_table_add(table, SG_COLUMN_TEXT, "state", "STATE", "State", "",
                          "measured, no_population (nobody there, or nobody in need), no_demand, no_geometry "
                          "or suppressed: why "
                          "numbers may be missing");
    for (size_t a = 0; column != NULL && a < table->row_count; a++) {
        if (!sg_column_set_text(column, a, sg_area_state_name(measures->states[a])))
            return false;
    }
    return column != NULL;
}

static bool fill(struct sg_table *table, const struct sg_area_layer *layer,
                 const struct sg_taxonomy *taxonomy, const struct sg_measures *measures,
                 double *const *counts, const struct sg_judgement *judgement, enum sg_language language) {
    if (!add_area_columns(table, layer, measures) || !add_types(table, taxonomy, measures, layer, counts))
        return false;
    if (judgement != NULL && !add_verdict(table, judgement))
        return false;
    for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++) {
        if (!add_measure(table, measures, (enum sg_measure)m, measures->type_count, "all", "ALL",
                         language == SG_FRENCH ? "Tous les services" : "Any service"))
            return false;
    }
    for (size_t t = 0; t < measures->type_count; t++) {
        const struct sg_type *type = &taxonomy->types[t];
        for (int m = 0; m < SG_MEASURE_COUNT_OF_ALL; m++) {
            if (!add_measure(table, measures, (enum sg_measure)m, t, type->prefix, type->letters,
                             sg_type_label(type, language)))
                return false;
        }
    }
    return true;
}

enum sg_status sg_coverage_table_add(struct sg_context *context, const struct sg_area_layer *layer,
                                     const struct sg_taxonomy *taxonomy, const struct sg_measures *measures,
                                     double *const *counts, const struct sg_judgement *judgement,
                                     enum sg_language language, struct sg_table *table) {
    return fill(table, layer, taxonomy, measures, counts, judgement, language) ? SG_OK
                                                                               : sg_fail_memory(context);
}

enum sg_status sg_coverage_table(struct sg_context *context, const struct sg_area_layer *layer,
                                 const struct sg_taxonomy *taxonomy, const struct sg_measures *measures,
                                 double *const *counts, const struct sg_judgement *judgement,
                                 enum sg_language language, struct sg_table *ret_table) {
    struct sg_table table;
    sg_table_init(&table, layer->area_count);
    enum sg_status status = add_names(&table, layer) ? SG_OK : sg_fail_memory(context);
    if (status == SG_OK)
        status =
            sg_coverage_table_add(context, layer, taxonomy, measures, counts, judgement, language, &table);
    if (status != SG_OK) {
        sg_table_release(&table);
        return status;
    }
    *ret_table = table;
    return SG_OK;
}

enum sg_status sg_coverage_tidy(struct sg_context *context, const struct sg_area_layer *layer,
                                const struct sg_taxonomy *taxonomy, const struct sg_table *wide,
                                struct sg_table *ret_table) {
    size_t measure_columns = 0;
    for (size_t c = 0; c < wide->column_count; c++)
        measure_columns += wide->columns[c].measure != NULL;
    struct sg_table table;
    sg_table_init(&table, measure_columns * wide->row_count);
    static const char *const names[] = {"area_id", "area_name", "type", "measure", "value", "unit"};
    static const char *const shorts[] = {"AREA_ID", "NAME", "TYPE", "MEASURE", "VALUE", "UNIT"};
    static const char *const definitions[] = {
        "Id of the area in the boundary file",
        "Name of the area",
        "Code of the type, or all",
        "Name of the measure, with its threshold where there are several",
        "Its value; empty = missing",
        "Unit of the value"};
    bool done = true;
    for (int i = 0; done && i < 6; i++)
        done = sg_table_add(&table, i == 4 ? SG_COLUMN_REAL : SG_COLUMN_TEXT, names[i], shorts[i], names[i],
                            "", definitions[i])
               != NULL;
    size_t row = 0;
    for (size_t c = 0; done && c < wide->column_count; c++) {
        const struct sg_column *column = &wide->columns[c];
        if (column->measure == NULL)
            continue;
        bool is_all = column->type >= taxonomy->type_count;
        const char *prefix = is_all ? "all" : taxonomy->types[column->type].prefix;
        for (size_t a = 0; done && a < wide->row_count; a++, row++) {
            done = sg_column_set_text(&table.columns[0], row, layer->areas[a].id)
                   && sg_column_set_text(&table.columns[1], row, layer->areas[a].name)
                   && sg_column_set_text(&table.columns[2], row,
                                         is_all ? "all" : taxonomy->types[column->type].code)
                   && sg_column_set_text(&table.columns[3], row, column->name + strlen(prefix) + 1)
                   && sg_column_set_text(&table.columns[5], row, column->unit);
            table.columns[4].numbers[row] = column->numbers[a];
        }
    }
    if (!done) {
        sg_table_release(&table);
        return sg_fail_memory(context);
    }
    *ret_table = table;
    return SG_OK;
}

/* ---- city-wide ---- */

struct city_column {
    const char *name, *title, *unit, *definition;
};

static const struct city_column city_columns[] = {
    {"services", "Services in the areas", "services", "Sum of the weights of the services in any area"},
    {"areas_without", "Areas without", "areas", "Areas with no service of the type in them"},
    {"uncovered", "People without a service in reach", "people", "People with none within the threshold"},
    {"uncovered_pct", "Share without a service in reach", "%",
     "Their share of the people (of the land, as all shares here, where no people are known)"},
    {"nearest_median_m", "Median distance to the nearest", "m", "Half of the people have one nearer"},
    {"nearest_p90_m", "90th percentile of the distance", "m", "90% of the people have one nearer"},
    {"sites_0_pct", "People with no site in reach", "%", "Share of people with no site within the threshold"},
    {"sites_1_pct", "People with one site in reach", "%", "Share of people with exactly one"},
    {"sites_2_pct", "People with two sites in reach", "%", "Share of people with exactly two"},
    {"sites_3_pct", "People with three or more sites in reach", "%", "Share of people with three or more"},
    {"benchmark", "Benchmark", "", "Supply that counts as enough"},
};

enum { CITY_FIXED = sizeof city_columns / sizeof *city_columns };

static void fill_city_row(struct sg_table *table, size_t row, const struct sg_city_measures *city,
                          double benchmark) {
    struct sg_column *columns = table->columns + 2;
    const double values[CITY_FIXED] = {
        city->total_count,      (double)city->areas_without, city->uncovered,    city->uncovered_pct,
        city->nearest_median_m, city->nearest_p90_m,         city->sites_pct[0], city->sites_pct[1],
        city->sites_pct[2],     city->sites_pct[3],          benchmark};
    for (int i = 0; i < CITY_FIXED; i++)
        columns[i].numbers[row] = values[i];
    for (int i = 0; i < SG_CURVE_POINTS; i++)
        columns[CITY_FIXED + i].numbers[row] = city->curve_pct[i];
}

enum sg_status sg_city_table(struct sg_context *context, const struct sg_taxonomy *taxonomy,
                             const struct sg_measures *measures, const struct sg_judgement *judgement,
                             enum sg_language language, struct sg_table *ret_table) {
    struct sg_table table;
    sg_table_init(&table, measures->type_count + 1);
    bool done =
        sg_table_add(&table, SG_COLUMN_TEXT, "type", "TYPE", "Type", "", "Code of the type, or all") != NULL
        && sg_table_add(&table, SG_COLUMN_TEXT, "label", "LABEL", "Label", "", "Label of the type") != NULL;
    for (int i = 0; done && i < CITY_FIXED; i++) {
        const struct city_column *from = &city_columns[i];
        bool is_minutes = measures->is_time && strcmp(from->unit, "m") == 0;
        char name[40];
        snprintf(name, sizeof name, "%s%s", from->name,
                 is_minutes ? "in" : ""); /* nearest_m to nearest_min */
        done = sg_table_add(&table, SG_COLUMN_REAL, name, name, from->title, is_minutes ? "min" : from->unit,
                            from->definition)
               != NULL;
    }
    for (int i = 0; done && i < SG_CURVE_POINTS; i++) {
        char name[40], title[60];
        const char *unit = measures->is_time ? "min" : "m";
        snprintf(name, sizeof name, "within_%.0f%s_pct", sg_measures_curve(measures)[i], unit);
        snprintf(title, sizeof title, "Share of people within %.0f %s", sg_measures_curve(measures)[i], unit);
        done = sg_table_add(&table, SG_COLUMN_REAL, name, name, title, "%",
                            "Coverage curve: share of people within "
                            "that distance of the nearest")
               != NULL;
    }
    for (size_t row = 0; done && row <= measures->type_count; row++) {
        bool is_all = row == 0;
        size_t type = is_all ? measures->type_count : row - 1;
        done = sg_column_set_text(&table.columns[0], row, is_all ? "all" : taxonomy->types[type].code)
               && sg_column_set_text(&table.columns[1], row,
                                     is_all ? (language == SG_FRENCH ? "Tous les services" : "Any service")
                                            : sg_type_label(&taxonomy->types[type], language));
        if (done)
            fill_city_row(&table, row, &measures->city[type],
                          judgement == NULL ? NAN : judgement->benchmarks[type]);
    }
    if (!done) {
        sg_table_release(&table);
        return sg_fail_memory(context);
    }
    *ret_table = table;
    return SG_OK;
}
