/* Porto Alegre on foot: from 1,227 hexagons to the 15 points of interest along OpenStreetMap's streets, the
   library against Dijkstra's algorithm over a network built here from the same file: ways read and judged by
   other code, every vertex a node (support/plain_streets.h). To a micrometre. */
#include <gdal.h>
#include <ogr_api.h>

#include "measure/street_travel.h"
#include "model/gdal.h"
#include "read/street_reader.h"
#include "support/plain_streets.h"
#include "support/street_town.h"

enum { HEXAGONS = 1227, SITES = 15 };

static struct sg_point hexagons[HEXAGONS], sites[SITES];

/* Rows "id,<first>,<second>,...": two numbers after the id. */
static void read_points(const char *name, struct sg_point *points, size_t most, bool is_lat_first) {
    FILE *file = fopen(test_shared(name), "r");
    assert_non_null(file);
    char line[512];
    size_t count = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL && count < most) {
        double first, second;
        assert_int_equal(sscanf(strchr(line, ','), ",%lf,%lf", &first, &second), 2);
        points[count++] = is_lat_first ? (struct sg_point){second, first} : (struct sg_point){first, second};
    }
    fclose(file);
    assert_int_equal(count, most);
}

/* "key"=>"value" anywhere in the tags that have no field of their own. */
static bool has_tag(OGRFeatureH feature, const char *key, const char *value) {
    char wanted[100];
    const char *tags = OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, "other_tags"));
    snprintf(wanted, sizeof wanted, "\"%s\"=>\"%s\"", key, value);
    return strstr(tags, wanted) != NULL;
}

static bool is_walkable(OGRFeatureH feature) {
    static const char *const not_for_feet[] = {"",         "motorway", "motorway_link", "construction",
                                               "proposed", "raceway",  "busway"};
    static const char *const yes[] = {"yes", "designated", "permissive", "destination"};
    const char *highway = OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, "highway"));
    for (size_t i = 0; i < TEST_COUNT(not_for_feet); i++) {
        if (strcmp(highway, not_for_feet[i]) == 0)
            return false;
    }
    if (has_tag(feature, "foot", "no") || has_tag(feature, "foot", "private")
        || has_tag(feature, "foot", "use_sidepath"))
        return false;
    for (size_t i = 0; i < TEST_COUNT(yes); i++) {
        if (has_tag(feature, "foot", yes[i]))
            return true;
    }
    return !has_tag(feature, "access", "no") && !has_tag(feature, "access", "private")
           && !has_tag(feature, "motorroad", "yes");
}

static void read_ways(struct street_town *town) {
    sg_gdal_start();
    GDALDatasetH dataset =
        GDALOpenEx(test_shared("porto_alegre/poa_osm.pbf"), GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(dataset);
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, "lines");
    OGRFeatureH feature;
    while ((feature = OGR_L_GetNextFeature(layer)) != NULL) {
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        int count = OGR_G_GetPointCount(geometry);
        struct sg_point points[2000]; /* a way has at most so many nodes */
        assert_in_range(count, 2, 2000);
        for (int i = 0; i < count; i++)
            points[i] = (struct sg_point){OGR_G_GetX(geometry, i), OGR_G_GetY(geometry, i)};
        if (is_walkable(feature))
            street_town_add_line(town, points, (size_t)count, SG_STREET_BOTH, 0);
        OGR_F_Destroy(feature);
    }
    GDALClose(dataset);
}

static void read_town(struct street_town *town) {
    struct sg_context *context = test_context_new(0);
    struct sg_crs *wgs84 = NULL;
    assert_ok(context, sg_crs_new(context, "EPSG:4326", &wgs84));
    const struct sg_street_source source = {.source = {.path = test_shared("porto_alegre/poa_osm.pbf")}};
    sg_street_layer_release(&town->layer);
    assert_ok(context, sg_street_layer_read(context, &source, wgs84, &town->layer));
    sg_crs_free(wgs84);
    sg_context_free(context);
}

static void test_walking_distances(void **state) {
    (void)state;
    struct street_town town = street_town_new(), ways = street_town_new();
    read_points("porto_alegre/poa_hexgrid.csv", hexagons, HEXAGONS, false);
    read_points("porto_alegre/poa_points_of_interest.csv", sites, SITES, true);
    read_town(&town);
    read_ways(&ways);
    assert_int_equal(town.layer.line_count, ways.layer.line_count);
    for (int i = 0; i < HEXAGONS; i++)
        street_town_add_point(&town, hexagons[i].x, hexagons[i].y);
    for (int i = 0; i < SITES; i++)
        street_town_add_site(&town, sites[i].x, sites[i].y, (uint16_t)(i % 2), 1);
    town.request.limit = 5000;
    street_town_travel(&town, 2, 0);
    double *costs = calloc(HEXAGONS * SITES, sizeof *costs);
    assert_non_null(costs);
    const struct plain_streets plain = {
        &ways.layer, 6378137, 1 / 298.257223563, false, 1, 500, hexagons, HEXAGONS, sites, SITES, costs};
    plain_streets_costs(&plain);
    size_t reached = 0, pairs = 0;
    for (size_t p = 0; p < HEXAGONS; p++) {
        double least[3] = {INFINITY, INFINITY, INFINITY};
        for (uint32_t s = 0; s < SITES; s++) {
            double cost = costs[p * SITES + s];
            least[s % 2] = fmin(least[s % 2], cost);
            least[2] = fmin(least[2], cost);
            pairs += cost <= 5000;
            if (cost <= 5000)
                assert_near(street_town_cost(&town, p, s), cost, 1e-6, "m");
        }
        for (size_t t = 0; t < 3; t++) {
            double nearest = town.travel.nearest[t * HEXAGONS + p];
            assert_int_equal(isinf(nearest) != 0, isinf(least[t]) != 0);
            if (!isinf(least[t]))
                assert_near(nearest, least[t], 1e-6, "m");
        }
        reached += !isinf(least[2]);
    }
    assert_int_equal(town.travel.starts[HEXAGONS], pairs);
    assert_true(reached > HEXAGONS * 9 / 10);
    print_message("%zu of %d hexagons reached, %zu pairs within 5 km; %zu edges, %zu nodes, %zu pieces, "
                  "largest %.1f%%\n",
                  reached, HEXAGONS, pairs, town.graph.edge_count, town.graph.node_count,
                  town.graph.piece_count, 100 * town.graph.piece_lengths_m[0] / town.graph.length_m);
    free(costs);
    street_town_release(&town);
    street_town_release(&ways);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_walking_distances)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
