/* How QGIS draws what has no map of its own: services, records that were set aside, the outlines of regions.
 */
#include "core/alloc.h"
#include "draw/wording.h"
#include "job/styles.h"

static const struct sg_colour dark = {0.13, 0.13, 0.13}, quiet = {0.45, 0.45, 0.45};

/* Which types sites have as their only one, and whether some have several. */
static bool *find_lone_types(const struct sg_run *run, bool *ret_several) {
    const struct sg_inventory *inventory = &run->inventory;
    bool *is_used = sg_alloc(run->taxonomy.type_count, sizeof *is_used);
    *ret_several = false;
    for (size_t s = 0; is_used != NULL && s < inventory->site_count; s++) {
        const struct sg_site *site = &inventory->sites[s];
        if (site->type_count == 1)
            is_used[inventory->site_types[site->first_type]] = true;
        else
            *ret_several = true;
    }
    return is_used;
}

static bool add_class(struct sg_layer_style *style, const char *text, struct sg_colour colour,
                      enum sg_symbol symbol, const char *label) {
    struct sg_style_class *class = &style->classes[style->class_count++];
    *class = (struct sg_style_class){.text = text == NULL ? NULL : sg_strdup(text),
                                     .colour = colour,
                                     .symbol = symbol,
                                     .label = sg_strdup(label)};
    return class->label != NULL && (text == NULL || class->text != NULL);
}

static bool begin(struct sg_layer_style *style, enum sg_style_mark mark, const char *name,
                  size_t most_classes) {
    *style = (struct sg_layer_style){.name = sg_strdup(name),
                                     .field = sg_strdup(name),
                                     .mark = mark,
                                     .is_by_text = true,
                                     .is_complete = true,
                                     .classes = sg_alloc(most_classes, sizeof *style->classes)};
    return style->name != NULL && style->field != NULL && style->classes != NULL;
}

static enum sg_status finish(struct sg_run *run, bool done, struct sg_layer_style *style,
                             struct sg_layer_style *ret_style) {
    if (!done) {
        sg_layer_style_release(style);
        return sg_fail_memory(run->context);
    }
    *ret_style = *style;
    return SG_OK;
}

enum sg_status sg_run_site_style(struct sg_run *run, struct sg_layer_style *ret_style) {
    const struct sg_taxonomy *taxonomy = &run->taxonomy;
    enum sg_language language = run->job->language;
    struct sg_layer_style style;
    bool has_several;
    bool *is_used = find_lone_types(run, &has_several);
    bool done = begin(&style, SG_STYLE_POINTS, "types", taxonomy->type_count + 1) && is_used != NULL;
    for (size_t t = 0; done && t < taxonomy->type_count; t++) {
        const struct sg_type *type = &taxonomy->types[t];
        if (is_used[t])
            done = add_class(&style, type->code, type->colour, type->symbol, sg_type_label(type, language));
    }
    if (done && has_several)
        done = add_class(&style, NULL, dark, SG_SYMBOL_RING, sg_word(SG_WORD_SEVERAL_TYPES, language));
    sg_free(is_used);
    return finish(run, done, &style, ret_style);
}

enum sg_status sg_run_plain_style(struct sg_run *run, enum sg_style_mark mark, const char *field,
                                  const char *label, struct sg_layer_style *ret_style) {
    struct sg_layer_style style;
    bool done = begin(&style, mark, field, 1)
                && add_class(&style, NULL, mark == SG_STYLE_OUTLINES ? dark : quiet, SG_SYMBOL_CROSS, label);
    return finish(run, done, &style, ret_style);
}
