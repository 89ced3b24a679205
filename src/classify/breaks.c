#include "classify/breaks.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "classify/break_methods.h"
#include "core/alloc.h"

/* One row per method: this table is all that makes it exist. */
static const struct method {
    const char *name;
    const char *summary;
    sg_break_fn *cut;    /* NULL: custom */
    bool needs_distinct; /* no class may be empty: at most as many classes as distinct values */
} methods[] = {
    [SG_BREAKS_QUANTILE] = {"quantile", "the same number of areas in every class; equal values stay together",
                            sg_break_quantile, true},
    [SG_BREAKS_JENKS] = {"jenks", "natural groups: least spread within classes (Fisher-Jenks, exact)",
                         sg_break_jenks, true},
    [SG_BREAKS_EQUAL] = {"equal", "classes of the same width from the smallest value to the largest",
                         sg_break_equal, true},
    [SG_BREAKS_PRETTY] = {"pretty", "classes of the same width at round numbers", sg_break_pretty, true},
    [SG_BREAKS_STDDEV] = {"stddev", "whole standard deviations from the mean", sg_break_stddev, false},
    [SG_BREAKS_HEADTAIL] = {"headtail",
                            "split at the mean, again and again: for a few large among many small",
                            sg_break_headtail, false},
    [SG_BREAKS_BOXPLOT] = {"boxplot", "quartiles, and the unusually low and high apart (hinge 1.5)",
                           sg_break_boxplot, false},
    [SG_BREAKS_MAXIMUM] = {"maximum", "breaks in the widest gaps between values", sg_break_maximum, true},
    [SG_BREAKS_CUSTOM] = {"custom", "breaks as given; a value on a break belongs to the class above", NULL,
                          false},
};

enum { METHOD_COUNT = sizeof methods / sizeof methods[0] };

const char *sg_break_method_name(enum sg_break_method method) {
    return methods[method].name;
}

const char *sg_break_method_summary(enum sg_break_method method) {
    return methods[method].summary;
}

bool sg_break_method_from_name(const char *name, enum sg_break_method *ret_method) {
    for (int i = 0; i < METHOD_COUNT; i++) {
        if (strcmp(methods[i].name, name) == 0) {
            *ret_method = (enum sg_break_method)i;
            return true;
        }
    }
    return false;
}

static int compare_values(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void value_list_release(struct sg_value_list *list) {
    sg_free(list->values);
    sg_free(list->weights);
    sg_free(list->totals);
}

/* Sorts and counts the values that are to be classified: not the missing ones, nor the zeros when they
   have a class of their own. */
static enum sg_status value_list_init(struct sg_context *context, const double *values, size_t count,
                                      bool without_zeros, struct sg_value_list *list) {
    *list = (struct sg_value_list){sg_alloc(count, sizeof(double)), sg_alloc(count, sizeof(uint64_t)),
                                   sg_alloc(count + 1, sizeof(uint64_t)), 0};
    if (list->values == NULL || list->weights == NULL || list->totals == NULL) {
        value_list_release(list);
        return sg_fail_memory(context);
    }
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i]) && !(without_zeros && values[i] == 0))
            list->values[used++] = values[i] == 0 ? 0 : values[i]; /* -0 is 0 */
    }
    qsort(list->values, used, sizeof list->values[0], compare_values);
    for (size_t i = 0; i < used; i++) {
        if (list->count == 0 || list->values[i] != list->values[list->count - 1])
            list->values[list->count++] = list->values[i];
        list->weights[list->count - 1]++;
    }
    for (size_t i = 0; i < list->count; i++)
        list->totals[i + 1] = list->totals[i] + list->weights[i];
    return SG_OK;
}

/* Counts missing values and zeros. Zeros get their own class only where zero is the least value: among
   negative ones it is a number like any other. */
static enum sg_status look_over(struct sg_context *context, const double *values, size_t count,
                                bool zero_class, struct sg_classification *result) {
    bool has_negative = false;
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i]))
            result->missing_count++;
        else if (isinf(values[i]))
            return sg_fail(context, SG_BAD_INPUT, "infinite values cannot be put into classes",
                           "value %zu of %zu is infinite", i + 1, count);
        else if (values[i] == 0)
            result->zero_count++;
        else if (values[i] < 0)
            has_negative = true;
    }
    result->has_zero_class = zero_class && result->zero_count > 0 && !has_negative;
    if (!result->has_zero_class)
        result->zero_count = 0;
    return SG_OK;
}

static enum sg_status check_custom(struct sg_context *context, const struct sg_break_request *request) {
    if (request->custom_break_count >= SG_MOST_CLASSES)
        return sg_fail(context, SG_USAGE, "give fewer breaks", "%zu breaks make more than %d classes",
                       request->custom_break_count, SG_MOST_CLASSES);
    for (size_t i = 0; i < request->custom_break_count; i++) {
        if (!isfinite(request->custom_breaks[i])
            || (i > 0 && request->custom_breaks[i] <= request->custom_breaks[i - 1]))
            return sg_fail(context, SG_USAGE, "breaks are numbers, each larger than the one before",
                           "break %zu (%g) is out of order", i + 1, request->custom_breaks[i]);
    }
    return SG_OK;
}

/* How many distinct values are not above the place. */
static size_t position_of(const struct sg_value_list *list, double place) {
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->values[middle] <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double midway(double low, double high) {
    double middle = low + (high - low) / 2;
    return middle > low ? middle : high; /* neighbouring doubles have nothing between them */
}

/* Moves the cuts away from data values. A cut alone in its gap goes midway; where several share a gap
   (empty classes between them) each stays at its own place, except one that lies on the value below. */
static void set_breaks(const struct sg_value_list *list, const struct sg_cut_list *cuts,
                       struct sg_classification *result) {
    result->class_count = cuts->count + 1;
    size_t last = list->count - 1;
    for (size_t i = 0; i < cuts->count; i++) {
        size_t position = cuts->at_places ? position_of(list, cuts->places[i]) : cuts->positions[i];
        if (!cuts->at_places) {
            result->breaks[i] = midway(list->values[position - 1], list->values[position]);
            continue;
        }
        bool alone = position > 0 && position <= last;
        if (i > 0 && position_of(list, cuts->places[i - 1]) == position)
            alone = false;
        double next = INFINITY;
        if (i + 1 < cuts->count && position_of(list, cuts->places[i + 1]) == position) {
            alone = false;
            next = cuts->places[i + 1];
        } else if (position <= last) {
            next = list->values[position];
        }
        result->breaks[i] = cuts->places[i];
        if (alone)
            result->breaks[i] = midway(list->values[position - 1], list->values[position]);
        else if (position > 0 && cuts->places[i] == list->values[position - 1])
            result->breaks[i] =
                isinf(next) ? nextafter(cuts->places[i], INFINITY) : midway(cuts->places[i], next);
    }
}

/* The shortest decimal strictly between low and high; of equally short ones the nearest to wanted. */
static double shortest_between(double low, double high, double wanted) {
    if (low < 0 && high > 0)
        return 0;
    double largest = fmax(fabs(low), fabs(high));
    int power = (int)floor(log10(largest)) + 1;
    for (int digits = 0; digits < 18; digits++, power--) {
        double scale = pow(10, abs(power));
        double unit_wanted = power < 0 ? wanted * scale : wanted / scale;
        double candidates[] = {round(unit_wanted), floor(unit_wanted), ceil(unit_wanted)};
        for (int i = 0; i < 3; i++) {
            double value = power < 0 ? candidates[i] / scale : candidates[i] * scale;
            if (value > low && value < high)
                return value;
        }
        double first = floor(power < 0 ? low * scale : low / scale) + 1;
        double value = power < 0 ? first / scale : first * scale;
        if (value > low && value < high)
            return value;
    }
    return wanted;
}

/* Classes of one width must look so: round numbers stay as they are, and the labels of equal classes keep
   within a twentieth of the width of the places that were meant. */
static void keep_near(const struct sg_value_list *list, const struct sg_cut_list *cuts,
                      enum sg_break_method method, size_t i, double *low, double *high) {
    double place = cuts->places[i], span = list->values[list->count - 1] - list->values[0];
    double reach = span / (double)(cuts->count + 1) * (method == SG_BREAKS_PRETTY ? 1e-9 : 0.05);
    if (place + reach > *low && place - reach < *high) {
        *low = fmax(*low, place - reach);
        *high = fmin(*high, place + reach);
    }
}

/* Legend numbers: each in the same gap between data values as its break, so that no area changes class
   by being rounded, and each nearer to its own break than to its neighbours. */
static void set_labels(const struct sg_value_list *list, const struct sg_cut_list *cuts,
                       enum sg_break_method method, struct sg_classification *result) {
    for (size_t i = 0; i + 1 < result->class_count; i++) {
        double at = result->breaks[i];
        size_t position = position_of(list, nextafter(at, -INFINITY));
        double span = list->values[list->count - 1] - list->values[0];
        bool is_outside = position == 0 || position == list->count; /* where no value holds it back */
        double low = position > 0 ? list->values[position - 1] : -INFINITY;
        double high = position < list->count ? list->values[position] : INFINITY;
        if (is_outside) {
            low = fmax(low, at - span / 20);
            high = fmin(high, at + span / 20);
        }
        if (i > 0)
            low = fmax(low, midway(result->breaks[i - 1], at));
        if (i + 2 < result->class_count)
            high = fmin(high, midway(at, result->breaks[i + 1]));
        if (method == SG_BREAKS_EQUAL || method == SG_BREAKS_PRETTY)
            keep_near(list, cuts, method, i, &low, &high);
        double wanted =
            cuts->at_places && cuts->places[i] > low && cuts->places[i] < high ? cuts->places[i] : at;
        result->label_breaks[i] = low < high ? shortest_between(low, high, wanted) : at;
    }
}

static void set_counts(const struct sg_value_list *list, struct sg_classification *result) {
    for (size_t c = 0; c < SG_MOST_CLASSES; c++)
        result->lowest[c] = result->highest[c] = NAN;
    double within = 0;
    size_t first = 0;
    for (size_t c = 0; c < result->class_count; c++) {
        size_t end = first;
        while (end < list->count && sg_class_of(result, list->values[end]) == (int)c)
            end++;
        result->counts[c] = (size_t)(list->totals[end] - list->totals[first]);
        if (end > first) {
            result->lowest[c] = list->values[first];
            result->highest[c] = list->values[end - 1];
            within += sg_value_list_deviation(list, first, end);
        }
        first = end;
    }
    double all = sg_value_list_deviation(list, 0, list->count);
    result->goodness = all > 0 ? 1 - within / all : 1;
}

static enum sg_status cut(struct sg_context *context, const struct sg_value_list *list,
                          const struct sg_break_request *request, struct sg_classification *result) {
    struct sg_cut_list cuts = {0};
    if (request->method == SG_BREAKS_CUSTOM) {
        result->class_count = request->custom_break_count + 1;
        for (size_t i = 0; i < request->custom_break_count; i++)
            result->breaks[i] = result->label_breaks[i] = request->custom_breaks[i];
        return SG_OK;
    }
    const struct method *method = &methods[request->method];
    size_t wanted = request->class_count < 1 ? 1 : request->class_count;
    if (wanted > SG_MOST_CLASSES)
        wanted = SG_MOST_CLASSES;
    size_t possible = method->needs_distinct && list->count < wanted ? list->count : wanted;
    if (list->count == 1)
        possible = 1;
    if (possible < wanted)
        result->reduced_from = wanted;
    if (possible > 1) {
        enum sg_status status = method->cut(context, list, possible, &cuts);
        if (status != SG_OK)
            return status;
    }
    set_breaks(list, &cuts, result);
    set_labels(list, &cuts, request->method, result);
    return SG_OK;
}

enum sg_status sg_classify(struct sg_context *context, const double *values, size_t count,
                           const struct sg_break_request *request,
                           struct sg_classification *ret_classification) {
    struct sg_classification result = {.method = request->method};
    enum sg_status status = request->method == SG_BREAKS_CUSTOM ? check_custom(context, request) : SG_OK;
    if (status == SG_OK)
        status = look_over(context, values, count, request->zero_class, &result);
    if (status != SG_OK)
        return status;
    struct sg_value_list list;
    status = value_list_init(context, values, count, result.has_zero_class, &list);
    if (status != SG_OK)
        return status;
    if (list.count > 0) {
        status = cut(context, &list, request, &result);
        if (status == SG_OK)
            set_counts(&list, &result);
    }
    value_list_release(&list);
    if (status == SG_OK)
        *ret_classification = result;
    return status;
}

int sg_class_of(const struct sg_classification *classification, double value) {
    if (isnan(value) || (classification->class_count == 0 && !classification->has_zero_class))
        return SG_CLASS_MISSING;
    if (value == 0 && classification->has_zero_class)
        return SG_CLASS_ZERO;
    int class = 0;
    while ((size_t) class + 1 < classification->class_count && value >= classification->breaks[class])
        class ++;
    return class;
}
