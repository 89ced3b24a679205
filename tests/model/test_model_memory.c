/* Out of memory, allocation after allocation: shapes, CRSs, tables, taxonomies, inventories. */
#include "core/name_index.h"
#include "model/crs.h"
#include "model/site.h"
#include "model/table.h"
#include "model/taxonomy.h"
#include "support/failing_alloc.h"
#include "support/test.h"

static enum sg_status or_memory(bool done) {
    return done ? SG_OK : SG_NO_MEMORY;
}

static enum sg_status copy_shape(struct sg_context *context, void *user) {
    (void)context;
    struct sg_shape copy = {0};
    bool done = sg_shape_copy(user, &copy);
    if (!done)
        assert_null(copy.points);
    sg_shape_release(&copy);
    return or_memory(done);
}

static enum sg_status make_crs(struct sg_context *context, void *user) {
    (void)user;
    struct sg_crs *crs = NULL, *under = NULL, *copy = NULL;
    struct sg_transformation *transformation = NULL, *other = NULL;
    enum sg_status status = sg_crs_new(context, "EPSG:26917", &crs);
    if (status == SG_OK)
        status = sg_crs_geographic(context, crs, &under);
    if (status == SG_OK && (copy = sg_crs_copy(crs)) == NULL)
        status = SG_NO_MEMORY;
    if (status == SG_OK)
        status = sg_transformation_new(context, crs, under, &transformation);
    if (status == SG_OK && (other = sg_transformation_copy(transformation)) == NULL)
        status = SG_NO_MEMORY;
    sg_transformation_free(transformation);
    sg_transformation_free(other);
    sg_crs_free(crs);
    sg_crs_free(under);
    sg_crs_free(copy);
    return status;
}

static enum sg_status make_table(struct sg_context *context, void *user) {
    (void)context, (void)user;
    struct sg_table table;
    sg_table_init(&table, 4);
    bool done = true;
    for (int i = 0; done && i < 12; i++) {
        struct sg_column *column = sg_table_add(&table, i % 2 == 0 ? SG_COLUMN_TEXT : SG_COLUMN_REAL, "name",
                                                "NAME", "Name", "m", "A sentence.");
        done = column != NULL && (i % 2 == 1 || sg_column_set_text(column, 2, "text"));
    }
    sg_table_release(&table);
    return or_memory(done);
}

static enum sg_status make_taxonomy(struct sg_context *context, void *user) {
    (void)context, (void)user;
    struct sg_taxonomy taxonomy = {.other_type = SG_NO_INDEX, .is_open = true};
    bool done = true;
    for (int i = 0; done && i < 12; i++)
        done = sg_taxonomy_add(&taxonomy, i % 2 == 0 ? "Health" : "Housing") != SG_NO_INDEX;
    sg_taxonomy_release(&taxonomy);
    return or_memory(done);
}

static enum sg_status make_inventory(struct sg_context *context, void *user) {
    (void)context, (void)user;
    struct sg_inventory inventory;
    if (!sg_inventory_init(&inventory, 9, true))
        return SG_NO_MEMORY;
    bool done = sg_inventory_add_types(&inventory, 3);
    for (int i = 0; done && i < 40; i++) {
        static const uint16_t types[] = {0, 2};
        static const uint32_t areas[] = {4};
        struct sg_site site = {.weight = 1};
        done = sg_inventory_add(&inventory, &site, types, 2, areas, 1);
    }
    done = done && sg_inventory_add_types(&inventory, 12);
    sg_inventory_release(&inventory);
    return or_memory(done);
}

static void test_all(void **state) {
    (void)state;
    struct sg_shape shape = test_rectangle(0, 0, 1, 1);
    assert_true(test_every_allocation(copy_shape, &shape) >= 3);
    sg_shape_release(&shape);
    assert_true(test_every_allocation(make_crs, NULL) >= 10);
    assert_true(test_every_allocation(make_table, NULL) >= 12);
    assert_true(test_every_allocation(make_taxonomy, NULL) >= 12);
    assert_true(test_every_allocation(make_inventory, NULL) >= 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all)};
    return cmocka_run_group_tests_name("model_memory", tests, NULL, NULL);
}
