#include "support/kind_town.h"

#include "classify/change_classes.h"
#include "support/test.h"

void kind_town_classify(struct kind_town *setting, const double *values, size_t count, size_t classes,
                        struct sg_classification *ret_classes) {
    struct sg_break_request request = {.method = SG_BREAKS_QUANTILE, .class_count = classes};
    assert_ok(setting->context, sg_classify(setting->context, values, count, &request, ret_classes));
}

static void add_regions(struct kind_town *setting, size_t across, size_t down) {
    uint32_t north = 0, east = 0;
    for (uint32_t i = 0; i < setting->town->count; i++) {
        if (i / across >= down / 2)
            setting->north[north++] = i;
        if (i % across >= (size_t)across - 3)
            setting->east[east++] = i;
    }
    setting->both[0] = (uint32_t)setting->town->count - 1;
    setting->regions[0] = (struct sg_map_region){"North", setting->north, north};
    setting->regions[1] = (struct sg_map_region){"East", setting->east, east};
    setting->regions[2] = (struct sg_map_region){"Corner", setting->both, 1};
}

struct kind_town *kind_town_new(size_t across, size_t down) {
    struct kind_town *setting = sg_alloc(1, sizeof *setting);
    assert_non_null(setting);
    setting->context = test_context_new(1);
    setting->town = block_town_new(across, down, 1000, 1000);
    struct block_town *town = setting->town;
    size_t count = setting->town->count;
    double pooled[BLOCK_TOWN_MOST_AREAS * 2];
    for (size_t i = 0; i < setting->town->count; i++) {
        town->areas[i].value = town->areas[i].rank = town->values[i];
        pooled[i] = town->values[i];
        pooled[count + i] = town->second[i];
        setting->changes[i] = town->values[i] - town->second[i];
    }
    kind_town_classify(setting, town->values, count, 3, &setting->first);
    kind_town_classify(setting, town->second, count, 3, &setting->second);
    kind_town_classify(setting, pooled, count * 2, 5, &setting->together);
    struct sg_break_request request = {.method = SG_BREAKS_QUANTILE, .class_count = 5};
    assert_ok(setting->context,
              sg_classify_change(setting->context, setting->changes, count, &request, &setting->change));
    for (int p = 0; p < KIND_TOWN_PANELS; p++)
        setting->panels[p] = (struct sg_map_panel){
            p == 3 ? "Settlement Needs Assessment and Support, with a long name" : "Housing",
            p % 2 == 0 ? town->values : town->second};
    add_regions(setting, across, down);
    town->map.second_values = town->second;
    town->map.second_classification = &setting->second;
    town->map.axis_titles[0] = "People in need";
    town->map.axis_titles[1] = "Service gap index";
    town->map.panels = setting->panels;
    town->map.panel_count = KIND_TOWN_PANELS;
    town->map.counted = "people";
    return setting;
}

void kind_town_free(struct kind_town *setting) {
    block_town_free(setting->town);
    sg_context_free(setting->context);
    sg_free(setting);
}

/* Turns the town's map into one of the kind. */
void kind_town_use(struct kind_town *setting, enum sg_map_kind kind) {
    static const char *const clusters[] = {"High-High", "Low-Low", "High-Low", "Low-High", "Not significant"};
    struct block_town *town = setting->town;
    struct sg_map *map = &town->map;
    map->kind = kind;
    map->classification = kind == SG_MAP_CHANGE      ? &setting->change
                          : kind == SG_MAP_MULTIPLES ? &setting->together
                                                     : &setting->first;
    map->regions = setting->regions;
    map->region_count = kind == SG_MAP_REGIONS ? 3 : 0;
    for (size_t i = 0; i < setting->town->count; i++) {
        town->areas[i].value = kind == SG_MAP_CHANGE ? setting->changes[i] : town->values[i];
        town->areas[i].category = kind == SG_MAP_CLUSTERS ? clusters[i % 5] : NULL;
    }
}
