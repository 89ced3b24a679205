#include "draw/label_text.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

enum { MOST_WORDS = 12 };

struct words {
    const char *starts[MOST_WORDS];
    size_t lengths[MOST_WORDS]; /* without the blank that follows */
    double widths[MOST_WORDS];
    bool blank_after[MOST_WORDS];
    int count;
    double blank;
};

static double width_of(struct sg_lettering *lettering, const char *bytes, size_t length,
                       const struct sg_text_style *style) {
    char *text = sg_strndup(bytes, length);
    double width = text == NULL ? NAN : sg_lettering_measure(lettering, text, style).width;
    sg_free(text);
    return width;
}

/* The words of the name; what is beyond the twelfth stays with it. */
static void split(struct sg_lettering *lettering, const char *name, const struct sg_text_style *style,
                  struct words *words) {
    const char *at = name;
    while (*at != '\0' && words->count < MOST_WORDS) {
        int i = words->count++;
        size_t length = strcspn(at, " -/");
        if (at[length] == '-' || at[length] == '/')
            length++;
        if (words->count == MOST_WORDS)
            length = strlen(at);
        words->starts[i] = at;
        words->lengths[i] = length;
        words->widths[i] = width_of(lettering, at, length, style);
        words->blank_after[i] = at[length] == ' ';
        at += length + (at[length] == ' ');
    }
    words->blank = style->size_pt * 0.28;
}

static double line_width(const struct words *words, int first, int end) {
    double width = 0;
    for (int i = first; i < end; i++)
        width += words->widths[i] + (i + 1 < end && words->blank_after[i] ? words->blank : 0);
    return width;
}

static void append_line(struct sg_text *text, const struct words *words, int first, int end) {
    for (int i = first; i < end; i++) {
        sg_text_append_bytes(text, words->starts[i], words->lengths[i]);
        if (i + 1 < end && words->blank_after[i])
            sg_text_append_char(text, ' ');
    }
}

/* The breaks (first words of lines 2 and 3) that make the longest line shortest. */
static double best_breaks(const struct words *words, int lines, int breaks[2]) {
    double best = INFINITY;
    int second_end = lines == 3 ? words->count : 1;
    for (int a = 1; a < words->count; a++) {
        for (int b = lines == 3 ? a + 1 : 0; b < second_end; b++) {
            double longest = line_width(words, 0, a);
            longest = fmax(longest, line_width(words, a, lines == 3 ? b : words->count));
            if (lines == 3)
                longest = fmax(longest, line_width(words, b, words->count));
            if (longest < best) {
                best = longest;
                breaks[0] = a;
                breaks[1] = lines == 3 ? b : words->count;
            }
        }
    }
    return best;
}

bool sg_label_text_init(struct sg_lettering *lettering, const char *name, const struct sg_text_style *style,
                        struct sg_label_text *ret_text) {
    struct words words = {.count = 0};
    *ret_text = (struct sg_label_text){0};
    split(lettering, name, style, &words);
    if (isnan(line_width(&words, 0, words.count)))
        return false; /* a word could not be measured: out of memory */
    for (int lines = 1; lines <= SG_LABEL_MOST_LINES && lines <= words.count; lines++) {
        int breaks[2] = {words.count, words.count};
        double width = lines == 1 ? line_width(&words, 0, words.count) : best_breaks(&words, lines, breaks);
        struct sg_text text;
        sg_text_init(&text);
        append_line(&text, &words, 0, breaks[0]);
        if (lines > 1) {
            sg_text_append_char(&text, '\n');
            append_line(&text, &words, breaks[0], breaks[1]);
        }
        if (lines > 2) {
            sg_text_append_char(&text, '\n');
            append_line(&text, &words, breaks[1], words.count);
        }
        ret_text->widths[lines - 1] = width;
        ret_text->lines[lines - 1] = sg_text_take(&text);
        if (ret_text->lines[lines - 1] == NULL) {
            sg_label_text_release(ret_text);
            return false;
        }
    }
    return true;
}

void sg_label_text_release(struct sg_label_text *text) {
    for (int i = 0; i < SG_LABEL_MOST_LINES; i++)
        sg_free(text->lines[i]);
    *text = (struct sg_label_text){0};
}
