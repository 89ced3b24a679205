#include "measure/demand_builder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/numbers.h"
#include "measure/shape_grid.h"

/* Which place lies in which area. */
struct membership {
    uint32_t area;
    uint32_t place;
    uint32_t areas_of_place;
};

/* A point where people live, in both systems. */
struct place {
    struct sg_point point; /* in the CRS of the areas */
    struct sg_point lon_lat_deg;
    double population; /* NaN = missing */
    double need;
    uint64_t record; /* of the demand layer */
};

struct builder {
    struct sg_context *context;
    const struct sg_area_layer *layer;
    const struct sg_demand_layer *source;
    struct place *places;
    size_t place_count, place_capacity;
    struct membership *members; /* in area order, then place order */
    size_t member_count, member_capacity;
    size_t *member_starts; /* area_count + 1 */
    double grid_spacing;
    size_t known_population_count, known_need_count; /* places of the area at hand with such a number */
    struct sg_transformation *to_geographic;
    struct sg_demand *demand;
};

static bool add_place(struct builder *builder, struct sg_point point, double population, double need,
                      uint64_t record) {
    if (!sg_reserve(&builder->places, &builder->place_capacity, builder->place_count + 1,
                    sizeof *builder->places))
        return false;
    builder->places[builder->place_count++] = (struct place){point, point, population, need, record};
    return true;
}

/* Spreads the people of a polygon over a grid in it; one too thin for a grid gets its first vertex. */
static bool spread_feature(struct builder *builder, const struct sg_demand_feature *feature,
                           size_t grid_points) {
    struct sg_point *grid;
    size_t count;
    bool is_geographic = sg_crs_is_geographic(builder->source->crs);
    double spacing = sqrt(sg_grid_area(&feature->shape, is_geographic) / (1.2 * (double)grid_points));
    if (!sg_grid_in_shape(&feature->shape, is_geographic, spacing, grid_points, &grid, &count))
        return false;
    if (count == 0)
        return add_place(builder, feature->shape.points[0], feature->population, feature->need,
                         feature->record);
    bool done = true;
    for (size_t i = 0; done && i < count; i++)
        done = add_place(builder, grid[i], feature->population / (double)count, feature->need / (double)count,
                         feature->record);
    sg_free(grid);
    return done;
}

/* Makes the places of the demand layer, and puts them into both systems. */
static enum sg_status make_places(struct builder *builder, size_t grid_points) {
    const struct sg_demand_layer *source = builder->source;
    for (size_t i = 0; i < source->feature_count; i++) {
        const struct sg_demand_feature *feature = &source->features[i];
        bool done = feature->shape.polygon_count > 0 ? spread_feature(builder, feature, grid_points)
                                                     : add_place(builder, feature->point, feature->population,
                                                                 feature->need, feature->record);
        if (!done)
            return sg_fail_memory(builder->context);
    }
    struct sg_point *points = sg_alloc(builder->place_count, sizeof *points);
    struct sg_transformation *to_areas = NULL;
    if (points == NULL)
        return sg_fail_memory(builder->context);
    for (size_t i = 0; i < builder->place_count; i++)
        points[i] = builder->places[i].point;
    enum sg_status status =
        sg_transformation_new(builder->context, source->crs, builder->layer->crs, &to_areas);
    if (status == SG_OK) {
        sg_transform_points(to_areas, points, builder->place_count);
        for (size_t i = 0; i < builder->place_count; i++) {
            points[i].x += sg_areas_turn(builder->layer, points[i].x);
            builder->places[i].point = points[i];
        }
        /* a second step from the areas' system, so that areas and points share one way to lon/lat */
        sg_transform_points(builder->to_geographic, points, builder->place_count);
        for (size_t i = 0; i < builder->place_count; i++)
            builder->places[i].lon_lat_deg = points[i];
    }
    sg_transformation_free(to_areas);
    sg_free(points);
    return status;
}

/* Notes the records of which no place is in an area. Places come in the order of the records. */
static bool note_outside(struct builder *builder, const bool *is_inside) {
    struct sg_demand *demand = builder->demand;
    size_t capacity = 0;
    for (size_t i = 0; i < builder->place_count;) {
        uint64_t record = builder->places[i].record;
        bool any_inside = false;
        for (; i < builder->place_count && builder->places[i].record == record; i++)
            any_inside = any_inside || is_inside[i];
        if (any_inside)
            continue;
        if (!sg_reserve(&demand->outside_records, &capacity, demand->outside_record_count + 1,
                        sizeof *demand->outside_records))
            return false;
        demand->outside_records[demand->outside_record_count++] = record;
    }
    return true;
}

/* Keeps a place that is in no area: its people count nowhere, but somebody will ask who they are. */
static bool add_outside(struct sg_demand *demand, size_t *capacity, const struct place *place) {
    if (!sg_reserve(&demand->outside_points, capacity, demand->outside_count + 1,
                    sizeof *demand->outside_points))
        return false;
    demand->outside_points[demand->outside_count++] = (struct sg_demand_point){
        .lon_lat_deg = place->lon_lat_deg, .population = place->population, .record = place->record};
    if (isfinite(place->population))
        demand->outside_population += place->population;
    return true;
}

static bool add_members(struct builder *builder, const struct sg_locator *locator) {
    size_t area_count = builder->layer->area_count;
    builder->member_starts = sg_alloc(area_count + 2, sizeof *builder->member_starts);
    if (builder->member_starts == NULL)
        return false;
    struct membership *found = NULL;
    size_t found_count = 0, found_capacity = 0, outside_capacity = 0;
    bool *is_inside = sg_alloc(builder->place_count, sizeof *is_inside);
    if (is_inside == NULL)
        return false;
    for (size_t i = 0; i < builder->place_count; i++) {
        uint32_t areas[SG_MOST_STACKED_AREAS];
        size_t count = sg_locate_all(locator, builder->places[i].point, areas);
        is_inside[i] = count > 0;
        bool done = count > 0 ? sg_reserve(&found, &found_capacity, found_count + count, sizeof *found)
                              : add_outside(builder->demand, &outside_capacity, &builder->places[i]);
        if (!done) {
            sg_free(found);
            sg_free(is_inside);
            return false;
        }
        for (size_t k = 0; k < count; k++) {
            found[found_count++] = (struct membership){areas[k], (uint32_t)i, (uint32_t)count};
            builder->member_starts[areas[k] + 2]++;
        }
    }
    bool is_noted = note_outside(builder, is_inside);
    sg_free(is_inside);
    builder->members = sg_alloc(found_count, sizeof *builder->members);
    if (builder->members == NULL || !is_noted) {
        sg_free(found);
        return false;
    }
    for (size_t a = 0; a < area_count; a++)
        builder->member_starts[a + 2] += builder->member_starts[a + 1];
    for (size_t i = 0; i < found_count; i++)
        builder->members[builder->member_starts[found[i].area + 1]++] = found[i];
    builder->member_count = found_count;
    sg_free(found);
    return true;
}

static struct sg_demand_point *add_points(struct builder *builder, size_t count) {
    struct sg_demand *demand = builder->demand;
    if (!sg_reserve(&demand->points, &demand->point_capacity, demand->point_count + count,
                    sizeof *demand->points))
        return NULL;
    struct sg_demand_point *points = demand->points + demand->point_count;
    demand->point_count += count;
    return points;
}

/* The middle area's spacing for 400 points, fewer where areas are very many: areas of common size share it,
   small ones get a finer one. */
static bool choose_spacing(struct builder *builder) {
    const struct sg_area_layer *layer = builder->layer;
    double *sizes = sg_alloc(layer->area_count, sizeof *sizes);
    if (sizes == NULL)
        return false;
    double wanted = fmin(400, fmax(SG_GRID_LEAST, 1e6 / (double)layer->area_count));
    size_t count = 0;
    for (size_t a = 0; a < layer->area_count; a++) {
        double size = sg_grid_area(&layer->areas[a].shape, sg_crs_is_geographic(layer->crs));
        if (size > 0)
            sizes[count++] = size;
    }
    qsort(sizes, count, sizeof *sizes, sg_compare_numbers);
    builder->grid_spacing = count == 0 ? 0 : sqrt(sizes[count / 2] / wanted);
    sg_free(sizes);
    return true;
}

static bool add_grid(struct builder *builder, const struct sg_area *area) {
    struct sg_point *grid;
    size_t count;
    if (!sg_grid_in_shape(&area->shape, sg_crs_is_geographic(builder->layer->crs), builder->grid_spacing,
                          SG_GRID_LEAST, &grid, &count))
        return false;
    struct sg_demand_point *points = count == 0 ? NULL : add_points(builder, count);
    if (count > 0 && points == NULL) {
        sg_free(grid);
        return false;
    }
    sg_transform_points(builder->to_geographic, grid, count);
    for (size_t i = 0; i < count; i++)
        points[i] = (struct sg_demand_point){.lon_lat_deg = grid[i], .city_share = 1};
    sg_free(grid);
    builder->demand->gridded_area_count += count > 0;
    return true;
}

static bool add_places(struct builder *builder, size_t area) {
    size_t first = builder->member_starts[area], count = builder->member_starts[area + 1] - first;
    struct sg_demand_point *points = add_points(builder, count);
    if (points == NULL)
        return false;
    uint64_t last_unknown = 0;
    builder->known_population_count = builder->known_need_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct membership *member = &builder->members[first + i];
        const struct place *place = &builder->places[member->place];
        builder->known_population_count += isfinite(place->population);
        builder->known_need_count += isfinite(place->need);
        if (!isfinite(place->population) && place->record != last_unknown) {
            builder->demand->unknown_counts[area]++;
            last_unknown = place->record;
        }
        points[i] = (struct sg_demand_point){
            .lon_lat_deg = place->lon_lat_deg,
            .population = isfinite(place->population) ? place->population : 0,
            .weight = isfinite(place->need) ? place->need : 0,
            .city_share = 1.0 / member->areas_of_place,
            .record = place->record,
        };
    }
    return true;
}

static double sum_of(const struct sg_demand_point *points, size_t count, bool of_weight) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += of_weight ? points[i].weight : points[i].population;
    return sum;
}

/* Makes the points' people add up to the area's total: in proportion where they have any, else evenly. */
static void set_total(double total, double sum, double *value, size_t stride, size_t count) {
    for (size_t i = 0; i < count; i++, value += stride)
        *value = sum > 0 ? (total == sum ? *value : *value * (total / sum)) : total / (double)count;
}

/* Settles population, need and weights of one area. from_places: its points were read, not gridded. */
static void weigh_area(struct builder *builder, size_t index, bool from_places) {
    struct sg_demand *demand = builder->demand;
    const struct sg_area *area = &builder->layer->areas[index];
    size_t first = demand->area_starts[index], count = demand->area_starts[index + 1] - first;
    struct sg_demand_point *points = demand->points + first;
    size_t stride = sizeof *points / sizeof(double);

    bool points_have_population = from_places && builder->known_population_count > 0;
    double points_population = points_have_population ? sum_of(points, count, false) : NAN;
    double population = isfinite(area->population) ? area->population : points_population;
    demand->population[index] = population;
    if (points_have_population)
        demand->points_population += points_population;
    if (isfinite(population) && count > 0)
        set_total(population, points_have_population ? points_population : 0, &points->population, stride,
                  count);

    bool points_have_need = from_places && builder->source->has_need && builder->known_need_count > 0;
    double points_need = points_have_need ? sum_of(points, count, true) : NAN;
    double need = isfinite(area->need) ? area->need : points_have_need ? points_need : NAN;
    bool need_is_population = !demand->has_need;
    if (need_is_population)
        need = population;
    demand->need[index] = need;
    if (count == 0)
        return;
    if (isfinite(need)) {
        if (!points_have_need || !(points_need > 0)) {
            for (size_t i = 0; i < count; i++)
                points[i].weight = points[i].population;
            points_need = sum_of(points, count, true);
        }
        if (!need_is_population)
            set_total(need, points_need, &points->weight, stride, count);
    } else if (isfinite(population)) {
        for (size_t i = 0; i < count; i++)
            points[i].weight = points[i].population;
    } else {
        for (size_t i = 0; i < count; i++)
            points[i].weight = area->area_km2 / (double)count;
    }
}

static enum sg_status build(struct builder *builder, const struct sg_locator *locator, size_t grid_points) {
    const struct sg_area_layer *layer = builder->layer;
    const struct sg_demand_layer *source = builder->source;
    struct sg_demand *demand = builder->demand;
    demand->area_starts = sg_alloc(layer->area_count + 1, sizeof *demand->area_starts);
    demand->population = sg_alloc(layer->area_count, sizeof *demand->population);
    demand->need = sg_alloc(layer->area_count, sizeof *demand->need);
    demand->unknown_counts = sg_alloc(layer->area_count, sizeof *demand->unknown_counts);
    if (demand->area_starts == NULL || demand->population == NULL || demand->need == NULL
        || demand->unknown_counts == NULL || !choose_spacing(builder))
        return sg_fail_memory(builder->context);
    enum sg_status status =
        sg_transformation_new(builder->context, layer->crs, layer->geographic, &builder->to_geographic);
    if (status == SG_OK && source != NULL)
        status = make_places(builder, grid_points);
    if (status == SG_OK && !add_members(builder, locator))
        status = sg_fail_memory(builder->context);
    if (status != SG_OK)
        return status;
    demand->has_need = layer->need_field != NULL || (source != NULL && source->has_need);
    demand->has_population = layer->population_field != NULL || source != NULL;
    for (size_t a = 0; a < layer->area_count; a++) {
        bool from_places = builder->member_starts[a + 1] > builder->member_starts[a];
        bool done = from_places ? add_places(builder, a) : add_grid(builder, &layer->areas[a]);
        if (!done)
            return sg_fail_memory(builder->context);
        demand->area_starts[a + 1] = demand->point_count;
        weigh_area(builder, a, from_places);
    }
    return SG_OK;
}

enum sg_status sg_demand_build(struct sg_context *context, const struct sg_area_layer *layer,
                               const struct sg_locator *locator, const struct sg_demand_layer *source,
                               size_t grid_points, struct sg_demand *ret_demand) {
    struct sg_demand demand = {0};
    struct builder builder = {.context = context, .layer = layer, .source = source, .demand = &demand};
    enum sg_status status = build(&builder, locator, grid_points == 0 ? SG_GRID_LEAST : grid_points);
    sg_free(builder.places);
    sg_free(builder.members);
    sg_free(builder.member_starts);
    sg_transformation_free(builder.to_geographic);
    if (status != SG_OK) {
        sg_demand_release(&demand);
        return status;
    }
    *ret_demand = demand;
    return SG_OK;
}
