#include "measure/locate.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "core/alloc.h"

/* An edge in its canonical direction: a below b, or left of it at the same height. The two areas on its
   sides hold the same numbers in the same order, so that a point on it gets one answer for both. */
struct edge {
    struct sg_point a, b;
};

/* A cell is outside everything, inside one shape, or has a list of groups: count, then for each shape
   position << 1 | (is the cell's lower left corner inside?), edge count, edges. */
#define CELL_OUTSIDE SG_NOWHERE
#define CELL_LISTED 0x80000000u

struct sg_locator {
    struct sg_box box;
    double cell_width, cell_height;
    double cells_per_x, cells_per_y;
    double margin_x,
        margin_y; /* of a cell: how far beyond its limits edges are entered in it, see limit_cells() */
    uint32_t columns, rows;
    uint32_t *cells;
    uint32_t *lists;
    struct edge *edges;
};

/* While the index is built: the edges of one shape in one cell. */
struct group {
    uint32_t cell;
    uint32_t shape_and_corner;
    uint32_t first_edge; /* in group_edges */
    uint32_t edge_count;
};

struct builder {
    struct sg_locator *locator;
    struct group *groups;
    size_t group_count, group_capacity;
    uint32_t *group_edges;
    size_t group_edge_count, group_edge_capacity;
    /* of the shape at hand, over the cells of its box */
    uint32_t first_column, first_row, columns, rows;
    uint32_t *counts;
    size_t count_capacity;
    unsigned char *corners;
    size_t corner_capacity;
    uint32_t *cell_of_pair, *edge_of_pair;
    size_t pair_count, pair_capacity, edge_pair_capacity;
};

/* Is the point left of the edge? A point on it is moved right, and up by far less, by an infinitesimal:
   the half-open rule written as a perturbation. */
static bool is_left(const struct edge *edge, struct sg_point point) {
    int turn = sg_orientation(edge->a, edge->b, point);
    return turn != 0 ? turn > 0 : edge->a.y == edge->b.y;
}

static struct sg_point corner_of(const struct sg_locator *locator, uint32_t column, uint32_t row) {
    return (struct sg_point){locator->box.min_x + column * locator->cell_width,
                             locator->box.min_y + row * locator->cell_height};
}

static uint32_t clamp_cell(double position, uint32_t count) {
    if (!(position > 0))
        return 0;
    return position >= count ? count - 1 : (uint32_t)position;
}

static uint32_t column_at(const struct sg_locator *locator, double x, double margin) {
    return clamp_cell((x - locator->box.min_x) * locator->cells_per_x + margin, locator->columns);
}

static uint32_t row_at(const struct sg_locator *locator, double y, double margin) {
    return clamp_cell((y - locator->box.min_y) * locator->cells_per_y + margin, locator->rows);
}

static bool add_pair(struct builder *builder, uint32_t local_cell, uint32_t edge) {
    if (!sg_reserve(&builder->cell_of_pair, &builder->pair_capacity, builder->pair_count + 1,
                    sizeof *builder->cell_of_pair)
        || !sg_reserve(&builder->edge_of_pair, &builder->edge_pair_capacity, builder->pair_count + 1,
                       sizeof *builder->edge_of_pair))
        return false;
    builder->cell_of_pair[builder->pair_count] = local_cell;
    builder->edge_of_pair[builder->pair_count++] = edge;
    builder->counts[local_cell]++;
    return true;
}

/* Enters the edge in every cell that it touches (or comes within the margin of). */
static bool enter_edge(struct builder *builder, uint32_t edge_index) {
    const struct sg_locator *locator = builder->locator;
    const struct edge *edge = &locator->edges[edge_index];
    double min_x = fmin(edge->a.x, edge->b.x), max_x = fmax(edge->a.x, edge->b.x);
    uint32_t first_row = row_at(locator, edge->a.y, -locator->margin_y);
    uint32_t last_row = row_at(locator, edge->b.y, locator->margin_y);
    double height = edge->b.y - edge->a.y;
    double slope = height > 0 ? (edge->b.x - edge->a.x) / height : 0;
    for (uint32_t row = first_row; row <= last_row; row++) {
        double left = min_x, right = max_x;
        if (height > 0
            && first_row != last_row) { /* a level edge is whole in both rows at whose limit it is */
            double bottom = locator->box.min_y + (row - locator->margin_y) * locator->cell_height;
            double top = locator->box.min_y + (row + 1 + locator->margin_y) * locator->cell_height;
            double x1 = edge->a.x + (fmax(bottom, edge->a.y) - edge->a.y) * slope;
            double x2 = edge->a.x + (fmin(top, edge->b.y) - edge->a.y) * slope;
            left = fmax(min_x, fmin(x1, x2));
            right = fmin(max_x, fmax(x1, x2));
        }
        uint32_t first = column_at(locator, left, -locator->margin_x);
        uint32_t last = column_at(locator, right, locator->margin_x);
        for (uint32_t column = first; column <= last; column++) {
            uint32_t local = (row - builder->first_row) * builder->columns + (column - builder->first_column);
            if (!add_pair(builder, local, edge_index))
                return false;
        }
    }
    return true;
}

/* Flips corners[row][first column] up to the crossing of the edge, for each row of corners it straddles:
   after all edges, the running exclusive-or along a row says which corners are inside. */
static void mark_crossings(struct builder *builder, uint32_t edge_index) {
    const struct sg_locator *locator = builder->locator;
    const struct edge *edge = &locator->edges[edge_index];
    double slope = edge->b.y > edge->a.y ? (edge->b.x - edge->a.x) / (edge->b.y - edge->a.y) : 0;
    uint32_t last_row = builder->first_row + builder->rows - 1;
    uint32_t row = row_at(locator, edge->a.y, -1);
    if (row < builder->first_row)
        row = builder->first_row;
    for (; row <= last_row; row++) {
        double y = locator->box.min_y + row * locator->cell_height;
        if (y < edge->a.y)
            continue;
        if (y >= edge->b.y)
            break;
        double x = edge->a.x + (y - edge->a.y) * slope;
        uint32_t end = builder->first_column + builder->columns; /* first corner not left of the edge */
        uint32_t column = column_at(locator, x, 0);
        if (column < builder->first_column)
            column = builder->first_column;
        while (column > builder->first_column && !is_left(edge, corner_of(locator, column - 1, row)))
            column--;
        while (column < end && is_left(edge, corner_of(locator, column, row)))
            column++;
        unsigned char *flips = builder->corners + (size_t)(row - builder->first_row) * (builder->columns + 1);
        flips[0] ^= 1;
        flips[column - builder->first_column] ^= 1;
    }
}

/* Turns the pairs of the shape into groups, and its inner cells into cover. */
static bool emit_groups(struct builder *builder, uint32_t shape) {
    struct sg_locator *locator = builder->locator;
    if (!sg_reserve(&builder->group_edges, &builder->group_edge_capacity,
                    builder->group_edge_count + builder->pair_count, sizeof *builder->group_edges))
        return false;
    uint32_t *first_edges = builder->counts; /* reused: count -> group edge position */
    for (uint32_t r = 0; r < builder->rows; r++) {
        const unsigned char *flips = builder->corners + (size_t)r * (builder->columns + 1);
        unsigned char inside = 0;
        for (uint32_t c = 0; c < builder->columns; c++) {
            inside ^= flips[c];
            size_t local = (size_t)r * builder->columns + c;
            uint32_t count = builder->counts[local];
            uint32_t cell = (builder->first_row + r) * locator->columns + builder->first_column + c;
            if (count == 0 && !inside)
                continue;
            if (count == 0 && locator->cells[cell] == CELL_OUTSIDE) {
                locator->cells[cell] = shape;
                continue;
            }
            if (!sg_reserve(&builder->groups, &builder->group_capacity, builder->group_count + 1,
                            sizeof *builder->groups))
                return false;
            builder->groups[builder->group_count++] =
                (struct group){cell, shape << 1 | inside, (uint32_t)builder->group_edge_count, count};
            first_edges[local] = (uint32_t)builder->group_edge_count;
            builder->group_edge_count += count;
        }
    }
    for (size_t i = 0; i < builder->pair_count; i++)
        builder->group_edges[first_edges[builder->cell_of_pair[i]]++] = builder->edge_of_pair[i];
    return true;
}

static bool enter_shape(struct builder *builder, const struct sg_shape *shape, uint32_t position,
                        uint32_t first_edge, uint32_t edge_count) {
    const struct sg_locator *locator = builder->locator;
    struct sg_box box = sg_shape_envelope(shape);
    builder->first_column = column_at(locator, box.min_x, -locator->margin_x);
    builder->first_row = row_at(locator, box.min_y, -locator->margin_y);
    builder->columns = column_at(locator, box.max_x, locator->margin_x) - builder->first_column + 1;
    builder->rows = row_at(locator, box.max_y, locator->margin_y) - builder->first_row + 1;
    size_t cell_count = (size_t)builder->columns * builder->rows;
    size_t corner_count = (size_t)(builder->columns + 1) * builder->rows;
    if (!sg_reserve(&builder->counts, &builder->count_capacity, cell_count, sizeof *builder->counts)
        || !sg_reserve(&builder->corners, &builder->corner_capacity, corner_count, 1))
        return false;
    memset(builder->counts, 0, cell_count * sizeof *builder->counts);
    memset(builder->corners, 0, corner_count);
    builder->pair_count = 0;
    for (uint32_t i = first_edge; i < first_edge + edge_count; i++) {
        if (!enter_edge(builder, i))
            return false;
        mark_crossings(builder, i);
    }
    return emit_groups(builder, position);
}

/* Sorts the groups by cell and writes the lists. Groups come in shape order, which a counting sort keeps. */
static bool write_lists(struct builder *builder) {
    struct sg_locator *locator = builder->locator;
    size_t cell_count = (size_t)locator->columns * locator->rows;
    uint32_t *sizes = sg_alloc(cell_count + 1, sizeof *sizes);
    if (sizes == NULL)
        return false;
    for (size_t i = 0; i < builder->group_count; i++)
        sizes[builder->groups[i].cell] += 2 + builder->groups[i].edge_count;
    size_t total = 0;
    for (size_t cell = 0; cell < cell_count; cell++) {
        if (sizes[cell] == 0)
            continue;
        uint32_t size = sizes[cell] + 1 + (locator->cells[cell] != CELL_OUTSIDE ? 2 : 0);
        sizes[cell] = (uint32_t)total;
        total += size;
    }
    if (total >= CELL_LISTED) {
        sg_free(sizes);
        return false;
    }
    locator->lists = sg_alloc(total, sizeof *locator->lists);
    if (locator->lists == NULL) {
        sg_free(sizes);
        return false;
    }
    uint32_t *ends = sizes; /* where the cell's next group goes */
    for (size_t i = 0; i < builder->group_count; i++) {
        const struct group *group = &builder->groups[i];
        uint32_t start;
        if ((locator->cells[group->cell] & CELL_LISTED) == 0 || locator->cells[group->cell] == CELL_OUTSIDE) {
            uint32_t cover = locator->cells[group->cell];
            start = ends[group->cell];
            locator->cells[group->cell] = CELL_LISTED | start;
            ends[group->cell] = start + 1;
            if (cover != CELL_OUTSIDE) {
                locator->lists[start] = 1;
                locator->lists[start + 1] = cover << 1 | 1;
                locator->lists[start + 2] = 0;
                ends[group->cell] = start + 3;
            }
        }
        start = locator->cells[group->cell] & ~CELL_LISTED;
        locator->lists[start]++;
        uint32_t *to = locator->lists + ends[group->cell];
        to[0] = group->shape_and_corner;
        to[1] = group->edge_count;
        for (uint32_t e = 0; e < group->edge_count; e++)
            to[2 + e] = builder->group_edges[group->first_edge + e];
        ends[group->cell] += 2 + group->edge_count;
    }
    sg_free(sizes);
    return true;
}

/* Fills in the edges of one shape in canonical direction; edges of no length are left out. */
static uint32_t fill_edges(const struct sg_shape *shape, struct edge *edges) {
    uint32_t count = 0;
    for (uint32_t r = 0; r < shape->ring_count; r++) {
        for (uint32_t i = shape->ring_starts[r]; i + 1 < shape->ring_starts[r + 1]; i++) {
            struct sg_point a = shape->points[i], b = shape->points[i + 1];
            if (a.x == b.x && a.y == b.y)
                continue;
            if (a.y > b.y || (a.y == b.y && a.x > b.x))
                edges[count++] = (struct edge){b, a};
            else
                edges[count++] = (struct edge){a, b};
        }
    }
    return count;
}

/* As many cells as wanted along one axis, but none so small that the coordinates' last digits count in it.
   Cells are found by one multiplication and their corners by another: the margin covers the rounding of both,
   and of an edge's crossing. */
static uint32_t limit_cells(double wanted, double low, double high, double length, double *ret_margin) {
    double digit = DBL_EPSILON * fmax(fabs(low), fabs(high));
    double count = fmax(1, fmin(wanted, floor(length / (64 * fmax(digit, DBL_MIN)))));
    *ret_margin = fmin(1, 1e-6 + 4 * digit * count / length);
    return (uint32_t)count;
}

static void choose_grid(struct sg_locator *locator, size_t edge_count, size_t point_count) {
    /* About four cells an edge keep most points in cells that no edge crosses (eight save a point 2 ns);
       where there are fewer points than edges, that would cost more than it saves. Four million cells are 16
       MiB. */
    double cells = fmin(fmax(4.0 * (double)point_count, 0.25 * (double)edge_count), 4.0 * (double)edge_count);
    double wanted = fmin(fmax(cells, 1024), 4194304);
    double width = locator->box.max_x - locator->box.min_x;
    double height = locator->box.max_y - locator->box.min_y;
    double longest = fmax(fmax(width, height), 1e-9);
    width = fmax(width, longest * 1e-6);
    height = fmax(height, longest * 1e-6);
    double columns = fmin(fmax(ceil(sqrt(wanted * width / height)), 1), wanted);
    const struct sg_box *box = &locator->box;
    locator->columns = limit_cells(columns, box->min_x, box->max_x, width, &locator->margin_x);
    locator->rows = limit_cells(ceil(wanted / columns), box->min_y, box->max_y, height, &locator->margin_y);
    locator->cell_width = width / locator->columns;
    locator->cell_height = height / locator->rows;
    locator->cells_per_x = 1 / locator->cell_width;
    locator->cells_per_y = 1 / locator->cell_height;
}

static void builder_release(struct builder *builder) {
    sg_free(builder->groups);
    sg_free(builder->group_edges);
    sg_free(builder->counts);
    sg_free(builder->corners);
    sg_free(builder->cell_of_pair);
    sg_free(builder->edge_of_pair);
}

static bool build(struct sg_locator *locator, const struct sg_shape *const *shapes, size_t shape_count,
                  size_t most_edges, size_t point_count) {
    locator->edges = sg_alloc(most_edges, sizeof *locator->edges);
    choose_grid(locator, most_edges, point_count);
    size_t cell_count = (size_t)locator->columns * locator->rows;
    locator->cells = sg_alloc(cell_count, sizeof *locator->cells);
    if (locator->edges == NULL || locator->cells == NULL)
        return false;
    memset(locator->cells, 0xFF, cell_count * sizeof *locator->cells);
    struct builder builder = {.locator = locator};
    bool done = true;
    uint32_t first_edge = 0;
    for (size_t i = 0; done && i < shape_count; i++) {
        uint32_t edge_count = fill_edges(shapes[i], locator->edges + first_edge);
        if (edge_count > 0)
            done = enter_shape(&builder, shapes[i], (uint32_t)i, first_edge, edge_count);
        first_edge += edge_count;
    }
    done = done && write_lists(&builder);
    builder_release(&builder);
    return done;
}

enum sg_status sg_locator_new(struct sg_context *context, const struct sg_shape *const *shapes,
                              size_t shape_count, size_t point_count, struct sg_locator **ret_locator) {
    struct sg_locator *locator = sg_alloc(1, sizeof *locator);
    if (locator == NULL)
        return sg_fail_memory(context);
    locator->box = sg_box_empty();
    size_t most_edges = 0;
    for (size_t i = 0; i < shape_count; i++) {
        struct sg_box box = sg_shape_envelope(shapes[i]);
        sg_box_add_box(&locator->box, &box);
        most_edges += sg_shape_point_count(shapes[i]);
    }
    if (most_edges >= UINT32_MAX / 2 || shape_count >= CELL_LISTED / 2) {
        sg_locator_free(locator);
        return sg_fail(context, SG_BAD_INPUT, "simplify the boundaries, or split the area",
                       "the areas have %zu vertices: more than can be indexed", most_edges);
    }
    if (most_edges > 0 && !build(locator, shapes, shape_count, most_edges, point_count)) {
        sg_locator_free(locator);
        return sg_fail_memory(context);
    }
    *ret_locator = locator;
    return SG_OK;
}

void sg_locator_free(struct sg_locator *locator) {
    if (locator == NULL)
        return;
    sg_free(locator->cells);
    sg_free(locator->lists);
    sg_free(locator->edges);
    sg_free(locator);
}

/* Is the point inside the shape whose edges in this cell are given? Walks from the point level to the
   cell's left side and along it to the corner, whose answer is known; each edge crossed flips it. */
static bool is_inside(const struct edge *edges, const uint32_t *which, uint32_t count, struct sg_point point,
                      struct sg_point corner, bool inside) {
    struct sg_point turn = {corner.x, point.y};
    for (uint32_t i = 0; i < count; i++) {
        const struct edge *edge = &edges[which[i]];
        bool level = edge->a.y <= point.y && point.y < edge->b.y;
        double min_x = edge->a.x, max_x = edge->b.x;
        if (min_x > max_x) {
            min_x = edge->b.x;
            max_x = edge->a.x;
        }
        bool upright = min_x <= corner.x && corner.x < max_x;
        if (!level && !upright)
            continue;
        bool turn_left = is_left(edge, turn);
        if (level)
            inside ^= is_left(edge, point) != turn_left;
        if (upright)
            inside ^= turn_left != is_left(edge, corner);
    }
    return inside;
}

/* The cell of the point, or SG_NOWHERE when it is off the grid. */
static uint32_t find_cell(const struct sg_locator *locator, struct sg_point point) {
    if (locator->cells == NULL || !sg_box_holds(&locator->box, point))
        return SG_NOWHERE;
    return row_at(locator, point.y, 0) * locator->columns + column_at(locator, point.x, 0);
}

/* The shapes of a cell with a list that hold the point, ascending. */
static size_t find_listed(const struct sg_locator *locator, uint32_t cell, struct sg_point point,
                          uint32_t ret_shapes[static SG_MOST_STACKED_AREAS]) {
    struct sg_point corner = corner_of(locator, cell % locator->columns, cell / locator->columns);
    const uint32_t *at = locator->lists + (locator->cells[cell] & ~CELL_LISTED);
    uint32_t group_count = *at++;
    size_t found = 0;
    for (uint32_t g = 0; g < group_count && found < SG_MOST_STACKED_AREAS; g++) {
        uint32_t edge_count = at[1];
        if (is_inside(locator->edges, at + 2, edge_count, point, corner, at[0] & 1)) {
            /* the cover comes first in a list: keep the positions ascending */
            size_t to = found++;
            uint32_t shape = at[0] >> 1;
            for (; to > 0 && ret_shapes[to - 1] > shape; to--)
                ret_shapes[to] = ret_shapes[to - 1];
            ret_shapes[to] = shape;
        }
        at += 2 + edge_count;
    }
    return found;
}

/* What is in a cell: CELL_OUTSIDE, one shape, or CELL_LISTED and where its list is. */
static uint32_t content_of(const struct sg_locator *locator, uint32_t cell) {
    return cell == SG_NOWHERE ? CELL_OUTSIDE : locator->cells[cell];
}

static bool is_listed(uint32_t content) {
    return (content & CELL_LISTED) != 0 && content != CELL_OUTSIDE;
}

size_t sg_locate_all(const struct sg_locator *locator, struct sg_point point,
                     uint32_t ret_shapes[static SG_MOST_STACKED_AREAS]) {
    uint32_t cell = find_cell(locator, point);
    uint32_t content = content_of(locator, cell);
    if (is_listed(content))
        return find_listed(locator, cell, point, ret_shapes);
    if (content == CELL_OUTSIDE)
        return 0;
    ret_shapes[0] = content;
    return 1;
}

void sg_locate_block(const struct sg_locator *locator, const struct sg_point *points, size_t count,
                     struct sg_place *ret_places) {
    uint32_t cells[SG_LOCATE_BLOCK], listed[SG_LOCATE_BLOCK] = {0};
    size_t listed_count = 0;
    for (size_t i = 0; i < count; i++) {
        cells[i] = find_cell(locator, points[i]);
        if (cells[i] != SG_NOWHERE)
            __builtin_prefetch(&locator->cells[cells[i]]);
    }
    /* which points need their cell's list is not to be guessed: they are set apart without a branch */
    for (size_t i = 0; i < count; i++) {
        uint32_t content = content_of(locator, cells[i]);
        ret_places[i] = (struct sg_place){content, false};
        listed[listed_count] = (uint32_t)i;
        listed_count += is_listed(content);
    }
    for (size_t i = 0; i < listed_count; i++)
        __builtin_prefetch(locator->lists + (ret_places[listed[i]].shape & ~CELL_LISTED));
    for (size_t i = 0; i < listed_count; i++) {
        const uint32_t *at = locator->lists + (ret_places[listed[i]].shape & ~CELL_LISTED);
        if (at[2] > 0)
            __builtin_prefetch(&locator->edges[at[3]]);
    }
    for (size_t i = 0; i < listed_count; i++) {
        uint32_t shapes[SG_MOST_STACKED_AREAS];
        size_t found = find_listed(locator, cells[listed[i]], points[listed[i]], shapes);
        ret_places[listed[i]] = (struct sg_place){found == 0 ? SG_NOWHERE : shapes[0], found > 1};
    }
}

uint32_t sg_locate(const struct sg_locator *locator, struct sg_point point) {
    uint32_t shapes[SG_MOST_STACKED_AREAS];
    return sg_locate_all(locator, point, shapes) > 0 ? shapes[0] : SG_NOWHERE;
}
