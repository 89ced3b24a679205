/* How QGIS draws catchments. */
#include <math.h>

#include "core/alloc.h"
#include "job/catchments.h"
#include "judge/phrasing.h"
#include "read/scheme_reader.h"

static const char *const SCHEME = "Blues";
enum { TRANSPARENCY_PCT = 40 };

static double shown_threshold(const struct sg_measures *measures, size_t rank) {
    double per_unit = measures->metres_per_minute > 0 ? measures->metres_per_minute : 1;
    return measures->thresholds_m[sg_catchment_threshold(measures, rank)] / per_unit;
}

/* One class for each threshold, the lowest first. */
static bool fill_classes(const struct sg_run *run, const struct sg_colour *colours,
                         struct sg_layer_style *style) {
    const struct sg_measures *measures = &run->measures;
    size_t count = measures->threshold_count;
    style->name = sg_strdup("threshold");
    style->field = sg_strdup("threshold");
    style->classes = sg_alloc(count, sizeof *style->classes);
    bool done = style->name != NULL && style->field != NULL && style->classes != NULL;
    for (size_t c = 0; done && c < count; c++) {
        size_t rank = count - 1 - c;
        char text[48];
        const char *within =
            sg_threshold_text(measures, sg_catchment_threshold(measures, rank), run->job->language, text);
        style->classes[c] = (struct sg_style_class){
            .lower = c == 0 ? NAN : shown_threshold(measures, rank),
            .upper = rank == 0 ? NAN : shown_threshold(measures, rank - 1),
            .colour = colours[c],
            .label = sg_format(sg_pick(run->job->language, "Within %s", "À moins de %s"), within)};
        style->class_count++;
        done = style->classes[c].label != NULL;
    }
    return done;
}

enum sg_status sg_run_catchment_style(struct sg_run *run, bool is_lines, struct sg_layer_style *ret_style) {
    /* thin lines in the palest blues would not be seen on a white ground */
    size_t passed_over = is_lines && run->measures.threshold_count < SG_MOST_THRESHOLDS ? 2 : 0;
    struct sg_scheme scheme = {0};
    struct sg_palette palette;
    struct sg_layer_style style = {.is_complete = true,
                                   .mark = is_lines ? SG_STYLE_LINES : SG_STYLE_AREAS,
                                   .transparency_pct = is_lines ? 0 : TRANSPARENCY_PCT};
    enum sg_status status = sg_scheme_read(run->context, SCHEME, &scheme);
    if (status == SG_OK)
        status = sg_scheme_palette(run->context, &scheme, run->measures.threshold_count + passed_over, true,
                                   &palette);
    sg_scheme_release(&scheme);
    if (status == SG_OK && !fill_classes(run, palette.colours + passed_over, &style))
        status = sg_fail_memory(run->context);
    if (status != SG_OK) {
        sg_layer_style_release(&style);
        return status;
    }
    *ret_style = style;
    return SG_OK;
}
