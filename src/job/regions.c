#include "job/regions.h"

#include <math.h>

#include "core/alloc.h"
#include "core/text.h"
#include "job/run.h"
#include "judge/coverage_table.h"
#include "measure/region_shares.h"
#include "read/shape_repair.h"

/* The outline of a region that is a list of areas. */
static bool dissolve(const struct sg_run *run, size_t region, struct sg_shape *ret_shape) {
    const struct sg_region_parts *parts = &run->regions.parts;
    size_t first = parts->starts[region], count = parts->starts[region + 1] - first, used = 0;
    const struct sg_shape **shapes = sg_alloc(count, sizeof *shapes);
    for (size_t i = 0; shapes != NULL && i < count; i++) {
        const struct sg_shape *shape = &run->layer.areas[parts->parts[first + i].area].shape;
        if (shape->polygon_count > 0)
            shapes[used++] = shape;
    }
    bool done = shapes != NULL && (used == 0 || sg_shapes_dissolve(shapes, used, ret_shape));
    sg_free(shapes);
    return done;
}

static bool make_shapes(struct sg_run *run) {
    struct sg_run_regions *regions = &run->regions;
    regions->shapes = sg_alloc(regions->parts.region_count, sizeof *regions->shapes);
    bool done = regions->shapes != NULL;
    for (size_t r = 0; done && r < regions->parts.region_count; r++) {
        bool has_own = r < run->layer.region_count && run->layer.regions[r].shape.polygon_count > 0;
        done = has_own ? sg_shape_copy(&run->layer.regions[r].shape, &regions->shapes[r])
                       : dissolve(run, r, &regions->shapes[r]);
    }
    return done;
}

/* The same benchmarks as the areas'. */
static enum sg_status judge(struct sg_run *run, struct sg_judgement *ret_judgement) {
    size_t types = run->taxonomy.type_count;
    struct sg_benchmark *of_types = sg_alloc(types, sizeof *of_types);
    if (of_types == NULL)
        return sg_fail_memory(run->context);
    for (size_t t = 0; t < types; t++)
        of_types[t] = (struct sg_benchmark){SG_BENCHMARK_STANDARD, run->judgement.benchmarks[t]};
    struct sg_judge_request request = {
        .supply = run->judgement.supply,
        .benchmark = {SG_BENCHMARK_STANDARD, run->judgement.benchmarks[types]},
        .of_types = of_types,
        .last_is_rest = run->regions.parts.has_rest,
    };
    for (int c = 0; c < 4; c++)
        request.cuts[c] = run->judgement.cuts[c];
    enum sg_status status =
        sg_judge(run->context, &run->regions.coverage.measures, &run->taxonomy, &request, ret_judgement);
    sg_free(of_types);
    if (status == SG_OK)
        sg_region_coverage_add_up(&run->regions.parts, &run->measures, SG_MEASURE_SHORTFALL,
                                  &run->regions.coverage.measures);
    return status;
}

/* ---- the table ---- */

static bool add_counts(const struct sg_run *run, struct sg_table *table) {
    static const struct {
        const char *name, *short_name, *title, *definition;
    } columns[] = {
        {"areas", "AREAS", "Areas", "Areas of which the region has all or a part"},
        {"areas_shared", "AREAS_SHAR", "Areas shared", "Areas of it that are in another region too"},
        {"areas_split", "AREAS_PART", "Areas in part",
         "Areas of which it has only a part, by the share of their land"},
        {"areas_severe", "AREAS_SEV", "Areas with a severe gap",
         "Areas of it whose gap class is severe or critical"},
    };
    size_t area_count = run->layer.area_count;
    const struct sg_region_parts *parts = &run->regions.parts;
    unsigned *uses = sg_alloc(area_count, sizeof *uses);
    bool done = uses != NULL;
    for (size_t c = 0; done && c < sizeof columns / sizeof *columns; c++)
        done = sg_table_add(table, SG_COLUMN_INTEGER, columns[c].name, columns[c].short_name,
                            columns[c].title, "areas", columns[c].definition)
               != NULL;
    for (size_t i = 0; done && i < parts->starts[run->layer.region_count]; i++)
        uses[parts->parts[i].area]++;
    for (size_t r = 0; done && r < parts->region_count; r++) {
        double counts[4] = {0};
        for (size_t i = parts->starts[r]; i < parts->starts[r + 1]; i++) {
            const struct sg_region_part *part = &parts->parts[i];
            enum sg_gap_class gap_class =
                run->is_judged ? run->judgement.classes[part->area] : SG_GAP_UNKNOWN;
            counts[0]++;
            counts[1] += r < run->layer.region_count ? uses[part->area] > 1 : uses[part->area] > 0;
            counts[2] += part->share < 1;
            counts[3] += gap_class == SG_GAP_SEVERE || gap_class == SG_GAP_CRITICAL;
        }
        for (int c = 0; c < 4; c++)
            table->columns[1 + c].numbers[r] = c == 3 && !run->is_judged ? NAN : counts[c];
    }
    sg_free(uses);
    return done;
}

/* What a surplus in one area of a region does not make good in another is missing in the region, too, and
   regions add up to the city: the one column that is a sum over areas, and says so. */
static bool define_shortfalls(struct sg_table *table) {
    for (size_t c = 0; c < table->column_count; c++) {
        struct sg_column *column = &table->columns[c];
        if (column->measure == NULL || strcmp(column->measure, "shortfall") != 0)
            continue;
        char *definition =
            sg_strdup("Sum of the shortfalls of its areas (of an area in part, its share): more than 0 "
                      "also where the region as a whole meets the benchmark, since one area's "
                      "surplus is not another's");
        if (definition == NULL)
            return false;
        sg_free(column->definition);
        column->definition = definition;
    }
    return true;
}

static enum sg_status build_table(struct sg_run *run, const struct sg_judgement *judgement) {
    struct sg_run_regions *regions = &run->regions;
    struct sg_table *table = &regions->table;
    sg_table_init(table, regions->parts.region_count);
    struct sg_column *name =
        sg_table_add(table, SG_COLUMN_TEXT, "region", "REGION", "Region", "", "Name of the region");
    bool done = name != NULL;
    for (size_t r = 0; done && r < table->row_count; r++)
        done = sg_column_set_text(name, r, regions->coverage.layer.areas[r].name);
    if (!done || !add_counts(run, table))
        return sg_fail_memory(run->context);
    enum sg_status status = sg_coverage_table_add(run->context, &regions->coverage.layer, &run->taxonomy,
                                                  &regions->coverage.measures, regions->coverage.counts,
                                                  judgement, run->job->language, table);
    return status == SG_OK && !define_shortfalls(table) ? sg_fail_memory(run->context) : status;
}

enum sg_status sg_run_region_areas(const struct sg_run *run, struct sg_table *ret_table) {
    static const struct sg_column_words columns[] = {
        {"region", NULL, "Region", "", "Name of the region", SG_COLUMN_TEXT},
        {"area_id", NULL, "Area id", "", "Id of the area", SG_COLUMN_TEXT},
        {"area_name", NULL, "Area name", "", "Name of the area", SG_COLUMN_TEXT},
        {"share_pct", NULL, "Share of the area", "%", "Share of the area's land that the region has",
         SG_COLUMN_REAL},
        {"population", NULL, "Population", "people", "People of the area who are the region's",
         SG_COLUMN_REAL},
        {"need", NULL, "Need", "people", "Need of the area that is the region's", SG_COLUMN_REAL},
    };
    const struct sg_region_parts *parts = &run->regions.parts;
    struct sg_table table;
    sg_table_init(&table, parts->starts[parts->region_count]);
    bool done = sg_table_add_columns(&table, columns, sizeof columns / sizeof *columns);
    for (size_t row = 0; done && row < table.row_count; row++) {
        const struct sg_region_part *part = &parts->parts[row];
        const struct sg_area *area = &run->layer.areas[part->area];
        done =
            sg_column_set_text(&table.columns[0], row, run->regions.coverage.layer.areas[part->region].name)
            && sg_column_set_text(&table.columns[1], row, area->id)
            && sg_column_set_text(&table.columns[2], row, area->name);
        table.columns[3].numbers[row] = 100 * part->share;
        table.columns[4].numbers[row] = part->population;
        table.columns[5].numbers[row] = part->need;
    }
    if (!done) {
        sg_table_release(&table);
        return sg_fail_memory(run->context);
    }
    *ret_table = table;
    return SG_OK;
}

/* ---- what to say ---- */

void sg_run_warn_of_empty_regions(const struct sg_run *run) {
    struct sg_text names;
    sg_text_init(&names);
    size_t count = 0;
    for (size_t r = 0; r < run->layer.region_count; r++) {
        const struct sg_region *region = &run->layer.regions[r];
        if (region->area_count > 0 || region->shape.polygon_count == 0) /* that one was told of */
            continue;
        if (count++ < 5)
            sg_text_append_format(&names, "%s'%.80s'", count == 1 ? "" : ", ", region->name);
    }
    if (count > 0)
        sg_warn(
            run->context, "has the file other regions too, or another CRS?",
            "%s: %zu of %zu regions %s no area (none, or less than %g%% of any, lies in the outline): %s%s",
            run->job->regions, count, run->layer.region_count, sg_plural(count, "takes", "take"),
            100 * SG_LEAST_SHARE, sg_text_bytes(&names), count > 5 ? " ..." : "");
    sg_text_release(&names);
}

struct sg_region_people sg_run_region_people(const struct sg_run *run) {
    struct sg_region_people people = {0, 0};
    for (size_t r = 0; r < run->regions.parts.region_count; r++) {
        bool is_rest = r >= run->layer.region_count;
        double own = run->regions.coverage.layer.areas[r].population;
        *(is_rest ? &people.in_none : &people.added) += isfinite(own) ? own : 0;
    }
    return people;
}

static void say_totals(const struct sg_run *run) {
    const struct sg_region_parts *parts = &run->regions.parts;
    struct sg_region_people people = sg_run_region_people(run);
    char texts[3][48];
    size_t rest_areas =
        parts->has_rest ? parts->starts[parts->region_count] - parts->starts[parts->region_count - 1] : 0;
    sg_note(run->context,
            "%s: %zu regions; of %zu areas %zu are in more than one, %zu in part, %zu in none%s",
            run->job->regions, run->layer.region_count, run->layer.area_count, parts->shared_area_count,
            parts->split_area_count, rest_areas, rest_areas > 0 ? " or with a part in none" : "");
    if (run->measures.has_population)
        sg_note(run->context, "%s: %s people in the regions added up, %s in none; %s in all areas, each once",
                run->job->regions, sg_grouped_text(round(people.added), ",", texts[0]),
                sg_grouped_text(round(people.in_none), ",", texts[1]),
                sg_grouped_text(round(run->measures.total_population), ",", texts[2]));
}

enum sg_status sg_run_measure_regions(struct sg_run *run) {
    struct sg_run_regions *regions = &run->regions;
    if (run->layer.region_count == 0)
        return SG_OK;
    enum sg_status status = sg_region_parts_make(run->context, &run->layer, &run->measures, &regions->parts);
    if (status == SG_OK && !make_shapes(run))
        status = sg_fail_memory(run->context);
    if (status == SG_OK)
        status = sg_region_coverage_measure(run->context, &run->layer, &regions->parts, regions->shapes,
                                            &run->inventory, run->has_demand ? &run->demand : NULL,
                                            &run->measures, &run->job->coverage, &regions->coverage);
    struct sg_judgement judgement = {0};
    if (status == SG_OK && run->is_judged)
        status = judge(run, &judgement);
    if (status == SG_OK)
        status = build_table(run, run->is_judged ? &judgement : NULL);
    sg_judgement_release(&judgement);
    if (status == SG_OK)
        say_totals(run);
    return status;
}

void sg_run_regions_release(struct sg_run_regions *regions) {
    for (size_t r = 0; regions->shapes != NULL && r < regions->parts.region_count; r++)
        sg_shape_release(&regions->shapes[r]);
    sg_free(regions->shapes);
    sg_region_coverage_release(&regions->coverage);
    sg_region_parts_release(&regions->parts);
    sg_table_release(&regions->table);
    *regions = (struct sg_run_regions){0};
}
