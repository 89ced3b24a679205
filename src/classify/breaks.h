/* Numbers to classes: the break methods, and classes that no open/closed convention can move. */
#ifndef SG_CLASSIFY_BREAKS_H
#define SG_CLASSIFY_BREAKS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"

enum sg_break_method {
    SG_BREAKS_QUANTILE,
    SG_BREAKS_JENKS,
    SG_BREAKS_EQUAL,
    SG_BREAKS_PRETTY,
    SG_BREAKS_STDDEV,
    SG_BREAKS_HEADTAIL,
    SG_BREAKS_BOXPLOT,
    SG_BREAKS_MAXIMUM,
    SG_BREAKS_CUSTOM
};

enum { SG_MOST_CLASSES = 12 };

struct sg_break_request {
    enum sg_break_method method;
    size_t class_count;          /* asked for */
    const double *custom_breaks; /* ascending, for SG_BREAKS_CUSTOM */
    size_t custom_break_count;
    bool zero_class; /* zeros get a class of their own when there are any (counts, rates) */
};

/* The classes of a set of values, ascending. Break i lies between classes i and i + 1, midway between the
   largest value below and the smallest above it (a custom break stays where it was put), never on a value
   unless custom. Quantile, Jenks, head/tail and maximum classes are never empty, nor are the outer ones of
   stddev; the others may be and are kept with count 0 (a map series needs the same classes); breaks that
   share a gap, with empty classes between them, stay where the method cut. The zero class comes on top of
   class_count, and only where no value is negative. */
struct sg_classification {
    enum sg_break_method method;
    size_t class_count;                   /* without the zero class */
    double breaks[SG_MOST_CLASSES];       /* class_count - 1 */
    double label_breaks[SG_MOST_CLASSES]; /* the shortest decimals in the same gaps: for legends */
    double lowest[SG_MOST_CLASSES];       /* smallest and largest value in each class (NaN when empty) */
    double highest[SG_MOST_CLASSES];
    size_t counts[SG_MOST_CLASSES];
    bool has_zero_class;
    size_t zero_count;
    size_t missing_count; /* NaN */
    size_t reduced_from;  /* the number asked for, when fewer distinct values made fewer
                             classes; else 0 */
    double goodness;      /* goodness of variance fit, 0 to 1; NaN where none was measured */
    bool is_centred;      /* classes on both sides of a value (classify/centred_classes.h): */
    size_t below_centre;  /* so many of them below it */
};

enum { SG_CLASS_MISSING = -1, SG_CLASS_ZERO = -2 };

/* Classes for the values (NaN = missing, not finite otherwise is an error). No values at all gives
   class_count 0. */
enum sg_status sg_classify(struct sg_context *context, const double *values, size_t count,
                           const struct sg_break_request *request,
                           struct sg_classification *ret_classification);

/* The class of one value: 0 to class_count - 1, SG_CLASS_ZERO or SG_CLASS_MISSING. A value on a custom
   break belongs to the class above it. */
int sg_class_of(const struct sg_classification *classification, double value);

/* "quantile", "jenks" ...; false for an unknown name. */
const char *sg_break_method_name(enum sg_break_method method);
const char *sg_break_method_summary(enum sg_break_method method); /* one line for `list methods` */
bool sg_break_method_from_name(const char *name, enum sg_break_method *ret_method);

#endif
