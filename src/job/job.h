/* The job: read, measure, judge, classify, draw, write, in order. */
#ifndef SG_JOB_JOB_H
#define SG_JOB_JOB_H

#include "classify/breaks.h"
#include "core/context.h"
#include "draw/chart.h"
#include "draw/map_kind.h"
#include "judge/gap.h"
#include "judge/need_index.h"
#include "measure/coverage.h"
#include "measure/tally.h"
#include "read/area_reader.h"
#include "read/demand_reader.h"
#include "read/site_reader.h"
#include "read/street_reader.h"
#include "write/provenance.h"

struct sg_service_source {
    struct sg_source source;
    struct sg_site_fields fields;
};

/* A table attached to the areas. */
struct sg_join_source {
    struct sg_source source;
    const char *key; /* NULL: recognised */
};

/* Polygons of sites and thresholds at most. */
enum { SG_MOST_SITE_CATCHMENTS = 20000 };

/* Which catchments are layers. */
struct sg_catchment_wishes {
    bool are_named; /* else polygons in GeoPackages, and no files */
    bool types;     /* polygons of each type */
    bool streets;   /* the stretches of streets in them */
    bool sites;     /* polygons of every site */
};

/* One map: of a column of the coverage table, or of a field of a layer. NULL, 0: the default. */
struct sg_map_request {
    bool has_chart; /* a chart is drawn instead; kind then says how its columns are found */
    enum sg_chart_kind chart;
    enum sg_map_kind kind;
    const char *field;  /* "gap_index"; of a series a list, or the measure of every type: "gap" */
    const char *field2; /* of a bivariate map */
    enum sg_break_method method;
    bool has_method; /* else: the gap's own classes, or quantiles */
    bool has_centre; /* classes on both sides of a value */
    double centre;
    size_t class_count;
    double breaks[SG_MOST_CLASSES];
    size_t break_count;
    const char *scheme;
    bool reverse;
    bool force_palette;
    const char *theme;
    const char *title, *subtitle, *source, *credit, *note;
    const char *paper;
    bool portrait;
    bool is_both_ways;  /* --landscape and --portrait */
    bool has_two_kinds; /* --chart and a --kind that is not how the chart's columns are found */
    double dpi;
    const char *crs;
    double rotate_deg;  /* clockwise; NaN: auto */
    const char *labels; /* "none", or a field; NULL: the area's name */
    const char *streets, *streets_where;
    const char *water, *land; /* flat polygons under the map */
    bool show_sites;          /* the services of the job */
    const char *sites;        /* a file of points */
    bool show_regions;
    const char *output; /* file name or path: .png .svg .pdf */
};

/* Of every drawing of chance that names no other: the same run gives the same bytes. */
enum { SG_DEFAULT_SEED = 1 };

/* How fairness is measured, beside the gap. */
struct sg_fairness_options {
    bool always;             /* also where it takes long, or only a table is written */
    bool measures_are_named; /* --measures: nothing that was not asked for */
    size_t permutations;
    uint64_t seed;
    const char *status;     /* field of the people's status: income ...; NULL: none */
    const char *groups;     /* "seniors=FIELD,..."; NULL: none */
    const char *need_index; /* "FIELD:+:2,..."; NULL: none */
    enum sg_need_method need_method;
    bool smooth; /* intervals and smoothed rates of services per need */
};

struct sg_job {
    const char *command;
    const char *project; /* the project file; NULL: none */
    struct sg_source areas;
    struct sg_area_fields area_fields;
    const struct sg_join_source *joins;
    size_t join_count;
    const char *aliases; /* table of the areas' spellings; NULL: none */
    const char *regions;
    const char *region_name; /* field of region polygons; NULL: recognised */
    const struct sg_service_source *services;
    size_t service_count;
    const char *taxonomy, *rules;
    const char *encoding;
    struct sg_source demand; /* path NULL: none */
    struct sg_demand_fields demand_fields;
    const char *costs;               /* table of travel costs; NULL: none */
    struct sg_street_source streets; /* to travel along; path NULL: none */
    struct sg_catchment_wishes catchments;
    double snap_limit_m; /* farther from any street is on none */
    double min_piece_m;  /* pieces of the network that are shorter are left out; 0: none */
    bool within_is_minutes;
    size_t grid_points;
    struct sg_coverage_request coverage;
    struct sg_judge_request judge;
    const char *benchmark_file; /* type,benchmark */
    const char *type_weights;   /* "EMP=2,OTH=0"; NULL: those of the taxonomy */
    bool supply_is_named;
    bool wants_gap; /* false: --measures leaves it out */
    struct sg_fairness_options fairness;
    struct sg_tally_options tally;
    bool tidy;
    enum sg_language language;
    const char *title, *source, *credit;

    bool report_as_json; /* the report of a check */

    const char *output; /* a directory; NULL: the table goes to the standard output as CSV */
    bool output_is_own; /* named by a project file: its files may be replaced */
    bool overwrite;
    const char *const *layers; /* file names in it: "coverage.gpkg" */
    size_t layer_count;
    const struct sg_map_request *maps;
    size_t map_count;

    const struct sg_parameter *parameters; /* for provenance.json */
    size_t parameter_count;
};

/* Defaults of the design: 1 km, median, reach, cuts 10 25 50 75, all measures. */
void sg_job_init(struct sg_job *job);

/* Reads everything and, unless only_check, measures, judges and writes. What was found is told through the
   context as notes; with only_check the report goes to the standard output. */
enum sg_status sg_job_run(struct sg_context *context, const struct sg_job *job, bool only_check);

/* Draws one map from any polygon layer and field. path: the layer's file. */
enum sg_status sg_map_job_run(struct sg_context *context, const struct sg_source *layer,
                              const struct sg_map_request *request, const struct sg_job *job);

#endif
