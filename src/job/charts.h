/* Charts of the columns of a coverage, or of the fields of a layer; private to src/job. */
#ifndef SG_JOB_CHARTS_H
#define SG_JOB_CHARTS_H

#include "job/map_kinds.h"
#include "model/measure.h"

/* What a chart is made of. Everything is borrowed. */
struct sg_chart_source {
    struct sg_context *context;
    const struct sg_map_request *request;
    const struct sg_job *job;
    const struct sg_map_area *areas; /* name and value (of the first variable) of each */
    size_t area_count;
    const struct sg_map_variable *variables;
    size_t variable_count;
    const double *population;           /* of each area, for a Lorenz curve; NULL: not known */
    const struct sg_measures *measures; /* for curves of coverage; NULL on a layer */
    const struct sg_taxonomy *taxonomy; /* of the measures */
    const char *title, *subtitle, *method, *note;
    enum sg_area_noun noun;
    long long created;
};

/* Draws the chart that the request asks for. SG_USAGE where its kind needs what is not there. */
enum sg_status sg_chart_draw(const struct sg_chart_source *source, const char *path);

#endif
