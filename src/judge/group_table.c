#include "judge/group_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "judge/disparity.h"

static size_t everyone(const struct sg_group_source *source) {
    return source->coverage->group_count - 1;
}

static const char *group_name(const struct sg_group_source *source, size_t group) {
    return group == everyone(source) ? "everyone" : source->groups[group].prefix;
}

static const char *group_label(const struct sg_group_source *source, size_t group) {
    if (group == everyone(source))
        return source->language == SG_FRENCH ? "Tout le monde" : "Everyone";
    return source->groups[group].label;
}

static const char *type_code(const struct sg_group_source *source, size_t type) {
    return type == source->taxonomy->type_count ? "all" : source->taxonomy->types[type].code;
}

static const char *type_label(const struct sg_group_source *source, size_t type) {
    if (type == source->taxonomy->type_count)
        return source->language == SG_FRENCH ? "Tous les services" : "Any service";
    return sg_type_label(&source->taxonomy->types[type], source->language);
}

/* ---- what groups have ---- */

double sg_group_gap_index(const struct sg_group_source *source, size_t group, size_t area) {
    const struct sg_judgement *judgement = source->judgement;
    if (judgement == NULL || (judgement->supply != SG_SUPPLY_REACH && judgement->supply != SG_SUPPLY_WITHIN))
        return NAN;
    double sum = 0, weights = 0;
    for (size_t t = 0; t < source->taxonomy->type_count; t++) {
        const struct sg_group_figures *figures = sg_group_area(source->coverage, group, t, area);
        double supply = judgement->supply == SG_SUPPLY_REACH ? figures->reach : figures->within_pct;
        double gap = sg_gap_of(supply, judgement->benchmarks[t]), weight = source->taxonomy->types[t].weight;
        if (isnan(gap) || !(weight > 0))
            continue;
        sum += weight * gap;
        weights += weight;
    }
    return weights > 0 ? 100 * sum / weights : NAN;
}

double sg_group_mean_gap_index(const struct sg_group_source *source, size_t group) {
    size_t all = source->taxonomy->type_count;
    double sum = 0, people = 0;
    for (size_t a = 0; a < source->coverage->area_count; a++) {
        double index = sg_group_gap_index(source, group, a);
        if (isnan(index))
            continue;
        double own = sg_group_area(source->coverage, group, all, a)->people;
        sum += own * index;
        people += own;
    }
    return people > 0 ? sum / people : NAN;
}

double sg_group_contribution(const struct sg_group_source *source, size_t group, size_t type, size_t area) {
    const struct sg_group_coverage *coverage = source->coverage;
    size_t all = everyone(source);
    const struct sg_group_figures *own = sg_group_area(coverage, group, type, area);
    const struct sg_group_figures *others = sg_group_area(coverage, all, type, area);
    double own_people = sg_group_city(coverage, group, type)->people;
    double all_people = sg_group_city(coverage, all, type)->people;
    if (isnan(others->uncovered) || !(own_people > 0) || !(all_people > 0))
        return NAN;
    double own_part = isnan(own->uncovered) ? 0 : own->uncovered / own_people;
    return 100 * (own_part - others->uncovered / all_people);
}

struct cause {
    double points;
    size_t area;
};

static int compare_causes(const void *a, const void *b) {
    const struct cause *one = a, *two = b;
    if (one->points != two->points)
        return one->points > two->points ? -1 : 1;
    return one->area < two->area ? -1 : one->area > two->area;
}

bool sg_group_causes(const struct sg_group_source *source, size_t group, size_t type, size_t most,
                     size_t *ret_areas, size_t *ret_count) {
    struct cause *causes = sg_alloc(source->coverage->area_count, sizeof *causes);
    size_t count = 0;
    if (causes == NULL)
        return false;
    for (size_t a = 0; a < source->coverage->area_count; a++) {
        double points = sg_group_contribution(source, group, type, a);
        if (points > 0)
            causes[count++] = (struct cause){points, a};
    }
    qsort(causes, count, sizeof *causes, compare_causes);
    for (size_t i = 0; i < count && i < most; i++)
        ret_areas[i] = causes[i].area;
    *ret_count = count < most ? count : most;
    sg_free(causes);
    return true;
}

/* ---- columns ---- */

static struct sg_column *add_column(struct sg_table *table, enum sg_column_kind kind,
                                    const struct sg_group *group, const char *suffix,
                                    const char *short_suffix, const char *title, const char *unit,
                                    const char *definition) {
    char *name = sg_format("%s_%s", group->prefix, suffix);
    char *short_name = sg_format("%s_%s", group->letters, short_suffix);
    char *whole_title = sg_format("%s: %s", group->label, title);
    struct sg_column *column = NULL;
    if (name != NULL && short_name != NULL && whole_title != NULL)
        column = sg_table_add(table, kind, name, short_name, whole_title, unit, definition);
    sg_free(name);
    sg_free(short_name);
    sg_free(whole_title);
    return column;
}

static bool add_group(const struct sg_group_source *source, size_t g, struct sg_table *table) {
    const struct sg_group *group = &source->groups[g];
    size_t all = source->taxonomy->type_count;
    struct sg_column *column = add_column(table, SG_COLUMN_REAL, group, "people", "GPPL", "people", "people",
                                          "People of the group who live in the area");
    for (size_t a = 0; column != NULL && a < table->row_count; a++)
        column->numbers[a] = sg_group_area(source->coverage, g, all, a)->people;
    if (column == NULL)
        return false;
    column = add_column(table, SG_COLUMN_REAL, group, "share_pct", "GPCT", "share of the people", "%",
                        "Their share of the people of the area");
    for (size_t a = 0; column != NULL && a < table->row_count; a++) {
        double people = sg_group_area(source->coverage, everyone(source), all, a)->people;
        double own = sg_group_area(source->coverage, g, all, a)->people;
        column->numbers[a] = people > 0 ? 100 * own / people : NAN;
    }
    if (column == NULL)
        return false;
    column =
        add_column(table, SG_COLUMN_REAL, group, "gap_index", "GGAP", "service gap index", "0 to 100",
                   "The gap index of the area with what the group has where it lives in place of what all "
                   "have");
    for (size_t a = 0; column != NULL && a < table->row_count; a++)
        column->numbers[a] = sg_group_gap_index(source, g, a);
    return column != NULL;
}

enum sg_status sg_group_columns(struct sg_context *context, const struct sg_group_source *source,
                                struct sg_table *coverage) {
    bool done = true;
    for (size_t g = 0; done && g < everyone(source); g++)
        done = add_group(source, g, coverage);
    return done ? SG_OK : sg_fail_memory(context);
}

/* ---- tables ---- */

struct column_row {
    const char *name, *title, *unit, *definition;
    enum sg_column_kind kind;
};

/* In minutes, nearest_m is nearest_min. */
static bool add_columns(struct sg_table *table, const struct column_row *rows, size_t count, bool is_time) {
    bool done = true;
    for (size_t c = 0; done && c < count; c++) {
        bool is_minutes = is_time && strcmp(rows[c].unit, "m") == 0;
        char *name = sg_format("%s%s", rows[c].name, is_minutes ? "in" : "");
        done = name != NULL
               && sg_table_add(table, rows[c].kind, name, name, rows[c].title,
                               is_minutes ? "min" : rows[c].unit, rows[c].definition)
                      != NULL;
        sg_free(name);
    }
    return done;
}

static const struct column_row groups_columns[] = {
    {"group", "Group", "", "Name of the group; everyone = all people", SG_COLUMN_TEXT},
    {"group_label", "Group label", "", "Its label", SG_COLUMN_TEXT},
    {"type", "Type", "", "Code of the type, or all", SG_COLUMN_TEXT},
    {"type_label", "Type label", "", "Its label", SG_COLUMN_TEXT},
    {"people", "People", "people", "People of the group in the city", SG_COLUMN_REAL},
    {"people_pct", "Share of all people", "%", "Their share of all people", SG_COLUMN_REAL},
    {"within_pct", "Within reach of one", "%", "Share of the group with a service within the threshold",
     SG_COLUMN_REAL},
    {"within_difference", "Difference to everyone", "points",
     "That share minus everyone's: below 0, the group is worse off", SG_COLUMN_REAL},
    {"within2_pct", "Within reach of two", "%", "Share with at least two services within the threshold",
     SG_COLUMN_REAL},
    {"uncovered", "Without one in reach", "people", "People of the group with none within the threshold",
     SG_COLUMN_REAL},
    {"nearest_m", "Mean distance to the nearest", "m", "Mean over the group's people", SG_COLUMN_REAL},
    {"nearest_median_m", "Median distance to the nearest", "m", "Half of the group have one nearer",
     SG_COLUMN_REAL},
    {"nearest_p90_m", "90th percentile of the distance", "m", "90% of the group have one nearer",
     SG_COLUMN_REAL},
    {"reach", "Services in reach", "services", "Mean number of services within the threshold of the group",
     SG_COLUMN_REAL},
    {"gap_index", "Mean gap index", "0 to 100",
     "Mean, over the group's people, of the gap index with what the group has where it lives (row of all "
     "types)",
     SG_COLUMN_REAL},
    {"service_disparity", "Disparity of services", "points",
     "The group's share of the people around the services minus its share of all people: above 0, services "
     "lie "
     "where the group lives",
     SG_COLUMN_REAL},
    {"services_elsewhere_pct", "Services to be elsewhere", "%",
     "Share of the services that would have to be in other areas for them to be spread as the group is",
     SG_COLUMN_REAL},
    {"causes", "Areas that cause the difference", "",
     "Where the group is worse off: the areas that add most to the difference, with their points",
     SG_COLUMN_TEXT},
};

static const double *counts_of(const struct sg_group_source *source, size_t type) {
    return type == source->taxonomy->type_count ? source->all_counts : source->counts[type];
}

/* People of a group by area, for the disparity scores. */
static void people_by_area(const struct sg_group_source *source, size_t group, double *people) {
    for (size_t a = 0; a < source->coverage->area_count; a++)
        people[a] = sg_group_area(source->coverage, group, source->taxonomy->type_count, a)->people;
}

static bool set_causes(const struct sg_group_source *source, size_t group, size_t type,
                       struct sg_column *column, size_t row) {
    size_t areas[5], count;
    if (!sg_group_causes(source, group, type, 5, areas, &count))
        return false;
    struct sg_text text;
    sg_text_init(&text);
    for (size_t i = 0; i < count; i++)
        sg_text_append_format(&text, "%s%s (+%.2f)", i == 0 ? "" : "; ", source->layer->areas[areas[i]].name,
                              sg_group_contribution(source, group, type, areas[i]));
    bool done = !text.failed && (count == 0 || sg_column_set_text(column, row, sg_text_bytes(&text)));
    sg_text_release(&text);
    return done;
}

/* Scratch for the people of a group and of everyone, and for scores. */
struct scratch {
    double *own, *all, *scores;
};

static bool fill_group_row(const struct sg_group_source *source, const struct scratch *scratch, size_t group,
                           size_t type, struct sg_table *table, size_t row) {
    const struct sg_group_figures *own = sg_group_city(source->coverage, group, type);
    const struct sg_group_figures *all = sg_group_city(source->coverage, everyone(source), type);
    size_t areas = source->coverage->area_count;
    double difference = own->within_pct - all->within_pct;
    const double *counts = counts_of(source, type);
    const double values[] = {own->people,
                             100 * own->people / all->people,
                             own->within_pct,
                             difference,
                             own->within2_pct,
                             own->uncovered,
                             own->nearest,
                             own->nearest_median,
                             own->nearest_p90,
                             own->reach,
                             type == source->taxonomy->type_count ? sg_group_mean_gap_index(source, group)
                                                                  : NAN,
                             sg_group_disparity(counts, scratch->own, scratch->all, areas),
                             sg_area_disparity(counts, scratch->own, areas, scratch->scores)};
    struct sg_column *columns = table->columns;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        columns[4 + i].numbers[row] = values[i];
    return sg_column_set_text(&columns[0], row, group_name(source, group))
           && sg_column_set_text(&columns[1], row, group_label(source, group))
           && sg_column_set_text(&columns[2], row, type_code(source, type))
           && sg_column_set_text(&columns[3], row, type_label(source, type))
           && (!(difference < 0) || set_causes(source, group, type, &columns[17], row));
}

/* The order of rows: everyone, then the groups; all types, then each. */
static size_t group_at(const struct sg_group_source *source, size_t place) {
    return place == 0 ? everyone(source) : place - 1;
}

static size_t type_at(const struct sg_group_source *source, size_t place) {
    return place == 0 ? source->taxonomy->type_count : place - 1;
}

static bool fill_groups(const struct sg_group_source *source, struct sg_table *table) {
    size_t areas = source->coverage->area_count, row = 0;
    struct scratch scratch = {sg_alloc(areas, sizeof(double)), sg_alloc(areas, sizeof(double)),
                              sg_alloc(areas, sizeof(double))};
    bool done = scratch.own != NULL && scratch.all != NULL && scratch.scores != NULL;
    if (done)
        people_by_area(source, everyone(source), scratch.all);
    for (size_t g = 0; done && g < source->coverage->group_count; g++) {
        people_by_area(source, group_at(source, g), scratch.own);
        for (size_t t = 0; done && t < source->coverage->type_count; t++)
            done = fill_group_row(source, &scratch, group_at(source, g), type_at(source, t), table, row++);
    }
    sg_free(scratch.own);
    sg_free(scratch.all);
    sg_free(scratch.scores);
    return done;
}

enum sg_status sg_groups_table(struct sg_context *context, const struct sg_group_source *source,
                               struct sg_table *ret_table) {
    struct sg_table table;
    sg_table_init(&table, source->coverage->group_count * source->coverage->type_count);
    bool done = add_columns(&table, groups_columns, sizeof groups_columns / sizeof *groups_columns,
                            source->measures->is_time)
                && fill_groups(source, &table);
    if (!done) {
        sg_table_release(&table);
        return sg_fail_memory(context);
    }
    *ret_table = table;
    return SG_OK;
}

static const struct column_row areas_columns[] = {
    {"area_id", "Area id", "", "Id of the area", SG_COLUMN_TEXT},
    {"area_name", "Area name", "", "Name of the area", SG_COLUMN_TEXT},
    {"group", "Group", "", "Name of the group; everyone = all people", SG_COLUMN_TEXT},
    {"type", "Type", "", "Code of the type, or all", SG_COLUMN_TEXT},
    {"people", "People", "people", "People of the group in the area", SG_COLUMN_REAL},
    {"within_pct", "Within reach of one", "%", "Share of them with a service within the threshold",
     SG_COLUMN_REAL},
    {"within2_pct", "Within reach of two", "%", "Share with at least two", SG_COLUMN_REAL},
    {"uncovered", "Without one in reach", "people", "People of the group with none within the threshold",
     SG_COLUMN_REAL},
    {"nearest_m", "Mean distance to the nearest", "m", "Mean over the group's people", SG_COLUMN_REAL},
    {"reach", "Services in reach", "services", "Mean number of services within the threshold",
     SG_COLUMN_REAL},
    {"contribution", "Contribution to the difference", "points",
     "What the area adds to the group's share without a service in reach, beyond what it adds to everyone's",
     SG_COLUMN_REAL},
    {"service_disparity", "Disparity of services", "points",
     "The area's share of the services minus its share of the group", SG_COLUMN_REAL},
};

static bool fill_area_rows(const struct sg_group_source *source, const double *scores, size_t group,
                           size_t type, struct sg_table *table, size_t row) {
    struct sg_column *columns = table->columns;
    bool done = true;
    for (size_t a = 0; done && a < source->coverage->area_count; a++, row++) {
        const struct sg_group_figures *own = sg_group_area(source->coverage, group, type, a);
        const double values[] = {own->people,
                                 own->within_pct,
                                 own->within2_pct,
                                 own->uncovered,
                                 own->nearest,
                                 own->reach,
                                 sg_group_contribution(source, group, type, a),
                                 scores[a]};
        for (size_t i = 0; i < sizeof values / sizeof *values; i++)
            columns[4 + i].numbers[row] = values[i];
        done = sg_column_set_text(&columns[0], row, source->layer->areas[a].id)
               && sg_column_set_text(&columns[1], row, source->layer->areas[a].name)
               && sg_column_set_text(&columns[2], row, group_name(source, group))
               && sg_column_set_text(&columns[3], row, type_code(source, type));
    }
    return done;
}

enum sg_status sg_group_areas_table(struct sg_context *context, const struct sg_group_source *source,
                                    struct sg_table *ret_table) {
    size_t areas = source->coverage->area_count, types = source->coverage->type_count;
    struct sg_table table;
    sg_table_init(&table, source->coverage->group_count * types * areas);
    double *people = sg_alloc(areas, sizeof *people), *scores = sg_alloc(areas, sizeof *scores);
    bool done = people != NULL && scores != NULL
                && add_columns(&table, areas_columns, sizeof areas_columns / sizeof *areas_columns,
                               source->measures->is_time);
    for (size_t g = 0; done && g < source->coverage->group_count; g++) {
        size_t group = group_at(source, g);
        people_by_area(source, group, people);
        for (size_t t = 0; done && t < types; t++) {
            size_t type = type_at(source, t);
            sg_area_disparity(counts_of(source, type), people, areas, scores);
            done = fill_area_rows(source, scores, group, type, &table, (g * types + t) * areas);
        }
    }
    sg_free(people);
    sg_free(scores);
    if (!done) {
        sg_table_release(&table);
        return sg_fail_memory(context);
    }
    *ret_table = table;
    return SG_OK;
}
