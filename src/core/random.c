#include "core/random.h"

uint64_t sg_random_next(struct sg_random *random) {
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct sg_random sg_random_of(uint64_t seed, uint64_t piece) {
    /* two steps apart: neighbouring seeds and pieces must not give shifted copies of one sequence */
    struct sg_random from_seed = {seed};
    struct sg_random from_both = {sg_random_next(&from_seed) ^ (piece * 0xd6e8feb86659fd93u)};
    return (struct sg_random){sg_random_next(&from_both)};
}

double sg_random_unit(struct sg_random *random) {
    return (double)(sg_random_next(random) >> 11) * 0x1p-53;
}

uint32_t sg_random_below(struct sg_random *random, uint32_t count) {
    uint64_t product = (uint64_t)(uint32_t)(sg_random_next(random) >> 32) * count;
    if ((uint32_t)product < count) {
        /* the few numbers that would make some answers likelier are drawn again */
        uint32_t least = (uint32_t)-count % count;
        while ((uint32_t)product < least)
            product = (uint64_t)(uint32_t)(sg_random_next(random) >> 32) * count;
    }
    return (uint32_t)(product >> 32);
}
