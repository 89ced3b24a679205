#include "draw/description.h"

#include "core/alloc.h"
#include "draw/clean_text.h"
#include "draw/kind_drawing.h"

static void describe_classes(const struct sg_drawing *drawing, struct sg_text *text) {
    const struct sg_map *map = drawing->map;
    bool is_first = true;
    for (size_t i = 0; !drawing->style.is_categorical && map->classification != NULL
                       && i < map->classification->class_count;
         i++) {
        if (!sg_class_is_shown(map->classification, i))
            continue;
        sg_text_append(text, is_first ? " " : "; ");
        is_first = false;
        sg_append_class_range(text, map->classification, i, drawing->style.is_whole, map->value_unit,
                              map->language);
        sg_text_append_format(text, ": %zu", map->classification->counts[i]);
    }
    for (size_t i = 0; i < drawing->style.category_count; i++)
        sg_text_append_format(text, "%s%s: %zu", i == 0 ? " " : "; ", drawing->style.categories[i].name,
                              drawing->style.categories[i].count);
}

char *sg_describe_map(const struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    if (map->alt_text != NULL)
        return sg_text_clean(map->alt_text, false);
    struct sg_text text, count;
    sg_text_init(&text);
    sg_text_init(&count);
    sg_append_number(&count, (double)map->area_count, 0, map->language);
    const char *areas = map->area_word != NULL ? map->area_word : sg_word(SG_WORD_AREAS, map->language);
    sg_text_append_format(&text, sg_word(SG_WORD_MAP_OF, map->language), sg_text_bytes(&count), areas);
    const char *parts[] = {map->title, map->subtitle, map->legend_title};
    for (int i = 0; i < 3; i++) {
        if (parts[i] != NULL && parts[i][0] != '\0')
            sg_text_append_format(&text, " %s%s", parts[i], i == 2 ? ":" : "");
    }
    const struct sg_kind_drawing *kind = sg_kind_drawing(drawing);
    if (kind->describe != NULL)
        kind->describe(drawing, &text);
    else
        describe_classes(drawing, &text);
    if (drawing->style.zero_count > 0)
        sg_text_append_format(&text, "; 0: %zu", drawing->style.zero_count);
    if (drawing->style.missing_count > 0)
        sg_text_append_format(
            &text, "; %s: %zu",
            sg_word(map->kind == SG_MAP_REGIONS ? SG_WORD_NO_REGION : SG_WORD_NO_DATA, map->language),
            drawing->style.missing_count);
    sg_text_append(&text, ".");
    char *clean = text.failed || count.failed ? NULL : sg_text_clean(sg_text_bytes(&text), false);
    sg_text_release(&text);
    sg_text_release(&count);
    return clean;
}
