/* The words of a map of one column: whom they speak of, in which language, and what they must not leave out.
   Expected texts are written out by hand. */
#include "judge/map_words.h"

#include <math.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "support/test.h"

enum { AREAS = 4, TYPES = 2 };

struct setting {
    struct sg_area_layer layer;
    struct sg_taxonomy taxonomy;
    struct sg_measures measures;
    struct sg_judgement judgement;
    struct sg_findings_source source;
    double population[AREAS], need[AREAS], gap_index[AREAS], benchmarks[TYPES + 1], numbers[AREAS];
    enum sg_gap_class classes[AREAS];
    enum sg_priority priorities[AREAS];
};

/* Four areas of 1,000, 2,000, 3,000 and 4,000 people; indices 80, 60, 40 and 20; types Food and Law. */
static void begin(struct setting *setting, enum sg_language language) {
    *setting = (struct setting){.layer = {.area_count = AREAS}};
    setting->taxonomy.other_type = SG_NO_INDEX;
    sg_taxonomy_add(&setting->taxonomy, "Food");
    sg_taxonomy_add(&setting->taxonomy, "Law");
    for (size_t a = 0; a < AREAS; a++) {
        setting->population[a] = setting->need[a] = 1000 * (double)(a + 1);
        setting->gap_index[a] = 80 - 20 * (double)a;
        setting->classes[a] = a == 0 ? SG_GAP_CRITICAL : a == 1 ? SG_GAP_SEVERE : SG_GAP_MODERATE;
        setting->priorities[a] = a < 2 ? SG_PRIORITY_HIGH : SG_PRIORITY_LOW;
        setting->numbers[a] = 40;
    }
    setting->measures = (struct sg_measures){.area_count = AREAS,
                                             .type_count = TYPES,
                                             .threshold_count = 1,
                                             .thresholds_m = {1000},
                                             .population = setting->population,
                                             .need = setting->need,
                                             .total_population = 10000,
                                             .total_need = 10000,
                                             .has_population = true};
    setting->judgement = (struct sg_judgement){.area_count = AREAS,
                                               .type_count = TYPES,
                                               .supply = SG_SUPPLY_REACH,
                                               .benchmarks = setting->benchmarks,
                                               .gap_index = setting->gap_index,
                                               .classes = setting->classes,
                                               .priorities = setting->priorities};
    for (size_t t = 0; t <= TYPES; t++)
        setting->benchmarks[t] = 2;
    setting->source = (struct sg_findings_source){.layer = &setting->layer,
                                                  .taxonomy = &setting->taxonomy,
                                                  .measures = &setting->measures,
                                                  .judgement = &setting->judgement,
                                                  .language = language};
}

static void use_land(struct setting *setting) {
    for (size_t a = 0; a < AREAS; a++)
        setting->population[a] = setting->need[a] = NAN;
    setting->measures.has_population = false;
    setting->measures.total_population = setting->measures.total_need = NAN;
}

static void use_need(struct setting *setting) {
    for (size_t a = 0; a < AREAS; a++)
        setting->need[a] = setting->population[a] / 10;
    setting->measures.has_need = true;
}

static void end(struct setting *setting) {
    sg_taxonomy_release(&setting->taxonomy);
}

static void assert_text(char *text, const char *expected) {
    assert_non_null(text);
    assert_string_equal(text, expected);
    sg_free(text);
}

static struct sg_column column_of(struct setting *setting, char *measure, char *title, size_t type) {
    static char none[] = "";
    return (struct sg_column){.name = measure,
                              .measure = measure,
                              .title = title,
                              .unit = none,
                              .definition = none,
                              .kind = SG_COLUMN_REAL,
                              .type = type,
                              .numbers = setting->numbers};
}

/* ---- whom ---- */

static void test_whom(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, SG_ENGLISH);
    assert_int_equal(sg_whom_of(&setting.measures), SG_WHOM_PEOPLE);
    setting.measures.has_need = true; /* a field of its own that says the same */
    assert_int_equal(sg_whom_of(&setting.measures), SG_WHOM_PEOPLE);
    use_need(&setting);
    assert_int_equal(sg_whom_of(&setting.measures), SG_WHOM_NEED);
    assert_int_equal(sg_whom_of_city(&setting.measures), SG_WHOM_PEOPLE);
    use_land(&setting);
    assert_int_equal(sg_whom_of(&setting.measures), SG_WHOM_LAND);
    setting.need[2] = 50; /* need without a population */
    assert_int_equal(sg_whom_of(&setting.measures), SG_WHOM_NEED);
    end(&setting);
}

static void test_land(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, SG_ENGLISH);
    use_land(&setting);
    char within[] = "within_pct", title[] = "Food: share within reach of a service (1 km)";
    struct sg_column column = column_of(&setting, within, title, 0);
    assert_text(sg_map_title(&setting.source, &column),
                "Food: over 1\xC2\xA0km from most of the land in 4 of 4 neighbourhoods");
    assert_text(sg_map_subtitle(&setting.source, &column),
                "Share of the land within 1\xC2\xA0km of a service (straight line).");
    assert_text(sg_map_method(&setting.source, &column),
                "straight-line distances from every part of the land, weighted by its area");
    assert_string_equal(sg_map_legend_unit(&column, SG_WHOM_LAND, SG_ENGLISH), "% of the land");
    assert_string_equal(sg_map_legend_unit(&column, SG_WHOM_LAND, SG_FRENCH), "% du territoire");
    char index[] = "gap_index", index_title[] = "Service gap index";
    column = column_of(&setting, index, index_title, SG_NO_INDEX);
    assert_text(
        sg_map_method(&setting.source, &column),
        "straight-line distances, weighted by land; gap = shortfall of supply from the benchmark, mean "
        "of 2 types");
    setting.source.language = SG_FRENCH;
    char *subtitle = sg_map_subtitle(&setting.source, &column);
    assert_null(strstr(subtitle, "personnes"));
    sg_free(subtitle);
    end(&setting);
}

/* One word for those whom numbers are of, on all of a page. */
static void test_people_or_those_in_need(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, SG_ENGLISH);
    char rate[] = "per_10k", title[] = "Food: services per 10,000 in need";
    struct sg_column column = column_of(&setting, rate, title, 0);
    assert_text(sg_map_subtitle(&setting.source, &column),
                "Services located in each neighbourhood per 10,000 people. Total population: 10,000.");
    assert_text(sg_map_method(&setting.source, &column),
                "services located in the neighbourhood for every 10,000 people who live there");
    assert_string_equal(sg_map_legend_title(&column, SG_WHOM_PEOPLE, SG_ENGLISH),
                        "Services per 10,000 people");
    use_need(&setting);
    assert_text(
        sg_map_subtitle(&setting.source, &column),
        "Services located in each neighbourhood per 10,000 people in need. Total population: 10,000.");
    assert_string_equal(sg_map_legend_title(&column, SG_WHOM_NEED, SG_ENGLISH),
                        "Services per 10,000 in need");
    char uncovered[] = "uncovered", without[] = "Food: people without a service in reach (1 km)";
    column = column_of(&setting, uncovered, without, 0); /* always all people */
    assert_text(sg_map_method(&setting.source, &column),
                "straight-line distances from where people live, weighted by their number");
    char need[] = "need", need_title[] = "Need";
    column = column_of(&setting, need, need_title, SG_NO_INDEX);
    assert_string_equal(sg_map_legend_title(&column, SG_WHOM_PEOPLE, SG_ENGLISH), "Population");
    assert_string_equal(sg_map_legend_title(&column, SG_WHOM_NEED, SG_ENGLISH), "People in need");
    end(&setting);
}

/* The people of the areas that the title counts: 1,000 and 2,000 of 10,000. */
static void test_people_of_the_title(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, SG_FRENCH);
    char index[] = "gap_index", title[] = "Service gap index";
    struct sg_column column = column_of(&setting, index, title, SG_NO_INDEX);
    column.numbers = setting.gap_index;
    assert_text(sg_map_title(&setting.source, &column),
                "2 quartiers sur 4 manquent d'au moins la moitié des services");
    char *subtitle = sg_map_subtitle(&setting.source, &column);
    assert_non_null(strstr(subtitle, " 3\xE2\x80\xAF"
                                     "000 personnes sur 10\xE2\x80\xAF"
                                     "000 vivent là où il en manque au moins la moitié."));
    sg_free(subtitle);
    setting.source.language = SG_ENGLISH;
    subtitle = sg_map_subtitle(&setting.source, &column);
    assert_non_null(strstr(subtitle, " 3,000 of 10,000 people live where at least half is missing."));
    sg_free(subtitle);
    end(&setting);
}

/* ---- languages ---- */

static void test_french_names(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, SG_FRENCH);
    char share[] = "share", title[] = "Tous les services: share of all services";
    struct sg_column column = column_of(&setting, share, title, SG_NO_INDEX);
    assert_text(sg_map_title(&setting.source, &column),
                "Tous les services\xC2\xA0: part de tous les services");
    char shortfall[] = "shortfall", missing[] = "Food: services missing to the benchmark";
    column = column_of(&setting, shortfall, missing, 0);
    assert_text(sg_map_subtitle(&setting.source, &column),
                "Food\xC2\xA0: services manquants au repère (services). Population totale : 10\xE2\x80\xAF"
                "000.");
    char present[] = "types_present", types[] = "Types of service present";
    column = column_of(&setting, present, types, SG_NO_INDEX);
    column.measure = NULL;
    assert_text(sg_map_title(&setting.source, &column), "Types de services présents");
    char group[] = "seniors_share_pct", people[] = "seniors: share of the people";
    column = column_of(&setting, group, people, SG_NO_INDEX);
    column.measure = NULL;
    assert_text(sg_map_title(&setting.source, &column), "seniors\xC2\xA0: part des gens");
    assert_string_equal(sg_map_word("severe", SG_FRENCH), "grave");
    assert_string_equal(sg_map_word("high", SG_FRENCH), "élevée");
    assert_string_equal(sg_map_word("severe", SG_ENGLISH), "severe");
    assert_string_equal(sg_map_word("anything", SG_FRENCH), "anything");
    assert_null(sg_map_word(NULL, SG_FRENCH));
    end(&setting);
}

static void test_priority(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, SG_ENGLISH);
    char priority[] = "priority", title[] = "Priority";
    struct sg_column column = column_of(&setting, priority, title, SG_NO_INDEX);
    column.kind = SG_COLUMN_TEXT;
    column.numbers = NULL;
    assert_text(sg_map_title(&setting.source, &column),
                "2 of 4 neighbourhoods come first: their gap and need are both high");
    end(&setting);
}

/* Nothing known is not nothing: no title counts what is not there. */
static void test_nothing_known(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, SG_ENGLISH);
    for (size_t a = 0; a < AREAS; a++)
        setting.numbers[a] = NAN;
    char uncovered[] = "uncovered", title[] = "Food: people without a service in reach (1 km)";
    struct sg_column column = column_of(&setting, uncovered, title, 0);
    assert_text(sg_map_title(&setting.source, &column), "Food: people without a service in reach");
    end(&setting);
}

/* ---- notes ---- */

static void test_what_nobody_has(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, SG_ENGLISH);
    char gap[] = "gap", food[] = "Food: gap", law[] = "Law: gap", index[] = "gap_index", count[] = "count";
    struct sg_column of_food = column_of(&setting, gap, food, 0), of_law = column_of(&setting, gap, law, 1),
                     of_all = column_of(&setting, index, index, SG_NO_INDEX),
                     counted = column_of(&setting, count, law, 1);
    const struct sg_column *both[] = {&of_food, &of_law}, *one[] = {&of_food}, *all[] = {&of_all},
                           *other[] = {&counted};
    assert_text(sg_map_note(&setting.source, both, 2), "");
    setting.benchmarks[1] = 0;
    const char *note = "Nobody has these types of service in reach, so they count as enough (gap 0): Law.";
    assert_text(sg_map_note(&setting.source, both, 2), note);
    assert_text(sg_map_note(&setting.source, all, 1), note);
    assert_text(sg_map_note(&setting.source, one, 1), "");
    assert_text(sg_map_note(&setting.source, other, 1), "");
    setting.source.language = SG_FRENCH;
    setting.judgement.supply = SG_SUPPLY_COUNT;
    assert_text(sg_map_note(&setting.source, all, 1),
                "Personne n'a ces types de services dans son quartier; ils comptent donc comme suffisants "
                "(manque 0) : Law.");
    setting.taxonomy.types[1].weight = 0; /* no part of the index */
    assert_text(sg_map_note(&setting.source, all, 1), "");
    end(&setting);
}

/* Of the four areas nobody has a path in the first, nobody lives in the second. */
static void test_who_is_cut_off(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, SG_ENGLISH);
    char names[AREAS][8] = {"North", "East", "South", "West"}, nearest[] = "nearest_m",
         title[] = "Law: distance", within[] = "within_pct";
    struct sg_area areas[AREAS] = {0};
    double unreached[(TYPES + 1) * AREAS] = {0};
    for (size_t a = 0; a < AREAS; a++)
        areas[a].name = names[a];
    setting.layer.areas = areas;
    setting.measures.values[SG_MEASURE_UNREACHED] = unreached;
    unreached[1 * AREAS + 0] = 100; /* of Law */
    unreached[1 * AREAS + 1] = NAN;
    unreached[1 * AREAS + 2] = 99;
    setting.numbers[0] = setting.numbers[1] = NAN;
    struct sg_column of_law = column_of(&setting, nearest, title, 1),
                     of_food = column_of(&setting, nearest, title, 0),
                     share = column_of(&setting, within, title, 1);
    const struct sg_column *law[] = {&of_law}, *food[] = {&of_food}, *shares[] = {&share};
    assert_text(sg_map_note(&setting.source, law, 1),
                "Nobody has a path to a service in 1 of the hatched areas: North.");
    assert_text(sg_map_note(&setting.source, food, 1), "");
    assert_text(sg_map_note(&setting.source, shares, 1), "");
    setting.source.language = SG_FRENCH;
    assert_text(sg_map_note(&setting.source, law, 1),
                "Personne n'a de chemin vers un service dans 1 des zones hachurées : North.");
    setting.measures.values[SG_MEASURE_UNREACHED] = NULL; /* not measured: straight lines reach everybody */
    assert_text(sg_map_note(&setting.source, law, 1), "");
    end(&setting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whom),
        cmocka_unit_test(test_land),
        cmocka_unit_test(test_people_or_those_in_need),
        cmocka_unit_test(test_people_of_the_title),
        cmocka_unit_test(test_french_names),
        cmocka_unit_test(test_priority),
        cmocka_unit_test(test_nothing_known),
        cmocka_unit_test(test_what_nobody_has),
        cmocka_unit_test(test_who_is_cut_off),
    };
    return cmocka_run_group_tests_name("map_words", tests, NULL, NULL);
}
