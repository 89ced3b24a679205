/* Seeded data for the benchmarks: a city-sized box of lon/lat, districts and tracts with wiggly shared
   borders, services in clusters. The same seed gives the same data on every machine. */
#ifndef SG_TESTS_BENCH_DATA_H
#define SG_TESTS_BENCH_DATA_H

#include <stddef.h>
#include <stdint.h>

#include "model/geometry.h"

enum { BENCH_TYPES = 12, BENCH_CLUSTERS = 400 };

struct bench_random {
    uint64_t state;
};

uint64_t bench_next(struct bench_random *random);
double bench_unit(struct bench_random *random); /* 0 <= u < 1 */

/* Polygons that fit together without gaps or overlaps. Owned by the caller: bench_areas_free(). */
struct bench_areas {
    struct sg_shape *shapes;
    size_t count;
    size_t vertex_count;
};

/* 158 districts of about 366 vertices (A of the performance goals) and 57,000 tracts of 49 (B). */
struct bench_areas bench_districts(void);
struct bench_areas bench_tracts(void);
void bench_areas_free(struct bench_areas *areas);

/* Services: 80% in 400 Gaussian clusters, 20% spread evenly, about 1% outside the areas. */
struct bench_services {
    struct bench_random random;
    struct sg_point centres[BENCH_CLUSTERS];
    double widths[BENCH_CLUSTERS];
};

struct bench_service {
    struct sg_point point; /* rounded to six decimals, as in files */
    unsigned type;
    unsigned beds;
};

void bench_services_start(struct bench_services *services, uint64_t seed);
struct bench_service bench_services_next(struct bench_services *services);

extern const char *const bench_type_names[BENCH_TYPES];

double bench_seconds(void); /* of a clock that only goes forward */

#endif
