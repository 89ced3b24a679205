#include "bench_data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const struct sg_box BOX = {-79.64, 43.58, -79.11, 43.86};
static const double TAU = 6.283185307179586;

const char *const bench_type_names[BENCH_TYPES] = {"Employment Assistance",
                                                   "Health",
                                                   "Housing",
                                                   "Language Training",
                                                   "Settlement",
                                                   "Recreation",
                                                   "Advocacy",
                                                   "Arts and Culture",
                                                   "Education",
                                                   "Community Kitchen",
                                                   "Legal Aid",
                                                   "Youth"};

/* splitmix64 (Steele, Lea and Flood 2014) */
uint64_t bench_next(struct bench_random *random) {
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

double bench_unit(struct bench_random *random) {
    return (double)(bench_next(random) >> 11) * 0x1p-53;
}

static void *need(void *memory) {
    if (memory == NULL) {
        fputs("bench: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

/* A lattice of moved corners whose borders are wiggly lines of so many pieces, each shared by two cells. */
struct lattice {
    unsigned columns, rows, pieces;
    struct sg_point *corners; /* (columns + 1) * (rows + 1) */
    struct sg_point *level;   /* borders from left to right: pieces + 1 points each */
    struct sg_point *upright; /* borders from bottom to top */
};

static void wiggle(struct sg_point from, struct sg_point to, unsigned pieces, double amplitude,
                   struct bench_random *random, struct sg_point *points) {
    double phases[4], sizes[4];
    for (int k = 0; k < 4; k++) {
        phases[k] = TAU * bench_unit(random);
        sizes[k] = amplitude * bench_unit(random) / (k + 1);
    }
    double dx = to.x - from.x, dy = to.y - from.y;
    for (unsigned i = 0; i <= pieces; i++) {
        double t = (double)i / pieces, off = 0;
        for (int k = 0; k < 4; k++)
            off += sizes[k] * sin(TAU * (2.0 * k + 1) * t + phases[k]);
        off *= sin(TAU / 2 * t);
        points[i] = (struct sg_point){from.x + t * dx - off * dy, from.y + t * dy + off * dx};
    }
    points[0] = from;
    points[pieces] = to;
}

static struct lattice lattice_new(unsigned columns, unsigned rows, unsigned pieces, uint64_t seed) {
    struct lattice lattice = {.columns = columns, .rows = rows, .pieces = pieces};
    struct bench_random random = {seed};
    size_t per_border = pieces + 1;
    lattice.corners = need(malloc((columns + 1) * (rows + 1) * sizeof *lattice.corners));
    lattice.level = need(malloc((size_t)columns * (rows + 1) * per_border * sizeof *lattice.level));
    lattice.upright = need(malloc((size_t)(columns + 1) * rows * per_border * sizeof *lattice.upright));
    double width = (BOX.max_x - BOX.min_x) / columns, height = (BOX.max_y - BOX.min_y) / rows;
    for (unsigned r = 0; r <= rows; r++) {
        for (unsigned c = 0; c <= columns; c++) {
            double x = BOX.min_x + width * (c + 0.4 * (bench_unit(&random) - 0.5));
            double y = BOX.min_y + height * (r + 0.4 * (bench_unit(&random) - 0.5));
            lattice.corners[r * (columns + 1) + c] = (struct sg_point){x, y};
        }
    }
    for (unsigned r = 0; r <= rows; r++)
        for (unsigned c = 0; c < columns; c++)
            wiggle(lattice.corners[r * (columns + 1) + c], lattice.corners[r * (columns + 1) + c + 1], pieces,
                   0.06, &random, lattice.level + (r * (size_t)columns + c) * per_border);
    for (unsigned r = 0; r < rows; r++)
        for (unsigned c = 0; c <= columns; c++)
            wiggle(lattice.corners[r * (columns + 1) + c], lattice.corners[(r + 1) * (columns + 1) + c],
                   pieces, 0.06, &random, lattice.upright + (r * (size_t)(columns + 1) + c) * per_border);
    return lattice;
}

/* The outline of so many cells of a row side by side. */
static struct sg_shape lattice_cells(const struct lattice *lattice, unsigned c, unsigned r, unsigned count) {
    unsigned pieces = lattice->pieces, columns = lattice->columns;
    size_t per_border = pieces + 1;
    const struct sg_point *bottom = lattice->level + (r * (size_t)columns + c) * per_border;
    const struct sg_point *top = lattice->level + ((r + 1) * (size_t)columns + c) * per_border;
    const struct sg_point *left = lattice->upright + (r * (size_t)(columns + 1) + c) * per_border;
    const struct sg_point *right = lattice->upright + (r * (size_t)(columns + 1) + c + count) * per_border;
    struct sg_shape shape;
    if (!sg_shape_init(&shape, (2 * count + 2) * pieces + 1, 1, 1))
        need(NULL);
    size_t n = 0;
    for (unsigned k = 0; k < count; k++)
        for (unsigned i = 0; i < pieces; i++)
            shape.points[n++] = bottom[k * per_border + i];
    for (unsigned i = 0; i < pieces; i++)
        shape.points[n++] = right[i];
    for (unsigned k = count; k > 0; k--)
        for (unsigned i = pieces; i > 0; i--)
            shape.points[n++] = top[(k - 1) * per_border + i];
    for (unsigned i = pieces; i > 0; i--)
        shape.points[n++] = left[i];
    shape.points[n++] = shape.points[0];
    shape.ring_starts[1] = (uint32_t)n;
    shape.polygon_starts[1] = 1;
    return shape;
}

static struct bench_areas areas_from(unsigned columns, unsigned rows, unsigned pieces, size_t count,
                                     uint64_t seed) {
    struct lattice lattice = lattice_new(columns, rows, pieces, seed);
    struct bench_areas areas = {.shapes = need(calloc(count, sizeof *areas.shapes))};
    size_t pairs = (size_t)columns * rows - count; /* the first cells in twos, to come out at the count */
    for (unsigned r = 0; r < rows; r++) {
        for (unsigned c = 0; c < columns; areas.count++) {
            unsigned width = areas.count < pairs ? 2 : 1;
            areas.shapes[areas.count] = lattice_cells(&lattice, c, r, width);
            areas.vertex_count += sg_shape_point_count(&areas.shapes[areas.count]);
            c += width;
        }
    }
    free(lattice.corners);
    free(lattice.level);
    free(lattice.upright);
    return areas;
}

struct bench_areas bench_districts(void) {
    return areas_from(16, 10, 91, 158, 158);
}

struct bench_areas bench_tracts(void) {
    return areas_from(300, 190, 12, 57000, 57000);
}

void bench_areas_free(struct bench_areas *areas) {
    for (size_t i = 0; i < areas->count; i++)
        sg_shape_release(&areas->shapes[i]);
    free(areas->shapes);
    *areas = (struct bench_areas){0};
}

void bench_services_start(struct bench_services *services, uint64_t seed) {
    services->random.state = seed;
    for (int i = 0; i < BENCH_CLUSTERS; i++) {
        services->centres[i].x = BOX.min_x + (BOX.max_x - BOX.min_x) * bench_unit(&services->random);
        services->centres[i].y = BOX.min_y + (BOX.max_y - BOX.min_y) * bench_unit(&services->random);
        services->widths[i] = 0.001 + 0.006 * bench_unit(&services->random);
    }
}

struct bench_service bench_services_next(struct bench_services *services) {
    struct bench_random *random = &services->random;
    struct bench_service service;
    double x, y;
    if (bench_unit(random) < 0.8) {
        size_t cluster = bench_next(random) % BENCH_CLUSTERS;
        double radius = sqrt(-2 * log(1 - bench_unit(random))), angle = TAU * bench_unit(random);
        x = services->centres[cluster].x + services->widths[cluster] * radius * cos(angle);
        y = services->centres[cluster].y + services->widths[cluster] * radius * sin(angle);
    } else {
        x = BOX.min_x + (BOX.max_x - BOX.min_x) * bench_unit(random);
        y = BOX.min_y + (BOX.max_y - BOX.min_y) * bench_unit(random);
    }
    service.point = (struct sg_point){round(x * 1e6) / 1e6, round(y * 1e6) / 1e6};
    service.type = (unsigned)(bench_next(random) % BENCH_TYPES);
    service.beds = (unsigned)(bench_next(random) % 60);
    return service;
}

double bench_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
