/* Titles of maps of more than one field: what they must say is written out here by hand. */
#include "judge/kind_words.h"

#include "core/alloc.h"
#include "support/test.h"

static void assert_text(char *text, const char *expected) {
    assert_non_null(text);
    assert_string_equal(text, expected);
    sg_free(text);
}

static void test_pairs(void **state) {
    (void)state;
    struct sg_pair_words words = {{"People in need", "Service gap index"}, {false, false}, 9, 54};
    assert_text(sg_pair_title(SG_ENGLISH, SG_NOUN_NEIGHBOURHOODS, &words),
                "People in need and service gap index are both high in 9 of 54 neighbourhoods");
    words = (struct sg_pair_words){{"People in need", "Share with a service in reach"}, {false, true}, 9, 54};
    assert_text(sg_pair_title(SG_ENGLISH, SG_NOUN_NEIGHBOURHOODS, &words),
                "People in need high, share with a service in reach low, in 9 of 54 neighbourhoods");
    assert_text(sg_pair_subtitle(SG_ENGLISH, &words),
                "A to C: people in need, low to high. 1 to 3: share with a "
                "service in reach, high to low.");
    words.low_is_worst[0] = true;
    assert_text(sg_pair_title(SG_ENGLISH, SG_NOUN_AREAS, &words),
                "People in need and share with a service in reach are both low in 9 of 54 areas");
    words.low_is_worst[1] = false;
    assert_text(sg_pair_title(SG_ENGLISH, SG_NOUN_AREAS, &words),
                "People in need low, share with a service in reach high, in 9 of 54 areas");
}

/* Nowhere is said with a word, and so is the only area. */
static void test_nowhere(void **state) {
    (void)state;
    struct sg_pair_words words = {{"People in need", "Service gap index"}, {false, false}, 0, 39};
    assert_text(sg_pair_title(SG_ENGLISH, SG_NOUN_AREAS, &words),
                "People in need and service gap index are both high in none of 39 areas");
    assert_text(sg_pair_title(SG_FRENCH, SG_NOUN_NEIGHBOURHOODS, &words),
                "People in need et service gap index : au plus haut tous deux dans aucun des 39 quartiers");
    words.known = 1;
    assert_text(sg_pair_title(SG_ENGLISH, SG_NOUN_AREAS, &words),
                "People in need and service gap index are both high nowhere");
    words.both_worst = 1;
    assert_text(sg_pair_title(SG_ENGLISH, SG_NOUN_AREAS, &words),
                "People in need and service gap index are both high in the one area");
    assert_text(sg_priority_title(SG_ENGLISH, SG_NOUN_AREAS, 0, 39),
                "In none of 39 areas are gap and need both high");
    assert_text(sg_priority_title(SG_ENGLISH, SG_NOUN_NEIGHBOURHOODS, 1, 39),
                "1 of 39 neighbourhoods comes first: its gap and need are both high");
    assert_text(sg_priority_title(SG_FRENCH, SG_NOUN_NEIGHBOURHOODS, 5, 39),
                "5 des 39 quartiers passent en premier : manque et besoin y sont grands");
}

/* Of several that share the end of a scale none is named as if it were alone. */
static void test_ties(void **state) {
    (void)state;
    assert_text(sg_ties_title(SG_ENGLISH, SG_NOUN_AREAS, "years", false, 5, 158),
                "years is highest in 5 of 158 areas");
    assert_text(sg_ties_title(SG_FRENCH, SG_NOUN_AREAS, "years", true, 5, 158),
                "years : au plus bas dans 5 des 158 secteurs");
    struct sg_series_words series = {"Gap", {"Legal aid", "Housing"}, 1, false, 6, 14};
    assert_text(sg_series_title(SG_ENGLISH, SG_NOUN_AREAS, &series),
                "Gap: highest for Legal aid, in the top class in 6 of 14 areas");
    series.worst_count = 2;
    assert_text(sg_series_title(SG_ENGLISH, SG_NOUN_AREAS, &series),
                "Gap: highest for Legal aid and Housing, each in the top class in 6 of 14 areas");
    series.worst_count = 4;
    assert_text(sg_series_title(SG_FRENCH, SG_NOUN_NEIGHBOURHOODS, &series),
                "Gap : au plus haut pour Legal aid et 3 autres, chacun dans la classe la plus haute dans 6 "
                "des 14 quartiers");
    series.count = 0;
    assert_text(sg_series_title(SG_ENGLISH, SG_NOUN_AREAS, &series), "Gap: nowhere in the top class");
    struct sg_most_words most = {"Any service: services", "Milliken", 1, 14, 25};
    assert_text(sg_counts_title(SG_ENGLISH, SG_NOUN_AREAS, &most),
                "Any service: most services in Milliken (25)");
    most.ties = 2;
    assert_text(sg_counts_title(SG_ENGLISH, SG_NOUN_AREAS, &most),
                "Any service: most services in 2 of 14 areas (25 each)");
    most.measure = "Population";
    assert_text(sg_counts_title(SG_FRENCH, SG_NOUN_NEIGHBOURHOODS, &most),
                "Population : le plus dans 2 des 14 quartiers (25 chacun)");
}

static void test_shared_regions(void **state) {
    (void)state;
    assert_text(sg_regions_title(SG_ENGLISH, SG_NOUN_NEIGHBOURHOODS, 8, 8, 54),
                "8 of 54 neighbourhoods are shared by several of the 8 regions");
    assert_text(sg_regions_title(SG_ENGLISH, SG_NOUN_AREAS, 2, 1, 9),
                "1 of 9 areas is shared by several of the 2 regions");
    assert_text(sg_regions_title(SG_FRENCH, SG_NOUN_NEIGHBOURHOODS, 8, 8, 54),
                "8 des 54 quartiers relèvent de plusieurs des 8 régions");
    assert_text(sg_regions_title(SG_ENGLISH, SG_NOUN_AREAS, 2, 0, 9),
                "2 regions, none of the 9 areas shared");
}

static void assert_title(enum sg_language language, size_t wide, size_t narrow, const char *expected) {
    char *title = sg_gap_clusters_title(language, wide, narrow, 53);
    assert_string_equal(title, expected);
    sg_free(title);
}

static void test_gap_clusters(void **state) {
    (void)state;
    assert_title(SG_ENGLISH, 10, 22,
                 "Wide service gaps cluster in 10 of 53 neighbourhoods, narrow ones in 22");
    assert_title(SG_ENGLISH, 10, 0,
                 "Wide service gaps cluster in 10 of 53 neighbourhoods, narrow ones in none");
    assert_title(SG_ENGLISH, 0, 8,
                 "Narrow service gaps cluster in 8 of 53 neighbourhoods, wide ones in none");
    assert_title(SG_ENGLISH, 0, 0, "Service gaps cluster nowhere beyond chance");
    assert_title(SG_FRENCH, 0, 0,
                 "Nulle part les manques de services ne se groupent au-del\xC3\xA0 du hasard");
    assert_title(SG_FRENCH, 0, 8,
                 "Les petits manques de services se groupent dans 8 des 53 quartiers, les grands nulle part");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pairs), cmocka_unit_test(test_nowhere),
                                       cmocka_unit_test(test_ties), cmocka_unit_test(test_shared_regions),
                                       cmocka_unit_test(test_gap_clusters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
