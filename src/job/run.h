/* What a run holds, stage after stage; private to src/job. */
#ifndef SG_JOB_RUN_H
#define SG_JOB_RUN_H

#include "job/check.h"
#include "job/fairness.h"
#include "job/groups.h"
#include "job/job.h"
#include "job/need.h"
#include "job/regions.h"
#include "judge/coverage_table.h"
#include "judge/findings.h"
#include "measure/locate.h"
#include "measure/street_travel.h"
#include "model/reject.h"
#include "read/line_reader.h"
#include "write/layer_writer.h"

/* Points with more than one record. */
struct sg_stacks {
    size_t places, records; /* such points; the records on them */
    size_t largest;         /* records on the one with most */
    struct sg_point largest_lon_lat_deg;
    size_t duplicates; /* records that repeat another one's organization, types and place */
    size_t untold;     /* of them, those of no known organization: all else that is known is the same */
};

struct sg_run {
    struct sg_context *context;
    const struct sg_job *job;
    struct sg_hashes *hashes;

    struct sg_area_layer layer;
    struct sg_locator *locator;
    struct sg_taxonomy taxonomy;
    struct sg_inventory inventory;
    struct sg_tally *tally;
    struct sg_site_input *inputs; /* one for each service source */
    size_t input_count;
    struct sg_check *check; /* NULL unless the job is only a check */
    struct sg_stacks stacks;
    struct sg_reject_log *rejects; /* NULL when nothing is to be written */
    struct sg_demand_layer demand_layer;
    struct sg_demand demand;
    bool has_demand;
    struct sg_travel travel;
    bool has_travel;
    struct sg_street_graph graph; /* where people travel along streets */
    struct sg_street_request street_request;
    struct sg_street_report street_report; /* who takes part in it */

    struct sg_measures measures;
    struct sg_run_need need;
    struct sg_judgement judgement;
    bool is_judged;
    struct sg_run_fairness fairness;
    struct sg_run_groups groups;
    struct sg_table table;
    struct sg_run_regions regions;
    char **findings;
    size_t finding_count;

    char **outputs; /* names of the files written, for provenance */
    size_t output_count, output_capacity;
};

/* The stages, in order (each in a file of its own). */
enum sg_status sg_run_read(struct sg_run *run);
enum sg_status sg_run_read_costs(struct sg_run *run); /* called by the first, as the next */
enum sg_status sg_run_read_streets(struct sg_run *run);

/* The table of --benchmark (columns type and benchmark): the standard of each type, the general one where it
   has none, and the supply that they are of. SG_BAD_INPUT, SG_USAGE. Free the list with sg_free(). */
enum sg_status sg_run_read_benchmarks(struct sg_run *run, struct sg_benchmark **ret_of_types,
                                      enum sg_supply *ret_supply);

/* The type of that code, prefix or English label, whatever the case; SG_NO_INDEX: none. */
size_t sg_run_find_type(const struct sg_run *run, const char *name);

/* The longest way that is asked about: a threshold, or what the stability of the verdict looks at beyond. */
double sg_run_longest_cost(const struct sg_run *run);
enum sg_status sg_run_measure(struct sg_run *run);
enum sg_status sg_run_write(struct sg_run *run, struct sg_staging *staging);
enum sg_status sg_run_draw(struct sg_run *run, struct sg_staging *staging);

/* Demand that is in no area, nowhere, or without a number: said, with the people it stands for, and what has
   no place logged record by record. SG_BAD_INPUT when none of it is in an area. */
enum sg_status sg_run_say_lost_demand(struct sg_run *run);

/* No record of any file is in an area: SG_BAD_INPUT that says where both are, and what is likely wrong. */
enum sg_status sg_run_fail_nothing_inside(struct sg_run *run);

/* Asked before the long work: has every output a name of its own (SG_BAD_PROJECT in a project, else
   SG_USAGE), and is the name free? */
enum sg_status sg_run_check_outputs(struct sg_run *run, struct sg_staging *staging);

/* What the table of regions is called beside the layer of a format that holds one layer ("wards.regions.csv"
   beside wards.csv); NULL: there is none, the regions being a layer, or a table of the project's folder. Free
   with sg_free(). */
char *sg_run_regions_file(const struct sg_job *job);

/* closures.csv: per type and place, who would have no service left; none where nobody depends on one. */
enum sg_status sg_run_write_closures(struct sg_run *run, struct sg_staging *staging);

/* provenance.json: what was read, set and written. */
enum sg_status sg_run_write_provenance(struct sg_run *run, struct sg_staging *staging);

/* The part of writing that is no layers: findings.txt, and the tables of regions, the city, fairness and
 * groups. */
enum sg_status sg_run_write_tables(struct sg_run *run, struct sg_staging *staging);

/* Looks for stacks and duplicates, and warns of what may be a geocoder's default point. */
enum sg_status sg_run_find_stacks(struct sg_run *run);

/* Adds to the problems of a check what its areas and people have: repaired outlines, people in no area. */
enum sg_status sg_run_check_layers(struct sg_run *run);

/* The problems of a check that have a place, as the layer `problems` of the file that the job names. */
enum sg_status sg_run_write_problems(struct sg_run *run, struct sg_staging *staging);

/* The report of `check`, to the standard output. */
enum sg_status sg_run_report(struct sg_run *run);

/* Remembers a written file. */
enum sg_status sg_run_add_output(struct sg_run *run, const char *name);

struct sg_findings_source sg_run_findings_source(const struct sg_run *run);

/* Files that a map request names beside the coverage: lines, water, land, in the CRS of the areas. */
struct sg_map_layers {
    struct sg_streets streets;
    struct sg_backdrop backdrop;
};

enum sg_status sg_map_layers_read(struct sg_context *context, const struct sg_map_request *request,
                                  const struct sg_crs *crs, struct sg_map_layers *ret_layers);
void sg_map_layers_release(struct sg_map_layers *layers);

#endif
