#include "measure/decay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int numbers; /* that it takes at most */
} kinds[SG_DECAY_COUNT] = {{"none", 0},   {"step", 0},     {"gaussian", 1}, {"exponential", 1},
                           {"linear", 1}, {"logistic", 2}, {"power", 2}};

const char *sg_decay_name(enum sg_decay_kind kind) {
    return kinds[kind].name;
}

bool sg_decay_from_text(const char *text, struct sg_decay *ret_decay) {
    size_t length = strcspn(text, ":");
    int kind = 0;
    while (kind < SG_DECAY_COUNT
           && (strlen(kinds[kind].name) != length || strncmp(kinds[kind].name, text, length) != 0))
        kind++;
    if (kind == SG_DECAY_COUNT)
        return false;
    double numbers[2] = {NAN, NAN};
    const char *at = text + length;
    for (int i = 0; *at != '\0'; i++) {
        char *end;
        if (i == kinds[kind].numbers || strchr("0123456789.", at[1]) == NULL || at[1] == '\0')
            return false;
        numbers[i] = strtod(at + 1, &end);
        if (!(numbers[i] > 0) || !isfinite(numbers[i]) || (*end != ':' && *end != '\0'))
            return false;
        at = end;
    }
    *ret_decay = (struct sg_decay){(enum sg_decay_kind)kind, numbers[0], numbers[1]};
    return true;
}

static double or_else(double given, double otherwise) {
    return isnan(given) ? otherwise : given;
}

double sg_decay_weight(const struct sg_decay *decay, double cost, double limit) {
    static const double pi = 3.14159265358979323846;
    double d = fmin(cost, limit);
    switch (decay->kind) {
    case SG_DECAY_STEP: { /* a band holds its upper edge, to the micrometre that distances are known to */
        double third = limit / 3;
        return d <= third + 1e-6 ? 1 : d <= 2 * third + 1e-6 ? 0.68 : 0.22;
    }
    case SG_DECAY_GAUSSIAN:
        if (isnan(decay->a)) {
            double edge = exp(-0.5), ratio = d / limit;
            return fmax(0, (exp(-0.5 * ratio * ratio) - edge) / (1 - edge));
        }
        return exp(-d * d / (2 * decay->a * decay->a));
    case SG_DECAY_EXPONENTIAL:
        return exp(-d * or_else(decay->a, 2 * log(2) / limit));
    case SG_DECAY_LINEAR:
        return fmax(0, 1 - d / or_else(decay->a, limit));
    case SG_DECAY_LOGISTIC: {
        double middle = or_else(decay->a, limit / 2), slope = pi / (or_else(decay->b, limit / 6) * sqrt(3));
        return (1 + exp(-middle * slope)) / (1 + exp((d - middle) * slope));
    }
    case SG_DECAY_POWER: {
        double from = or_else(decay->b, limit / 10);
        return d <= from ? 1 : pow(d / from, -or_else(decay->a, 1));
    }
    case SG_DECAY_NONE:
    case SG_DECAY_COUNT:
        break;
    }
    return 1;
}

double sg_decay_half_cost(const struct sg_decay *decay, double limit) {
    if (sg_decay_weight(decay, limit, limit) > 0.5)
        return limit;
    double above = 0, below = limit; /* weights never rise */
    for (int i = 0; i < 60; i++) {
        double middle = (above + below) / 2;
        if (sg_decay_weight(decay, middle, limit) > 0.5)
            above = middle;
        else
            below = middle;
    }
    return below;
}
