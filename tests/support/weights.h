/* Neighbours for tests: lattices made here, and the weights files (GAL) of others. */
#ifndef SG_TESTS_SUPPORT_WEIGHTS_H
#define SG_TESTS_SUPPORT_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/neighbours.h"

/* A lattice of so many columns and rows, row after row. Release with sg_neighbours_release(). */
struct sg_neighbours test_lattice(size_t columns, size_t rows, bool is_queen);

/* A GAL file: its number of areas, then for each a line "id count" and one with the neighbours' ids; ids are
   numbers in a row from the first one's. Fails the test when it is none. */
struct sg_neighbours test_gal(const char *path);

void test_assert_same_neighbours(const struct sg_neighbours *actual, const struct sg_neighbours *expected);

/* The numbers of a column of a CSV file without quoted commas, by its heading; the heading is on that line
   (0 = first). Returns how many; text that is no number is an error. */
size_t test_column(const char *path, size_t heading_line, const char *heading, double *values, size_t most);

#endif
