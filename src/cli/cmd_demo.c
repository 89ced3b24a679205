/* `demo`: the sample project that is installed with the program. */
#include "cli/command.h"
#include "core/alloc.h"
#include "core/resource.h"

enum sg_status sg_command_demo(struct sg_context *context, struct sg_settings *settings) {
    char *project = sg_resource_path("geodata/sample/project.yaml");
    char *output =
        sg_strdup(settings->general.of[SG_OPT_OUTPUT] == NULL ? "servicegap-demo"
                                                              : settings->general.of[SG_OPT_OUTPUT]);
    enum sg_status status = sg_resource_check(context);
    if (status == SG_OK && (project == NULL || output == NULL))
        status = sg_fail_memory(context);
    if (status == SG_OK)
        status = sg_run_project(context, project, output, settings);
    if (status == SG_OK)
        sg_note(context, "the maps and layers are in %s", output);
    sg_free(project);
    sg_free(output);
    return status;
}
