/* What every test includes first: cmocka in the order it needs, assertions in the words of the subject (with
   tolerance and unit), the files at hand, seeded chance, and shapes built in code. */
#ifndef SG_TESTS_SUPPORT_TEST_H
#define SG_TESTS_SUPPORT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/context.h"
#include "core/text.h"
#include "model/geometry.h"

/* ---- assertions ---- */

/* Within a tolerance in the unit: assert_near(distance_m, 1113.195, 0.001, "m"). NaN is near nothing. */
#define assert_near(actual, expected, tolerance, unit)                                                       \
    test_assert_near(actual, expected, tolerance, unit, #actual, __FILE__, __LINE__)

/* Within a share of the expected value: assert_relative(area_km2, expected, 1e-9, "km2"). */
#define assert_relative(actual, expected, share, unit)                                                       \
    test_assert_near(actual, expected, (share)*fabs((double)(expected)), unit, #actual, __FILE__, __LINE__)

/* Missing: not a number. */
#define assert_missing(actual) test_assert_missing(actual, #actual, __FILE__, __LINE__)

/* The call answers this status; otherwise the context's error is printed. */
#define assert_status(context, call, expected)                                                               \
    test_assert_status(context, call, expected, #call, __FILE__, __LINE__)
#define assert_ok(context, call) assert_status(context, call, SG_OK)

/* The text holds the part. */
#define assert_contains(text, part) test_assert_contains(text, part, __FILE__, __LINE__)

void test_assert_near(double actual, double expected, double tolerance, const char *unit, const char *what,
                      const char *file, int line);
void test_assert_missing(double actual, const char *what, const char *file, int line);
void test_assert_status(struct sg_context *context, enum sg_status actual, enum sg_status expected,
                        const char *what, const char *file, int line);
void test_assert_contains(const char *text, const char *part, const char *file, int line);

/* ---- contexts ---- */

/* A context with so many threads (0: one per core) that keeps what it is told for test_heard(). Free with
   sg_context_free(). */
struct sg_context *test_context_new(int threads);

/* Was a note or warning with this part heard since the last test_context_new()? */
bool test_heard(const char *part);
bool test_heard_anything(void);

/* The first error and its hint, "" when there is none. */
const char *test_error(const struct sg_context *context);
const char *test_hint(const struct sg_context *context);

/* ---- files ---- */

/* Paths into the shared real data ($SERVICEGAP_GEODATA, else beside the checkout), the sample city, and
   tests/cases. test_shared() skips the test with a message where the file is absent. Good for the rest of the
   program. */
const char *test_shared(const char *name);
const char *test_sample(const char *name);
const char *test_case_file(const char *name);

/* A new empty folder for the test, and a path in it; test_folder_remove() removes it with its files. */
char *test_folder_new(void);
void test_folder_remove(char *folder);
const char *test_path(const char *folder, const char *name);
void test_write(const char *path, const char *text);
void test_write_bytes(const char *path, const void *bytes, size_t length);
char *test_read(const char *path,
                size_t *ret_length);        /* fails the test when it cannot be read; free with free() */
size_t test_file_count(const char *folder); /* everything in it, hidden too */

/* ---- chance ---- */

/* A seeded generator (splitmix64). test_random_new() takes $SERVICEGAP_TEST_SEED where it is set, and prints
   the seed, so that a failure can be repeated. */
struct test_random {
    uint64_t state;
};

struct test_random test_random_new(uint64_t seed);
uint64_t test_random_next(struct test_random *random);
double test_random_between(struct test_random *random, double low, double high);
size_t test_random_index(struct test_random *random, size_t count);

/* ---- shapes ---- */

/* A polygon of one ring; closed here. Release with sg_shape_release(). */
struct sg_shape test_polygon(const struct sg_point *points, size_t count);
struct sg_shape test_rectangle(double min_x, double min_y, double max_x, double max_y);

/* Adds a ring to the last polygon of the shape (a hole), or a new polygon. */
void test_add_hole(struct sg_shape *shape, const struct sg_point *points, size_t count);
void test_add_polygon(struct sg_shape *shape, const struct sg_point *points, size_t count);

#define TEST_COUNT(array) (sizeof(array) / sizeof *(array))

#endif
