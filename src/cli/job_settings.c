#include "cli/job_settings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/street_settings.h"
#include "cli/value_text.h"
#include "core/alloc.h"
#include "draw/map.h"

static double number_of(const char *text, double otherwise) {
    double number;
    return text != NULL && sg_value_number(text, &number) ? number : otherwise;
}

/* ---- services ---- */

/* A file's own value, else the one for all files. type and type-value stand for each other: a file with one
   does not take the other. */
static const char *service_value(const struct sg_settings *settings, size_t index, enum sg_option_id id) {
    const struct sg_values *services = settings->services;
    bool is_type = id == SG_OPT_TYPE || id == SG_OPT_TYPE_VALUE;
    enum sg_option_id other = id == SG_OPT_TYPE ? SG_OPT_TYPE_VALUE : SG_OPT_TYPE;
    if (services[index].of[id] != NULL)
        return services[index].of[id];
    if (is_type && services[index].of[other] != NULL)
        return NULL;
    return settings->general.of[id];
}

static void fill_service(const struct sg_settings *settings, size_t index,
                         struct sg_service_source *service) {
    const struct sg_values *own = &settings->services[index];
    service->source = (struct sg_source){.path = own->of[SG_OPT_SERVICES],
                                         .layer = own->of[SG_OPT_SERVICES_LAYER],
                                         .where = own->of[SG_OPT_SERVICES_WHERE],
                                         .crs = own->of[SG_OPT_SERVICES_CRS],
                                         .encoding = settings->general.of[SG_OPT_ENCODING],
                                         .crs_option = "--services-crs"};
    if (service->source.layer == NULL)
        service->source.layer = settings->general.of[SG_OPT_SERVICES_LAYER];
    if (service->source.where == NULL)
        service->source.where = settings->general.of[SG_OPT_SERVICES_WHERE];
    if (service->source.crs == NULL)
        service->source.crs = settings->general.of[SG_OPT_SERVICES_CRS];
    service->fields = (struct sg_site_fields){
        .type = service_value(settings, index, SG_OPT_TYPE),
        .type_value = service_value(settings, index, SG_OPT_TYPE_VALUE),
        .separators = service_value(settings, index, SG_OPT_TYPE_SEPARATOR),
        .lon = service_value(settings, index, SG_OPT_LON),
        .lat = service_value(settings, index, SG_OPT_LAT),
        .organization = service_value(settings, index, SG_OPT_ORGANIZATION),
        .id = service_value(settings, index, SG_OPT_SERVICE_ID),
        .scope = service_value(settings, index, SG_OPT_SCOPE),
        .level = service_value(settings, index, SG_OPT_LEVEL),
        .targets = service_value(settings, index, SG_OPT_TARGETS),
        .weight = service_value(settings, index, SG_OPT_WEIGHT),
        .opened = service_value(settings, index, SG_OPT_OPENED),
        .closed = service_value(settings, index, SG_OPT_CLOSED),
        .as_of = settings->general.of[SG_OPT_AS_OF],
    };
}

/* ---- maps ---- */

/* Dots and stacks take a series of columns, a Lorenz curve its people from a second field, curves no field.
 */
static enum sg_map_kind kind_for_chart(const struct sg_map_request *request) {
    if (request->chart == SG_CHART_DOTS || request->chart == SG_CHART_STACKED)
        return SG_MAP_MULTIPLES;
    if (request->chart == SG_CHART_LORENZ && request->field2 != NULL)
        return SG_MAP_BIVARIATE;
    return request->chart == SG_CHART_CURVES ? SG_MAP_REGIONS : SG_MAP_CHOROPLETH;
}

/* The lines that a map draws: its own, else those for all maps, else the streets that distances go along.
   Each with the condition that was given beside it. */
static void draw_streets(const struct sg_values *map, const struct sg_values *general,
                         struct sg_map_request *request) {
    const struct {
        const struct sg_values *values;
        enum sg_option_id file, where;
    } sources[] = {{map, SG_OPT_LINES, SG_OPT_LINES_WHERE},
                   {map, SG_OPT_STREETS, SG_OPT_STREETS_WHERE},
                   {general, SG_OPT_LINES, SG_OPT_LINES_WHERE},
                   {general, SG_OPT_STREETS, SG_OPT_STREETS_WHERE}};
    for (size_t i = 0; request->streets == NULL && i < sizeof sources / sizeof *sources; i++) {
        const char *own_where = map->of[sources[i].where];
        request->streets = sources[i].values->of[sources[i].file];
        request->streets_where = own_where != NULL ? own_where : sources[i].values->of[sources[i].where];
    }
}

static bool is_both_ways(const struct sg_values *values) {
    const char *const *of = (const char *const *)values->of;
    return sg_flag_is_on(of, SG_OPT_LANDSCAPE) && sg_flag_is_on(of, SG_OPT_PORTRAIT);
}

void sg_map_request_from(const struct sg_values *map, const struct sg_values *general,
                         struct sg_map_request *ret_request) {
    const char *of[SG_OPTION_COUNT];
    for (int i = 0; i < SG_OPTION_COUNT; i++)
        of[i] = map->of[i] != NULL ? map->of[i] : general->of[i];
    /* titles say what one map shows: a project's own title is not a map's */
    if (map != general) {
        of[SG_OPT_TITLE] = map->of[SG_OPT_TITLE];
        of[SG_OPT_SUBTITLE] = map->of[SG_OPT_SUBTITLE];
        /* one map on its side in a project of upright ones */
        if (map->of[SG_OPT_LANDSCAPE] != NULL && map->of[SG_OPT_PORTRAIT] == NULL)
            of[SG_OPT_PORTRAIT] =
                sg_flag_is_on((const char *const *)map->of, SG_OPT_LANDSCAPE) ? "no" : "yes";
    }
    struct sg_map_request request = {.field = of[SG_OPT_FIELD],
                                     .field2 = of[SG_OPT_FIELD2],
                                     .scheme = of[SG_OPT_SCHEME],
                                     .reverse = sg_flag_is_on(of, SG_OPT_REVERSE),
                                     .force_palette = sg_flag_is_on(of, SG_OPT_FORCE_PALETTE),
                                     .theme = of[SG_OPT_THEME],
                                     .title = of[SG_OPT_TITLE],
                                     .subtitle = of[SG_OPT_SUBTITLE],
                                     .source = of[SG_OPT_SOURCE],
                                     .credit = of[SG_OPT_CREDIT],
                                     .note = of[SG_OPT_NOTE],
                                     .paper = of[SG_OPT_PAPER],
                                     .portrait = sg_flag_is_on(of, SG_OPT_PORTRAIT),
                                     .is_both_ways = is_both_ways(map) || is_both_ways(general),
                                     .dpi = number_of(of[SG_OPT_DPI], 0),
                                     .crs = of[SG_OPT_CRS],
                                     .labels = of[SG_OPT_LABELS],
                                     .water = of[SG_OPT_WATER],
                                     .land = of[SG_OPT_LAND],
                                     .show_regions = general->of[SG_OPT_REGIONS] != NULL,
                                     .output = of[SG_OPT_OUTPUT]};
    draw_streets(map, general, &request);
    const char *sites = of[SG_OPT_SITES];
    request.show_sites = sites != NULL && strcmp(sites, "no") != 0;
    request.sites = sites != NULL && strcmp(sites, "no") != 0 && strcmp(sites, "yes") != 0 ? sites : NULL;
    request.class_count = (size_t)number_of(of[SG_OPT_CLASSES], 0);
    request.has_method =
        of[SG_OPT_METHOD] != NULL && sg_break_method_from_name(of[SG_OPT_METHOD], &request.method);
    if (of[SG_OPT_KIND] != NULL)
        sg_map_kind_from_name(of[SG_OPT_KIND], &request.kind);
    if (of[SG_OPT_CHART] != NULL) {
        request.has_chart = sg_chart_kind_from_name(of[SG_OPT_CHART], &request.chart);
        enum sg_map_kind kind = kind_for_chart(&request);
        request.has_two_kinds = of[SG_OPT_KIND] != NULL && request.kind != kind;
        request.kind = kind;
    }
    if (of[SG_OPT_BREAKS] != NULL)
        request.break_count = sg_value_list(of[SG_OPT_BREAKS], request.breaks, SG_MOST_CLASSES - 1);
    request.has_centre = of[SG_OPT_CENTRE] != NULL;
    request.centre = number_of(of[SG_OPT_CENTRE], 0);
    if (of[SG_OPT_ROTATE] != NULL)
        sg_value_rotation(of[SG_OPT_ROTATE], &request.rotate_deg);
    *ret_request = request;
}

enum sg_status sg_map_request_check(struct sg_context *context, const struct sg_map_request *request) {
    if (request->is_both_ways)
        return sg_fail(context, SG_USAGE, "leave one of them out",
                       "a page is either --landscape or --portrait");
    if (request->has_two_kinds)
        return sg_fail(context, SG_USAGE, "leave one of them out",
                       "--kind is of maps, --chart draws a chart instead of a map");
    if (request->field == NULL && request->kind != SG_MAP_REGIONS)
        return sg_fail(context, SG_USAGE, "add --field gap_index", "--field is missing");
    if (request->kind == SG_MAP_BIVARIATE && request->field2 == NULL)
        return sg_fail(context, SG_USAGE, "add --field2 gap_index", "--kind bivariate needs --field2");
    if (request->kind != SG_MAP_BIVARIATE && request->field2 != NULL)
        return sg_fail(context, SG_USAGE, "add --kind bivariate, or leave --field2 out",
                       "--field2 goes with --kind bivariate only");
    if (request->kind == SG_MAP_REGIONS && !request->has_chart && !request->show_regions)
        return sg_fail(context, SG_USAGE, "add --regions FILE, a table with columns area_id and region",
                       "--kind regions needs --regions");
    if (request->has_method && request->method == SG_BREAKS_CUSTOM && request->break_count == 0)
        return sg_fail(context, SG_USAGE, "add --breaks 10,25,50", "--method custom needs --breaks");
    if (request->has_method && request->method != SG_BREAKS_CUSTOM && request->break_count > 0)
        return sg_fail(context, SG_USAGE, "leave one of them out", "--breaks goes with --method custom only");
    return request->output == NULL ? SG_OK : sg_map_check_name(context, request->output);
}

/* ---- the job ---- */

static enum sg_status set_benchmark(struct sg_context *context, const char *text, struct sg_job *job) {
    bool implies;
    enum sg_supply supply = job->judge.supply;
    if (sg_benchmark_from_text(text, &job->judge.benchmark, &implies, &supply)) {
        if (implies && job->supply_is_named && supply != job->judge.supply)
            return sg_fail(context, SG_USAGE,
                           "leave --supply out, or choose the one that the benchmark measures",
                           "the benchmark '%s' is one of supply %s, not of %s", text, sg_supply_name(supply),
                           sg_supply_name(job->judge.supply));
        if (implies && !job->supply_is_named && supply != job->judge.supply)
            sg_note(context, "the benchmark '%s' is judged on --supply %s", text, sg_supply_name(supply));
        if (implies)
            job->judge.supply = supply;
        return SG_OK;
    }
    if (strchr(text, '.') != NULL || strchr(text, '/') != NULL) {
        job->benchmark_file = text;
        return SG_OK;
    }
    static const char *const words[] = {"median", "average"};
    const char *nearest = sg_nearest_name(text, words, 2);
    return sg_fail(context, SG_USAGE,
                   nearest == NULL
                       ? "write median, average, \"1 per 5000\", \"90%\", a number, or a table's path"
                   : nearest == words[0] ? "did you mean 'median'?"
                                         : "did you mean 'average'?",
                   "'%s' is not a benchmark", text);
}

static enum sg_status set_judging(struct sg_context *context, const struct sg_values *general,
                                  struct sg_job *job) {
    const char *const *of = (const char *const *)general->of;
    if (of[SG_OPT_SUPPLY] != NULL) {
        job->supply_is_named = true;
        sg_supply_from_name(of[SG_OPT_SUPPLY], &job->judge.supply);
    }
    if (of[SG_OPT_GAP_CUTS] != NULL)
        sg_value_list(of[SG_OPT_GAP_CUTS], job->judge.cuts, 4);
    if (of[SG_OPT_WITHIN] != NULL)
        job->coverage.threshold_count = sg_value_distances(of[SG_OPT_WITHIN], job->coverage.thresholds_m,
                                                           SG_MOST_THRESHOLDS, &job->within_is_minutes);
    if (of[SG_OPT_ACCESS] != NULL)
        sg_access_from_name(of[SG_OPT_ACCESS], &job->coverage.access.family);
    if (of[SG_OPT_DECAY] != NULL) {
        sg_decay_from_text(of[SG_OPT_DECAY], &job->coverage.access.decay);
        if (job->coverage.access.family == SG_ACCESS_2SFCA && strcmp(of[SG_OPT_DECAY], "none") != 0)
            sg_warn(context, "--access e2sfca is the one with a decay",
                    "--decay %s is not used: 2sfca counts all in reach alike", of[SG_OPT_DECAY]);
    }
    job->coverage.min_population = number_of(of[SG_OPT_MIN_POPULATION], 0);
    enum sg_status status = SG_OK;
    if (of[SG_OPT_BENCHMARK] != NULL)
        status = set_benchmark(context, of[SG_OPT_BENCHMARK], job);
    job->fairness.always = sg_flag_is_on(of, SG_OPT_CLUSTERS);
    job->fairness.measures_are_named = of[SG_OPT_MEASURES] != NULL;
    job->fairness.permutations =
        (size_t)number_of(of[SG_OPT_PERMUTATIONS], (double)job->fairness.permutations);
    job->fairness.seed = (uint64_t)number_of(of[SG_OPT_SEED], (double)job->fairness.seed);
    job->fairness.status = of[SG_OPT_STATUS];
    job->fairness.groups = of[SG_OPT_GROUPS];
    job->fairness.need_index = of[SG_OPT_NEED_INDEX];
    job->fairness.smooth = sg_flag_is_on(of, SG_OPT_SMOOTH);
    if (of[SG_OPT_NEED_INDEX_METHOD] != NULL)
        sg_need_method_from_name(of[SG_OPT_NEED_INDEX_METHOD], &job->fairness.need_method);
    if (of[SG_OPT_MEASURES] != NULL) {
        char unknown[64];
        sg_value_measures(of[SG_OPT_MEASURES], job->coverage.wants, unknown);
        job->wants_gap = job->coverage.wants[SG_MEASURE_GAP] || job->coverage.wants[SG_MEASURE_SHORTFALL];
        if (job->wants_gap)
            job->coverage.wants[sg_supply_measure(job->judge.supply)] = true;
    }
    return status;
}

static enum sg_status prepare_services(struct sg_context *context, const struct sg_settings *settings,
                                       struct sg_prepared_job *prepared) {
    prepared->services = sg_alloc(settings->service_count, sizeof *prepared->services);
    if (prepared->services == NULL)
        return sg_fail_memory(context);
    for (size_t i = 0; i < settings->service_count; i++)
        fill_service(settings, i, &prepared->services[i]);
    prepared->job.services = prepared->services;
    prepared->job.service_count = settings->service_count;
    return SG_OK;
}

static enum sg_status prepare_joins(struct sg_context *context, const struct sg_settings *settings,
                                    struct sg_prepared_job *prepared) {
    prepared->joins = sg_alloc(settings->join_count, sizeof *prepared->joins);
    if (prepared->joins == NULL)
        return sg_fail_memory(context);
    for (size_t i = 0; i < settings->join_count; i++) {
        const struct sg_values *join = &settings->joins[i];
        prepared->joins[i] = (struct sg_join_source){
            .source = {.path = join->of[SG_OPT_JOIN],
                       .layer = join->of[SG_OPT_JOIN_LAYER],
                       .encoding = settings->general.of[SG_OPT_ENCODING]},
            .key = join->of[SG_OPT_JOIN_KEY],
        };
    }
    prepared->job.joins = prepared->joins;
    prepared->job.join_count = settings->join_count;
    return SG_OK;
}

static enum sg_status prepare_maps(struct sg_context *context, const struct sg_settings *settings,
                                   struct sg_prepared_job *prepared) {
    prepared->maps = sg_alloc(settings->map_count, sizeof *prepared->maps);
    if (prepared->maps == NULL)
        return sg_fail_memory(context);
    for (size_t i = 0; i < settings->map_count; i++) {
        sg_map_request_from(&settings->maps[i], &settings->general, &prepared->maps[i]);
        enum sg_status status = sg_map_request_check(context, &prepared->maps[i]);
        if (status != SG_OK) {
            sg_fail_in(context, "map '%s'", prepared->maps[i].output);
            return status;
        }
    }
    prepared->job.maps = prepared->maps;
    prepared->job.map_count = settings->map_count;
    return SG_OK;
}

static void add_parameters(struct sg_prepared_job *prepared, size_t *count, const struct sg_values *values,
                           const char *list, size_t entry) {
    for (int i = 0; i < SG_OPTION_COUNT; i++) {
        const struct sg_option *option = sg_option_at((enum sg_option_id)i);
        if (i == SG_OPT_THREADS || option->scope == SG_SCOPE_RUNNING)
            continue; /* they change no result */
        if (values->of[i] != NULL)
            prepared->parameters[(*count)++] =
                (struct sg_parameter){option->name, values->of[i], list, entry};
    }
}

/* Every value given and the defaults that decide numbers, for provenance.json. */
static enum sg_status prepare_parameters(struct sg_context *context, const struct sg_settings *settings,
                                         struct sg_prepared_job *prepared) {
    static const struct sg_parameter defaults[] = {
        {.name = "within", .value = "1km"},        {.name = "benchmark", .value = "median"},
        {.name = "supply", .value = "reach"},      {.name = "access", .value = "e2sfca"},
        {.name = "decay", .value = "step"},        {.name = "gap-cuts", .value = "10,25,50,75"},
        {.name = "min-population", .value = "0"},  {.name = "grid-points", .value = "100"},
        {.name = "permutations", .value = "9999"}, {.name = "seed", .value = "1"},
        {.name = "measures", .value = "all"},      {.name = "language", .value = "en"}};
    size_t most = SG_OPTION_COUNT * (settings->service_count + settings->join_count + 1)
                  + sizeof defaults / sizeof *defaults;
    prepared->parameters = sg_alloc(most, sizeof *prepared->parameters);
    if (prepared->parameters == NULL)
        return sg_fail_memory(context);
    size_t count = 0;
    add_parameters(prepared, &count, &settings->general, NULL, 0);
    for (size_t s = 0; s < settings->service_count; s++)
        add_parameters(prepared, &count, &settings->services[s], "services", s);
    for (size_t j = 0; j < settings->join_count; j++)
        add_parameters(prepared, &count, &settings->joins[j], "join", j);
    for (size_t d = 0; d < sizeof defaults / sizeof *defaults; d++) {
        enum sg_option_id id = sg_option_find(defaults[d].name, SG_COMMAND_ANY);
        if (settings->general.of[id] == NULL)
            prepared->parameters[count++] = defaults[d];
    }
    prepared->job.parameters = prepared->parameters;
    prepared->job.parameter_count = count;
    return SG_OK;
}

void sg_prepared_job_release(struct sg_prepared_job *prepared) {
    sg_free(prepared->services);
    sg_free(prepared->joins);
    sg_free(prepared->maps);
    sg_free(prepared->parameters);
    *prepared = (struct sg_prepared_job){0};
}

enum sg_status sg_job_prepare(struct sg_context *context, const struct sg_settings *settings,
                              struct sg_prepared_job *ret_prepared) {
    struct sg_prepared_job prepared = {0};
    struct sg_job *job = &prepared.job;
    const char *const *of = (const char *const *)settings->general.of;
    sg_job_init(job);
    job->areas = (struct sg_source){.path = of[SG_OPT_AREAS],
                                    .layer = of[SG_OPT_AREAS_LAYER],
                                    .where = of[SG_OPT_AREAS_WHERE],
                                    .crs = of[SG_OPT_AREAS_CRS],
                                    .encoding = of[SG_OPT_ENCODING],
                                    .crs_option = "--areas-crs"};
    job->area_fields = (struct sg_area_fields){.id = of[SG_OPT_AREA_ID],
                                               .name = of[SG_OPT_AREA_NAME],
                                               .population = of[SG_OPT_POPULATION],
                                               .need = of[SG_OPT_NEED]};
    job->area_fields.may_be_joined = settings->join_count > 0;
    job->regions = of[SG_OPT_REGIONS];
    job->region_name = of[SG_OPT_REGION_NAME];
    job->aliases = of[SG_OPT_ALIASES];
    job->taxonomy = of[SG_OPT_TAXONOMY];
    job->rules = of[SG_OPT_RULES];
    job->encoding = of[SG_OPT_ENCODING];
    job->demand = (struct sg_source){.path = of[SG_OPT_DEMAND],
                                     .layer = of[SG_OPT_DEMAND_LAYER],
                                     .where = of[SG_OPT_DEMAND_WHERE],
                                     .crs = of[SG_OPT_DEMAND_CRS],
                                     .encoding = of[SG_OPT_ENCODING],
                                     .crs_option = "--demand-crs"};
    job->demand_fields = (struct sg_demand_fields){.population = of[SG_OPT_DEMAND_POPULATION],
                                                   .need = of[SG_OPT_DEMAND_NEED],
                                                   .id = of[SG_OPT_DEMAND_ID]};
    job->costs = of[SG_OPT_COSTS];
    job->grid_points = (size_t)number_of(of[SG_OPT_GRID_POINTS], 0);
    job->tally = (struct sg_tally_options){.fix_swapped = sg_flag_is_on(of, SG_OPT_FIX_SWAPPED),
                                           .drop_duplicates = sg_flag_is_on(of, SG_OPT_DROP_DUPLICATES)};
    job->type_weights = of[SG_OPT_TYPE_WEIGHTS];
    job->tidy = sg_flag_is_on(of, SG_OPT_TIDY);
    if (of[SG_OPT_CATCHMENTS] != NULL)
        sg_value_catchments(of[SG_OPT_CATCHMENTS], &job->catchments);
    job->language =
        of[SG_OPT_LANGUAGE] != NULL && strcmp(of[SG_OPT_LANGUAGE], "fr") == 0 ? SG_FRENCH : SG_ENGLISH;
    job->title = of[SG_OPT_TITLE];
    job->source = of[SG_OPT_SOURCE];
    job->credit = of[SG_OPT_CREDIT];
    job->overwrite = sg_flag_is_on(of, SG_OPT_OVERWRITE);
    job->layers = (const char *const *)settings->layers;
    job->layer_count = settings->layer_count;
    enum sg_status status = set_judging(context, &settings->general, job);
    if (status == SG_OK)
        status = sg_street_settings_fill(context, of, job);
    if (status == SG_OK)
        status = prepare_services(context, settings, &prepared);
    if (status == SG_OK)
        status = prepare_joins(context, settings, &prepared);
    if (status == SG_OK)
        status = prepare_maps(context, settings, &prepared);
    if (status == SG_OK)
        status = prepare_parameters(context, settings, &prepared);
    if (status != SG_OK) {
        sg_prepared_job_release(&prepared);
        return status;
    }
    *ret_prepared = prepared;
    return SG_OK;
}
