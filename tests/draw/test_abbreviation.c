/* Place names made shorter: real names, with what a map editor would write. */
#include "support/test.h"

#include "draw/abbreviation.h"

static void test_names(void **state) {
    (void)state;
    static const struct {
        int level;
        const char *name, *expected;
    } cases[] = {
        {1, "Mount Pleasant East", "Mt. Pleasant E."},
        {1, "Saint-Laurent", "St-Laurent"},
        {1, "Elm Grove-Saint-Cyr", "Elm Grove-St-Cyr"},
        {1, "Rivière du Nord", "Rivière du N."},
        {1, "Brookhaven-Amesbury (30)", "Brookhaven-Amesbury"},
        {1, "Taylor and Massey", "Taylor & Massey"},
        {1, "Agincourt South-Malvern West", "Agincourt S-Malvern W."},
        {1, "York University Heights", "York University Heights"},
        {1, "West", "West"},
        {1, "(30)", "(30)"},
        {1, "Northwood", "Northwood"},
        {1, "", ""},
        {2, "York University Heights", "York Univ. Hts"},
        {2, "NORTH PARK", "N. Pk"},
        {2, "Etobicoke City Centre", "Etobicoke City Ctr"},
        {2, "Parkdale", "Parkdale"},
        {2, "a (b", "a"},
        {2, " -/ ", "-/"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *shorter = sg_abbreviate(cases[i].name, cases[i].level);
        assert_string_equal(shorter, cases[i].expected);
        sg_free(shorter);
    }
}

/* What all areas of a map are called when there is no room for their names. */
static void assert_all(const char *const *names, size_t count, const char *const *expected) {
    char *texts[2 * 8] = {NULL};
    assert_true(sg_abbreviate_all(names, count, texts));
    for (size_t i = 0; i < count * SG_MOST_ABBREVIATION; i++) {
        if (expected[i] == NULL)
            assert_null(texts[i]);
        else
            assert_string_equal(texts[i], expected[i]);
        sg_free(texts[i]);
    }
}

/* Wards of Toronto: brackets that tell two names apart stay, and then with all. */
static void test_no_two_alike(void **state) {
    (void)state;
    const char *const wards[] = {"St. Paul's (21)", "St. Paul's (22)", "Davenport (17)", "Eglinton West (4)"};
    const char *const of_wards[] = {NULL, NULL, NULL, NULL, NULL, NULL, "Eglinton W. (4)", NULL};
    assert_all(wards, 4, of_wards);
    const char *const plain[] = {"Davenport (17)", "York West (7)", "York West (7)"};
    const char *const of_plain[] = {"Davenport", NULL, "York W.", NULL, "York W.", NULL};
    assert_all(plain, 3, of_plain);
    /* both would be "N. Pk" at last, and "St. John" is a name already */
    const char *const others[] = {"North Park", "N. Park", "Saint John", "St. John", "Park West"};
    const char *const of_others[] = {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "Park W.", "Pk W."};
    assert_all(others, 5, of_others);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_no_two_alike)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
