#include "support/weights.h"

#include "support/test.h"

struct sg_neighbours test_lattice(size_t columns, size_t rows, bool is_queen) {
    struct sg_neighbours lattice = {.area_count = columns * rows,
                                    .starts = sg_alloc(columns * rows + 1, sizeof(size_t)),
                                    .ids = sg_alloc(8 * columns * rows, sizeof(uint32_t))};
    size_t used = 0;
    for (size_t a = 0; a < columns * rows; a++) {
        for (long dy = -1; dy <= 1; dy++) {
            for (long dx = -1; dx <= 1; dx++) {
                long x = (long)(a % columns) + dx, y = (long)(a / columns) + dy;
                bool is_near = is_queen ? dx != 0 || dy != 0 : labs(dx) + labs(dy) == 1;
                if (is_near && x >= 0 && y >= 0 && x < (long)columns && y < (long)rows)
                    lattice.ids[used++] = (uint32_t)((size_t)y * columns + (size_t)x);
            }
        }
        lattice.starts[a + 1] = used;
    }
    return lattice;
}

static int compare_ids(const void *a, const void *b) {
    uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;
    return one < two ? -1 : one > two;
}

struct sg_neighbours test_gal(const char *path) {
    char *text = test_read(path, NULL), *at = text;
    size_t count = strtoul(at, &at, 10);
    assert_true(count > 0);
    struct sg_neighbours read = {.area_count = count,
                                 .starts = sg_alloc(count + 1, sizeof(size_t)),
                                 .ids = sg_alloc(count * count, sizeof(uint32_t))};
    unsigned long first = 0;
    for (size_t a = 0; a < count; a++) {
        unsigned long id = strtoul(at, &at, 10), degree = strtoul(at, &at, 10);
        first = a == 0 ? id : first;
        assert_int_equal(id - first, a);
        for (unsigned long k = 0; k < degree; k++)
            read.ids[read.starts[a] + k] = (uint32_t)(strtoul(at, &at, 10) - first);
        read.starts[a + 1] = read.starts[a] + degree;
        qsort(read.ids + read.starts[a], degree, sizeof *read.ids, compare_ids);
    }
    free(text);
    return read;
}

void test_assert_same_neighbours(const struct sg_neighbours *actual, const struct sg_neighbours *expected) {
    assert_int_equal(actual->area_count, expected->area_count);
    for (size_t a = 0; a < expected->area_count; a++) {
        size_t count = expected->starts[a + 1] - expected->starts[a];
        if (actual->starts[a + 1] - actual->starts[a] != count)
            print_error("area %zu has %zu neighbours, not %zu\n", a,
                        actual->starts[a + 1] - actual->starts[a], count);
        assert_int_equal(actual->starts[a + 1] - actual->starts[a], count);
        for (size_t k = 0; k < count; k++)
            assert_int_equal(actual->ids[actual->starts[a] + k], expected->ids[expected->starts[a] + k]);
    }
}

/* The cell of a line, without quotes and blanks. */
static bool cell_of(char *line, size_t column, char cell[static 64]) {
    for (; column > 0; column--) {
        line = strchr(line, ',');
        if (line == NULL)
            return false;
        line++;
    }
    size_t used = 0;
    for (; *line != '\0' && *line != ',' && *line != '\r' && used < 63; line++) {
        if (*line != '"')
            cell[used++] = *line;
    }
    cell[used] = '\0';
    sg_text_trim(cell);
    return true;
}

size_t test_column(const char *path, size_t heading_line, const char *heading, double *values, size_t most) {
    char *text = test_read(path, NULL), *rest = text, cell[64];
    size_t number = 0, column = 0, count = 0;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n"), number++) {
        if (number < heading_line || line[0] == '\0')
            continue;
        if (number == heading_line) {
            while (cell_of(line, column, cell) && strcmp(cell, heading) != 0)
                column++;
            assert_string_equal(cell, heading);
            continue;
        }
        assert_true(count < most && cell_of(line, column, cell));
        char *end;
        values[count++] = strtod(cell, &end);
        assert_true(end != cell && *end == '\0');
    }
    free(text);
    return count;
}
