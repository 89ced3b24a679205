/* Lists of fields as a person writes them: groups of people, indicators of need; private to src/job. */
#ifndef SG_JOB_NAMED_FIELDS_H
#define SG_JOB_NAMED_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"

/* A group of people: "recent immigrants=Immigrant%:percent". */
struct sg_group_field {
    char *label;     /* "recent immigrants": underscores of the name as blanks */
    char *prefix;    /* "recent_immigrants": of its columns */
    char letters[4]; /* "REC": of its shapefile fields, unique among the groups */
    char *field;
    bool is_percent; /* the field holds percent of the people; else a number of people */
};

/* An indicator of need: "LIM%:+:2". */
struct sg_indicator_field {
    char *field;
    bool low_is_need;
    double weight;
};

/* SG_USAGE, naming the part that is wrong. A comma within a field is no end where no "name=" follows it. Free
   with sg_group_fields_free(). */
enum sg_status sg_group_fields_parse(struct sg_context *context, const char *text,
                                     struct sg_group_field **ret_groups, size_t *ret_count);
void sg_group_fields_free(struct sg_group_field *groups, size_t count);

/* Fields with a direction (":+" high is need, the default; ":-" low is) and a weight (":2", default 1). A
   comma ends a field only behind a direction, or where no direction follows at all. Free with
   sg_indicator_fields_free(). */
enum sg_status sg_indicator_fields_parse(struct sg_context *context, const char *text,
                                         struct sg_indicator_field **ret_indicators, size_t *ret_count);
void sg_indicator_fields_free(struct sg_indicator_field *indicators, size_t count);

#endif
