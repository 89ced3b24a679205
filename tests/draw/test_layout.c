/* Two hundred invented projects, each as awkward as a seed makes it: on no page does anything overlap, leave
   the page or shrink below what can be read, and the map has its share. */
#include "support/block_town.h"

#include "read/theme_reader.h"

enum { PROJECTS = 200, MOST_SITES = 160, LINES = 10 };

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

/* What a project is made of beside its town. */
struct project {
    struct block_town *town;
    struct sg_taxonomy taxonomy;
    struct sg_map_site sites[MOST_SITES];
    struct sg_map_line lines[LINES];
    struct sg_point ends[LINES][2];
    struct sg_shape lake, land;
    struct sg_map_context_shape ground[2];
    uint32_t held[2][60];
    struct sg_map_region regions[2];
};

static struct block_town *any_town(struct test_random *random) {
    static const struct {
        size_t across, down;
        double width_m, height_m;
    } kinds[] = {{1, 1, 900, 900},   {2, 1, 700, 900},  {7, 6, 1300, 1000}, {12, 10, 900, 900},
                 {40, 25, 300, 300}, {1, 24, 900, 700}, {24, 1, 700, 900},  {4, 3, 9000, 300},
                 {3, 4, 300, 9000},  {5, 4, 20, 20},    {16, 10, 800, 700}, {3, 2, 80000, 60000}};
    size_t kind = test_random_index(random, COUNT_OF(kinds));
    return block_town_new(kinds[kind].across, kinds[kind].down, kinds[kind].width_m, kinds[kind].height_m);
}

/* Leaves most blocks out: an archipelago. */
static void sink(struct block_town *town, struct test_random *random) {
    size_t kept = 0;
    for (size_t i = 0; i < town->count; i++) {
        if (i > 0 && test_random_index(random, 10) < 7)
            continue;
        town->areas[kept] = town->areas[i];
        town->values[kept] = town->values[i];
        kept++;
    }
    town->map.area_count = town->count = kept;
}

static void name_areas(struct block_town *town, struct test_random *random) {
    static const char *const names[] = {
        "A",
        "Port",
        "Mount Olive-Silverstone-Jamestown",
        "Saint-Louis-de-la-Rivière-aux-Pins-du-Nord",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "Cabbagetown-South St. James Town (71)",
        "the old harbour and the new one and what lies between them, west of the river",
        "",
        "Quartier de l'Université",
    };
    size_t kind = test_random_index(random, COUNT_OF(names) + 2);
    for (size_t i = 0; i < town->count; i++) {
        if (kind < COUNT_OF(names))
            town->areas[i].name = names[kind];
        else if (kind == COUNT_OF(names))
            town->areas[i].name = names[test_random_index(random, COUNT_OF(names))];
    }
}

static void value_areas(struct block_town *town, struct test_random *random) {
    size_t kind = test_random_index(random, 8);
    for (size_t i = 0; i < town->count; i++) {
        double value = test_random_between(random, 0, 100);
        town->values[i] = kind == 0   ? 5
                          : kind == 1 ? NAN
                          : kind == 2 ? (i == 0 ? 1e12 : value)
                          : kind == 3 ? value - 50.5
                          : kind == 4 ? 0
                          : kind == 5 ? (i % 3 == 0   ? NAN
                                         : i % 3 == 1 ? 0
                                                      : value / 1e9)
                          : kind == 6 ? floor(value)
                                      : value;
    }
    block_town_classify(town);
}

static void categorise(struct block_town *town, struct test_random *random) {
    static const char *const categories[] = {"North", "South of the river and all that lies beyond it",
                                             "East", "Partenariat local en immigration de l'ouest", "West"};
    for (size_t i = 0; i < town->count; i++)
        town->areas[i].category = categories[test_random_index(random, COUNT_OF(categories))];
    town->map.force_palette = true;
}

static void word_page(struct sg_map *map, struct test_random *random, bool *ret_is_long) {
    static const char *const titles[] = {
        "Nine neighbourhoods have no language training",
        "Formation linguistique : plus d'un kilomètre à parcourir dans 38 quartiers sur 53",
        "Of the neighbourhoods in which most newcomers settled in the last five years, nine have no language "
        "training within a kilometre, and in four of them there is none within three kilometres either",
        NULL};
    static const char *const notes[] = {NULL, NULL,
                                        "Areas in which fewer than a hundred people live are left out of the "
                                        "classes; their values are in the "
                                        "table. Services at the same place count once. Counts of people are "
                                        "rounded to three figures, so that "
                                        "sums may differ a little from those printed elsewhere."};
    size_t title = test_random_index(random, COUNT_OF(titles)),
           note = test_random_index(random, COUNT_OF(notes));
    map->title = titles[title];
    map->note = notes[note];
    map->credit = note == 2 ? "Prepared for the committee on newcomers" : NULL;
    if (test_random_index(random, 3) == 0) {
        map->legend_title = "Mean straight-line distance to the nearest place that teaches a language";
        map->legend_unit = "metres, over all residents of the neighbourhood";
        map->zero_label = "0 (there is one at every corner)";
    }
    *ret_is_long = title == 2 || note == 2 || map->legend_unit[0] == 'm';
}

static void add_sites(struct project *project, struct test_random *random) {
    struct block_town *town = project->town;
    size_t types = 1 + test_random_index(random, 13);
    project->taxonomy = (struct sg_taxonomy){.is_open = true};
    for (size_t t = 0; t < types; t++) {
        char label[80];
        snprintf(label, sizeof label, "Service of kind %zu%s", t,
                 t % 4 == 3 ? " and of every other kind" : "");
        assert_int_equal(sg_taxonomy_add(&project->taxonomy, label), (long long)t);
    }
    for (size_t i = 0; i < MOST_SITES; i++) {
        const struct sg_shape *shape = town->areas[test_random_index(random, town->count)].shape;
        struct sg_point at = shape->points[test_random_index(random, 24)];
        project->sites[i] = (struct sg_map_site){at, test_random_index(random, types)};
    }
    town->map.sites = project->sites;
    town->map.site_count = 1 + test_random_index(random, MOST_SITES);
    town->map.taxonomy = &project->taxonomy;
}

static void add_ground(struct project *project) {
    struct sg_map *map = &project->town->map;
    struct sg_box box = sg_box_empty();
    for (size_t i = 0; i < project->town->count; i++) {
        struct sg_box area = sg_shape_envelope(project->town->areas[i].shape);
        sg_box_add_box(&box, &area);
    }
    double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
    for (int i = 0; i < LINES; i++) {
        project->ends[i][0] = (struct sg_point){box.min_x + width * (i - 2) / 6, box.min_y - height};
        project->ends[i][1] = (struct sg_point){box.min_x + width * (i - 1) / 6, box.max_y + height};
        project->lines[i] = (struct sg_map_line){
            {project->ends[i], 2}, i % 2 == 0 ? "Long Main Street" : "Chemin du Moulin", i % 4};
    }
    block_town_block(&project->lake, -9, -9, 1200, 1000);
    block_town_block(&project->land, 9, 9, 1200, 1000);
    project->ground[0] = (struct sg_map_context_shape){&project->lake, true, "Lake Meridian"};
    project->ground[1] = (struct sg_map_context_shape){&project->land, false, "Town of Marlow"};
    map->lines = project->lines;
    map->line_count = LINES;
    map->context_shapes = project->ground;
    map->context_shape_count = 2;
}

static void add_regions(struct project *project) {
    static const char *const names[] = {"North", "South"};
    struct sg_map *map = &project->town->map;
    for (size_t r = 0; r < 2; r++) {
        size_t count = 0;
        for (size_t i = 0; i < project->town->count && count < 60; i++) {
            if (i % 5 <= 2 * r)
                project->held[r][count++] = (uint32_t)i;
        }
        project->regions[r] = (struct sg_map_region){names[r], project->held[r], count};
    }
    map->regions = project->regions;
    map->region_count = 2;
}

/* The share of the page that the map keeps when title, note and legend are of ordinary length: three fifths
   on large paper; on small paper and slides the words need more of the page. */
static const struct {
    const char *name;
    double least_share;
    bool is_slide;
} papers[] = {{"letter", 0.57, false},    {"legal", 0.6, false},       {"tabloid", 0.6, false},
              {"a4", 0.57, false},        {"a3", 0.6, false},          {"slide", 0.42, true},
              {"420x297mm", 0.6, false},  {"1200x900px", 0.48, false}, {"800x1400px", 0.52, false},
              {"1920x1080px", 0.42, true}};

static void check_project(struct project *project, struct test_random *random) {
    static const char *const themes[] = {"council", "print", "dark", "contrast"};
    struct sg_map *map = &project->town->map;
    size_t paper = test_random_index(random, COUNT_OF(papers));
    bool is_long;
    map->paper = papers[paper].name;
    map->portrait = test_random_index(random, 2) == 1;
    map->theme = themes[test_random_index(random, COUNT_OF(themes))];
    map->language = test_random_index(random, 2) == 1 ? SG_FRENCH : SG_ENGLISH;
    map->rotate_deg = test_random_index(random, 3) == 0 ? NAN : test_random_index(random, 2) * 16.5;
    word_page(map, random, &is_long);
    is_long = is_long || (map->taxonomy != NULL && map->taxonomy->type_count > 6);
    double share, least_pt;
    struct sg_map_report report = block_town_lay_out(project->town, &share, &least_pt);
    assert_true(report.labels_drawn + report.labels_keyed + report.labels_dropped <= project->town->count);
    double least_wanted_pt = papers[paper].is_slide ? 11 : 6;
    if (least_pt < least_wanted_pt - 1e-6 || (!is_long && share < papers[paper].least_share))
        fail_msg("on %s%s (%s) the map has %.3f of the page, the smallest type %.2f pt", map->paper,
                 map->portrait ? ", portrait" : "", map->theme, share, least_pt);
}

static void test_projects(void **state) {
    (void)state;
    if (!block_town_has_font())
        skip();
    struct test_random random = test_random_new(20131108);
    for (int p = 0; p < PROJECTS; p++) {
        struct project *project = sg_alloc(1, sizeof *project);
        project->town = any_town(&random);
        if (test_random_index(&random, 6) == 0)
            sink(project->town, &random);
        name_areas(project->town, &random);
        value_areas(project->town, &random);
        if (test_random_index(&random, 6) == 0)
            categorise(project->town, &random);
        if (test_random_index(&random, 3) == 0)
            add_sites(project, &random);
        if (test_random_index(&random, 2) == 0)
            add_ground(project);
        if (test_random_index(&random, 4) == 0)
            add_regions(project);
        check_project(project, &random);
        sg_shape_release(&project->lake);
        sg_shape_release(&project->land);
        sg_taxonomy_release(&project->taxonomy);
        block_town_free(project->town);
        sg_free(project);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_projects)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
