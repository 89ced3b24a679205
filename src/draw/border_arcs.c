#include "draw/border_arcs.h"

#include <math.h>
#include <stdint.h>

#include "core/alloc.h"

/* Work on ids: equal points have equal ids. */
struct cutting {
    const struct sg_shape *const *shapes;
    uint32_t shape_count;
    struct sg_point origin; /* of the cells in which points are the same */
    double cells_per_unit;
    uint32_t *table; /* open addressing: id + 1 */
    size_t table_size;
    struct sg_point *id_points;
    uint32_t id_count;
    uint32_t *ids;       /* of all ring points, duplicates in a row and closing points left out */
    uint32_t *ring_ends; /* ring r has ids[ring_ends[r - 1]] up to ring_ends[r] */
    uint32_t *ring_area;
    uint32_t ring_count;
    uint32_t (*neighbours)[2]; /* of each id when first met */
    unsigned char *junction;
    uint32_t *arc_table; /* arc index + 1, by its ends */
    size_t arc_table_size;
};

static void cutting_release(struct cutting *cut) {
    sg_free(cut->table);
    sg_free(cut->id_points);
    sg_free(cut->ids);
    sg_free(cut->ring_ends);
    sg_free(cut->ring_area);
    sg_free(cut->neighbours);
    sg_free(cut->junction);
    sg_free(cut->arc_table);
}

static uint64_t mix(uint64_t h) {
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    return h;
}

/* Points in one cell are the same: borders that were computed, and not copied, differ in their last digits.
 */
struct cell {
    int64_t column, row;
};

static struct cell cell_of(const struct cutting *cut, struct sg_point point) {
    return (struct cell){(int64_t)((point.x - cut->origin.x) * cut->cells_per_unit),
                         (int64_t)((point.y - cut->origin.y) * cut->cells_per_unit)};
}

static uint64_t hash_cell(struct cell cell) {
    return mix((uint64_t)cell.column * 0x9e3779b97f4a7c15u ^ mix((uint64_t)cell.row));
}

/* A hundred-millionth of the extent: less than a thousandth of a pixel, more than any rounding. The cells'
   limits are put where hardly a point of a regular grid lies. */
static void choose_cells(struct cutting *cut) {
    const double cells = 1e8, off = 0.381966;
    struct sg_box box = sg_box_empty();
    for (uint32_t s = 0; s < cut->shape_count; s++) {
        if (cut->shapes[s] != NULL) {
            struct sg_box own = sg_shape_envelope(cut->shapes[s]);
            sg_box_add_box(&box, &own);
        }
    }
    double extent = fmax(box.max_x - box.min_x, box.max_y - box.min_y);
    cut->cells_per_unit = extent > 0 ? cells / extent : 1;
    cut->origin =
        (struct sg_point){box.min_x - off / cut->cells_per_unit, box.min_y - off / cut->cells_per_unit};
}

static size_t power_of_two_over(size_t count) {
    size_t size = 16;
    while (size < count)
        size *= 2;
    return size;
}

/* The table is larger than any cache: a point's slot is asked for some points before its turn. */
enum { AHEAD = 24 };

static void ask_for(const struct cutting *cut, struct sg_point point) {
#ifdef __GNUC__
    __builtin_prefetch(&cut->table[hash_cell(cell_of(cut, point)) & (cut->table_size - 1)]);
#else
    (void)cut, (void)point;
#endif
}

static uint32_t id_of(struct cutting *cut, struct sg_point point) {
    struct cell cell = cell_of(cut, point);
    size_t mask = cut->table_size - 1;
    size_t slot = hash_cell(cell) & mask;
    for (;; slot = (slot + 1) & mask) {
        uint32_t held = cut->table[slot];
        if (held == 0) {
            cut->id_points[cut->id_count] = point;
            cut->table[slot] = ++cut->id_count;
            return cut->id_count - 1;
        }
        struct cell other = cell_of(cut, cut->id_points[held - 1]);
        if (other.column == cell.column && other.row == cell.row)
            return held - 1;
    }
}

static bool cutting_alloc(struct cutting *cut) {
    size_t points = 0, rings = 0;
    for (uint32_t s = 0; s < cut->shape_count; s++) {
        if (cut->shapes[s] != NULL) {
            points += sg_shape_point_count(cut->shapes[s]);
            rings += cut->shapes[s]->ring_count;
        }
    }
    if (points > UINT32_MAX / 4)
        return false;
    cut->table_size = power_of_two_over(points + points / 4); /* most points are there twice */
    cut->table = sg_alloc(cut->table_size, sizeof *cut->table);
    cut->id_points = sg_alloc(points, sizeof *cut->id_points);
    cut->ids = sg_alloc(points, sizeof *cut->ids);
    cut->ring_ends = sg_alloc(rings + 1, sizeof *cut->ring_ends);
    cut->ring_area = sg_alloc(rings + 1, sizeof *cut->ring_area);
    return cut->table != NULL && cut->id_points != NULL && cut->ids != NULL && cut->ring_ends != NULL
           && cut->ring_area != NULL;
}

/* Gives ids to the points of every ring; rings of fewer than three different points are left out. */
static void number_points(struct cutting *cut) {
    uint32_t used = 0;
    for (uint32_t s = 0; s < cut->shape_count; s++) {
        const struct sg_shape *shape = cut->shapes[s];
        uint32_t rings = shape == NULL ? 0 : shape->ring_count;
        uint32_t end = shape == NULL ? 0 : sg_shape_point_count(shape);
        for (uint32_t i = 0; i < end && i < AHEAD; i++)
            ask_for(cut, shape->points[i]);
        for (uint32_t r = 0; r < rings; r++) {
            uint32_t first = used;
            for (uint32_t i = shape->ring_starts[r]; i < shape->ring_starts[r + 1]; i++) {
                if (i + AHEAD < end)
                    ask_for(cut, shape->points[i + AHEAD]);
                uint32_t id = id_of(cut, shape->points[i]);
                if (used == first || cut->ids[used - 1] != id)
                    cut->ids[used++] = id;
            }
            while (used > first + 1 && cut->ids[used - 1] == cut->ids[first])
                used--;
            if (used - first < 3) {
                used = first;
                continue;
            }
            cut->ring_area[cut->ring_count] = s;
            cut->ring_ends[++cut->ring_count] = used;
        }
    }
}

/* A junction is a point whose two neighbours are not the same in every ring that passes it. */
static bool find_junctions(struct cutting *cut) {
    cut->neighbours = sg_alloc(cut->id_count, sizeof *cut->neighbours);
    cut->junction = sg_alloc(cut->id_count, 1);
    if (cut->neighbours == NULL || cut->junction == NULL)
        return false;
    for (uint32_t r = 0; r < cut->ring_count; r++) {
        uint32_t first = cut->ring_ends[r], end = cut->ring_ends[r + 1];
        uint32_t before = cut->ids[end - 1];
        for (uint32_t i = first; i < end; i++) {
            uint32_t id = cut->ids[i], after = cut->ids[i + 1 < end ? i + 1 : first];
            uint32_t low = before < after ? before : after, high = before < after ? after : before;
            if (low == high)
                cut->junction[id] = 1;         /* the tip of a spike */
            if (cut->neighbours[id][1] == 0) { /* high is never 0: ids in a ring differ */
                cut->neighbours[id][0] = low;
                cut->neighbours[id][1] = high;
            } else if (cut->neighbours[id][0] != low || cut->neighbours[id][1] != high) {
                cut->junction[id] = 1;
            }
            before = id;
        }
    }
    return true;
}

/* The stretch of a ring from one junction to the next. */
struct stretch {
    const uint32_t *ids; /* of the ring */
    uint32_t size;       /* of the ring */
    uint32_t at;
    uint32_t count; /* points, both ends included */
};

static uint32_t stretch_id(const struct stretch *stretch, uint32_t i) {
    uint32_t at = stretch->at + i; /* at most once round the ring */
    return stretch->ids[at < stretch->size ? at : at - stretch->size];
}

static bool is_arc(const struct sg_topology *topology, const uint32_t *arc_ids, uint32_t arc,
                   const struct stretch *stretch, bool reversed) {
    const struct sg_arc *held = &topology->arcs[arc];
    if (held->count != stretch->count)
        return false;
    const uint32_t *ids = arc_ids + held->start;
    uint32_t last = held->count - 1;
    /* Between junctions the way is fixed by its first step, but for degenerate data: compare all. */
    for (uint32_t i = 0; i <= last; i++) {
        if (ids[i] != stretch_id(stretch, reversed ? last - i : i))
            return false;
    }
    return true;
}

/* The arc of a stretch: the one that a neighbour's ring left, or a new one. */
static int32_t arc_of(struct cutting *cut, struct sg_topology *topology, uint32_t *arc_ids,
                      const struct stretch *stretch, uint32_t area) {
    uint32_t a = stretch_id(stretch, 0), a2 = stretch_id(stretch, 1);
    uint32_t b = stretch_id(stretch, stretch->count - 1), b2 = stretch_id(stretch, stretch->count - 2);
    uint64_t one = mix((uint64_t)a << 32 | a2), other = mix((uint64_t)b << 32 | b2);
    size_t mask = cut->arc_table_size - 1;
    size_t slot = (size_t)(one + other) & mask; /* the same from either end */
    for (; cut->arc_table[slot] != 0; slot = (slot + 1) & mask) {
        uint32_t arc = cut->arc_table[slot] - 1;
        bool same = is_arc(topology, arc_ids, arc, stretch, false);
        if (same || is_arc(topology, arc_ids, arc, stretch, true)) {
            if (topology->arcs[arc].areas[1] == SG_NO_AREA)
                topology->arcs[arc].areas[1] = area;
            return same ? (int32_t)arc : ~(int32_t)arc;
        }
    }
    uint32_t arc = topology->arc_count++;
    cut->arc_table[slot] = arc + 1;
    topology->arcs[arc] = (struct sg_arc){topology->point_count, stretch->count, {area, SG_NO_AREA}};
    for (uint32_t i = 0; i < stretch->count; i++)
        arc_ids[topology->point_count++] = stretch_id(stretch, i);
    return (int32_t)arc;
}

/* Where a ring without junctions begins: at its smallest id, so that a hole and the island in it agree. */
static uint32_t lowest_position(const uint32_t *ids, uint32_t size) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < size; i++) {
        if (ids[i] < ids[best])
            best = i;
    }
    return best;
}

static uint32_t first_junction(const struct cutting *cut, const uint32_t *ids, uint32_t size) {
    for (uint32_t i = 0; i < size; i++) {
        if (cut->junction[ids[i]])
            return i;
    }
    return SG_NO_AREA;
}

static bool topology_alloc(const struct cutting *cut, struct sg_topology *topology, size_t *ret_arc_limit) {
    size_t ids = cut->ring_ends[cut->ring_count];
    size_t arcs = cut->ring_count;
    for (size_t i = 0; i < ids; i++)
        arcs += cut->junction[cut->ids[i]];
    topology->arcs = sg_alloc(arcs, sizeof *topology->arcs);
    topology->ring_arcs = sg_alloc(arcs, sizeof *topology->ring_arcs);
    topology->ring_starts = sg_alloc(cut->ring_count + 1, sizeof *topology->ring_starts);
    topology->area_rings = sg_alloc((size_t)cut->shape_count + 1, sizeof *topology->area_rings);
    *ret_arc_limit = arcs;
    return topology->arcs != NULL && topology->ring_arcs != NULL && topology->ring_starts != NULL
           && topology->area_rings != NULL;
}

static void cut_ring(struct cutting *cut, struct sg_topology *topology, uint32_t *arc_ids, uint32_t ring,
                     uint32_t *used) {
    const uint32_t *ids = cut->ids + cut->ring_ends[ring];
    uint32_t size = cut->ring_ends[ring + 1] - cut->ring_ends[ring];
    uint32_t first = first_junction(cut, ids, size);
    if (first == SG_NO_AREA) {
        struct stretch whole = {ids, size, lowest_position(ids, size), size + 1};
        topology->ring_arcs[(*used)++] = arc_of(cut, topology, arc_ids, &whole, cut->ring_area[ring]);
        return;
    }
    for (uint32_t at = 0; at < size;) {
        uint32_t next = at + 1;
        while (next < size && !cut->junction[ids[(first + next) % size]])
            next++;
        struct stretch stretch = {ids, size, first + at, next - at + 1};
        topology->ring_arcs[(*used)++] = arc_of(cut, topology, arc_ids, &stretch, cut->ring_area[ring]);
        at = next;
    }
}

static bool cut_rings(struct cutting *cut, struct sg_topology *topology) {
    size_t arc_limit;
    if (!find_junctions(cut) || !topology_alloc(cut, topology, &arc_limit))
        return false;
    cut->arc_table_size = power_of_two_over(arc_limit + arc_limit / 2);
    cut->arc_table = sg_alloc(cut->arc_table_size, sizeof *cut->arc_table);
    uint32_t *arc_ids = sg_alloc(cut->ring_ends[cut->ring_count] + arc_limit, sizeof *arc_ids);
    if (cut->arc_table == NULL || arc_ids == NULL) {
        sg_free(arc_ids);
        return false;
    }
    topology->area_count = cut->shape_count;
    topology->ring_count = cut->ring_count;
    uint32_t used = 0, ring = 0;
    for (uint32_t area = 0; area < cut->shape_count; area++) {
        topology->area_rings[area] = ring;
        for (; ring < cut->ring_count && cut->ring_area[ring] == area; ring++) {
            topology->ring_starts[ring] = used;
            cut_ring(cut, topology, arc_ids, ring, &used);
        }
    }
    topology->area_rings[cut->shape_count] = ring;
    topology->ring_starts[ring] = used;
    topology->points = sg_alloc(topology->point_count, sizeof *topology->points);
    if (topology->points != NULL) {
        for (uint32_t i = 0; i < topology->point_count; i++)
            topology->points[i] = cut->id_points[arc_ids[i]];
    }
    sg_free(arc_ids);
    return topology->points != NULL;
}

enum sg_status sg_topology_new(struct sg_context *context, const struct sg_shape *const *shapes, size_t count,
                               struct sg_topology *ret_topology) {
    struct cutting cut = {.shapes = shapes, .shape_count = (uint32_t)count};
    struct sg_topology topology = {0};
    bool done = count < INT32_MAX && cutting_alloc(&cut);
    if (done) {
        choose_cells(&cut);
        number_points(&cut);
        done = cut_rings(&cut, &topology);
    }
    cutting_release(&cut);
    if (!done) {
        sg_topology_release(&topology);
        return sg_fail_memory(context);
    }
    *ret_topology = topology;
    return SG_OK;
}

void sg_topology_release(struct sg_topology *topology) {
    sg_free(topology->points);
    sg_free(topology->arcs);
    sg_free(topology->ring_arcs);
    sg_free(topology->ring_starts);
    sg_free(topology->area_rings);
    *topology = (struct sg_topology){0};
}

struct sg_box sg_topology_area_box(const struct sg_topology *topology, uint32_t area) {
    struct sg_box box = sg_box_empty();
    for (uint32_t ring = topology->area_rings[area]; ring < topology->area_rings[area + 1]; ring++) {
        for (uint32_t r = topology->ring_starts[ring]; r < topology->ring_starts[ring + 1]; r++) {
            int32_t signed_arc = topology->ring_arcs[r];
            const struct sg_arc *arc = &topology->arcs[signed_arc < 0 ? ~signed_arc : signed_arc];
            for (uint32_t i = 0; i < arc->count; i++)
                sg_box_add(&box, topology->points[arc->start + i]);
        }
    }
    return box;
}
