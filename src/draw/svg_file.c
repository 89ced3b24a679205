#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/name_index.h"
#include "draw/output.h"

struct finishing {
    const char *at, *end;
    struct sg_text *out;
    struct sg_name_index *ids; /* Cairo's ids in the order of their appearance */
};

static void append_escaped(struct sg_text *out, const char *text) {
    for (const char *c = text == NULL ? "" : text; *c != '\0'; c++) {
        if (*c == '&')
            sg_text_append(out, "&amp;");
        else if (*c == '<')
            sg_text_append(out, "&lt;");
        else if (*c == '>')
            sg_text_append(out, "&gt;");
        else
            sg_text_append_char(out, *c);
    }
}

/* A number to a hundredth, without what need not be written: "-.5", "12.25". */
static void append_hundredths(struct sg_text *out, long long hundredths, bool needs_separator) {
    char text[32];
    long long size = hundredths < 0 ? -hundredths : hundredths;
    int length = 0;
    if (hundredths < 0)
        text[length++] = '-';
    else if (needs_separator)
        text[length++] = ' ';
    if (size >= 100 || size == 0)
        length += snprintf(text + length, sizeof text - (size_t)length, "%lld", size / 100);
    if (size % 100 != 0)
        length += size % 10 == 0
                      ? snprintf(text + length, sizeof text - (size_t)length, ".%lld", size % 100 / 10)
                      : snprintf(text + length, sizeof text - (size_t)length, ".%02lld", size % 100);
    sg_text_append_bytes(out, text, (size_t)length);
}

/* Reads the numbers of one path command; returns how many (at most 6). */
static int read_numbers(const char **at, const char *end, double numbers[6]) {
    int count = 0;
    while (count < 6 && *at < end) {
        char *after;
        while (*at < end && (**at == ' ' || **at == ','))
            (*at)++;
        if (*at >= end || !(strchr("+-.0123456789", **at) != NULL))
            break;
        numbers[count++] = strtod(*at, &after);
        *at = after;
    }
    return count;
}

struct pen {
    long long x, y, start_x, start_y; /* in hundredths, as they will be read back */
    char last;
};

/* A command with its end points relative to where the rounded path is: errors do not add up. */
static void append_relative(struct sg_text *out, struct pen *pen, char command, const double *numbers,
                            int count) {
    long long dx[6] = {0};
    for (int i = 0; i < count; i++)
        dx[i] = llround(numbers[i] * 100) - (i % 2 == 0 ? pen->x : pen->y);
    bool is_line = command == 'l';
    if (is_line && dx[0] == 0 && dx[1] == 0)
        return;
    char letter = command;
    if (is_line && dx[1] == 0)
        letter = 'h';
    else if (is_line && dx[0] == 0)
        letter = 'v';
    bool repeats = pen->last == letter || (pen->last == 'm' && letter == 'l');
    if (!repeats)
        sg_text_append_char(out, letter);
    if (letter == 'h' || letter == 'v') {
        append_hundredths(out, letter == 'h' ? dx[0] : dx[1], repeats);
    } else {
        for (int i = 0; i < count; i++)
            append_hundredths(out, dx[i], repeats || i > 0);
    }
    pen->last = letter;
    pen->x += dx[count - 2];
    pen->y += dx[count - 1];
    if (command == 'm') {
        pen->start_x = pen->x;
        pen->start_y = pen->y;
    }
}

/* Cairo's absolute "M x y L x y C ... Z" made relative and short. False (nothing written) for other paths. */
static bool append_path(struct sg_text *out, const char *at, const char *end) {
    struct pen pen = {0};
    size_t length = out->length;
    while (at < end) {
        while (at < end && *at == ' ')
            at++;
        if (at >= end)
            break;
        char command = *at++;
        double numbers[6];
        if (command == 'Z') {
            sg_text_append_char(out, 'z');
            pen.x = pen.start_x;
            pen.y = pen.start_y;
            pen.last = 'z';
            continue;
        }
        int wanted = command == 'M' || command == 'L' ? 2 : command == 'C' ? 6 : 0;
        if (wanted == 0 || read_numbers(&at, end, numbers) != wanted) {
            out->length = length;
            return false;
        }
        append_relative(out, &pen, command == 'M' ? 'm' : command == 'L' ? 'l' : 'c', numbers, wanted);
    }
    return true;
}

/* Cairo counts surfaces and fonts over the whole process; a file counts its own. */
static void append_id(struct finishing *work, const char *id, size_t length) {
    size_t position = sg_name_index_add(work->ids, id, length, NULL);
    if (position == SG_NO_INDEX)
        work->out->failed = true;
    sg_text_append_format(work->out, "i%zu", position + 1);
}

static bool starts_with(const struct finishing *work, const char *text) {
    size_t length = strlen(text);
    return (size_t)(work->end - work->at) > length && memcmp(work->at, text, length) == 0;
}

/* What stands before an id, and what ends it. */
static const struct {
    const char *before;
    char after;
} id_places[] = {{" id=\"", '"'}, {"xlink:href=\"#", '"'}, {"url(#", ')'}};

static bool finish_id(struct finishing *work) {
    for (int i = 0; i < 3; i++) {
        if (!starts_with(work, id_places[i].before))
            continue;
        size_t before = strlen(id_places[i].before);
        const char *id = work->at + before;
        const char *after = memchr(id, id_places[i].after, (size_t)(work->end - id));
        if (after == NULL)
            return false;
        sg_text_append_bytes(work->out, work->at, before);
        append_id(work, id, (size_t)(after - id));
        work->at = after;
        return true;
    }
    return false;
}

static bool finish_path(struct finishing *work) {
    if (!starts_with(work, " d=\""))
        return false;
    const char *first = work->at + 4;
    const char *last = memchr(first, '"', (size_t)(work->end - first));
    if (last == NULL)
        return false;
    sg_text_append(work->out, " d=\"");
    if (!append_path(work->out, first, last))
        sg_text_append_bytes(work->out, first, (size_t)(last - first));
    work->at = last;
    return true;
}

/* What a reader assumes anyway. */
static bool is_default(const char *rule, size_t length) {
    static const char *const defaults[] = {"stroke-opacity:1",     "fill-opacity:1",
                                           "stroke-miterlimit:10", "fill-rule:nonzero",
                                           "stroke-linecap:butt",  "stroke-linejoin:miter"};
    for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++) {
        if (strlen(defaults[i]) == length && memcmp(defaults[i], rule, length) == 0)
            return true;
    }
    return false;
}

/* "fill:rgb(14.5%,...)" as "fill:#25..." and other rules as they are, numbers to a thousandth. */
static void append_rule(struct sg_text *out, const char *rule, size_t length) {
    char text[128]; /* a copy: sscanf would measure the whole file */
    double red, green, blue;
    if (length >= sizeof text) {
        sg_text_append_bytes(out, rule, length);
        return;
    }
    memcpy(text, rule, length);
    text[length] = '\0';
    char *colour = strstr(text, "rgb("), *colon = strchr(text, ':'), *end;
    if (colour != NULL && sscanf(colour, "rgb(%lf%%,%lf%%,%lf%%)", &red, &green, &blue) == 3) {
        sg_text_append_bytes(out, text, (size_t)(colour - text));
        sg_text_append_format(out, "#%02x%02x%02x", (unsigned)lround(red * 2.55),
                              (unsigned)lround(green * 2.55), (unsigned)lround(blue * 2.55));
        return;
    }
    double number = colon == NULL ? 0 : strtod(colon + 1, &end);
    if (colon != NULL && end > colon + 1 && *end == '\0') {
        char short_text[32];
        sg_text_append_bytes(out, text, (size_t)(colon + 1 - text));
        sg_text_append(out, sg_number_text(round(number * 1000) / 1000, short_text));
        return;
    }
    sg_text_append_bytes(out, text, length);
}

static bool finish_style(struct finishing *work) {
    if (!starts_with(work, " style=\""))
        return false;
    const char *rule = work->at + strlen(" style=\"");
    const char *last = memchr(rule, '"', (size_t)(work->end - rule));
    if (last == NULL || memchr(rule, '#', (size_t)(last - rule)) != NULL)
        return false; /* it names an id */
    sg_text_append(work->out, " style=\"");
    bool is_first = true;
    while (rule < last) {
        while (rule < last && (*rule == ' ' || *rule == ';'))
            rule++;
        const char *end = memchr(rule, ';', (size_t)(last - rule));
        size_t length = (size_t)((end == NULL ? last : end) - rule);
        if (length > 0 && !is_default(rule, length)) {
            if (!is_first)
                sg_text_append_char(work->out, ';');
            append_rule(work->out, rule, length);
            is_first = false;
        }
        rule += length;
    }
    work->at = last;
    return true;
}

/* "0.123456789" -> "0.123": more than enough for colours, widths and positions. */
static bool finish_number(struct finishing *work) {
    if (*work->at != '.' || work->at + 1 >= work->end)
        return false;
    const char *digit = work->at + 1;
    while (digit < work->end && *digit >= '0' && *digit <= '9')
        digit++;
    if (digit - work->at <= 4)
        return false;
    sg_text_append_bytes(work->out, work->at, 4);
    work->at = digit;
    return true;
}

static void append_opening(struct sg_text *out, const struct sg_output_words *words) {
    sg_text_append(out, " role=\"img\" aria-labelledby=\"title description\">\n<title id=\"title\">");
    append_escaped(out, words->title);
    sg_text_append(out, "</title>\n<desc id=\"description\">");
    append_escaped(out, words->description);
    sg_text_append(out, "</desc>");
}

enum sg_status sg_svg_finish(struct sg_context *context, const char *bytes, size_t length,
                             const struct sg_output_words *words, struct sg_text *ret_bytes) {
    struct finishing work = {bytes, bytes + length, ret_bytes, sg_name_index_new()};
    if (work.ids == NULL)
        return sg_fail_memory(context);
    const char *svg = strstr(bytes, "<svg ");
    const char *opening = svg == NULL ? NULL : strchr(svg, '>');
    if (opening == NULL) {
        sg_name_index_free(work.ids);
        return sg_fail(context, SG_DRAWING, NULL, "cairo wrote no SVG");
    }
    while (work.at < work.end) {
        bool in_body = work.at > opening;
        if (work.at == opening) {
            append_opening(ret_bytes, words);
            work.at++;
        } else if (!(in_body
                     && (finish_id(&work) || finish_path(&work) || finish_style(&work)
                         || finish_number(&work)))) {
            const char *next = work.at + 1;
            while (next < work.end && next != opening && *next != ' ' && *next != '.' && *next != 'u'
                   && *next != 'x')
                next++;
            sg_text_append_bytes(ret_bytes, work.at, (size_t)(next - work.at));
            work.at = next;
        }
    }
    sg_name_index_free(work.ids);
    return ret_bytes->failed ? sg_fail_memory(context) : SG_OK;
}
