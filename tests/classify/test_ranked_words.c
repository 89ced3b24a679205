/* Words that rank, and words that do not. */
#include "support/test.h"

#include "classify/ranked_words.h"
#include "judge/gap.h"
#include "judge/map_words.h"

static void test_gap_classes(void **state) {
    (void)state;
    const char *words[] = {sg_gap_class_name(SG_GAP_SERVED),   sg_gap_class_name(SG_GAP_SLIGHT),
                           sg_gap_class_name(SG_GAP_MODERATE), sg_gap_class_name(SG_GAP_SEVERE),
                           sg_gap_class_name(SG_GAP_CRITICAL), NULL,
                           sg_gap_class_name(SG_GAP_SEVERE)};
    struct sg_ranked_words scale;
    assert_true(sg_find_ranked_words(words, 7, &scale));
    assert_int_equal(scale.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(sg_word_rank(&scale, words[i]), 4 - i);
    assert_int_equal(sg_word_rank(&scale, "high"), 5);
}

/* In the words of French pages too. */
static void test_french_words(void **state) {
    (void)state;
    struct sg_ranked_words scale;
    const char *words[5], *levels[3];
    for (int i = 0; i < 5; i++)
        words[i] = sg_map_word(sg_gap_class_name((enum sg_gap_class)i), SG_FRENCH);
    assert_true(sg_find_ranked_words(words, 5, &scale));
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(sg_word_rank(&scale, words[i]), 4 - i);
    for (int i = 0; i < 3; i++)
        levels[i] = sg_map_word(sg_priority_name((enum sg_priority)i), SG_FRENCH);
    assert_true(sg_find_ranked_words(levels, 3, &scale));
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(sg_word_rank(&scale, levels[i]), 2 - i);
}

static void test_other_scales(void **state) {
    (void)state;
    struct sg_ranked_words scale;
    const char *levels[] = {"Low", "HIGH", "medium"};
    assert_true(sg_find_ranked_words(levels, 3, &scale));
    assert_true(sg_word_rank(&scale, "HIGH") < sg_word_rank(&scale, "medium"));
    assert_true(sg_word_rank(&scale, "medium") < sg_word_rank(&scale, "Low"));
    assert_int_equal(scale.count, 3); /* the shortest scale that has them */
    const char *more[] = {"very high", "high", "low"};
    assert_true(sg_find_ranked_words(more, 3, &scale));
    assert_int_equal(scale.count, 6);
    const char *french[] = {"Élevé", "Très faible", "moyen"};
    assert_true(sg_find_ranked_words(french, 3, &scale));
    assert_int_equal(sg_word_rank(&scale, "Très faible"), 4);
}

static void test_no_scale(void **state) {
    (void)state;
    struct sg_ranked_words scale;
    const char *places[] = {"North", "South"}, *mixed[] = {"severe", "North"}, *one[] = {"low", "low"};
    assert_false(sg_find_ranked_words(places, 2, &scale));
    assert_false(sg_find_ranked_words(mixed, 2, &scale));
    assert_false(sg_find_ranked_words(one, 2, &scale));
    assert_false(sg_find_ranked_words(NULL, 0, &scale));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_gap_classes),
                                       cmocka_unit_test(test_other_scales),
                                       cmocka_unit_test(test_french_words), cmocka_unit_test(test_no_scale)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
