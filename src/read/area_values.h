/* Several number fields of a layer of areas, for maps of more than one. */
#ifndef SG_READ_AREA_VALUES_H
#define SG_READ_AREA_VALUES_H

#include "core/context.h"
#include "read/dataset.h"

struct sg_area_value {
    char *field;
    char *title;    /* the file's own title of the field, else its name */
    double *values; /* of each area, in the order of the layer; NaN = missing */
};

struct sg_area_values {
    struct sg_area_value *fields;
    size_t count;
};

/* Reads the fields of a comma list, in its order; or, where the list is one name that no field has, every
   field that ends in "_NAME" but "all_NAME", in the order of the layer ("gap": emp_gap, lan_gap ...).
   area_count: of the same layer read before. SG_BAD_INPUT for a field that is not there or holds no numbers.
   Release with sg_area_values_release(). */
enum sg_status sg_area_values_read(struct sg_context *context, const struct sg_source *source,
                                   const char *names, size_t area_count, struct sg_area_values *ret_values);

/* The same of every type's field of a measure, where there are any: none, and empty ones, are no error. */
enum sg_status sg_area_values_find(struct sg_context *context, const struct sg_source *source,
                                   const char *measure, size_t area_count, struct sg_area_values *ret_values);
void sg_area_values_release(struct sg_area_values *values);

#endif
