#include "draw/area_finder.h"

#include "core/alloc.h"

enum { BANDS = 256 };

static uint32_t band_at(const struct sg_area_finder *finder, double y) {
    double band = (y - finder->top_pt) * finder->bands_per_pt;
    return !(band > 0) ? 0 : band >= BANDS ? BANDS - 1 : (uint32_t)band;
}

static void choose_bands(struct sg_area_finder *finder, uint32_t area_count) {
    struct sg_box page = sg_box_empty();
    for (uint32_t area = 0; area < area_count; area++)
        sg_box_add_box(&page, &finder->boxes[area]);
    double height = page.max_y - page.min_y;
    finder->top_pt = page.min_y;
    finder->bands_per_pt = height > 0 ? BANDS / height : 0;
}

/* Raises each band's end by the areas that reach into it, and puts them there; without a place to put them it
   only counts. */
static void enter_areas(const struct sg_area_finder *finder, uint32_t area_count, uint32_t *ends,
                        uint32_t *areas) {
    for (uint32_t area = 0; area < area_count; area++) {
        const struct sg_box *box = &finder->boxes[area];
        if (sg_box_is_empty(box))
            continue;
        for (uint32_t band = band_at(finder, box->min_y); band <= band_at(finder, box->max_y); band++) {
            if (areas != NULL)
                areas[ends[band]] = area;
            ends[band]++;
        }
    }
}

/* False when out of memory. */
static bool fill_bands(struct sg_area_finder *finder, uint32_t area_count) {
    uint32_t *starts = sg_alloc(BANDS + 2, sizeof *starts);
    finder->band_starts = starts;
    if (starts == NULL)
        return false;
    enter_areas(finder, area_count, starts + 2, NULL);
    for (int band = 0; band < BANDS; band++)
        starts[band + 2] += starts[band + 1];
    finder->band_areas = sg_alloc(starts[BANDS + 1], sizeof *finder->band_areas);
    if (finder->band_areas == NULL)
        return false;
    enter_areas(finder, area_count, starts + 1,
                finder->band_areas); /* what is the end now is the next start */
    return true;
}

bool sg_area_finder_init(struct sg_area_finder *finder, const struct sg_topology *topology) {
    *finder = (struct sg_area_finder){.loaded = UINT32_MAX};
    finder->boxes = sg_alloc(topology->area_count, sizeof *finder->boxes);
    if (finder->boxes == NULL)
        return false;
    for (uint32_t area = 0; area < topology->area_count; area++)
        finder->boxes[area] = sg_topology_area_box(topology, area);
    choose_bands(finder, topology->area_count);
    return fill_bands(finder, topology->area_count);
}

void sg_area_finder_release(struct sg_area_finder *finder) {
    sg_free(finder->boxes);
    sg_free(finder->band_starts);
    sg_free(finder->band_areas);
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
    uint32_t band = band_at(finder, point.y), end = finder->band_starts[band + 1];
    for (uint32_t i = finder->band_starts[band]; i < end && !is_here; i++) {
        *ret_area = finder->band_areas[i];
        if (!holds(finder, topology, *ret_area, point, &is_here))
            return false;
    }
    if (!is_here)
        *ret_area = UINT32_MAX;
    return true;
}
