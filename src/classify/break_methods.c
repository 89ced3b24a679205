#include "classify/break_methods.h"

#include <math.h>

#include "classify/partition.h"
#include "core/alloc.h"

static double total(const struct sg_value_list *list) {
    return (double)list->totals[list->count];
}

static double mean_from(const struct sg_value_list *list, size_t first) {
    double sum = 0;
    double origin = list->values[first]; /* so that 1 + 2^-52, 1, 1 keeps its last bit */
    for (size_t i = first; i < list->count; i++)
        sum += (list->values[i] - origin) * (double)list->weights[i];
    return origin + sum / (double)(list->totals[list->count] - list->totals[first]);
}

double sg_value_list_deviation(const struct sg_value_list *list, size_t first, size_t end) {
    double weight = (double)(list->totals[end] - list->totals[first]);
    double origin = list->values[first + (end - first) / 2];
    double sum = 0, squares = 0;
    for (size_t i = first; i < end; i++) {
        double x = list->values[i] - origin;
        sum += x * (double)list->weights[i];
        squares += x * x * (double)list->weights[i];
    }
    double deviation = squares - sum * sum / weight;
    return deviation > 0 ? deviation : 0;
}

/* The value at share p of the sorted values: Hyndman and Fan's definition 7 (R, numpy, QGIS). */
static double quantile(const struct sg_value_list *list, double p) {
    double h = (total(list) - 1) * p;
    uint64_t rank = (uint64_t)h;
    size_t low = 0, high = list->count; /* the last position with totals <= rank */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (list->totals[middle] <= rank)
            low = middle;
        else
            high = middle;
    }
    double value = list->values[low];
    bool is_last_of_its_kind = rank + 1 == list->totals[low + 1];
    if (is_last_of_its_kind && low + 1 < list->count)
        value += (h - (double)rank) * (list->values[low + 1] - value);
    return value;
}

struct balance {
    const struct sg_value_list *list;
    double share; /* values per class if all were equal */
    size_t class_count;
};

/* Classes as equal as tie groups allow; among equally balanced ones those nearest to the quantiles. */
static double imbalance(const void *user, size_t group, size_t first, size_t end) {
    const struct balance *balance = user;
    double off = (double)(balance->list->totals[end] - balance->list->totals[first]) - balance->share;
    if (group + 1 == balance->class_count)
        return off * off;
    double n = total(balance->list);
    double wanted = floor((n - 1) * (double)(group + 1) / (double)balance->class_count) + 1;
    double shift = ((double)balance->list->totals[end] - wanted) / n;
    return off * off + 1e-3 * shift * shift;
}

enum sg_status sg_break_quantile(struct sg_context *context, const struct sg_value_list *list,
                                 size_t class_count, struct sg_cut_list *ret_cuts) {
    struct balance balance = {list, total(list) / (double)class_count, class_count};
    ret_cuts->count = class_count - 1;
    return sg_partition(context, list->count, class_count, imbalance, &balance, ret_cuts->positions);
}

/* Sums over the values before each position, the median taken off first so that squares of large values
   do not swallow small differences. */
struct moments {
    double *weight;
    double *sum;
    double *squares;
};

static double deviation(const void *user, size_t group, size_t first, size_t end) {
    const struct moments *moments = user;
    (void)group;
    double sum = moments->sum[end] - moments->sum[first];
    return moments->squares[end] - moments->squares[first]
           - sum * sum / (moments->weight[end] - moments->weight[first]);
}

enum sg_status sg_break_jenks(struct sg_context *context, const struct sg_value_list *list,
                              size_t class_count, struct sg_cut_list *ret_cuts) {
    size_t width = list->count + 1;
    double *sums = sg_alloc(3 * width, sizeof *sums);
    if (sums == NULL)
        return sg_fail_memory(context);
    struct moments moments = {sums, sums + width, sums + 2 * width};
    double median = quantile(list, 0.5);
    for (size_t i = 0; i < list->count; i++) {
        double x = list->values[i] - median;
        double weight = (double)list->weights[i];
        moments.weight[i + 1] = moments.weight[i] + weight;
        moments.sum[i + 1] = moments.sum[i] + weight * x;
        moments.squares[i + 1] = moments.squares[i] + weight * x * x;
    }
    ret_cuts->count = class_count - 1;
    enum sg_status status =
        sg_partition(context, list->count, class_count, deviation, &moments, ret_cuts->positions);
    sg_free(sums);
    return status;
}

enum sg_status sg_break_equal(struct sg_context *context, const struct sg_value_list *list,
                              size_t class_count, struct sg_cut_list *ret_cuts) {
    (void)context;
    double low = list->values[0], high = list->values[list->count - 1];
    ret_cuts->at_places = true;
    ret_cuts->count = class_count - 1;
    for (size_t i = 1; i < class_count; i++)
        ret_cuts->places[i - 1] = low + (high - low) * ((double)i / (double)class_count);
    return SG_OK;
}

/* Heckbert's nice numbers (Graphics Gems, 1990): 1, 2, 5 or 10 times a power of ten. */
static double nice_number(double x, bool round_it) {
    double power = pow(10, floor(log10(x)));
    double f = x / power;
    double nice;
    if (round_it)
        nice = f < 1.5 ? 1 : f < 3 ? 2 : f < 7 ? 5 : 10;
    else
        nice = f <= 1 ? 1 : f <= 2 ? 2 : f <= 5 ? 5 : 10;
    return nice * power;
}

enum sg_status sg_break_pretty(struct sg_context *context, const struct sg_value_list *list,
                               size_t class_count, struct sg_cut_list *ret_cuts) {
    (void)context;
    double low = list->values[0], high = list->values[list->count - 1];
    double range = nice_number(high - low, false);
    double step = nice_number(range / (double)(class_count - 1), true);
    ret_cuts->at_places = true;
    double first = floor(low / step);
    for (size_t i = 1; ret_cuts->count < SG_MOST_CLASSES - 1; i++) {
        double place = (first + (double)i) * step;
        if (step < 1) /* 3 * 0.1 is not 0.3, 3 / 10 is */
            place = (first + (double)i) / (1 / step);
        if (place >= high)
            break;
        ret_cuts->places[ret_cuts->count++] = place;
    }
    return SG_OK;
}

/* Whole standard deviations from the mean; an odd number of classes has one around the mean. Those beyond
   the data would only add empty classes. */
enum sg_status sg_break_stddev(struct sg_context *context, const struct sg_value_list *list,
                               size_t class_count, struct sg_cut_list *ret_cuts) {
    (void)context;
    double mean = mean_from(list, 0);
    double deviation_sum = sg_value_list_deviation(list, 0, list->count);
    double sigma = sqrt(deviation_sum / (total(list) - 1));
    int cuts = (int)class_count - 1;
    ret_cuts->at_places = true;
    for (int i = 0; i < cuts; i++) {
        int step = i - cuts / 2;
        if (cuts % 2 == 0 && step >= 0)
            step++; /* -2 -1 1 2 */
        double place = mean + step * sigma;
        if (place >= list->values[0] && place < list->values[list->count - 1])
            ret_cuts->places[ret_cuts->count++] = place;
    }
    return SG_OK;
}

/* Jiang's head/tail breaks: split at the mean, again within the head, while the head is a minority; no more
   classes than asked for, nor than seven. */
enum sg_status sg_break_headtail(struct sg_context *context, const struct sg_value_list *list,
                                 size_t class_count, struct sg_cut_list *ret_cuts) {
    enum { MOST_HEADTAIL_CLASSES = 7 };
    const double largest_head = 0.4;
    (void)context;
    size_t most =
        class_count >= 2 && class_count < MOST_HEADTAIL_CLASSES ? class_count : MOST_HEADTAIL_CLASSES;
    size_t first = 0;
    while (ret_cuts->count < most - 1 && list->count - first > 1) {
        double mean = mean_from(list, first);
        size_t head = first + 1;
        while (head < list->count - 1 && list->values[head] <= mean)
            head++;
        double head_count = (double)(list->totals[list->count] - list->totals[head]);
        double all_count = (double)(list->totals[list->count] - list->totals[first]);
        if (head_count > largest_head * all_count)
            break;
        ret_cuts->positions[ret_cuts->count++] = head;
        first = head;
    }
    return SG_OK;
}

/* Tukey's box plot, hinge 1.5: six classes, the outer two empty when nothing is unusual. */
enum sg_status sg_break_boxplot(struct sg_context *context, const struct sg_value_list *list,
                                size_t class_count, struct sg_cut_list *ret_cuts) {
    (void)context;
    (void)class_count;
    double q1 = quantile(list, 0.25), q3 = quantile(list, 0.75);
    double hinge = 1.5 * (q3 - q1);
    double places[] = {q1 - hinge, q1, quantile(list, 0.5), q3, q3 + hinge};
    ret_cuts->at_places = true;
    /* where many values are equal so are quartiles: one break for them */
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (ret_cuts->count == 0 || places[i] > ret_cuts->places[ret_cuts->count - 1])
            ret_cuts->places[ret_cuts->count++] = places[i];
    }
    return SG_OK;
}

enum sg_status sg_break_maximum(struct sg_context *context, const struct sg_value_list *list,
                                size_t class_count, struct sg_cut_list *ret_cuts) {
    (void)context;
    double least_gap_taken = INFINITY;
    for (size_t taken = 0; taken < class_count - 1; taken++) {
        /* The widest gap that is not taken yet; of equal ones the lowest. */
        double widest = -1;
        size_t position = 0;
        for (size_t i = 1; i < list->count; i++) {
            double gap = list->values[i] - list->values[i - 1];
            bool is_taken = false;
            for (size_t t = 0; t < ret_cuts->count && gap >= least_gap_taken; t++)
                is_taken = is_taken || ret_cuts->positions[t] == i;
            if (gap > widest && !is_taken) {
                widest = gap;
                position = i;
            }
        }
        least_gap_taken = widest;
        size_t at = ret_cuts->count++;
        for (; at > 0 && ret_cuts->positions[at - 1] > position; at--)
            ret_cuts->positions[at] = ret_cuts->positions[at - 1];
        ret_cuts->positions[at] = position;
    }
    return SG_OK;
}
