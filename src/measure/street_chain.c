#include "measure/street_chain.h"

#include <string.h>

#include "core/alloc.h"

enum { NONE = UINT32_MAX };

uint8_t sg_street_turned(uint8_t directions) {
    return (uint8_t)((directions & SG_STREET_FORWARD) << 1 | (directions & SG_STREET_BACKWARD) >> 1);
}

/* ---- vertices: points at exactly the same place ---- */

static uint64_t hash_point(struct sg_point point) {
    uint64_t words[2];
    memcpy(words, &point, sizeof words);
    uint64_t hash = (words[0] ^ 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
    hash = (hash ^ hash >> 32 ^ words[1]) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static struct sg_point without_minus_zero(struct sg_point point) {
    return (struct sg_point){point.x + 0.0, point.y + 0.0};
}

static bool number_vertices(const struct sg_street_layer *layer, struct sg_street_chains *chains) {
    size_t slot_count = 16;
    while (slot_count < 2 * layer->point_count)
        slot_count *= 2;
    uint32_t *slots = sg_alloc(slot_count, sizeof *slots); /* a point's position + 1; 0 = free */
    chains->vertices = sg_alloc(layer->point_count, sizeof *chains->vertices);
    if (slots == NULL || chains->vertices == NULL) {
        sg_free(slots);
        return false;
    }
    for (size_t i = 0; i < layer->point_count; i++) {
        struct sg_point point = without_minus_zero(layer->points[i]);
        size_t slot = hash_point(point) & (slot_count - 1);
        while (
            slots[slot] != 0
            && (layer->points[slots[slot] - 1].x != point.x || layer->points[slots[slot] - 1].y != point.y))
            slot = (slot + 1) & (slot_count - 1);
        if (slots[slot] == 0) {
            slots[slot] = (uint32_t)i + 1;
            chains->vertices[i] = (uint32_t)chains->vertex_count++;
        } else {
            chains->vertices[i] = chains->vertices[slots[slot] - 1];
        }
    }
    sg_free(slots);
    return true;
}

/* ---- cuts ---- */

/* Vertices where something ends or meets: ends of lines, and those that lines come by more than once. */
static void mark_junctions(const struct sg_street_layer *layer, const uint32_t *vertices,
                           unsigned char *visits) {
    for (size_t l = 0; l < layer->line_count; l++) {
        const struct sg_street_line *line = &layer->lines[l];
        const uint32_t *of_line = vertices + line->first_point;
        for (uint32_t i = 0; i < line->point_count; i++) {
            bool is_end = i == 0 || i + 1 == line->point_count;
            bool repeats = i > 0 && of_line[i] == of_line[i - 1];
            int so_far = visits[of_line[i]] + (is_end ? 2 : repeats ? 0 : 1);
            visits[of_line[i]] = so_far > 2 ? 2 : (unsigned char)so_far;
        }
    }
}

static bool cut_line(const struct sg_street_layer *layer, const struct sg_street_line *line, bool is_time,
                     const unsigned char *visits, struct sg_street_chains *chains) {
    const uint32_t *vertices = chains->vertices + line->first_point;
    double cost_per_m = is_time ? 60 / (1000 * layer->class_speeds_kmh[line->street_class]) : 1;
    size_t before = chains->cut_count;
    bool moved = false;
    for (uint32_t start = 0, i = 1; i < line->point_count; i++) {
        moved = moved || vertices[i] != vertices[i - 1];
        if (visits[vertices[i]] < 2)
            continue;
        if (moved) {
            if (!sg_reserve(&chains->cuts, &chains->cut_capacity, chains->cut_count + 1,
                            sizeof *chains->cuts))
                return false;
            chains->cuts[chains->cut_count++] =
                (struct sg_street_cut){vertices[start], vertices[i],      line->first_point + start,
                                       i - start + 1,   line->directions, cost_per_m};
        }
        start = i;
        moved = false;
    }
    chains->no_length_count += chains->cut_count == before;
    return true;
}

static bool cut_lines(const struct sg_street_layer *layer, bool is_time, struct sg_street_chains *chains) {
    unsigned char *visits = sg_alloc(chains->vertex_count, 1);
    bool done = visits != NULL;
    if (done)
        mark_junctions(layer, chains->vertices, visits);
    for (size_t l = 0; done && l < layer->line_count; l++)
        done = cut_line(layer, &layer->lines[l], is_time, visits, chains);
    sg_free(visits);
    return done && chains->cut_count < NONE;
}

/* ---- chains ---- */

/* The cuts at a vertex, as far as two. */
struct meeting {
    uint32_t cuts[2];
    uint32_t count;
};

static void meet(struct meeting *meeting, uint32_t cut) {
    if (meeting->count < 2)
        meeting->cuts[meeting->count] = cut;
    if (meeting->count < 3)
        meeting->count++;
}

/* The step after one that ends at a vertex: there is one where just two cuts meet that are alike. */
static bool next_step(const struct sg_street_chains *chains, const struct meeting *meetings,
                      struct sg_street_step step, struct sg_street_step *ret_next) {
    const struct sg_street_cut *cut = &chains->cuts[step.cut];
    uint32_t vertex = step.is_reversed ? cut->from : cut->to;
    const struct meeting *meeting = &meetings[vertex];
    if (meeting->count != 2 || meeting->cuts[0] == meeting->cuts[1])
        return false;
    uint32_t other = meeting->cuts[0] == step.cut ? meeting->cuts[1] : meeting->cuts[0];
    const struct sg_street_cut *next = &chains->cuts[other];
    bool is_reversed = next->from != vertex;
    uint8_t here = step.is_reversed ? sg_street_turned(cut->directions) : cut->directions;
    uint8_t there = is_reversed ? sg_street_turned(next->directions) : next->directions;
    *ret_next = (struct sg_street_step){other, is_reversed};
    return here == there && next->cost_per_m == cut->cost_per_m;
}

/* How far back a chain goes from a cut, to where its first step is found. */
static struct sg_street_step first_step(const struct sg_street_chains *chains, const struct meeting *meetings,
                                        uint32_t cut) {
    struct sg_street_step back = {cut, true}, next;
    while (next_step(chains, meetings, back, &next) && next.cut != cut)
        back = next;
    return (struct sg_street_step){back.cut, !back.is_reversed};
}

static void follow(struct sg_street_chains *chains, const struct meeting *meetings, unsigned char *is_done,
                   uint32_t cut, size_t *step_count) {
    struct sg_street_step step = first_step(chains, meetings, cut), next;
    chains->steps[(*step_count)++] = step;
    is_done[step.cut] = 1;
    while (next_step(chains, meetings, step, &next) && !is_done[next.cut]) {
        chains->steps[(*step_count)++] = next;
        is_done[next.cut] = 1;
        step = next;
    }
}

static bool chain_cuts(struct sg_street_chains *chains) {
    struct meeting *meetings = sg_alloc(chains->vertex_count, sizeof *meetings);
    unsigned char *is_done = sg_alloc(chains->cut_count, 1);
    chains->steps = sg_alloc(chains->cut_count, sizeof *chains->steps);
    chains->starts = sg_alloc(chains->cut_count + 1, sizeof *chains->starts);
    bool done = meetings != NULL && is_done != NULL && chains->steps != NULL && chains->starts != NULL;
    for (uint32_t c = 0; done && c < chains->cut_count; c++) {
        meet(&meetings[chains->cuts[c].from], c);
        meet(&meetings[chains->cuts[c].to], c);
    }
    size_t step_count = 0;
    for (uint32_t c = 0; done && c < chains->cut_count; c++) {
        if (is_done[c])
            continue;
        chains->starts[chains->chain_count++] = (uint32_t)step_count;
        follow(chains, meetings, is_done, c, &step_count);
    }
    if (done)
        chains->starts[chains->chain_count] = (uint32_t)step_count;
    sg_free(meetings);
    sg_free(is_done);
    return done;
}

bool sg_street_chains_find(const struct sg_street_layer *layer, bool is_time,
                           struct sg_street_chains *ret_chains) {
    *ret_chains = (struct sg_street_chains){0};
    return number_vertices(layer, ret_chains) && cut_lines(layer, is_time, ret_chains)
           && chain_cuts(ret_chains);
}

void sg_street_chains_release(struct sg_street_chains *chains) {
    sg_free(chains->vertices);
    sg_free(chains->cuts);
    sg_free(chains->steps);
    sg_free(chains->starts);
    *chains = (struct sg_street_chains){0};
}
