#include "core/numbers.h"

#include <math.h>
#include <stdlib.h>

#include "core/alloc.h"

int sg_compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

bool sg_median(const double *values, size_t count, double *ret_median) {
    double *known = sg_alloc(count, sizeof *known);
    if (known == NULL)
        return false;
    size_t known_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i]))
            known[known_count++] = values[i];
    }
    if (known_count > 1)
        qsort(known, known_count, sizeof *known, sg_compare_numbers);
    *ret_median = known_count == 0 ? NAN : (known[(known_count - 1) / 2] + known[known_count / 2]) / 2;
    sg_free(known);
    return true;
}

size_t sg_count_below(const double *sorted, size_t count, double value) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sorted[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

double sg_nice_step(double rough) {
    const double rounding = 1e-7; /* of the division: 0.3 / 0.1 is a little under 3 */
    double power = pow(10, floor(log10(rough)));
    double f = rough / power - rounding;
    return (f <= 1 ? 1 : f <= 2 ? 2 : f <= 2.5 ? 2.5 : f <= 5 ? 5 : 10) * power;
}
