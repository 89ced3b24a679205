/* Settings of travel along streets, from the values of options. */
#ifndef SG_CLI_STREET_SETTINGS_H
#define SG_CLI_STREET_SETTINGS_H

#include "job/job.h"

/* Fills in the streets of a job whose thresholds are set; minutes on foot become metres. of has the value of
   each option, or NULL. SG_USAGE for settings that do not go together. */
enum sg_status sg_street_settings_fill(struct sg_context *context, const char *const *of, struct sg_job *job);

#endif
