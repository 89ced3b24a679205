/* Out of memory in the middle of a job: every allocation in turn fails, from the reading of the inputs to the
   last file, on one thread and on two. The job says so, gives everything back, and leaves the folder as it
   was. */
#include "job/job.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "support/failing_alloc.h"
#include "support/test.h"

enum { ACROSS = 6 }; /* areas, in each direction: enough for clusters */

static char *folder;

static void write_areas(const char *path) {
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append(&text, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < ACROSS * ACROSS; i++) {
        double x = 10 + 0.01 * (i % ACROSS), y = 0.01 * (i / ACROSS), size = 0.01;
        sg_text_append_format(
            &text,
            "%s{\"type\":\"Feature\",\"properties\":{\"id\":\"a%d\",\"name\":\"Area %d\",\"people\":%d,"
            "\"old\":%d,\"poor\":%d},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%g,%g],[%g,%g],"
            "[%g,%g],[%g,%g],[%g,%g]]]}}",
            i == 0 ? "" : ",\n", i, i, 100 + 10 * i, 5 * i, 30 + i % 7, x, y, x + size, y, x + size, y + size,
            x, y + size, x, y);
    }
    sg_text_append(&text, "]}");
    test_write(path, text.bytes);
    sg_text_release(&text);
}

static void write_tables(void) {
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append(&text, "id,type,organization,lon,lat\n");
    for (int i = 0; i < 40; i++)
        sg_text_append_format(&text, "s%d,%s,O%d,%g,%g\n", i,
                              i % 3 == 0   ? "Health"
                              : i % 3 == 1 ? "Food;Health"
                                           : "Caf\xE9",
                              i % 11, 10.0007 + 0.0013 * i, 0.001 + 0.0007 * (i * 7 % 50));
    sg_text_append(&text, "s40,Health,O,,\ns41,Health,O,12,0\n" /* rejected, outside */
                          "s42,Health,O0,10.0007,0.001\n");     /* s0 again */
    test_write(test_path(folder, "services.csv"), text.bytes);
    sg_text_release(&text);
    sg_text_init(&text);
    sg_text_append(&text, "people,lon,lat\n");
    for (int i = 0; i < ACROSS * ACROSS; i++)
        sg_text_append_format(&text, "%d,%g,%g\n", 100 + 10 * i, 10.005 + 0.01 * (i % ACROSS),
                              0.005 + 0.01 * (i / ACROSS));
    sg_text_append(&text, "5,12,0\n"); /* outside */
    test_write(test_path(folder, "demand.csv"), text.bytes);
    sg_text_release(&text);
    test_write(test_path(folder, "regions.csv"),
               "area_id,region\na0,West\na1,West\na1,East\na2,East\na3,East\na4,East\na5,East\n");
    test_write(test_path(folder, "streets.geojson"),
               "{\"type\":\"FeatureCollection\",\"features\":["
               "{\"type\":\"Feature\",\"properties\":{\"class\":\"residential\"},\"geometry\":{\"type\":"
               "\"LineString\","
               "\"coordinates\":[[10,0.005],[10.03,0.005],[10.06,0.005]]}},"
               "{\"type\":\"Feature\",\"properties\":{\"class\":\"residential\"},\"geometry\":{\"type\":"
               "\"LineString\","
               "\"coordinates\":[[10.03,0.005],[10.03,0.03]]}}]}");
}

/* The files of a run, and nothing that was being made. */
static size_t count_files(const char *path) {
    DIR *directory = opendir(path);
    size_t count = 0;
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        assert_true(entry->d_name[0] != '.');
        count++;
    }
    if (directory != NULL)
        closedir(directory);
    return count;
}

/* Everything a job has, by what it is asked for. */
struct asked {
    int threads;
    bool by_streets, maps, fairness;
};

static enum sg_status run_job(struct sg_context *context, void *user) {
    struct asked *asked = user;
    sg_context_set_threads(context, asked->threads);
    struct sg_service_source services = {
        .source = {.path = test_path(folder, "services.csv")},
        .fields = {.type = "type", .organization = "organization", .id = "id"}};
    const char *const layers[] = {"coverage.csv", "coverage.gpkg", "coverage.shp"};
    struct sg_map_request maps[] = {
        {.field = "gap_index",
         .output = "gap.svg",
         .rotate_deg = NAN,
         .paper = "640x480px",
         .show_sites = true},
        {.has_chart = true,
         .chart = SG_CHART_BARS,
         .field = "gap_index",
         .output = "bars.svg",
         .rotate_deg = NAN,
         .paper = "640x480px"},
    };
    struct sg_job job;
    sg_job_init(&job);
    job.areas.path = test_path(folder, "areas.geojson");
    job.area_fields =
        (struct sg_area_fields){.id = "id", .name = "name", .population = "people", .need = "old"};
    job.services = &services;
    job.service_count = 1;
    job.regions = test_path(folder, "regions.csv");
    job.demand.path = test_path(folder, "demand.csv");
    job.demand_fields.population = "people";
    job.grid_points = 1;
    job.overwrite = true;
    job.layers = layers;
    job.layer_count = 3;
    const char *output = test_path(folder, "out");
    job.output = output;
    if (asked->by_streets) {
        job.streets.source.path = test_path(folder, "streets.geojson");
        job.streets.walk_speed_kmh = 4.8;
        job.catchments.streets = true;
    }
    if (asked->maps) {
        job.maps = maps;
        job.map_count = 2;
    }
    if (asked->fairness) {
        job.command = "run";
        job.fairness.always = true;
        job.fairness.permutations = 99;
        job.fairness.groups = "elders=old";
        job.fairness.need_index = "poor:+:1,old:+:1";
        job.fairness.status = "poor";
        job.fairness.smooth = true;
    }
    size_t before = count_files(output);
    enum sg_status status = sg_job_run(context, &job, false);
    size_t files = count_files(output);
    assert_true(status == SG_OK ? files > 0 : files == before);
    return status;
}

static enum sg_status check_job(struct sg_context *context, void *user) {
    (void)user;
    struct sg_service_source services = {.source = {.path = test_path(folder, "services.csv")},
                                         .fields = {.type = "type"}};
    struct sg_job job;
    sg_job_init(&job);
    job.command = "check";
    job.areas.path = test_path(folder, "areas.geojson");
    job.area_fields = (struct sg_area_fields){.id = "id", .name = "name", .population = "people"};
    job.services = &services;
    job.service_count = 1;
    job.regions = test_path(folder, "regions.csv");
    job.demand.path = test_path(folder, "demand.csv");
    job.grid_points = 4;
    job.overwrite = true;
    const char *const layers[] = {"problems.gpkg"};
    job.layers = layers;
    job.layer_count = 1;
    job.output = test_path(folder, "problems");
    return sg_job_run(context, &job, true);
}

static int make_folder(void **state) {
    (void)state;
    folder = test_folder_new();
    write_areas(test_path(folder, "areas.geojson"));
    write_tables();
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    test_folder_remove(folder);
    return 0;
}

static void test_tables(void **state) {
    (void)state;
    struct asked asked = {.threads = 1};
    assert_true(test_some_allocations(run_job, &asked, 60, 60) > 500);
}

static void test_two_threads(void **state) {
    (void)state;
    struct asked asked = {.threads = 2};
    assert_true(test_some_allocations(run_job, &asked, 30, 60) > 500);
}

static void test_streets(void **state) {
    (void)state;
    struct asked asked = {.threads = 2, .by_streets = true};
    assert_true(test_some_allocations(run_job, &asked, 0, 60) > 600);
}

static void test_fairness(void **state) {
    (void)state;
    struct asked asked = {.threads = 2, .fairness = true};
    assert_true(test_some_allocations(run_job, &asked, 0, 80) > 900);
}

static void test_maps(void **state) {
    (void)state;
    struct asked asked = {.threads = 1, .maps = true};
    struct sg_context *context = test_context_new(1);
    test_fail_allocation(0);
    enum sg_status status = run_job(context, &asked);
    bool has_font = status == SG_OK;
    if (!has_font)
        print_message("%s\n", sg_context_error(context));
    assert_true(has_font || strstr(sg_context_error(context), "font") != NULL);
    sg_context_free(context);
    if (!has_font)
        skip();
    assert_true(test_some_allocations(run_job, &asked, 0, 60) > 1000);
}

static void test_check(void **state) {
    (void)state;
    fflush(stdout);
    int shown = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY); /* for the reports */
    dup2(nowhere, STDOUT_FILENO);
    size_t allocations = test_some_allocations(check_job, NULL, 10, 60);
    fflush(stdout);
    dup2(shown, STDOUT_FILENO);
    close(nowhere);
    close(shown);
    assert_true(allocations > 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tables),  cmocka_unit_test(test_two_threads),
                                       cmocka_unit_test(test_streets), cmocka_unit_test(test_fairness),
                                       cmocka_unit_test(test_maps),    cmocka_unit_test(test_check)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
