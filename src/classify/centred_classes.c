#include "classify/centred_classes.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"

enum { MOST_SIDES = SG_MOST_CLASSES / 2 };

/* The classes of the values on one side; a class without values where there are none. */
static enum sg_status classify_side(struct sg_context *context, const double *values, size_t count,
                                    double centre, bool is_below, const struct sg_break_request *request,
                                    struct sg_classification *ret_classes) {
    double *side = sg_alloc(count, sizeof *side);
    if (side == NULL)
        return sg_fail_memory(context);
    for (size_t i = 0; i < count; i++)
        side[i] = (values[i] < centre) == is_below ? values[i] : NAN;
    struct sg_break_request of_side = *request;
    size_t half = request->class_count / 2;
    of_side.class_count = half < 1 ? 1 : half > MOST_SIDES ? MOST_SIDES : half;
    of_side.zero_class = false;
    enum sg_status status = sg_classify(context, side, count, &of_side, ret_classes);
    sg_free(side);
    if (status == SG_OK && ret_classes->class_count == 0) {
        ret_classes->class_count = 1;
        ret_classes->lowest[0] = ret_classes->highest[0] = NAN;
    }
    return status;
}

static void append_side(struct sg_classification *to, const struct sg_classification *side) {
    memcpy(&to->lowest[to->class_count], side->lowest, side->class_count * sizeof *side->lowest);
    memcpy(&to->highest[to->class_count], side->highest, side->class_count * sizeof *side->highest);
    memcpy(&to->counts[to->class_count], side->counts, side->class_count * sizeof *side->counts);
    for (size_t i = 0; i + 1 < side->class_count; i++) {
        to->breaks[to->class_count + i] = side->breaks[i];
        to->label_breaks[to->class_count + i] = side->label_breaks[i];
    }
    to->class_count += side->class_count;
}

enum sg_status sg_classify_about(struct sg_context *context, const double *values, size_t count,
                                 double centre, const struct sg_break_request *request,
                                 struct sg_classification *ret_classification) {
    if (request->method == SG_BREAKS_CUSTOM)
        return sg_fail(context, SG_USAGE, "leave --breaks or --centre out",
                       "custom breaks say where the classes are; --centre is for the other methods");
    struct sg_classification below, above;
    enum sg_status status = classify_side(context, values, count, centre, true, request, &below);
    if (status == SG_OK)
        status = classify_side(context, values, count, centre, false, request, &above);
    if (status != SG_OK)
        return status;
    struct sg_classification classes = {.method = request->method, .goodness = NAN};
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        classes.missing_count += isnan(values[i]);
        known += !isnan(values[i]);
    }
    if (known > 0) {
        append_side(&classes, &below);
        classes.is_centred = true;
        classes.below_centre = below.class_count;
        classes.breaks[classes.class_count - 1] = classes.label_breaks[classes.class_count - 1] = centre;
        append_side(&classes, &above);
        if (below.reduced_from > 0 || above.reduced_from > 0)
            classes.reduced_from = request->class_count;
    }
    *ret_classification = classes;
    return SG_OK;
}
