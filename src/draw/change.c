#include "draw/change.h"

#include <math.h>

#include "draw/number_form.h"

/* A size with the sign of its side: "+5", "−5". */
static void append_signed(struct sg_text *text, double size, bool is_loss, const struct sg_number_form *form,
                          enum sg_language language) {
    sg_text_append(text, is_loss ? "−" : "+");
    sg_append_formed(text, size, form, language);
}

/* Where the outermost class ends: at its own largest change, or where it is empty at that of the other side.
 */
static double largest_size(const struct sg_classification *classes, bool is_loss) {
    double gain = classes->highest[classes->class_count - 1], loss = -classes->lowest[0];
    if (isnan(gain) && isnan(loss))
        return 0;
    return is_loss ? (isnan(loss) ? gain : loss) : (isnan(gain) ? loss : gain);
}

static void append_no_change(struct sg_text *text, const struct sg_classification *classes, size_t middle,
                             bool is_whole, const struct sg_number_form *form, enum sg_language language) {
    sg_text_append(text, sg_word(SG_WORD_NO_CHANGE, language));
    double limit = classes->label_breaks[middle];
    if (!(limit > 0)) /* only a change of exactly 0 is none */
        return;
    if (is_whole)
        limit = ceil(limit) - 1;
    if (limit <= 0)
        return;
    sg_text_append(text, is_whole ? " (±" : language == SG_FRENCH ? " (moins de ±" : " (under ±");
    sg_append_formed(text, limit, form, language);
    sg_append_power(text, form, language);
    sg_text_append(text, ")");
}

void sg_append_change_range(struct sg_text *text, const struct sg_classification *classes, size_t class_index,
                            bool is_whole, enum sg_language language) {
    size_t count = classes->class_count, middle = count / 2;
    struct sg_number_form form = sg_number_form_of_classes(classes);
    is_whole = is_whole && form.exponent == 0 && !form.is_scientific;
    if (is_whole)
        form = (struct sg_number_form){0};
    if (class_index == middle) {
        append_no_change(text, classes, middle, is_whole, &form, language);
        return;
    }
    bool is_loss = class_index < middle;
    size_t side = is_loss ? count - 1 - class_index : class_index; /* the mirrored class */
    bool is_last = side + 1 == count;
    double from = classes->label_breaks[side - 1];
    double to = is_last ? sg_number_form_outward(&form, largest_size(classes, is_loss), true)
                        : classes->label_breaks[side];
    if (is_whole) {
        from = fmax(ceil(from), 1);
        to = is_last ? to : ceil(to) - 1;
    }
    bool starts_at_nothing = side == middle + 1 && !is_whole && !(from > 0);
    if (starts_at_nothing && !is_last) {
        sg_text_append(text, sg_word(is_loss ? SG_WORD_LOSS_UNDER : SG_WORD_GAIN_UNDER, language));
        append_signed(text, to, is_loss, &form, language);
        return;
    }
    append_signed(text, from, is_loss, &form, language);
    if (to <= from)
        return;
    bool is_closed = is_whole || is_last;
    sg_text_append(text, sg_word(is_closed ? SG_WORD_UP_TO
                                 : is_loss ? SG_WORD_TO_ABOVE
                                           : SG_WORD_TO_UNDER,
                                 language));
    append_signed(text, to, is_loss, &form, language);
}

double sg_change_rows(struct sg_drawing *drawing, sg_legend_row_fn *visit, double x, double y, double width,
                      bool is_dry) {
    const struct sg_classification *classes = drawing->map->classification;
    double at = y;
    for (size_t row_index = 0; classes != NULL && row_index < classes->class_count; row_index++) {
        size_t i = classes->class_count - 1 - row_index; /* gains above, losses below */
        struct sg_text text;
        sg_text_init(&text);
        sg_append_change_range(&text, classes, i, drawing->style.is_whole, drawing->map->language);
        struct sg_legend_row row = {{SG_MARK_FILL, drawing->style.palette.colours[i], 0, 0, NULL},
                                    sg_text_bytes(&text),
                                    (long long)classes->counts[i]};
        at += visit(drawing, &row, x, at, width, is_dry);
        sg_drawing_release_text(drawing, &text);
    }
    return at - y;
}

void sg_change_describe(const struct sg_drawing *drawing, struct sg_text *text) {
    const struct sg_classification *classes = drawing->map->classification;
    for (size_t i = 0; classes != NULL && i < classes->class_count; i++) {
        sg_text_append(text, i == 0 ? " " : "; ");
        sg_append_change_range(text, classes, i, drawing->style.is_whole, drawing->map->language);
        sg_text_append_format(text, ": %zu", classes->counts[i]);
    }
}
