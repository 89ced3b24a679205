/* The tables and sentences of a whole run that are not layers. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "draw/clean_text.h"
#include "job/run.h"
#include "judge/fairness_table.h"

/* A line without what would steer a terminal or turn it round. */
static bool print_clean(struct sg_run *run, FILE *file, const char *text) {
    char *clean = sg_text_clean(text, false);
    if (clean == NULL)
        sg_fail_memory(run->context);
    bool done = clean != NULL && fprintf(file, "%s\n", clean) > 0;
    sg_free(clean);
    return done;
}

static enum sg_status write_findings(struct sg_run *run, struct sg_staging *staging) {
    char *path = sg_staging_path(staging, "findings.txt");
    if (path == NULL)
        return sg_fail_memory(run->context);
    FILE *file = fopen(path, "wb");
    bool done = file != NULL;
    if (done && run->job->title != NULL)
        done = print_clean(run, file, run->job->title) && fputc('\n', file) != EOF;
    for (size_t i = 0; done && i < run->finding_count; i++)
        done = print_clean(run, file, run->findings[i]);
    if (file != NULL && fclose(file) != 0)
        done = false;
    sg_free(path);
    if (!done)
        return sg_fail(run->context, SG_NO_OUTPUT, "is the disk full?", "findings.txt: cannot be written: %s",
                       strerror(errno));
    return sg_run_add_output(run, "findings.txt");
}

static enum sg_status write_extra_table(struct sg_run *run, struct sg_staging *staging, const char *name,
                                        const struct sg_table *table) {
    enum sg_status status = sg_table_write_csv(run->context, staging, name, table);
    return status == SG_OK ? sg_run_add_output(run, name) : status;
}

/* Which area is where stands beside what that makes of each region. */
static enum sg_status write_region_tables(struct sg_run *run, struct sg_staging *staging) {
    struct sg_table areas;
    enum sg_status status = write_extra_table(run, staging, "regions.csv", &run->regions.table);
    if (status == SG_OK)
        status = sg_run_region_areas(run, &areas);
    if (status != SG_OK)
        return status;
    status = write_extra_table(run, staging, "region_areas.csv", &areas);
    sg_table_release(&areas);
    return status;
}

char *sg_run_regions_file(const struct sg_job *job) {
    const struct sg_format_info *format = job->layer_count == 0 ? NULL : sg_format_of(job->layers[0]);
    if (job->regions == NULL || job->output_is_own || format == NULL || format->has_many_layers)
        return NULL;
    const char *name = job->layers[0];
    return sg_format("%.*s.regions.csv", (int)(strrchr(name, '.') - name), name);
}

static enum sg_status write_fairness(struct sg_run *run, struct sg_staging *staging) {
    struct sg_table table;
    enum sg_status status = sg_fairness_table(run->context, &run->fairness.fairness, &run->fairness.clusters,
                                              &run->taxonomy, run->job->language, &table);
    if (status != SG_OK)
        return status;
    status = write_extra_table(run, staging, "fairness.csv", &table);
    sg_table_release(&table);
    return status;
}

static enum sg_status write_groups(struct sg_run *run, struct sg_staging *staging) {
    struct sg_table table;
    enum sg_status status = sg_groups_table(run->context, &run->groups.source, &table);
    if (status != SG_OK)
        return status;
    status = write_extra_table(run, staging, "groups.csv", &table);
    sg_table_release(&table);
    if (status == SG_OK)
        status = sg_group_areas_table(run->context, &run->groups.source, &table);
    if (status != SG_OK)
        return status;
    status = write_extra_table(run, staging, "group_areas.csv", &table);
    sg_table_release(&table);
    return status;
}

enum sg_status sg_run_write_tables(struct sg_run *run, struct sg_staging *staging) {
    const struct sg_job *job = run->job;
    enum sg_status status = SG_OK;
    if (job->tidy) {
        struct sg_table tidy;
        status = sg_coverage_tidy(run->context, &run->layer, &run->taxonomy, &run->table, &tidy);
        if (status == SG_OK) {
            status = write_extra_table(run, staging, "coverage_tidy.csv", &tidy);
            sg_table_release(&tidy);
        }
    }
    char *regions = sg_run_regions_file(job);
    if (status == SG_OK && regions != NULL && run->layer.region_count > 0)
        status = write_extra_table(run, staging, regions, &run->regions.table);
    sg_free(regions);
    if (status != SG_OK || !job->output_is_own)
        return status;
    if (run->layer.region_count > 0)
        status = write_region_tables(run, staging);
    if (status != SG_OK)
        return status;
    struct sg_table city;
    status = sg_city_table(run->context, &run->taxonomy, &run->measures,
                           run->is_judged ? &run->judgement : NULL, job->language, &city);
    if (status == SG_OK) {
        if (run->fairness.is_measured)
            status = sg_fairness_city_columns(run->context, &run->fairness.fairness, &city);
        if (status == SG_OK)
            status = write_extra_table(run, staging, "city.csv", &city);
        sg_table_release(&city);
    }
    if (status == SG_OK)
        status = sg_run_write_closures(run, staging);
    if (status == SG_OK && run->fairness.is_measured)
        status = write_fairness(run, staging);
    if (status == SG_OK && run->groups.is_measured)
        status = write_groups(run, staging);
    return status == SG_OK ? write_findings(run, staging) : status;
}
