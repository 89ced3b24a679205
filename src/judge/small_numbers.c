#include "judge/small_numbers.h"

#include <math.h>

/* The regularized lower incomplete gamma function P(a, x): a series below a + 1, a continued fraction (Lentz)
   above (Abramowitz and Stegun 6.5.29 and 6.5.31). */
static double gamma_share(double a, double x) {
    if (!(x > 0))
        return 0;
    double front = exp(-x + a * log(x) - lgamma(a));
    if (x < a + 1) {
        double term = 1 / a, sum = term;
        for (double n = a + 1; term > 1e-17 * sum; n++) {
            term *= x / n;
            sum += term;
        }
        return front * sum;
    }
    const double tiny = 1e-300;
    double b = x + 1 - a, c = 1 / tiny, d = 1 / b, h = d;
    for (int i = 1; i < 10000; i++) {
        double an = -i * (i - a);
        b += 2;
        d = an * d + b;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = b + an / c;
        c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        if (fabs(d * c - 1) < 1e-16)
            break;
    }
    return 1 - front * h;
}

double sg_chi_squared_quantile(double share, double degrees) {
    if (!(share > 0) || !(degrees > 0))
        return 0;
    double a = degrees / 2, low = 0, high = a + 10;
    while (gamma_share(a, high) < share)
        high *= 2;
    for (int i = 0; i < 200 && high - low > 1e-14 * high; i++) {
        double middle = (low + high) / 2;
        *(gamma_share(a, middle) < share ? &low : &high) = middle;
    }
    return low + high; /* twice the middle: chi-squared is twice the gamma variable */
}

void sg_poisson_interval(double count, double *ret_low, double *ret_high) {
    *ret_low = sg_chi_squared_quantile(0.025, 2 * count) / 2;
    *ret_high = sg_chi_squared_quantile(0.975, 2 * count + 2) / 2;
}

void sg_smooth_rates(const double *counts, const double *people, size_t area_count, double *ret_rates) {
    double all_counts = 0, all_people = 0, spread = 0;
    size_t known = 0;
    for (size_t a = 0; a < area_count; a++) {
        if (!(people[a] > 0) || !isfinite(counts[a]))
            continue;
        all_counts += counts[a];
        all_people += people[a];
        known++;
    }
    double mean = all_counts / all_people;
    for (size_t a = 0; a < area_count; a++) {
        double apart = counts[a] / people[a] - mean;
        if (people[a] > 0 && isfinite(counts[a]))
            spread += people[a] * apart * apart / all_people;
    }
    double beyond = fmax(0, spread - mean * (double)known / all_people);
    for (size_t a = 0; a < area_count; a++) {
        ret_rates[a] = NAN;
        if (!(people[a] > 0) || !isfinite(counts[a]))
            continue;
        double chance = mean / people[a];
        double own = beyond + chance > 0 ? beyond / (beyond + chance) : 0;
        ret_rates[a] = own * (counts[a] / people[a]) + (1 - own) * mean;
    }
}
