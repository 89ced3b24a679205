/* What a chart is put together from; private to the charts. */
#ifndef SG_JOB_CHART_PARTS_H
#define SG_JOB_CHART_PARTS_H

#include "draw/chart.h"
#include "draw/map_style.h"
#include "job/charts.h"

/* What a chart borrows while it is drawn. */
struct sg_chart_parts {
    struct sg_chart chart;
    struct sg_theme theme;
    struct sg_classification classes;
    struct sg_map_style style;
    struct sg_chart_row *rows;
    double *values; /* of stacked rows */
    struct sg_chart_part *chart_parts;
    char **names; /* of the parts */
    struct sg_chart_curve *curves;
    struct sg_point *points;
    char *title, *reference_label, *curve_name, *how, *x_title, *y_title;
};

/* The curve of services against people, with its Gini and its finding. SG_USAGE without people, SG_BAD_INPUT
   where there are neither people nor services. */
enum sg_status sg_chart_prepare_lorenz(const struct sg_chart_source *source, struct sg_chart_parts *parts);

/* A curve for each type: the share of the people within each distance, in metres. SG_USAGE on a layer, where
   no distances are known; SG_BAD_INPUT without people or services. */
enum sg_status sg_chart_prepare_curves(const struct sg_chart_source *source, struct sg_chart_parts *parts);

#endif
