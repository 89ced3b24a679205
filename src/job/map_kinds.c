#include "job/map_kinds.h"

#include <math.h>
#include <string.h>

#include "classify/change_classes.h"
#include "core/alloc.h"
#include "core/text.h"
#include "draw/bivariate.h"
#include "draw/clusters.h"
#include "judge/map_words.h"
#include "judge/phrasing.h"

/* What the kinds are prepared with. */
struct preparing {
    struct sg_context *context;
    const struct sg_map_request *request;
    enum sg_area_noun noun;
    const struct sg_map_variable *variables;
    size_t count;
    size_t page;
    struct sg_map_kind_parts *parts;
    struct sg_map *map;
    size_t pages;
};

void sg_map_kind_parts_release(struct sg_map_kind_parts *parts) {
    sg_free(parts->panels);
    sg_free(parts->title);
    sg_free(parts->subtitle);
    *parts = (struct sg_map_kind_parts){0};
}

void sg_map_variable_use_column(const struct sg_column *column, enum sg_whom whom, const struct sg_job *job,
                                struct sg_map_variable *variable) {
    const char *measure = column->measure != NULL ? column->measure : column->name;
    bool is_index = strcmp(measure, "gap_index") == 0;
    variable->title = sg_map_legend_title(column, whom, job->language);
    variable->unit = sg_map_legend_unit(column, whom, job->language);
    variable->zero_label = sg_map_zero_label(column, whom, job->language);
    variable->low_is_worst = sg_map_low_is_worst(column);
    variable->has_zero_class = sg_map_has_zero_class(column);
    variable->counts_people = sg_map_counts_people(column);
    variable->counts_services = strcmp(measure, "count") == 0;
    variable->has_cuts = is_index || strcmp(measure, "gap") == 0;
    /* the gap of one type goes from 0 to 1, the index to 100 */
    for (int i = 0; i < 4 && variable->has_cuts; i++)
        variable->cuts[i] = job->judge.cuts[i] / (is_index ? 1 : 100);
}

bool sg_map_kind_has_method(enum sg_map_kind kind) {
    return kind == SG_MAP_CHOROPLETH || kind == SG_MAP_MULTIPLES || kind == SG_MAP_CHANGE;
}

char *sg_map_page_name(const char *output, size_t page) {
    if (page == 0)
        return sg_strdup(output);
    const char *dot = strrchr(output, '.'), *slash = strrchr(output, '/');
    if (dot == NULL || (slash != NULL && dot < slash))
        dot = output + strlen(output);
    return sg_format("%.*s-%zu%s", (int)(dot - output), output, page + 1, dot);
}

static struct sg_break_request breaks_of(const struct sg_map_request *request, size_t class_count) {
    return (struct sg_break_request){.method = request->break_count > 0 ? SG_BREAKS_CUSTOM
                                               : request->has_method    ? request->method
                                                                        : SG_BREAKS_QUANTILE,
                                     .class_count =
                                         request->class_count > 0 ? request->class_count : class_count,
                                     .custom_breaks = request->breaks,
                                     .custom_break_count = request->break_count};
}

/* ---- bivariate ---- */

static enum sg_status classify_axis(struct preparing *work, const struct sg_map_variable *variable,
                                    struct sg_classification *ret_classes) {
    struct sg_break_request breaks = {.method = variable->has_cuts ? SG_BREAKS_CUSTOM : SG_BREAKS_QUANTILE,
                                      .class_count = 3,
                                      .custom_breaks = variable->cuts + 1,
                                      .custom_break_count = variable->has_cuts ? 2 : 0};
    return sg_classify(work->context, variable->values, work->map->area_count, &breaks, ret_classes);
}

static void count_pairs(const struct preparing *work, size_t *ret_both_worst, size_t *ret_known) {
    const struct sg_map_variable *v = work->variables;
    struct sg_cell_axis first = {&work->parts->first, v[0].low_is_worst},
                        second = {&work->parts->second, v[1].low_is_worst};
    *ret_both_worst = *ret_known = 0;
    for (size_t i = 0; i < work->map->area_count; i++) {
        int cell = sg_cell_of(&first, v[0].values[i], &second, v[1].values[i]);
        *ret_known += cell >= 0;
        *ret_both_worst += cell == SG_CELL_COUNT - 1;
    }
}

/* Where the classes of both are cut. */
static const char *pair_unit(enum sg_language language, enum sg_area_noun noun, bool own_first,
                             bool own_second) {
    static const char *const units[4][2][2] = {
        {{"thirds of the areas; counts in the cells", "tiers des secteurs; nombres dans les cases"},
         {"thirds of the neighbourhoods; counts in the cells",
          "tiers des quartiers; nombres dans les cases"}},
        {{"letters: the gap's own limits; numbers: thirds of the areas",
          "lettres : limites du manque; chiffres : tiers des secteurs"},
         {"letters: the gap's own limits; numbers: thirds of the neighbourhoods",
          "lettres : limites du manque; chiffres : tiers des quartiers"}},
        {{"letters: thirds of the areas; numbers: the gap's own limits",
          "lettres : tiers des secteurs; chiffres : limites du manque"},
         {"letters: thirds of the neighbourhoods; numbers: the gap's own limits",
          "lettres : tiers des quartiers; chiffres : limites du manque"}},
        {{"at the gap's own limits", "aux limites du manque"},
         {"at the gap's own limits", "aux limites du manque"}}};
    return units[own_first + 2 * own_second][noun == SG_NOUN_NEIGHBOURHOODS][language == SG_FRENCH];
}

static enum sg_status prepare_bivariate(struct preparing *work) {
    const struct sg_map_variable *v = work->variables;
    struct sg_map *map = work->map;
    enum sg_language language = map->language;
    enum sg_status status = classify_axis(work, &v[0], &work->parts->first);
    if (status == SG_OK)
        status = classify_axis(work, &v[1], &work->parts->second);
    if (status != SG_OK)
        return status;
    size_t both_worst, known;
    count_pairs(work, &both_worst, &known);
    struct sg_pair_words words = {
        {v[0].title, v[1].title}, {v[0].low_is_worst, v[1].low_is_worst}, both_worst, known};
    work->parts->title = sg_pair_title(language, work->noun, &words);
    work->parts->subtitle = sg_pair_subtitle(language, &words);
    map->classification = &work->parts->first;
    map->second_classification = &work->parts->second;
    map->second_values = v[1].values;
    map->axis_titles[0] = v[0].title;
    map->axis_titles[1] = v[1].title;
    map->axis_units[0] = v[0].unit;
    map->axis_units[1] = v[1].unit;
    map->axis_falls[0] = v[0].low_is_worst;
    map->axis_falls[1] = v[1].low_is_worst;
    map->legend_title = sg_pick(language, "Three classes of each", "Trois classes de chaque");
    map->legend_unit = pair_unit(language, work->noun, v[0].has_cuts, v[1].has_cuts);
    return SG_OK;
}

/* ---- small multiples ---- */

static enum sg_status classify_together(struct preparing *work) {
    size_t areas = work->map->area_count;
    double *values = sg_alloc(areas * work->count, sizeof *values);
    if (values == NULL)
        return sg_fail_memory(work->context);
    for (size_t v = 0; v < work->count; v++)
        memcpy(values + v * areas, work->variables[v].values, areas * sizeof *values);
    struct sg_break_request breaks = breaks_of(work->request, 5);
    breaks.zero_class = work->variables[0].has_zero_class;
    bool is_free =
        !work->request->has_method && work->request->break_count == 0 && work->request->class_count == 0;
    if (work->variables[0].has_cuts && is_free) {
        breaks.method = SG_BREAKS_CUSTOM;
        breaks.custom_breaks = work->variables[0].cuts;
        breaks.custom_break_count = 4;
    }
    enum sg_status status =
        sg_classify(work->context, values, areas * work->count, &breaks, &work->parts->first);
    sg_free(values);
    return status;
}

/* Which variables have most areas in the worst class, how many, and of how many. */
static void find_worst(const struct preparing *work, struct sg_series_words *words) {
    const struct sg_classification *classes = &work->parts->first;
    int worst_class = words->low_is_worst ? 0 : (int)classes->class_count - 1;
    for (size_t v = 0; v < work->count; v++) {
        size_t count = 0, known = 0;
        for (size_t i = 0; i < work->map->area_count; i++) {
            int class = sg_class_of(classes, work->variables[v].values[i]);
            count += class == worst_class;
            known += class != SG_CLASS_MISSING;
        }
        if (v == 0 || count > words->count) {
            words->count = count;
            words->known = known;
            words->worst_count = 0;
        }
        if (count == words->count && words->worst_count++ < 2)
            words->worst[words->worst_count - 1] = work->variables[v].panel_title;
    }
}

static enum sg_status prepare_multiples(struct preparing *work) {
    struct sg_map *map = work->map;
    size_t capacity;
    enum sg_status status = sg_map_panels_per_page(work->context, map, &capacity);
    if (status == SG_OK)
        status = classify_together(work);
    if (status != SG_OK)
        return status;
    work->pages = (work->count + capacity - 1) / capacity;
    size_t per_page = (work->count + work->pages - 1) / work->pages;
    size_t first = work->page * per_page;
    size_t end = first + per_page < work->count ? first + per_page : work->count;
    work->parts->panels = sg_alloc(end - first, sizeof *work->parts->panels);
    if (work->parts->panels == NULL)
        return sg_fail_memory(work->context);
    for (size_t v = first; v < end; v++)
        work->parts->panels[v - first] =
            (struct sg_map_panel){work->variables[v].panel_title, work->variables[v].values};
    const struct sg_map_variable *all = work->variables;
    struct sg_series_words words = {.measure = all[0].title, .low_is_worst = all[0].low_is_worst};
    find_worst(work, &words);
    work->parts->title = sg_series_title(map->language, work->noun, &words);
    work->parts->subtitle = sg_series_subtitle(map->language, work->count, work->page + 1, work->pages);
    map->panels = work->parts->panels;
    map->panel_count = end - first;
    map->panel_slots = per_page;
    map->classification = &work->parts->first;
    map->high_is_good = all[0].low_is_worst;
    map->legend_title = all[0].title;
    map->legend_unit = all[0].unit;
    map->zero_label = all[0].zero_label;
    map->no_labels = true;
    map->site_count = 0;
    return SG_OK;
}

/* ---- the others ---- */

static enum sg_status prepare_change(struct preparing *work) {
    struct sg_map *map = work->map;
    const struct sg_map_variable *variable = &work->variables[0];
    struct sg_break_request breaks = breaks_of(work->request, 5);
    enum sg_status status =
        sg_classify_change(work->context, variable->values, map->area_count, &breaks, &work->parts->first);
    if (status != SG_OK)
        return status;
    const struct sg_classification *classes = &work->parts->first;
    size_t gains = 0, losses = 0, known = 0, middle = classes->class_count / 2;
    for (size_t c = 0; c < classes->class_count; c++) {
        known += classes->counts[c];
        gains += c > middle ? classes->counts[c] : 0;
        losses += c < middle ? classes->counts[c] : 0;
    }
    work->parts->title = sg_change_title(map->language, work->noun, variable->title, gains, losses, known);
    map->classification = classes;
    map->high_is_good = false;
    return SG_OK;
}

static enum sg_status prepare_clusters(struct preparing *work) {
    struct sg_map *map = work->map;
    size_t high = 0, low = 0, known = 0;
    for (size_t i = 0; i < map->area_count; i++) {
        const char *text = map->areas[i].category;
        int cluster = text == NULL || text[0] == '\0' ? -1 : sg_cluster_of(text);
        known += cluster >= 0; /* islands too: they have a value */
        high += cluster == 0;
        low += cluster == 1;
    }
    bool is_gap = work->request->field != NULL && strcmp(work->request->field, "gap_cluster") == 0;
    work->parts->title = is_gap ? sg_gap_clusters_title(map->language, high, low, known)
                                : sg_clusters_title(map->language, work->noun, high, low, known);
    if (is_gap) {
        work->parts->subtitle = sg_gap_clusters_subtitle(map->language);
        map->legend_title = sg_pick(map->language, "Service gap", "Manque de services");
        map->legend_unit = sg_pick(map->language, "and that of the neighbours", "et celui des voisins");
    }
    map->classification = NULL;
    return SG_OK;
}

/* So many dots for so much only means something where the numbers can be added up. */
static enum sg_status check_dots(struct preparing *work) {
    const struct sg_map_variable *variable = &work->variables[0];
    if (variable->has_cuts || variable->unit[0] == '%')
        return sg_fail(work->context, SG_USAGE, "leave --kind out, or name a field that counts something",
                       "dots stand for so many of something, and '%s' is a share", variable->title);
    for (size_t i = 0; i < work->map->area_count && !variable->counts_people; i++) {
        double value = variable->values[i];
        if (isfinite(value) && value != floor(value)) {
            sg_warn(work->context, "for shares and rates leave --kind out",
                    "dots stand for so many of something, and '%s' does not count: %s has %.6g",
                    variable->title, work->map->areas[i].name, value);
            break;
        }
    }
    return SG_OK;
}

static enum sg_status prepare_counts(struct preparing *work) {
    struct sg_map *map = work->map;
    const struct sg_map_variable *variable = &work->variables[0];
    map->classification = NULL;
    map->counted = variable->unit;
    map->counts_people = variable->counts_people;
    if (work->request->kind == SG_MAP_DOTS) {
        enum sg_status status = check_dots(work);
        if (status != SG_OK)
            return status;
        work->parts->subtitle = sg_dots_subtitle(map->language, work->noun, map->subtitle);
        if (work->parts->subtitle == NULL)
            return sg_fail_memory(work->context);
    }
    struct sg_most_words most = {.measure = variable->title};
    for (size_t i = 0; i < map->area_count && !variable->has_finding; i++) {
        double value = variable->values[i];
        most.known += !isnan(value);
        most.ties += most.area != NULL && value == most.value;
        if (value > most.value) {
            most.area = map->areas[i].name;
            most.ties = 1;
            most.value = value;
        }
    }
    if (most.area == NULL)
        return SG_OK;
    work->parts->title = sg_counts_title(map->language, work->noun, &most);
    return work->parts->title == NULL ? sg_fail_memory(work->context) : SG_OK;
}

static size_t shared_areas(const struct sg_map *map, unsigned char *uses) {
    size_t shared = 0;
    for (size_t r = 0; r < map->region_count; r++) {
        for (size_t i = 0; i < map->regions[r].area_count; i++) {
            unsigned char *use = &uses[map->regions[r].areas[i]];
            shared += *use == 1;
            *use = *use < 2 ? (unsigned char)(*use + 1) : 2;
        }
    }
    return shared;
}

static enum sg_status prepare_regions(struct preparing *work) {
    struct sg_map *map = work->map;
    unsigned char *uses = sg_alloc(map->area_count, 1);
    if (uses == NULL)
        return sg_fail_memory(work->context);
    size_t shared = shared_areas(map, uses);
    sg_free(uses);
    work->parts->title =
        sg_regions_title(map->language, work->noun, map->region_count, shared, map->area_count);
    work->parts->subtitle = sg_regions_subtitle(map->language, work->noun);
    map->legend_title = sg_pick(map->language, "Regions", "Régions");
    bool is_city = work->noun == SG_NOUN_NEIGHBOURHOODS;
    map->legend_unit = is_city ? sg_pick(map->language, "neighbourhoods in each", "quartiers de chacune")
                               : sg_pick(map->language, "areas in each", "secteurs de chacune");
    map->classification = NULL;
    return SG_OK;
}

enum sg_status sg_map_kind_prepare(struct sg_context *context, const struct sg_map_request *request,
                                   enum sg_area_noun noun, const struct sg_map_variable *variables,
                                   size_t count, size_t page, struct sg_map_kind_parts *parts,
                                   struct sg_map *map, size_t *ret_pages) {
    struct preparing work = {context, request, noun, variables, count, page, parts, map, 1};
    enum sg_status status = SG_OK;
    map->kind = request->kind;
    switch (request->kind) {
    case SG_MAP_CHOROPLETH:
        break;
    case SG_MAP_BIVARIATE:
        status = prepare_bivariate(&work);
        break;
    case SG_MAP_MULTIPLES:
        status = prepare_multiples(&work);
        break;
    case SG_MAP_SYMBOLS:
    case SG_MAP_DOTS:
        status = prepare_counts(&work);
        break;
    case SG_MAP_CHANGE:
        status = prepare_change(&work);
        break;
    case SG_MAP_CLUSTERS:
        status = prepare_clusters(&work);
        break;
    case SG_MAP_REGIONS:
        status = prepare_regions(&work);
        break;
    }
    bool has_title = request->kind == SG_MAP_CHOROPLETH || request->kind == SG_MAP_SYMBOLS
                     || request->kind == SG_MAP_DOTS || parts->title != NULL;
    if (status == SG_OK && !has_title)
        status = sg_fail_memory(context);
    if (parts->title != NULL && request->title == NULL)
        map->title = parts->title;
    if (parts->subtitle != NULL && request->subtitle == NULL)
        map->subtitle = parts->subtitle;
    *ret_pages = work.pages;
    return status;
}
