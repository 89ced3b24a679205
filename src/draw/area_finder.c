#include "draw/area_finder.h"

#include "core/alloc.h"

bool sg_area_finder_init(struct sg_area_finder *finder, const struct sg_topology *topology) {
    *finder = (struct sg_area_finder){.loaded = UINT32_MAX};
    finder->boxes = sg_alloc(topology->area_count, sizeof *finder->boxes);
    for (uint32_t area = 0; area < topology->area_count && finder->boxes != NULL; area++)
        finder->boxes[area] = sg_topology_area_box(topology, area);
    return finder->boxes != NULL;
}

void sg_area_finder_release(struct sg_area_finder *finder) {
    sg_free(finder->boxes);
    sg_label_room_release(&finder->room);
    *finder = (struct sg_area_finder){0};
}

static bool holds(struct sg_area_finder *finder, const struct sg_topology *topology, uint32_t area,
                  struct sg_point point, bool *ret_holds) {
    *ret_holds = false;
    if (area == UINT32_MAX || !sg_box_holds(&finder->boxes[area], point))
        return true;
    if (finder->loaded != area && !sg_label_room_load(&finder->room, topology, area))
        return false;
    finder->loaded = area;
    *ret_holds = sg_rings_hold_box(&finder->room.rings, point.x, point.y, 0, 0);
    return true;
}

bool sg_area_at(struct sg_area_finder *finder, const struct sg_topology *topology, struct sg_point point,
                uint32_t *ret_area) {
    bool is_here;
    *ret_area = finder->loaded; /* neighbours on the page are mostly in one area */
    if (!holds(finder, topology, finder->loaded, point, &is_here))
        return false;
    for (uint32_t area = 0; area < topology->area_count && !is_here; area++) {
        *ret_area = area;
        if (!holds(finder, topology, area, point, &is_here))
            return false;
    }
    if (!is_here)
        *ret_area = UINT32_MAX;
    return true;
}
