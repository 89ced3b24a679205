/* A project file, up to the job that it describes. */
#include "cli/job_settings.h"
#include "cli/project.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct sg_context *context = fuzz_context_new();
    struct sg_settings settings = {0};
    struct sg_prepared_job prepared = {0};
    if (sg_project_read(context, fuzz_file("in.yaml", bytes, length), &settings) == SG_OK)
        (void)sg_job_prepare(context, &settings, &prepared);
    sg_prepared_job_release(&prepared);
    sg_settings_release(&settings);
    sg_context_free(context);
    return 0;
}
