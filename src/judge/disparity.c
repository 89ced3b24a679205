#include "judge/disparity.h"

#include <math.h>

double sg_area_disparity(const double *services, const double *people, size_t count, double *ret_points) {
    double all_services = 0, all_people = 0, apart = 0;
    for (size_t a = 0; a < count; a++) {
        ret_points[a] = NAN;
        if (!isfinite(people[a]) || !isfinite(services[a]))
            continue;
        all_services += services[a];
        all_people += people[a];
    }
    if (!(all_services > 0) || !(all_people > 0))
        return NAN;
    for (size_t a = 0; a < count; a++) {
        if (!isfinite(people[a]) || !isfinite(services[a]))
            continue;
        ret_points[a] = 100 * (services[a] / all_services - people[a] / all_people);
        apart += fabs(ret_points[a]);
    }
    return apart / 2;
}

double sg_group_disparity(const double *services, const double *group_people, const double *people,
                          size_t count) {
    double all_services = 0, around = 0, all_group = 0, all_people = 0;
    for (size_t a = 0; a < count; a++) {
        if (!(people[a] > 0) || !isfinite(group_people[a]))
            continue;
        all_group += group_people[a];
        all_people += people[a];
        if (!isfinite(services[a]))
            continue;
        all_services += services[a];
        around += services[a] * (group_people[a] / people[a]);
    }
    if (!(all_services > 0) || !(all_people > 0))
        return NAN;
    return 100 * (around / all_services - all_group / all_people);
}
