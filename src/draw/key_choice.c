/* Which of the ways to set the key of numbered areas gives every area its row. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/key_setting.h"
#include "draw/legend_key.h"
#include "draw/legend_rows.h"

/* Sizes, without values at last; panels; and narrow columns, in the least size only. */
enum {
    STEPS = 4,
    SIZES = STEPS + 2,
    WIDE = 2 * SIZES * SG_LEGEND_MOST_PANELS,
    NARROWS = 2,
    LEAST = 2,
    ALL = WIDE + NARROWS * LEAST * 2 * SG_LEGEND_MOST_PANELS
};

static const double narrows[NARROWS] = {0.84, 0.7}; /* of the usual width: names break instead */

/* Is it one of the settings that make the most of their rooms? */
static bool holds_most(const struct sg_key_setting *setting) {
    return !setting->has_values && setting->size_pt <= setting->drawing->theme.sizes.label_least + 1e-9;
}

static int compare_widths(const void *a, const void *b) {
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

/* The width of an area's value, in type sizes: its characters are figures, or narrower. */
static double value_em(struct sg_drawing *drawing, uint32_t area) {
    const double figure_em = 0.66;
    struct sg_text value;
    sg_text_init(&value);
    sg_append_area_value(&value, drawing, area);
    double width = figure_em * (double)sg_utf8_length(sg_text_bytes(&value));
    sg_drawing_release_text(drawing, &value);
    return width;
}

/* Measures the names once, in type sizes. */
static bool measure(struct sg_key_setting *setting) {
    struct sg_drawing *drawing = setting->drawing;
    const double em = 10, most = 20, least = 6;
    struct sg_text_style style =
        sg_style_of(em, drawing->theme.weights.legend_text, drawing->theme.colours.text);
    setting->widths = sg_alloc(2 * setting->count, sizeof *setting->widths);
    setting->heights = sg_alloc(setting->count, sizeof *setting->heights);
    if (setting->widths == NULL || setting->heights == NULL)
        return false;
    for (size_t i = 0; i < setting->count; i++) {
        char *name = sg_drawing_clean(drawing, drawing->map->areas[setting->areas[i]].name);
        if (name == NULL)
            return false;
        setting->widths[i] = sg_lettering_measure(drawing->lettering, name, &style).width / em;
        sg_free(name);
    }
    drawing->key_value_em = 0;
    for (size_t i = 0; i < setting->count; i++)
        drawing->key_value_em = fmax(drawing->key_value_em, value_em(drawing, setting->areas[i]));
    double *sorted = setting->widths + setting->count;
    memcpy(sorted, setting->widths, setting->count * sizeof *sorted);
    qsort(sorted, setting->count, sizeof *sorted, compare_widths);
    setting->wide = fmin(fmax(sorted[(setting->count - 1) * 19 / 20] + 0.1, least), most);
    return true;
}

static bool setting_init(struct sg_key_setting *setting, struct sg_drawing *drawing, struct sg_legend *legend,
                         const uint32_t *areas, size_t count) {
    *setting = (struct sg_key_setting){.drawing = drawing,
                                       .legend = legend,
                                       .areas = areas,
                                       .count = count > SG_KEY_MOST_ROWS ? SG_KEY_MOST_ROWS : count};
    sg_free(drawing->key);
    drawing->key = sg_alloc(setting->count, sizeof *drawing->key);
    return drawing->key != NULL && measure(setting);
}

static void setting_release(struct sg_key_setting *setting) {
    sg_free(setting->widths);
    sg_free(setting->heights);
}

/* The first settings are the ones to wish for: the theme's size with values, then smaller, then without
   values; all with one panel before two, which part the key further; at last narrow columns, of which more
   stand side by side. */
static void set_step(struct sg_key_setting *setting, int step) {
    const struct sg_theme *theme = &setting->drawing->theme;
    double full = theme->sizes.key, least = fmin(full, theme->sizes.label_least);
    bool is_narrow = step >= WIDE;
    int sizes = is_narrow ? LEAST : SIZES, within = is_narrow ? step - WIDE : step;
    int size_step = within % sizes + (SIZES - sizes), panels = within / sizes % (2 * SG_LEGEND_MOST_PANELS);
    setting->panels = panels / 2 + 1;
    setting->in_corner = panels % 2 == 1;
    setting->usual = setting->wide;
    if (is_narrow)
        setting->usual *= narrows[within / sizes / (2 * SG_LEGEND_MOST_PANELS)];
    setting->size_pt = full - (full - least) * fmin(size_step, STEPS) / STEPS;
    setting->has_values = !setting->drawing->style.is_categorical && size_step <= STEPS;
}

enum sg_status sg_legend_key_rehearse(struct sg_drawing *drawing, const struct sg_legend *legend,
                                      const uint32_t *areas, size_t count, struct sg_key_need *ret_need) {
    *ret_need = (struct sg_key_need){.numbered = count};
    if (count == 0)
        return SG_OK;
    struct sg_legend copy = *legend;
    struct sg_key_setting setting;
    bool is_ready = setting_init(&setting, drawing, &copy, areas, count);
    size_t boxes = drawing->boxes.count, most = 0;
    set_step(&setting, 0);
    setting.panels = 0;
    ret_need->wants_panel = is_ready && !sg_key_try_setting(&setting);
    for (int step = 0; ret_need->wants_panel && step < ALL && most < count; step++) {
        set_step(&setting, step);
        if (!holds_most(&setting))
            continue;
        drawing->boxes.count = boxes;
        sg_key_try_setting(&setting);
        most = setting.placed > most ? setting.placed : most;
    }
    ret_need->unlisted = ret_need->wants_panel ? count - most : 0;
    drawing->boxes.count = boxes;
    setting_release(&setting);
    return is_ready && !drawing->boxes.failed && !drawing->out_of_memory ? SG_OK
                                                                         : sg_fail_memory(drawing->context);
}

enum sg_status sg_legend_key_lay_out(struct sg_drawing *drawing, struct sg_legend *legend,
                                     const uint32_t *areas, size_t count, size_t *ret_keyed) {
    *ret_keyed = 0;
    if (count == 0)
        return SG_OK;
    struct sg_key_setting setting;
    bool is_ready = setting_init(&setting, drawing, legend, areas, count);
    size_t boxes = drawing->boxes.count, most = 0;
    int best = 0;
    for (int step = 0; is_ready && step < ALL; step++) {
        drawing->boxes.count = boxes; /* panels of the setting before */
        set_step(&setting, step);
        bool is_whole = sg_key_try_setting(&setting);
        if (setting.placed > most) {
            most = setting.placed;
            best = step;
        }
        if (is_whole)
            break;
    }
    if (is_ready && setting.placed < setting.count) { /* the first of those that hold most */
        drawing->boxes.count = boxes;
        set_step(&setting, best);
        sg_key_try_setting(&setting);
    }
    setting_release(&setting);
    if (!is_ready || drawing->boxes.failed || drawing->out_of_memory)
        return sg_fail_memory(drawing->context);
    drawing->key_size_pt = setting.size_pt;
    drawing->key_has_values = setting.has_values;
    *ret_keyed = drawing->key_count = setting.placed;
    return SG_OK;
}
