/* Out of memory, allocation after allocation: a page of each kind, classes of change, several fields of a
 * layer. */
#include "classify/change_classes.h"
#include "draw/map_page.h"
#include "read/area_values.h"
#include "support/failing_alloc.h"
#include "support/kind_town.h"
#include "support/test.h"

static enum sg_status lay_out(struct sg_context *context, void *user) {
    struct kind_town *setting = user;
    struct sg_page page;
    struct sg_box_list boxes = {0};
    struct sg_map_report report;
    enum sg_status status = sg_map_lay_out(context, &setting->town->map, &page, &boxes, &report);
    sg_box_list_release(&boxes);
    return status;
}

static void test_pages(void **state) {
    (void)state;
    test_fail_allocation(0);
    struct kind_town *setting = kind_town_new(3, 2);
    kind_town_use(setting, SG_MAP_CHOROPLETH);
    enum sg_status status = lay_out(setting->context, setting);
    bool has_font = status == SG_OK;
    assert_true(has_font || strstr(sg_context_error(setting->context), "font") != NULL);
    for (int kind = 0; kind < SG_MAP_KIND_COUNT && has_font; kind++) {
        kind_town_use(setting, (enum sg_map_kind)kind);
        assert_true(test_every_allocation(lay_out, setting) >= 10);
    }
    kind_town_free(setting);
    if (!has_font)
        skip();
}

static enum sg_status classify_change(struct sg_context *context, void *user) {
    (void)user;
    const double values[] = {-3, -1, 0, 2, 5, NAN};
    struct sg_break_request request = {.method = SG_BREAKS_JENKS, .class_count = 5};
    struct sg_classification classes;
    return sg_classify_change(context, values, 6, &request, &classes);
}

static void test_change(void **state) {
    (void)state;
    assert_true(test_every_allocation(classify_change, NULL) >= 1);
}

static enum sg_status read_values(struct sg_context *context, void *user) {
    (void)user;
    struct sg_source source = {.path = SG_SAMPLE "/neighbourhoods.geojson"};
    struct sg_area_values values = {0};
    enum sg_status status =
        sg_area_values_read(context, &source, "population, recent_immigrants", 54, &values);
    if (status == SG_OK) {
        assert_int_equal(values.count, 2);
        assert_string_equal(values.fields[1].field, "recent_immigrants");
    }
    sg_area_values_release(&values);
    return status;
}

static void test_values(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_values, NULL) >= 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_change),
        cmocka_unit_test(test_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
