/* How the weight of a service falls with its cost, inside a catchment. */
#ifndef SG_MEASURE_DECAY_H
#define SG_MEASURE_DECAY_H

#include <stdbool.h>

enum sg_decay_kind {
    SG_DECAY_NONE,        /* 1 */
    SG_DECAY_STEP,        /* 1, 0.68, 0.22 in thirds of the catchment (Luo & Qi 2009) */
    SG_DECAY_GAUSSIAN,    /* falls to 0 at the catchment's edge (Dai 2010); with a: exp(-d^2 / (2 a^2)) */
    SG_DECAY_EXPONENTIAL, /* exp(-a d); without a, 1/2 at half the catchment */
    SG_DECAY_LINEAR,      /* 1 - d / a; without a, to 0 at the edge */
    SG_DECAY_LOGISTIC,    /* g(0) / g(d), g(x) = 1 + exp((x - a) pi / (b sqrt 3)) (Bauer & Groneberg 2016);
                             without: a half, b a sixth of the catchment */
    SG_DECAY_POWER,       /* (max(d, b) / b)^-a; without: a 1, b a tenth of the catchment */
    SG_DECAY_COUNT
};

/* a and b are in the unit of the costs (an exponent and a rate excepted); NaN: the default. */
struct sg_decay {
    enum sg_decay_kind kind;
    double a, b;
};

const char *sg_decay_name(enum sg_decay_kind kind);

/* Reads "gaussian", "gaussian:400", "logistic:600:150". False when it is no decay or a number is not over 0
   (or there are more of them than it takes). */
bool sg_decay_from_text(const char *text, struct sg_decay *ret_decay);

/* The weight, 0 to 1, at a cost from 0 to the catchment's limit; beyond, it counts as the limit. */
double sg_decay_weight(const struct sg_decay *decay, double cost, double limit);

/* The least cost at which the weight is 1/2 or lower; the limit where it never is. */
double sg_decay_half_cost(const struct sg_decay *decay, double limit);

#endif
