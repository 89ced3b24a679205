#include "cli/command.h"

#include "job/job.h"

const struct sg_command sg_commands[] = {
    {"run", SG_COMMAND_RUN, "PROJECT.yaml", 1, 1, "do the whole job that a project file describes",
     "servicegap run toronto.yaml", sg_command_run},
    {"init", SG_COMMAND_INIT, "", 0, 0,
     "write a project file for the layers it is given, with the fields it recognised",
     "servicegap init --areas wards.shp --services services.csv -o project.yaml", sg_command_init},
    {"check", SG_COMMAND_CHECK, "[PROJECT.yaml]", 0, 1,
     "read everything and report what was understood (CRS, fields, records) and what is wrong (overlaps, "
     "gaps, places); of areas alone, too",
     "servicegap check --areas wards.shp --services services.csv", sg_command_check},
    {"coverage", SG_COMMAND_COVERAGE, "", 0, 0, "measure coverage and gaps into one layer or table",
     "servicegap coverage --areas wards.shp --area-id WARD --services services.csv --within 800 -o "
     "coverage.gpkg",
     sg_command_coverage},
    {"map", SG_COMMAND_MAP, "", 0, 0, "draw one map from any polygon layer and field",
     "servicegap map --layer coverage.gpkg --field gap_index -o gap.png", sg_command_map},
    {"demo", SG_COMMAND_DEMO, "", 0, 0, "run the sample city that comes with the program",
     "servicegap demo -o maps", sg_command_demo},
    {"list", SG_COMMAND_LIST, "schemes|methods|measures|themes|formats|types", 1, 2, "what can be named",
     "servicegap list measures", sg_command_list},
};

const size_t sg_command_count = sizeof sg_commands / sizeof *sg_commands;

enum sg_status sg_command_run(struct sg_context *context, struct sg_settings *settings) {
    return sg_run_project(context, settings->words[0], settings->general.of[SG_OPT_OUTPUT], settings);
}
