/* Records that share a point, and those that repeat another one. */
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "job/run.h"

static int compare_places(const void *a, const void *b) {
    const struct sg_site *one = *(const struct sg_site *const *)a, *two = *(const struct sg_site *const *)b;
    if (one->lon_lat_deg.x != two->lon_lat_deg.x)
        return one->lon_lat_deg.x < two->lon_lat_deg.x ? -1 : 1;
    if (one->lon_lat_deg.y != two->lon_lat_deg.y)
        return one->lon_lat_deg.y < two->lon_lat_deg.y ? -1 : 1;
    if (one->organization != two->organization)
        return one->organization < two->organization ? -1 : 1;
    return one < two ? -1 : one > two;
}

static bool is_same_place(const struct sg_site *one, const struct sg_site *two) {
    return one->lon_lat_deg.x == two->lon_lat_deg.x && one->lon_lat_deg.y == two->lon_lat_deg.y;
}

static bool has_same_types(const struct sg_run *run, const struct sg_site *one, const struct sg_site *two) {
    return one->type_count == two->type_count
           && memcmp(run->inventory.site_types + one->first_type, run->inventory.site_types + two->first_type,
                     one->type_count * sizeof *run->inventory.site_types)
                  == 0;
}

static void note_stack(struct sg_stacks *stacks, struct sg_point lon_lat_deg, size_t count) {
    if (count < 2)
        return;
    stacks->places++;
    stacks->records += count;
    if (count > stacks->largest) {
        stacks->largest = count;
        stacks->largest_lon_lat_deg = lon_lat_deg;
    }
}

/* Many records on one point are a geocoder's default, or one busy building: said, and counted all the same.
   Records with the same organization, types and place are likely the same service twice. */
enum sg_status sg_run_find_stacks(struct sg_run *run) {
    const struct sg_inventory *inventory = &run->inventory;
    const struct sg_site **sites = sg_alloc(inventory->site_count, sizeof *sites);
    if (sites == NULL)
        return sg_fail_memory(run->context);
    for (size_t i = 0; i < inventory->site_count; i++)
        sites[i] = &inventory->sites[i];
    if (inventory->site_count > 1)
        qsort(sites, inventory->site_count, sizeof *sites, compare_places);
    size_t suspicious = inventory->site_count / 200 > 20 ? inventory->site_count / 200 : 20;
    size_t stacks = 0, duplicates = 0;
    for (size_t i = 0; i < inventory->site_count;) {
        size_t next = i + 1;
        while (next < inventory->site_count && is_same_place(sites[i], sites[next])) {
            const struct sg_site *before = sites[next - 1], *here = sites[next];
            duplicates += before->organization == here->organization && here->organization != UINT32_MAX
                          && has_same_types(run, before, here);
            next++;
        }
        note_stack(&run->stacks, sites[i]->lon_lat_deg, next - i);
        if (next - i >= suspicious && stacks++ < 5)
            sg_warn(run->context,
                    "they are counted; look whether the point is a geocoder's default for the city",
                    "%zu records share the point %.6f, %.6f (lon, lat)", next - i, sites[i]->lon_lat_deg.x,
                    sites[i]->lon_lat_deg.y);
        i = next;
    }
    sg_free(sites);
    run->stacks.duplicates = duplicates;
    if (duplicates > 0 && !run->job->tally.drop_duplicates)
        sg_warn(run->context, "--drop-duplicates counts each once",
                "%zu %s another one's organization, types and place", duplicates,
                sg_plural(duplicates, "record repeats", "records repeat"));
    return SG_OK;
}
