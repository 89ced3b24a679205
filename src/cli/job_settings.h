/* Settings to a job: what the words of options mean together. */
#ifndef SG_CLI_JOB_SETTINGS_H
#define SG_CLI_JOB_SETTINGS_H

#include "cli/option.h"
#include "job/job.h"

/* A job with the arrays it borrows; strings are borrowed from the settings. */
struct sg_prepared_job {
    struct sg_job job;
    struct sg_service_source *services;
    struct sg_join_source *joins;
    struct sg_map_request *maps;
    struct sg_parameter *parameters;
};

/* Release with sg_prepared_job_release(). SG_USAGE when options do not fit together. */
enum sg_status sg_job_prepare(struct sg_context *context, const struct sg_settings *settings,
                              struct sg_prepared_job *ret_prepared);
void sg_prepared_job_release(struct sg_prepared_job *prepared);

/* One map from values, those of general standing in where it has none. */
void sg_map_request_from(const struct sg_values *map, const struct sg_values *general,
                         struct sg_map_request *ret_request);

/* Fails where the method and the breaks do not go together. */
enum sg_status sg_map_request_check(struct sg_context *context, const struct sg_map_request *request);

#endif
