#include "classify/change_classes.h"

#include <math.h>

#include "core/alloc.h"

enum { MOST_SIDES = (SG_MOST_CLASSES - 1) / 2 };

/* Limits between classes of sizes, the first that of no change. */
struct limits {
    size_t count;
    double at[MOST_SIDES], label[MOST_SIDES];
};

static enum sg_status custom_limits(struct sg_context *context, const struct sg_break_request *request,
                                    struct limits *limits) {
    if (request->custom_break_count > MOST_SIDES)
        return sg_fail(context, SG_USAGE, "name fewer limits",
                       "a map of change has at most %d limits on each side", MOST_SIDES);
    for (size_t i = 0; i < request->custom_break_count; i++) {
        if (!(request->custom_breaks[i] > 0))
            return sg_fail(context, SG_USAGE,
                           "write sizes above 0, as --breaks 5,10: the other side is the same",
                           "the limits of a map of change hold for both sides");
        limits->at[i] = limits->label[i] = request->custom_breaks[i];
    }
    limits->count = request->custom_break_count;
    return SG_OK;
}

/* The sizes of all changes classed by the method. */
static enum sg_status method_limits(struct sg_context *context, const double *values, size_t count,
                                    const struct sg_break_request *request, struct limits *limits) {
    double *sizes = sg_alloc(count, sizeof *sizes);
    if (sizes == NULL)
        return sg_fail_memory(context);
    double smallest = INFINITY;
    for (size_t i = 0; i < count; i++) {
        sizes[i] = values[i] == 0 ? NAN : fabs(values[i]);
        if (sizes[i] < smallest)
            smallest = sizes[i];
    }
    struct sg_break_request of_sizes = *request;
    of_sizes.zero_class = false;
    of_sizes.class_count = request->class_count / 2 < 1            ? 1
                           : request->class_count / 2 > MOST_SIDES ? MOST_SIDES
                                                                   : request->class_count / 2;
    struct sg_classification classes;
    enum sg_status status = sg_classify(context, sizes, count, &of_sizes, &classes);
    sg_free(sizes);
    if (status != SG_OK)
        return status;
    limits->at[0] = isfinite(smallest) ? smallest / 2 : 1;
    limits->label[0] = 0;
    limits->count = 1;
    for (size_t i = 0; i + 1 < classes.class_count && limits->count < MOST_SIDES; i++) {
        limits->at[limits->count] = classes.breaks[i];
        limits->label[limits->count++] = classes.label_breaks[i];
    }
    return SG_OK;
}

static void count_values(const double *values, size_t count, struct sg_classification *classes) {
    for (size_t c = 0; c < classes->class_count; c++)
        classes->lowest[c] = classes->highest[c] = NAN;
    for (size_t i = 0; i < count; i++) {
        int class = sg_class_of(classes, values[i]);
        if (class < 0) {
            classes->missing_count++;
            continue;
        }
        classes->counts[class]++;
        classes->lowest[class] =
            fmin(classes->lowest[class], values[i]); /* of a NaN and a number: the number */
        classes->highest[class] = fmax(classes->highest[class], values[i]);
    }
}

enum sg_status sg_classify_change(struct sg_context *context, const double *values, size_t count,
                                  const struct sg_break_request *request,
                                  struct sg_classification *ret_classification) {
    struct limits limits = {0};
    enum sg_status status = request->custom_break_count > 0
                                ? custom_limits(context, request, &limits)
                                : method_limits(context, values, count, request, &limits);
    if (status != SG_OK)
        return status;
    struct sg_classification classes = {.method = request->custom_break_count > 0 ? SG_BREAKS_CUSTOM
                                                                                  : request->method,
                                        .class_count = 2 * limits.count + 1,
                                        .goodness = NAN};
    for (size_t i = 0; i < limits.count; i++) {
        size_t below = limits.count - 1 - i, above = limits.count + i;
        /* a loss on the limit lies in the class below it, as a gain on it lies in the class above */
        classes.breaks[below] = nextafter(-limits.at[i], INFINITY);
        classes.label_breaks[below] = -limits.label[i];
        classes.breaks[above] = limits.at[i];
        classes.label_breaks[above] = limits.label[i];
    }
    count_values(values, count, &classes);
    *ret_classification = classes;
    return SG_OK;
}
