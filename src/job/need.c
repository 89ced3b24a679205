#include "job/need.h"

#include <string.h>

#include "core/alloc.h"
#include "job/area_numbers.h"
#include "job/named_fields.h"
#include "job/run.h"

void sg_run_need_release(struct sg_run_need *need) {
    sg_need_index_release(&need->index);
    *need = (struct sg_run_need){0};
}

static void say_index(struct sg_run *run, const struct sg_indicator_field *fields) {
    const struct sg_need_index *index = &run->need.index;
    for (size_t k = 0; k < run->need.indicator_count; k++) {
        if (index->is_even[k])
            sg_warn(run->context, "leave it out, or look whether it is the right field",
                    "--need-index: '%s' is the same in all areas and tells nothing", fields[k].field);
    }
    if (index->partial_count > 0)
        sg_warn(run->context, "the others' weights stand for all; see the column need_missing",
                "--need-index: %zu %s some of the %zu indicators", index->partial_count,
                sg_plural(index->partial_count, "area lacks", "areas lack"), run->need.indicator_count);
}

static enum sg_status make(struct sg_run *run, const struct sg_indicator_field *fields, size_t count) {
    size_t areas = run->layer.area_count;
    struct sg_area_number *numbers = sg_alloc(count, sizeof *numbers);
    struct sg_indicator *indicators = sg_alloc(count, sizeof *indicators);
    bool *left_out = sg_alloc(areas, sizeof *left_out);
    enum sg_status status =
        numbers == NULL || indicators == NULL || left_out == NULL ? sg_fail_memory(run->context) : SG_OK;
    for (size_t k = 0; status == SG_OK && k < count; k++)
        numbers[k] = (struct sg_area_number){.name = fields[k].field, .option = "--need-index"};
    if (status == SG_OK)
        status = sg_area_numbers_find(run, false, numbers, count);
    for (size_t k = 0; status == SG_OK && k < count; k++)
        indicators[k] = (struct sg_indicator){numbers[k].values, fields[k].low_is_need, fields[k].weight};
    for (size_t a = 0; status == SG_OK && a < areas; a++)
        left_out[a] = run->measures.states[a] == SG_AREA_NO_POPULATION;
    if (status == SG_OK
        && !sg_need_index_make(indicators, count, areas, left_out, run->job->fairness.need_method,
                               &run->need.index))
        status = sg_fail_memory(run->context);
    if (numbers != NULL)
        sg_area_numbers_release(numbers, count);
    sg_free(numbers);
    sg_free(indicators);
    sg_free(left_out);
    return status;
}

enum sg_status sg_run_make_need_index(struct sg_run *run) {
    if (run->job->fairness.need_index == NULL)
        return SG_OK;
    struct sg_indicator_field *fields;
    size_t count;
    enum sg_status status =
        sg_indicator_fields_parse(run->context, run->job->fairness.need_index, &fields, &count);
    if (status != SG_OK)
        return status;
    status = make(run, fields, count);
    run->need.indicator_count = count;
    run->need.is_made = status == SG_OK;
    if (status == SG_OK)
        say_index(run, fields);
    sg_indicator_fields_free(fields, count);
    return status;
}

enum sg_status sg_run_add_need_columns(const struct sg_run *run, struct sg_table *table) {
    const struct sg_need_index *index = &run->need.index;
    bool is_rank = run->job->fairness.need_method == SG_NEED_PERCENTILE;
    if (!run->need.is_made)
        return SG_OK;
    struct sg_column *column = sg_table_add(
        table, SG_COLUMN_REAL, "need_index", "NEED_INDEX", "Need index", is_rank ? "0 to 1" : "score",
        is_rank ? "Percentile rank of the weighted sum of the indicators' percentile ranks: 1 = most need"
                : "Weighted mean of the indicators' standard scores, in the direction of need: 0 = the mean "
                  "area");
    if (column == NULL)
        return sg_fail_memory(run->context);
    memcpy(column->numbers, index->index, table->row_count * sizeof *index->index);
    column = sg_table_add(table, SG_COLUMN_INTEGER, "need_missing", "NEED_MISS", "Indicators missing",
                          "indicators", "Indicators of the need index that are missing in the area");
    if (column == NULL)
        return sg_fail_memory(run->context);
    for (size_t a = 0; a < table->row_count; a++)
        column->numbers[a] = (double)index->missing[a];
    if (!is_rank)
        return SG_OK;
    column = sg_table_add(table, SG_COLUMN_INTEGER, "need_flags", "NEED_FLAGS", "Indicators of most need",
                          "indicators", "Indicators on which the area is in the tenth with most need");
    if (column == NULL)
        return sg_fail_memory(run->context);
    for (size_t a = 0; a < table->row_count; a++)
        column->numbers[a] = (double)index->high[a];
    return SG_OK;
}
