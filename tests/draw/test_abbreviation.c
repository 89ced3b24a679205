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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
