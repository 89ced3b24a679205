/* Parts of the report of `check`; private to it. */
#ifndef SG_JOB_REPORT_PARTS_H
#define SG_JOB_REPORT_PARTS_H

#include "job/report_form.h"
#include "job/run.h"

/* Labels of a section, or of the list under one of them. */
void sg_report_use_labels(struct sg_report_form *form, bool is_inner);

/* The CRS of an input, and how it was decided. */
void sg_report_tell_crs(struct sg_report_form *form, const char *name, enum sg_crs_origin origin);

/* A field, and how it was found; otherwise: what stands in for it. */
void sg_report_tell_field(struct sg_report_form *form, const char *role, const char *field,
                          bool is_recognised, const char *otherwise);

void sg_report_areas(struct sg_report_form *form, const struct sg_run *run);
/* The joined tables: how each was understood, and what matches on neither side. */
void sg_report_joins(struct sg_report_form *form, const struct sg_run *run);

/* The regions: areas in several or none, regions without areas, and their people. */
void sg_report_regions(struct sg_report_form *form, const struct sg_run *run);

void sg_report_demand(struct sg_report_form *form, const struct sg_run *run);

#endif
