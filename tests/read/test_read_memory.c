/* Out of memory, allocation after allocation: every reader. GDAL's own memory is its own affair. */
#include "measure/area_size.h"
#include "model/gdal.h"
#include "read/area_reader.h"
#include "read/cost_reader.h"
#include "read/demand_reader.h"
#include "read/join_reader.h"
#include "read/regions_of.h"
#include "read/site_reader.h"
#include "read/street_reader.h"
#include "read/taxonomy_reader.h"
#include "read/yaml.h"
#include "support/failing_alloc.h"
#include "support/test.h"

static char *folder;

static enum sg_status read_areas(struct sg_context *context, void *user) {
    (void)user;
    struct sg_source source = {.path = test_path(folder, "areas.geojson")};
    struct sg_area_fields fields = {.id = "id", .name = "name"};
    struct sg_area_layer layer = {0};
    enum sg_status status = sg_areas_read(context, &source, &fields, &layer);
    if (status != SG_OK)
        assert_null(layer.areas);
    if (status == SG_OK)
        status = sg_areas_measure(context, &layer);
    if (status == SG_OK) {
        assert_string_equal(layer.areas[1].name,
                            "Caf\xC3\xA9"); /* right, or no memory: never something else */
        status = test_regions_read(context, test_path(folder, "regions.csv"), &layer);
        if (status == SG_OK)
            assert_int_equal(layer.region_count, 2);
    }
    sg_area_layer_release(&layer);
    return status;
}

/* Both ways round, with aliases, headings, strange names and a bad cell; and fields looked for. */
static enum sg_status read_join(struct sg_context *context, void *user) {
    struct sg_source areas = {.path = test_path(folder, "areas.geojson")};
    struct sg_source table = {.path = test_path(folder, user == NULL ? "wide.csv" : "long.csv")};
    struct sg_area_fields fields = {.id = "id", .name = "name"};
    struct sg_area_layer layer = {0};
    struct sg_area_keys *keys = NULL;
    struct sg_join join = {0};
    enum sg_status status = sg_areas_read(context, &areas, &fields, &layer);
    if (status == SG_OK)
        status = sg_area_keys_new(context, &layer, test_path(folder, "aliases.csv"), NULL, &keys);
    if (status == SG_OK)
        status = sg_join_read(context, &table, NULL, keys, &layer, &join);
    if (status == SG_OK) {
        const struct sg_join_field *field;
        const struct sg_join *found;
        assert_int_equal(join.matched_count, 2);
        status = sg_joins_find(context, &join, 1, "People > old", "--need", &field, &found);
        if (status == SG_OK)
            assert_near(field->values[1], 3, 0, "people");
        if (status == SG_BAD_INPUT) { /* the long table has no headings */
            assert_non_null(user);
            sg_context_forget_error(context);
            status = SG_OK;
        }
    }
    sg_join_release(&join);
    sg_area_keys_free(keys);
    sg_area_layer_release(&layer);
    return status;
}

static enum sg_status take_crs(void *user, const struct sg_crs *crs) {
    (void)user, (void)crs;
    return SG_OK;
}

static enum sg_status take_batch(void *user, struct sg_site_batch *batch) {
    (void)user, (void)batch;
    return SG_OK;
}

static enum sg_status read_sites(struct sg_context *context, void *user) {
    struct sg_source source = {.path = test_path(folder, "services.csv")};
    struct sg_site_fields fields = {.organization = "agency"};
    struct sg_taxonomy taxonomy = {0};
    struct sg_site_input input = {0};
    struct sg_name_index *organizations = sg_name_index_new(), *words = sg_name_index_new();
    struct sg_reject_log *rejects = NULL;
    enum sg_status status = organizations == NULL || words == NULL ? SG_NO_MEMORY : SG_OK;
    if (status == SG_OK && user != NULL)
        status = sg_reject_log_new(context, &rejects);
    if (status == SG_OK)
        status = sg_taxonomy_read(context, NULL, &taxonomy);
    if (status == SG_OK)
        status = sg_sites_read(context, &source, &fields, &taxonomy, organizations, words, NULL, take_crs,
                               take_batch, NULL, rejects, &input);
    if (status == SG_OK) {
        assert_int_equal(input.counts.read, 3);
        assert_int_equal(taxonomy.type_count, 3);
        assert_string_equal(taxonomy.types[0].label_en, "Sant\xC3\xA9");
        assert_string_equal(sg_name_index_name(organizations, 0), "Caf\xC3\xA9");
        sg_site_input_release(&input);
    }
    sg_taxonomy_release(&taxonomy);
    sg_name_index_free(organizations);
    sg_name_index_free(words);
    sg_reject_log_free(rejects);
    return status;
}

static enum sg_status read_demand(struct sg_context *context, void *user) {
    (void)user;
    struct sg_source source = {.path = test_path(folder, "areas.geojson")};
    struct sg_demand_fields fields = {.population = "people"};
    struct sg_demand_layer layer = {0};
    enum sg_status status = sg_demand_read(context, &source, &fields, &layer);
    if (status == SG_OK)
        assert_int_equal(layer.feature_count, 2);
    sg_demand_layer_release(&layer);
    return status;
}

/* Costs with an origin, a destination and a pair of which there are two, and one of each that is strange. */
static enum sg_status read_costs(struct sg_context *context, void *user) {
    (void)user;
    struct sg_source source = {.path = test_path(folder, "costs.csv")};
    struct sg_inventory inventory = {0};
    struct sg_name_index *names = sg_name_index_new();
    static const uint16_t type = 0;
    bool done = names != NULL && sg_inventory_init(&inventory, 1, true)
                && sg_inventory_add_types(&inventory, 1)
                && sg_name_index_add(names, "p", 1, NULL) != SG_NO_INDEX
                && sg_name_index_add(inventory.ids, "s", 1, NULL) != SG_NO_INDEX;
    for (int i = 0; done && i < 2; i++)
        done = sg_inventory_add(&inventory, &(struct sg_site){.weight = 1}, &type, 1, NULL, 0);
    struct sg_cost_origins origins = {names, 1, "demand point"};
    struct sg_travel travel = {0};
    struct sg_cost_report report;
    enum sg_status status = SG_NO_MEMORY;
    if (done)
        status = sg_costs_read(context, &source, &origins, &inventory, 10, false, &travel, &report);
    if (status == SG_OK)
        assert_int_equal(travel.starts[1], 2);
    else
        assert_null(travel.nearest);
    sg_travel_release(&travel);
    if (inventory.all_counts != NULL)
        sg_inventory_release(&inventory);
    sg_name_index_free(names);
    return status;
}

static void test_costs(void **state) {
    (void)state;
    test_write(test_path(folder, "costs.csv"), "from_id,to_id,cost\np,s,9\np,s,8\nq,s,1\np,t,1\n");
    assert_true(test_every_allocation(read_costs, NULL) >= 20);
}

static enum sg_status read_taxonomy(struct sg_context *context, void *user) {
    (void)user;
    struct sg_taxonomy taxonomy = {0};
    enum sg_status status = sg_taxonomy_read(context, "lip", &taxonomy);
    if (status == SG_OK)
        status = sg_rules_read(context, test_path(folder, "rules.yaml"), &taxonomy);
    if (status == SG_OK)
        assert_int_equal(sg_taxonomy_match(&taxonomy, "basic needs - food"), 2);
    sg_taxonomy_release(&taxonomy);
    return status;
}

static int set_up(void **state) {
    (void)state;
    test_fail_allocation(0);
    folder = test_folder_new();
    test_write(test_path(folder, "areas.geojson"),
               "{\"type\":\"FeatureCollection\",\"features\":["
               "{\"type\":\"Feature\",\"properties\":{\"id\":\"1\",\"name\":\"A\",\"people\":5},\"geometry\":"
               "{\"type\":\"Polygon\","
               "\"coordinates\":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}},"
               "{\"type\":\"Feature\",\"properties\":{\"id\":\"2\",\"name\":\"Caf\xC3\xA9\",\"people\":7},"
               "\"geometry\":{\"type\":\"Polygon\","
               "\"coordinates\":[[[2,0],[3,0],[3,1],[2,1],[2,0]]]}}]}");
    test_write(test_path(folder, "regions.csv"), "area_id,region\n1,North\n2,North\n2,South\n");
    test_write(test_path(folder, "aliases.csv"), "from,to\nthe first,A\nTotal,\n");
    test_write(test_path(folder, "wide.csv"),
               "Topic,Label,Total,The First,Caf\xE9,Else\nx,People,9,4,5,1\nx,  "
               "old,5,2,3,1\ny,old,1,odd,..,0\n");
    test_write(test_path(folder, "long.csv"), "area,old\n01,2\ncafe,3\nElse,1\n");
    test_write(
        test_path(folder, "services.csv"),
        "agency,type,lon,lat\nCaf\xE9,Sant\xE9; Housing,1,1\nB,Food,2,2\nB,Food,,\n"); /* Windows-1252 */
    test_write(test_path(folder, "streets.geojson"),
               "{\"type\":\"FeatureCollection\",\"features\":["
               "{\"type\":\"Feature\",\"properties\":{\"class\":\"Local\",\"oneway\":\"no\"},\"geometry\":"
               "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}},"
               "{\"type\":\"Feature\",\"properties\":{\"class\":\"Rue\"},\"geometry\":"
               "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,2]]}},"
               "{\"type\":\"Feature\",\"properties\":{\"class\":\"River\"},\"geometry\":null}]}");
    test_write(test_path(folder, "ways.geojson"),
               "{\"type\":\"FeatureCollection\",\"features\":["
               "{\"type\":\"Feature\",\"properties\":{\"highway\":\"path\",\"foot\":\"yes\"},\"geometry\":"
               "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}},"
               "{\"type\":\"Feature\",\"properties\":{\"highway\":\"service\"},\"geometry\":"
               "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,2]]}}]}");
    test_write(test_path(folder, "rules.yaml"),
               "rules:\n  HEA:\n    - prefix: Basic Needs\nunmatched: other\n");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    test_folder_remove(folder);
    return 0;
}

static enum sg_status read_streets(struct sg_context *context, void *user) {
    const struct sg_street_source source = {.source = {.path = test_path(folder, user)}};
    struct sg_street_layer layer = {0};
    struct sg_crs *wgs84 = NULL;
    enum sg_status status = sg_crs_new(context, "EPSG:4326", &wgs84);
    if (status == SG_OK)
        status = sg_street_layer_read(context, &source, wgs84, &layer);
    sg_crs_free(wgs84);
    if (status != SG_OK)
        assert_null(layer.lines);
    if (status == SG_OK) {
        assert_int_equal(layer.line_count, 2);
        assert_int_equal(layer.class_count, 2);
    }
    sg_street_layer_release(&layer);
    return status;
}

/* A GeoPackage whose column of integers holds "1,000" in its first record, and 7 in its second. */
static void write_stray_text(const char *path) {
    sg_gdal_start();
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0, GDT_Unknown, NULL);
    assert_non_null(dataset);
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, "homes", NULL, wkbNone, NULL);
    OGRFieldDefnH field = OGR_Fld_Create("people", OFTInteger);
    assert_int_equal(OGR_L_CreateField(layer, field, TRUE), OGRERR_NONE);
    OGR_Fld_Destroy(field);
    for (int i = 0; i < 2; i++) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFieldInteger(feature, 0, 7);
        assert_int_equal(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    GDALDatasetExecuteSQL(dataset, "UPDATE homes SET people = '1,000' WHERE fid = 1", NULL, NULL);
    GDALClose(dataset);
}

static enum sg_status read_stray_text(struct sg_context *context, void *user) {
    struct sg_source source = {.path = user};
    struct sg_dataset dataset;
    double numbers[2] = {0};
    OGRFeatureH feature;
    enum sg_status status = sg_dataset_open(context, &source, &dataset);
    for (int i = 0; status == SG_OK && (feature = sg_dataset_next(&dataset)) != NULL; i++) {
        assert_in_range(i, 0, 1);
        numbers[i] = sg_dataset_number(&dataset, feature, 0, NULL);
        OGR_F_Destroy(feature);
    }
    if (status == SG_OK)
        status = sg_dataset_finish(&dataset, "homes");
    if (status == SG_OK) {
        assert_near(numbers[0], 1000, 0, "people");
        assert_near(numbers[1], 7, 0, "people");
    }
    sg_dataset_release(&dataset);
    return status;
}

static void test_stray_text(void **state) {
    (void)state;
    test_fail_allocation(0);
    char *path = sg_strdup(test_path(folder, "stray.gpkg"));
    write_stray_text(path);
    assert_true(test_every_allocation(read_stray_text, path) >= 8);
    sg_free(path);
}

/* A system that is not known, and one that is, behind the features. */
static enum sg_status read_unknown_crs(struct sg_context *context, void *user) {
    struct sg_source source = {.path = test_path(folder, user)};
    struct sg_dataset dataset;
    struct sg_crs *crs = NULL;
    enum sg_status status = sg_dataset_open(context, &source, &dataset);
    if (status == SG_OK)
        status = sg_dataset_crs(&dataset, &crs);
    if (status == SG_OK)
        assert_int_equal(dataset.crs_origin, SG_CRS_ASSUMED);
    sg_crs_free(crs);
    sg_dataset_release(&dataset);
    return status;
}

static void test_unknown_crs(void **state) {
    (void)state;
    test_fail_allocation(0);
    test_write(test_path(folder, "unknown.geojson"),
               "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
               "\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}],"
               "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:99999\"}}}");
    assert_true(test_every_allocation(read_unknown_crs, (char[]){"unknown.geojson"}) >= 6);
}

/* Areas that are written in two turns of longitude. */
static enum sg_status read_turned_areas(struct sg_context *context, void *user) {
    (void)user;
    struct sg_source source = {.path = test_path(folder, "turned.geojson")};
    struct sg_area_fields fields = {0};
    struct sg_area_layer layer = {0};
    enum sg_status status = sg_areas_read(context, &source, &fields, &layer);
    if (status == SG_OK)
        assert_near(layer.extent.max_x, 181, 0, "degrees");
    sg_area_layer_release(&layer);
    return status;
}

static void test_areas(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_areas, NULL) >= 30);
    test_write(test_path(folder, "turned.geojson"),
               "{\"type\":\"FeatureCollection\",\"features\":["
               "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
               "[[[-180,0],[-179,0],[-179,1],[-180,0]]]}},"
               "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
               "[[[179,1],[181,1],[181,2],[179,1]]]}}]}");
    assert_true(test_every_allocation(read_turned_areas, NULL) >= 20);
}

static void test_joins(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_join, NULL) >= 60);
    assert_true(test_every_allocation(read_join, folder) >= 60);
}

static void test_sites(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_sites, NULL) >= 30);
}

static void test_sites_and_rejects(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_sites, folder) >= 30);
}

static void test_demand(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_demand, NULL) >= 10);
}

static void test_streets(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_streets, (char[]){"streets.geojson"}) >= 20);
    assert_true(test_every_allocation(read_streets, (char[]){"ways.geojson"}) >= 20);
}

static void test_taxonomy(void **state) {
    (void)state;
    assert_true(test_every_allocation(read_taxonomy, NULL) >= 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_areas),      cmocka_unit_test(test_joins),
        cmocka_unit_test(test_sites),      cmocka_unit_test(test_sites_and_rejects),
        cmocka_unit_test(test_demand),     cmocka_unit_test(test_costs),
        cmocka_unit_test(test_taxonomy),   cmocka_unit_test(test_streets),
        cmocka_unit_test(test_stray_text), cmocka_unit_test(test_unknown_crs),
    };
    return cmocka_run_group_tests_name("read_memory", tests, set_up, tear_down);
}
