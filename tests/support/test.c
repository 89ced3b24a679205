#include "support/test.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- assertions ---- */

void test_assert_near(double actual, double expected, double tolerance, const char *unit, const char *what,
                      const char *file, int line) {
    if (fabs(actual - expected) <= tolerance)
        return;
    print_error("%s is %.17g %s, expected %.17g within %.3g %s (off by %.3g)\n", what, actual, unit, expected,
                tolerance, unit, actual - expected);
    _fail(file, line);
}

void test_assert_missing(double actual, const char *what, const char *file, int line) {
    if (isnan(actual))
        return;
    print_error("%s is %.17g, expected to be missing\n", what, actual);
    _fail(file, line);
}

void test_assert_status(struct sg_context *context, enum sg_status actual, enum sg_status expected,
                        const char *what, const char *file, int line) {
    if (actual == expected)
        return;
    const char *error = context == NULL ? NULL : sg_context_error(context);
    print_error("%s answers %s, expected %s\n", what, sg_status_name(actual), sg_status_name(expected));
    if (error != NULL)
        print_error("the error was: %s\n", error);
    _fail(file, line);
}

void test_assert_contains(const char *text, const char *part, const char *file, int line) {
    if (text != NULL && strstr(text, part) != NULL)
        return;
    print_error("'%s' does not hold '%s'\n", text == NULL ? "(null)" : text, part);
    _fail(file, line);
}

/* ---- contexts ---- */

static char heard[1 << 16];
static size_t heard_length;

static void hear(void *user, enum sg_message_kind kind, const char *text, const char *hint) {
    (void)user, (void)kind;
    int length = snprintf(heard + heard_length, sizeof heard - heard_length, "%s\n%s\n", text,
                          hint == NULL ? "" : hint);
    if (length > 0 && heard_length + (size_t)length < sizeof heard)
        heard_length += (size_t)length;
}

struct sg_context *test_context_new(int threads) {
    struct sg_context *context = sg_context_new();
    assert_non_null(context);
    sg_context_set_threads(context, threads);
    heard_length = 0;
    heard[0] = '\0';
    sg_context_listen(context, hear, NULL, NULL);
    return context;
}

bool test_heard(const char *part) {
    return strstr(heard, part) != NULL;
}

bool test_heard_anything(void) {
    return heard_length > 0;
}

const char *test_error(const struct sg_context *context) {
    const char *error = sg_context_error(context);
    return error == NULL ? "" : error;
}

const char *test_hint(const struct sg_context *context) {
    const char *hint = sg_context_hint(context);
    return hint == NULL ? "" : hint;
}

/* ---- files ---- */

/* Paths live as long as the program; a ring of buffers is enough for a test that uses a few at once. */
static const char *keep_path(const char *folder, const char *name) {
    static char paths[32][1024];
    static size_t next;
    char *path = paths[next++ % TEST_COUNT(paths)];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

const char *test_shared(const char *name) {
    const char *folder = getenv("SERVICEGAP_GEODATA");
    const char *path = keep_path(folder == NULL || folder[0] == '\0' ? SG_SHARED_GEODATA : folder, name);
    if (access(path, R_OK) != 0) {
        print_message("skipped: the shared geodata has no %s here (set SERVICEGAP_GEODATA)\n", name);
        skip();
    }
    return path;
}

const char *test_sample(const char *name) {
    return keep_path(SG_SAMPLE, name);
}

const char *test_case_file(const char *name) {
    return keep_path(SG_CASES, name);
}

char *test_folder_new(void) {
    const char *parent = getenv("TMPDIR");
    char *folder = malloc(1024);
    assert_non_null(folder);
    snprintf(folder, 1024, "%s/servicegap-test-XXXXXX",
             parent == NULL || parent[0] == '\0' ? "/tmp" : parent);
    assert_non_null(mkdtemp(folder));
    return folder;
}

void test_folder_remove(char *folder) {
    DIR *directory = opendir(folder);
    struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char path[2048];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        struct stat found;
        if (lstat(path, &found) == 0 && S_ISDIR(found.st_mode))
            test_folder_remove(strdup(path));
        else
            unlink(path);
    }
    if (directory != NULL)
        closedir(directory);
    rmdir(folder);
    free(folder);
}

const char *test_path(const char *folder, const char *name) {
    return keep_path(folder, name);
}

void test_write_bytes(const char *path, const void *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

void test_write(const char *path, const char *text) {
    test_write_bytes(path, text, strlen(text));
}

char *test_read(const char *path, size_t *ret_length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s cannot be read", path);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)size, file), size);
    fclose(file);
    bytes[size] = '\0';
    if (ret_length != NULL)
        *ret_length = (size_t)size;
    return bytes;
}

size_t test_file_count(const char *folder) {
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    size_t count = 0;
    struct dirent *entry;
    while ((entry = readdir(directory)) != NULL)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(directory);
    return count;
}

/* ---- chance ---- */

struct test_random test_random_new(uint64_t seed) {
    const char *asked = getenv("SERVICEGAP_TEST_SEED");
    if (asked != NULL && asked[0] != '\0')
        seed = strtoull(asked, NULL, 10);
    print_message("seed %llu (repeat with SERVICEGAP_TEST_SEED)\n", (unsigned long long)seed);
    return (struct test_random){seed};
}

uint64_t test_random_next(struct test_random *random) {
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

double test_random_between(struct test_random *random, double low, double high) {
    return low + (high - low) * ((double)(test_random_next(random) >> 11) * 0x1p-53);
}

size_t test_random_index(struct test_random *random, size_t count) {
    return test_random_next(random) % count;
}

/* ---- shapes ---- */

static void copy_ring(struct sg_point *to, const struct sg_point *points, size_t count) {
    memcpy(to, points, count * sizeof *points);
    to[count] = points[0];
}

struct sg_shape test_polygon(const struct sg_point *points, size_t count) {
    struct sg_shape shape;
    assert_true(sg_shape_init(&shape, (uint32_t)count + 1, 1, 1));
    copy_ring(shape.points, points, count);
    shape.ring_starts[1] = (uint32_t)count + 1;
    shape.polygon_starts[1] = 1;
    return shape;
}

struct sg_shape test_rectangle(double min_x, double min_y, double max_x, double max_y) {
    const struct sg_point corners[] = {{min_x, min_y}, {max_x, min_y}, {max_x, max_y}, {min_x, max_y}};
    return test_polygon(corners, 4);
}

static void add_ring(struct sg_shape *shape, const struct sg_point *points, size_t count, bool is_polygon) {
    struct sg_shape grown;
    uint32_t old = sg_shape_point_count(shape), added = (uint32_t)count + 1;
    assert_true(sg_shape_init(&grown, old + added, shape->ring_count + 1, shape->polygon_count + is_polygon));
    memcpy(grown.points, shape->points, old * sizeof *grown.points);
    copy_ring(grown.points + old, points, count);
    memcpy(grown.ring_starts, shape->ring_starts, (shape->ring_count + 1) * sizeof *grown.ring_starts);
    grown.ring_starts[grown.ring_count] = old + added;
    memcpy(grown.polygon_starts, shape->polygon_starts,
           (shape->polygon_count + 1) * sizeof *grown.polygon_starts);
    grown.polygon_starts[grown.polygon_count] = grown.ring_count;
    sg_shape_release(shape);
    *shape = grown;
}

void test_add_hole(struct sg_shape *shape, const struct sg_point *points, size_t count) {
    add_ring(shape, points, count, false);
}

void test_add_polygon(struct sg_shape *shape, const struct sg_point *points, size_t count) {
    add_ring(shape, points, count, true);
}
