/* Chance that is the same on every machine and with any number of threads: a generator for each piece of
 * work.
 */
#ifndef SG_CORE_RANDOM_H
#define SG_CORE_RANDOM_H

#include <stdint.h>

/* SplitMix64 (Steele, Lea and Flood 2014). */
struct sg_random {
    uint64_t state;
};

/* The generator of one piece of work (an area, a run) under a seed: pieces do not share their numbers. */
struct sg_random sg_random_of(uint64_t seed, uint64_t piece);

uint64_t sg_random_next(struct sg_random *random);
double sg_random_unit(struct sg_random *random); /* from 0 to less than 1 */

/* 0 up to count - 1, each as likely (Lemire 2019). count > 0. */
uint32_t sg_random_below(struct sg_random *random, uint32_t count);

#endif
