#include "job/report_form.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/clean_text.h"
#include "write/safe_text.h"

/* The comma and line before a value, and its key. */
static void begin_value(struct sg_report_form *form, const char *key) {
    struct sg_text *out = &form->out;
    char last = out->length == 0 ? '\0' : out->bytes[out->length - 1];
    if (last != '\0' && last != '{' && last != '[')
        sg_text_append(out, key == NULL ? ", " : ",\n");
    else if (last == '{')
        sg_text_append(out, "\n");
    if (key != NULL) {
        sg_json_append(out, key);
        sg_text_append(out, ": ");
    }
}

/* A line for people: nothing in it from a file may steer their terminal. */
static void append_line(struct sg_report_form *form, const char *text) {
    size_t length = strlen(text), position = 0;
    while (position < length) {
        uint32_t c = sg_utf8_next(text, length, &position);
        sg_utf8_append(&form->out, sg_is_control(c) ? 0xFFFD : c);
    }
    sg_text_append_char(&form->out, '\n');
}

static void say(struct sg_report_form *form, const char *label, const char *text) {
    sg_text_append_format(&form->out, "%*s%-*s ", form->indent, "", form->width, label);
    append_line(form, text);
}

void sg_form_count(struct sg_report_form *form, const char *key, const char *label, uint64_t count) {
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    if (form->is_json) {
        begin_value(form, key);
        sg_text_append(&form->out, digits);
    } else if (label != NULL) {
        say(form, label, digits);
    }
}

void sg_form_text(struct sg_report_form *form, const char *key, const char *label, const char *text) {
    if (form->is_json) {
        begin_value(form, key);
        if (text == NULL)
            sg_text_append(&form->out, "null");
        else
            sg_json_append(&form->out, text);
    } else if (label != NULL) {
        say(form, label, text == NULL ? "" : text);
    }
}

void sg_form_flag(struct sg_report_form *form, const char *key, bool flag) {
    if (!form->is_json)
        return;
    begin_value(form, key);
    sg_text_append(&form->out, flag ? "true" : "false");
}

void sg_form_number(struct sg_report_form *form, const char *key, double number) {
    if (!form->is_json)
        return;
    char digits[32];
    begin_value(form, key);
    sg_text_append(&form->out, isfinite(number) ? sg_number_text(number, digits) : "null");
}

void sg_form_open(struct sg_report_form *form, const char *key, char bracket) {
    if (!form->is_json)
        return;
    begin_value(form, key);
    sg_text_append_char(&form->out, bracket);
}

void sg_form_close(struct sg_report_form *form, char bracket) {
    if (form->is_json)
        sg_text_append_char(&form->out, bracket == '{' ? '}' : ']');
}

/* A text of any length; NULL, and the form has failed, when out of memory. */
static char *format_text(struct sg_report_form *form, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : sg_alloc((size_t)length + 1, 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    form->out.failed = form->out.failed || text == NULL;
    return text;
}

void sg_form_line(struct sg_report_form *form, const char *format, ...) {
    if (form->is_json)
        return;
    va_list arguments;
    va_start(arguments, format);
    char *text = format_text(form, format, arguments);
    va_end(arguments);
    if (text != NULL)
        append_line(form, text);
    sg_free(text);
}

void sg_form_say(struct sg_report_form *form, const char *label, const char *format, ...) {
    if (form->is_json)
        return;
    va_list arguments;
    va_start(arguments, format);
    char *text = format_text(form, format, arguments);
    va_end(arguments);
    if (text != NULL)
        say(form, label, text);
    sg_free(text);
}
