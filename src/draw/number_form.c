#include "draw/number_form.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "draw/wording.h"

enum { MOST_DECIMALS = 20, MOST_SCALED_DECIMALS = 6 };

static const double plain_from = 1e-3, plain_below = 1e10; /* sizes of numbers that are written in full */

static bool is_same(double a, double b) {
    return fabs(a - b) <= 4 * DBL_EPSILON * fmax(fabs(a), fabs(b));
}

/* Times a power of ten; exact powers first, so that 3e-9 in billionths is 3. */
static double times_power(double value, int exponent) {
    return exponent < 0 ? value / pow(10, -exponent) : value * pow(10, exponent);
}

int sg_exact_decimals(double value) {
    for (int decimals = 0; decimals < MOST_DECIMALS; decimals++) {
        char plain[400];
        snprintf(plain, sizeof plain, "%.*f", decimals, value);
        if (is_same(strtod(plain, NULL), value))
            return decimals;
    }
    return MOST_DECIMALS;
}

static int exponent_of(double value) {
    return value == 0 || !isfinite(value) ? 0 : (int)floor(log10(fabs(value)) + 1e-12);
}

/* The power of ten, a multiple of 3, in which numbers up to the largest are counted. */
static int shared_exponent(double largest) {
    if (!(largest > 0) || !isfinite(largest) || (largest >= plain_from && largest < plain_below))
        return 0;
    return 3 * (int)floor((double)exponent_of(largest) / 3);
}

/* What the limits of the classes have in common. */
struct limits {
    double largest, smallest; /* in size, without zeros, the ends of the data among them */
    int most_decimals;
};

/* Is the limit the one above the zeros? It lies anywhere between them and the least that is something. */
static bool is_over_zeros(const struct sg_classification *classes, size_t i) {
    return classes->lowest[i] == 0 && classes->highest[i] == 0;
}

static struct limits look_at_limits(const struct sg_classification *classes, int exponent) {
    struct limits limits = {0, INFINITY, 0};
    for (size_t i = 0; i < classes->class_count; i++) {
        double ends[] = {classes->lowest[i], classes->highest[i]};
        for (int e = 0; e < 2; e++) {
            if (isfinite(ends[e]))
                limits.largest = fmax(limits.largest, fabs(ends[e]));
        }
        if (i + 1 == classes->class_count || classes->label_breaks[i] == 0
            || (is_over_zeros(classes, i) && classes->class_count > 2))
            continue;
        double limit = fabs(classes->label_breaks[i]);
        limits.largest = fmax(limits.largest, limit);
        limits.smallest = fmin(limits.smallest, limit);
        int decimals = sg_exact_decimals(times_power(limit, -exponent));
        limits.most_decimals = decimals > limits.most_decimals ? decimals : limits.most_decimals;
    }
    return limits;
}

/* The figures after the first that a number has in scientific notation. */
static int mantissa_decimals(double value) {
    return sg_exact_decimals(times_power(value, -exponent_of(value)));
}

static struct sg_number_form scientific_form(const struct sg_classification *classes) {
    struct sg_number_form form = {.is_scientific = true};
    for (size_t i = 0; i + 1 < classes->class_count; i++) {
        int decimals = mantissa_decimals(classes->label_breaks[i]);
        form.decimals = decimals > form.decimals ? decimals : form.decimals;
    }
    return form;
}

struct sg_number_form sg_number_form_of_size(double largest) {
    struct sg_number_form form = {.exponent = shared_exponent(fabs(largest))};
    double scaled = times_power(fabs(largest), -form.exponent);
    form.decimals = !(scaled > 0) || scaled >= 100 ? 0 : 2 - exponent_of(scaled);
    return form;
}

/* The power of the smallest limit, where it leaves the largest number readable. */
static int classes_exponent(const struct limits *limits) {
    const double readable = 1e6;
    int exponent = shared_exponent(limits->largest);
    if (exponent == 0 || !isfinite(limits->smallest))
        return exponent;
    int of_smallest = 3 * (int)floor((double)exponent_of(limits->smallest) / 3);
    return times_power(limits->largest, -of_smallest) < readable ? of_smallest : exponent;
}

struct sg_number_form sg_number_form_of_classes(const struct sg_classification *classes) {
    const double near = 1000; /* a power for all of them leaves none too small */
    struct limits plain = look_at_limits(classes, 0);
    if (classes->class_count < 2)
        return sg_number_form_of_size(plain.largest);
    struct sg_number_form form = {.exponent = classes_exponent(&plain)};
    struct limits limits = look_at_limits(classes, form.exponent);
    if (limits.most_decimals > MOST_SCALED_DECIMALS) {
        bool is_wide = plain.smallest * near < plain.largest;
        if (is_wide || plain.largest < plain_from)
            return scientific_form(classes);
        form.exponent = 0; /* large numbers that differ by little are written out */
        limits = plain;
    }
    form.decimals = limits.most_decimals;
    return form;
}

struct sg_number_form sg_number_form_of_step(int exponent, double step) {
    struct sg_number_form form = {.exponent = exponent, .is_even = true};
    double scaled = times_power(step, -exponent);
    while (form.decimals < MOST_DECIMALS && fabs(scaled - round(scaled)) > 1e-6 * scaled) {
        form.decimals++;
        scaled *= 10;
    }
    return form;
}

struct sg_number_form sg_number_form_of_axis(double low, double high, double step) {
    return sg_number_form_of_step(shared_exponent(fmax(fabs(low), fabs(high))), step);
}

double sg_number_form_outward(const struct sg_number_form *form, double value, bool is_up) {
    int power = form->is_scientific ? form->decimals - exponent_of(value) : form->decimals - form->exponent;
    double scaled = times_power(value, power);
    double whole = is_same(scaled, round(scaled)) ? round(scaled) : is_up ? ceil(scaled) : floor(scaled);
    return times_power(whole, -power);
}

static void append_superscript(struct sg_text *text, int number) {
    static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    if (number < 0)
        sg_text_append(text, "⁻");
    char plain[16];
    snprintf(plain, sizeof plain, "%d", abs(number));
    for (const char *digit = plain; *digit != '\0'; digit++)
        sg_text_append(text, digits[*digit - '0']);
}

static void append_times_ten(struct sg_text *text, int exponent) {
    sg_text_append(text, "×10");
    append_superscript(text, exponent);
}

void sg_append_formed(struct sg_text *text, double value, const struct sg_number_form *form,
                      enum sg_language language) {
    int exponent = form->is_scientific ? exponent_of(value) : form->exponent;
    double scaled = times_power(value, -exponent);
    int exact = sg_exact_decimals(scaled);
    bool is_full = form->is_even && value != 0;
    sg_append_number(text, scaled, is_full || exact > form->decimals ? form->decimals : exact, language);
    if (form->is_scientific && exponent != 0)
        append_times_ten(text, exponent);
}

void sg_append_power(struct sg_text *text, const struct sg_number_form *form, enum sg_language language) {
    if (form->exponent == 0 || form->is_scientific)
        return;
    bool is_french = language == SG_FRENCH;
    sg_text_append(text, "\u00a0");
    if (form->exponent == 9)
        sg_text_append(text, is_french ? "milliards" : "billion");
    else if (form->exponent == 12)
        sg_text_append(text, is_french ? "billions" : "trillion");
    else
        append_times_ten(text, form->exponent);
}
