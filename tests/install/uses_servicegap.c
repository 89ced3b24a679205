/* One call into the installed library: how far is it from Toronto's City Hall to Union Station? */
#include <math.h>
#include <stdio.h>

#include "core/context.h"
#include "model/geodesic.h"
#include "read/taxonomy_reader.h"

int main(void) {
    struct sg_ellipsoid ellipsoid = sg_ellipsoid_wgs84();
    struct sg_point city_hall = {-79.3839, 43.6534}, station = {-79.3806, 43.6453};
    double distance_m = sg_geodesic_distance(&ellipsoid, city_hall, station);
    struct sg_context *context = sg_context_new();
    struct sg_taxonomy taxonomy;
    if (context == NULL
        || sg_taxonomy_read(context, "lip", &taxonomy) != SG_OK) { /* the installed data is found */
        fprintf(stderr, "%s\n", context == NULL ? "out of memory" : sg_context_error(context));
        return 1;
    }
    printf("%.0f m, %zu types\n", distance_m, taxonomy.type_count);
    int status = fabs(distance_m - 938.5) < 1 && taxonomy.type_count == 13 ? 0 : 1;
    sg_taxonomy_release(&taxonomy);
    sg_context_free(context);
    return status;
}
