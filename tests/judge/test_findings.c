/* The findings on fairness and groups: what they must say is written out here, in English and French. The
   numbers come from structs filled by hand. */
#include "judge/findings.h"

#include "core/name_index.h"
#include "support/test.h"

enum { AREAS = 24, TYPES = 1 };

struct setting {
    struct sg_context *context;
    struct sg_area_layer layer;
    struct sg_taxonomy taxonomy;
    struct sg_measures measures;
    struct sg_judgement judgement;
    struct sg_stability stability;
    struct sg_local_clusters clusters;
    struct sg_fairness fairness;
    struct sg_input_counts counts;
    struct sg_findings_source source;
    char **sentences;
    size_t count;
};

/* Areas A to X from west to east, ranks 1 to 24 from the west, all in one row of a plane. */
static void begin(struct setting *setting) {
    *setting = (struct setting){.context = test_context_new(1)};
    struct sg_area_layer *layer = &setting->layer;
    assert_ok(setting->context, sg_crs_new(setting->context, "EPSG:32617", &layer->crs));
    layer->area_count = AREAS;
    layer->areas = sg_alloc(AREAS, sizeof *layer->areas);
    layer->extent = (struct sg_box){0, 0, AREAS, 1};
    setting->judgement =
        (struct sg_judgement){.area_count = AREAS, .type_count = TYPES, .supply = SG_SUPPLY_REACH};
    struct sg_judgement *judgement = &setting->judgement;
    judgement->gap_index = sg_alloc(AREAS, sizeof(double));
    judgement->classes = sg_alloc(AREAS, sizeof *judgement->classes);
    judgement->ranks = sg_alloc(AREAS, sizeof *judgement->ranks);
    judgement->priorities = sg_alloc(AREAS, sizeof *judgement->priorities);
    judgement->near_cut = sg_alloc(AREAS, sizeof *judgement->near_cut);
    judgement->benchmarks = sg_alloc(TYPES + 1, sizeof(double));
    judgement->is_mean_for_median = sg_alloc(TYPES + 1, sizeof(bool));
    setting->stability = (struct sg_stability){.area_count = AREAS, .supply_count = 9};
    setting->stability.keeps_class_pct = sg_alloc(AREAS, sizeof(double));
    setting->stability.is_worst_pct = sg_alloc(AREAS, sizeof(double));
    setting->clusters =
        (struct sg_local_clusters){.area_count = AREAS, .tested_count = AREAS, .global_p = 0.0002};
    setting->clusters.clusters = sg_alloc(AREAS, sizeof *setting->clusters.clusters);
    for (size_t a = 0; a < AREAS; a++) {
        layer->areas[a].id = sg_format("%zu", a);
        layer->areas[a].name = sg_format("%c", (int)('A' + a));
        layer->areas[a].box = (struct sg_box){(double)a, 0, (double)a + 1, 1};
        judgement->gap_index[a] = 96 - 4 * (double)a;
        judgement->ranks[a] = a + 1;
        judgement->classes[a] = sg_gap_class_of(judgement->gap_index[a], (const double[]){10, 25, 50, 75});
        judgement->class_counts[judgement->classes[a]]++;
        judgement->priorities[a] = SG_PRIORITY_LOW;
        setting->stability.keeps_class_pct[a] = a < 20 ? 100 : 40 + (double)a;
        setting->stability.is_worst_pct[a] = a < 9 ? 100 : a == 9 ? 60 : 0;
        setting->clusters.clusters[a] = SG_CLUSTER_NOT_SIGNIFICANT;
    }
    setting->taxonomy.other_type = SG_NO_INDEX;
    sg_taxonomy_add(&setting->taxonomy, "Language");
    setting->measures = (struct sg_measures){.area_count = AREAS,
                                             .type_count = TYPES,
                                             .threshold_count = 1,
                                             .thresholds_m = {1000},
                                             .total_population = NAN};
    setting->measures.city = sg_alloc(TYPES + 1, sizeof *setting->measures.city);
    setting->measures.city[0] = (struct sg_city_measures){.total_count = 30,
                                                          .areas_without = 0,
                                                          .uncovered = NAN,
                                                          .uncovered_pct = NAN,
                                                          .nearest_median_m = NAN};
    setting->measures.population = sg_alloc(AREAS, sizeof(double));
    setting->measures.need = sg_alloc(AREAS, sizeof(double));
    setting->measures.states = sg_alloc(AREAS, sizeof *setting->measures.states);
    setting->source = (struct sg_findings_source){.layer = layer,
                                                  .taxonomy = &setting->taxonomy,
                                                  .measures = &setting->measures,
                                                  .judgement = judgement,
                                                  .counts = &setting->counts};
}

static void forget(struct setting *setting) {
    for (size_t i = 0; i < setting->count; i++)
        sg_free(setting->sentences[i]);
    sg_free(setting->sentences);
    setting->sentences = NULL;
    setting->count = 0;
}

static void end(struct setting *setting) {
    forget(setting);
    sg_fairness_release(&setting->fairness);
    sg_local_clusters_release(&setting->clusters);
    sg_stability_release(&setting->stability);
    sg_judgement_release(&setting->judgement);
    sg_measures_release(&setting->measures);
    sg_taxonomy_release(&setting->taxonomy);
    sg_area_layer_release(&setting->layer);
    sg_context_free(setting->context);
}

static void find(struct setting *setting, enum sg_language language) {
    forget(setting);
    setting->source.language = language;
    assert_ok(setting->context,
              sg_findings(setting->context, &setting->source, &setting->sentences, &setting->count));
}

static void assert_says(const struct setting *setting, const char *sentence) {
    for (size_t i = 0; i < setting->count; i++) {
        if (strcmp(setting->sentences[i], sentence) == 0)
            return;
    }
    for (size_t i = 0; i < setting->count; i++)
        print_error("it says: %s\n", setting->sentences[i]);
    print_error("not: %s\n", sentence);
    fail();
}

/* Missing people are not nobody: the sentence says whose it counts, or says nothing of people. */
static void test_missing_people(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    setting.measures.has_population = true;
    for (size_t a = 0; a < AREAS; a++)
        setting.measures.population[a] = NAN;
    find(&setting, SG_ENGLISH);
    assert_null(strstr(setting.sentences[0], "people live in"));
    setting.measures.population[0] = 1200;
    setting.measures.population[2] = 800;
    find(&setting, SG_ENGLISH);
    assert_non_null(strstr(setting.sentences[0], "; 2,000 people live in the 2 whose population is known"));
    setting.measures.population[2] = NAN;
    find(&setting, SG_FRENCH);
    assert_non_null(strstr(setting.sentences[0], "personnes habitent celui dont la population est connue"));
    end(&setting);
}

/* What nobody has is said, by its name. */
static void test_what_nobody_has(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    setting.judgement.benchmarks[0] = 0;
    find(&setting, SG_ENGLISH);
    assert_says(&setting, "Nobody has any of these, so they count as enough in every gap index: Language.");
    setting.judgement.benchmarks[0] = 2;
    find(&setting, SG_ENGLISH);
    for (size_t i = 0; i < setting.count; i++)
        assert_null(strstr(setting.sentences[i], "Nobody has"));
    end(&setting);
}

/* Of twelve that share the ten widest gaps more than ten can stay among them. */
static void test_ties_among_the_widest(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    setting.source.stability = &setting.stability;
    for (size_t a = 9; a < 12; a++) {
        setting.judgement.ranks[a] = 10;
        setting.stability.is_worst_pct[a] = 95;
    }
    find(&setting, SG_ENGLISH);
    assert_says(&setting, "How sure is this? With thresholds up to 20% shorter or longer, and types that "
                          "count up to 25% more or less, 20 of 24 neighbourhoods keep their gap class in at "
                          "least nine of ten trials; of the 12 that share the ten widest gaps, 12 stay "
                          "among them as often.");
    end(&setting);
}

/* Five are named at most, and of equals all or none: with seven at 96 that is said, with ranks 1, 2 and four
   that share rank 3 two are named. */
static void test_ties_of_the_widest_gap(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    find(&setting, SG_ENGLISH);
    assert_says(&setting,
                "The widest gaps (index from 0 to 100) are in A (96), B (92), C (88), D (84), E (80).");
    for (size_t a = 2; a < 6; a++) {
        setting.judgement.ranks[a] = 3;
        setting.judgement.gap_index[a] = 88;
    }
    find(&setting, SG_ENGLISH);
    assert_says(&setting, "The widest gaps (index from 0 to 100) are in A (96), B (92).");
    for (size_t a = 0; a < 7; a++) {
        setting.judgement.ranks[a] = 1;
        setting.judgement.gap_index[a] = 96;
    }
    find(&setting, SG_ENGLISH);
    assert_says(&setting,
                "7 neighbourhoods share the widest gap (index 96, of 0 to 100): A, B, C, D and 3 others.");
    find(&setting, SG_FRENCH);
    assert_says(&setting, "7 quartiers se partagent le plus grand manque (indice de 96, entre 0 et 100) : A, "
                          "B, C, D et 3 autres.");
    end(&setting);
}

/* Areas that are not measured are no part of the count of those without: 20 of 24 are, and 5 of them have
   none. */
static void test_only_measured_areas_count(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    for (size_t a = 20; a < AREAS; a++)
        setting.measures.states[a] = a == 20 ? SG_AREA_NO_POPULATION : SG_AREA_NO_GEOMETRY;
    setting.measures.city[0].areas_without = 6;
    setting.measures.city[0].measured_without = 5;
    find(&setting, SG_ENGLISH);
    assert_says(&setting,
                "Language: 30 services in the areas; 5 of 20 neighbourhoods have none of their own.");
    end(&setting);
}

/* Where no people are known, shares are of the land, and every neighbourhood weighs the same. */
static void test_land(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    for (size_t a = 0; a < AREAS; a++)
        setting.measures.population[a] = setting.measures.need[a] = NAN;
    setting.measures.city[0].uncovered_pct = 40;
    setting.measures.city[0].nearest_median_m = 640;
    setting.judgement.is_mean_for_median[0] = true;
    setting.judgement.benchmarks[0] = 1;
    setting.fairness =
        (struct sg_fairness){.type_count = TYPES, .rows = sg_alloc(TYPES + 1, sizeof *setting.fairness.rows)};
    setting.fairness.rows[TYPES].figures[SG_FAIR_GINI] = (struct sg_fairness_value){0.5, {NAN, NAN}};
    setting.fairness.rows[TYPES].figures[SG_FAIR_POORER_HALF].value = 0.15;
    setting.source.fairness = &setting.fairness;
    find(&setting, SG_ENGLISH);
    assert_says(&setting, "Language: 40% of the land lies more than 1\xC2\xA0km from the nearest; half of it "
                          "has one within 640\xC2\xA0m; every neighbourhood has one of its own.");
    assert_says(&setting, "How even is it? Half of the neighbourhoods, those with the fewest services in "
                          "reach, have 15% of what all have together (Gini index 0.50).");
    assert_says(&setting,
                "The middle neighbourhood has none of these, so their benchmark is the mean: Language.");
    find(&setting, SG_FRENCH);
    for (size_t i = 0; i < setting.count; i++) {
        assert_null(strstr(setting.sentences[i], "gens"));
        assert_null(strstr(setting.sentences[i], "personnes"));
    }
    end(&setting);
}

/* Nothing rejected is said with a word, in French without a plural of nothing. */
static void test_counts(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    setting.counts = (struct sg_input_counts){.read = 4, .counted = 3, .outside = 1};
    find(&setting, SG_FRENCH);
    assert_says(&setting,
                "Des 4 fiches de services, 3 sont dans les quartiers, 1 à l'extérieur et aucune n'a "
                "été rejetée.");
    end(&setting);
}

static void test_who_and_how_sure(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    setting.source.stability = &setting.stability;
    setting.judgement.priorities[4] = setting.judgement.priorities[1] = SG_PRIORITY_HIGH;
    find(&setting, SG_ENGLISH);
    assert_says(&setting, "2 neighbourhoods come first, their gap and their need both high: B and E.");
    assert_says(&setting, "How sure is this? With thresholds up to 20% shorter or longer, and types that "
                          "count up to 25% more or "
                          "less, 20 of 24 neighbourhoods keep their gap class in at least nine of ten "
                          "trials; of the ten widest "
                          "gaps, 9 stay among the ten as often.");
    assert_says(&setting, "Language: 30 services in the areas; every neighbourhood has one of its own.");
    setting.judgement.priorities[1] = SG_PRIORITY_LOW;
    setting.stability.supply_count = 1;
    setting.stability.keeps_class_pct[21] = 30;
    setting.stability.keeps_class_pct[2] = 45;
    find(&setting, SG_ENGLISH);
    assert_says(&setting, "1 neighbourhood comes first, its gap and its need both high: E.");
    assert_says(
        &setting,
        "How sure is this? With types that count up to 25% more or less, 19 of 24 neighbourhoods keep their "
        "gap "
        "class in at least nine of ten trials; of the ten widest gaps, 9 stay among the ten as often. Least "
        "sure, in another class in most trials: V and C.");
    find(&setting, SG_FRENCH);
    assert_says(&setting, "1 quartier passe en premier, où manque et besoin sont grands : E.");
    assert_says(
        &setting,
        "Est-ce sûr? Avec des types qui comptent jusqu'à 25\xC2\xA0% de plus ou de moins, 19 quartiers "
        "sur 24 gardent leur classe dans au moins neuf essais sur dix; des dix plus grands manques, 9 "
        "restent parmi les dix aussi souvent. Les moins sûrs, dans une autre classe dans la plupart "
        "des essais : V et C.");
    end(&setting);
}

static void test_where(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    setting.source.clusters = &setting.clusters;
    for (size_t a = 0; a < 6; a++)
        setting.clusters.clusters[a] = SG_CLUSTER_HIGH_HIGH;
    setting.clusters.clusters[20] = SG_CLUSTER_LOW_LOW;
    setting.clusters.counts[SG_CLUSTER_HIGH_HIGH] = 6;
    setting.clusters.counts[SG_CLUSTER_LOW_LOW] = 1;
    find(&setting, SG_ENGLISH);
    assert_says(
        &setting,
        "Wide gaps lie side by side in 6 neighbourhoods (A, B, C and 3 others); all of them are in the "
        "west. Narrow gaps lie all around 1 neighbourhood with a narrow one (U). Over the whole city, "
        "gaps are like those next to them; chance alone would do that in 2 of 10,000 cities.");
    find(&setting, SG_FRENCH);
    assert_says(
        &setting,
        "De grands manques se touchent dans 6 quartiers (A, B, C et 3 autres); tous sont dans l'ouest. "
        "De petits manques entourent 1 quartier qui en a un (U). Dans l'ensemble, les manques "
        "ressemblent à ceux d'à côté; le hasard seul ferait cela dans 2 villes sur 10\xE2\x80\xAF"
        "000.");
    memset(setting.clusters.counts, 0, sizeof setting.clusters.counts);
    setting.clusters.global_p = 0.4;
    find(&setting, SG_ENGLISH);
    assert_says(
        &setting,
        "No wide or narrow gaps lie side by side beyond chance. Over the whole city, gaps are no more "
        "like those next to them than by chance.");
    setting.clusters.refusal = SG_CLUSTERS_TOO_FEW;
    find(&setting, SG_ENGLISH);
    assert_says(&setting,
                "Clusters of gaps were not looked for: 24 neighbourhoods can be compared with others next to "
                "them, and under 30 make no pattern.");
    end(&setting);
}

static void test_how_even(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    setting.fairness = (struct sg_fairness){
        .type_count = TYPES, .rows = sg_alloc(TYPES + 1, sizeof *setting.fairness.rows), .has_status = true};
    struct sg_fairness_row *all = &setting.fairness.rows[TYPES];
    all->theil = (struct sg_theil_parts){0.5, 0.3, 0.2};
    all->figures[SG_FAIR_GINI] = (struct sg_fairness_value){0.594, {0.498, 0.652}};
    all->figures[SG_FAIR_POORER_HALF].value = 0.1532;
    all->figures[SG_FAIR_PALMA].value = 1.71;
    all->figures[SG_FAIR_CONCENTRATION] = (struct sg_fairness_value){0.226, {0.14, 0.312}};
    setting.source.fairness = &setting.fairness;
    setting.source.status_name = "income";
    find(&setting, SG_ENGLISH);
    assert_says(
        &setting,
        "How even is it? Half of the people, those with the fewest services in reach, have 15% of what "
        "all have together (Gini index 0.59, likely 0.50 to 0.65). 60% of the inequality lies between "
        "regions, the rest within them.");
    assert_says(
        &setting,
        "Ranked by 'income': people in the top tenth of neighbourhoods have 1.71 times what people in "
        "the bottom four tenths have. Across all ranks, those higher up have more (concentration "
        "index 0.23, likely 0.14 to 0.31).");
    all->figures[SG_FAIR_CONCENTRATION] = (struct sg_fairness_value){0.03, {-0.1, 0.1}};
    all->figures[SG_FAIR_GINI].interval = (struct sg_interval){NAN, NAN};
    all->theil = (struct sg_theil_parts){NAN, NAN, NAN};
    setting.judgement.supply = SG_SUPPLY_COUNT;
    find(&setting, SG_FRENCH);
    assert_says(
        &setting,
        "Est-ce bien réparti? La moitié des gens, ceux qui ont le moins, ont 15\xC2\xA0% de ce que tous "
        "ont ensemble (indice de Gini de 0,59).");
    assert_says(
        &setting,
        "Selon «\xC2\xA0income\xC2\xA0» : les gens du dixième des quartiers le plus haut ont 1,71 fois ce "
        "qu'ont ceux "
        "des quatre dixièmes les plus bas. Sur toute l'échelle, ni le haut ni le bas n'en a clairement "
        "plus (indice de concentration de 0,03, sans doute entre -0,10 et 0,10).");
    end(&setting);
}

/* 1,000 people and 200 seniors; 60% of all and 50% of the seniors are within reach; a second time 60% and
 * 75%. */
static void test_for_whom(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    double counts[AREAS] = {1}, *type_counts[TYPES] = {counts};
    struct sg_group groups[] = {{"seniors", "seniors", "SEN", NULL}};
    struct sg_group_coverage coverage = {.group_count = 2, .type_count = TYPES + 1, .area_count = AREAS};
    coverage.city = sg_alloc(4, sizeof *coverage.city);
    coverage.areas = sg_alloc((size_t)4 * AREAS, sizeof *coverage.areas);
    for (size_t i = 0; i < 4; i++) {
        bool is_group = i < 2;
        coverage.city[i] = (struct sg_group_figures){.people = is_group ? 200 : 1000,
                                                     .within_pct = is_group ? 50 : 60,
                                                     .uncovered = is_group ? 100 : 400};
    }
    /* all of it in areas C (60 of the 200, 100 of the 1,000) and D (40, 300) */
    coverage.areas[(0 * 2 + 0) * AREAS + 2].uncovered = 60;
    coverage.areas[(0 * 2 + 0) * AREAS + 3].uncovered = 40;
    coverage.areas[(1 * 2 + 0) * AREAS + 2].uncovered = 100;
    coverage.areas[(1 * 2 + 0) * AREAS + 3].uncovered = 300;
    struct sg_group_source source = {.layer = &setting.layer,
                                     .taxonomy = &setting.taxonomy,
                                     .measures = &setting.measures,
                                     .groups = groups,
                                     .coverage = &coverage,
                                     .counts = type_counts,
                                     .all_counts = counts};
    setting.source.groups = &source;
    find(&setting, SG_ENGLISH);
    assert_says(&setting,
                "Seniors (200 people, 20% of all): They are furthest behind in Language: 50% live more than 1"
                "\xC2\xA0km away, against 40% of everyone, most of all because of C.");
    coverage.city[0].within_pct = 75;
    find(&setting, SG_FRENCH);
    assert_says(&setting,
                "Seniors (200 personnes, 20\xC2\xA0% de la population) : Aucun retard, pour aucun type. Plus "
                "grande avance : Language (75\xC2\xA0% à moins de 1\xC2\xA0km, contre 60\xC2\xA0% de "
                "l'ensemble).");
    coverage.city[0].within_pct = 60.2;
    find(&setting, SG_ENGLISH);
    assert_says(&setting, "Seniors (200 people, 20% of all): For every type, they are as near as everyone.");
    sg_group_coverage_release(&coverage);

    /* furthest behind in what is only called other: said of the type that has a name */
    setting.taxonomy.other_type = sg_taxonomy_add(&setting.taxonomy, "Other");
    double *two_counts[] = {counts, counts};
    source.counts = two_counts;
    coverage = (struct sg_group_coverage){.group_count = 2, .type_count = 3, .area_count = AREAS};
    coverage.city = sg_alloc(6, sizeof *coverage.city);
    coverage.areas = sg_alloc((size_t)6 * AREAS, sizeof *coverage.areas);
    const double within_pct[] = {50, 20, 60, 60, 60, 60};
    for (size_t i = 0; i < 6; i++)
        coverage.city[i] =
            (struct sg_group_figures){.people = i < 3 ? 200 : 1000, .within_pct = within_pct[i]};
    find(&setting, SG_ENGLISH);
    assert_says(&setting,
                "Seniors (200 people, 20% of all): They are furthest behind in Language: 50% live more than 1"
                "\xC2\xA0km away, against 40% of everyone.");
    sg_group_coverage_release(&coverage);
    end(&setting);
}

/* Areas A to X have the indices 96, 92 ... 4; the limits are 10, 25, 50 and 75. */
static void test_near_limits(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting);
    for (size_t i = 0; i < 9; i++)
        setting.judgement.near_cut[setting.judgement.near_cut_count++] = i;
    find(&setting, SG_ENGLISH);
    assert_says(
        &setting,
        "9 neighbourhoods lie within 2 points of a class limit: A (96.0), B (92.0), C (88.0), D (84.0), "
        "E (80.0), F (76.0), G (72.0), H (68.0) and 1 more.");
    setting.judgement.near_cut_count = 1;
    find(&setting, SG_FRENCH);
    assert_says(&setting, "1 quartier est à moins de 2 points d'une limite de classe : A (96,0).");
    end(&setting);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_who_and_how_sure),
                                       cmocka_unit_test(test_ties_among_the_widest),
                                       cmocka_unit_test(test_missing_people),
                                       cmocka_unit_test(test_ties_of_the_widest_gap),
                                       cmocka_unit_test(test_only_measured_areas_count),
                                       cmocka_unit_test(test_land),
                                       cmocka_unit_test(test_counts),
                                       cmocka_unit_test(test_what_nobody_has),
                                       cmocka_unit_test(test_where),
                                       cmocka_unit_test(test_how_even),
                                       cmocka_unit_test(test_for_whom),
                                       cmocka_unit_test(test_near_limits)};
    return cmocka_run_group_tests_name("findings", tests, NULL, NULL);
}
