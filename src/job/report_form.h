/* A report in one of two forms, told once: lines for people, or a JSON object for programs. */
#ifndef SG_JOB_REPORT_FORM_H
#define SG_JOB_REPORT_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"

struct sg_report_form {
    bool is_json;
    struct sg_text out; /* failed when memory ran out */
    int indent, width;  /* of the labels to come, as text */
};

/* Values go under a key (JSON; NULL in a list) and behind a label (text). A NULL label is only for JSON. */
void sg_form_count(struct sg_report_form *form, const char *key, const char *label, uint64_t count);
void sg_form_text(struct sg_report_form *form, const char *key, const char *label, const char *text);
void sg_form_flag(struct sg_report_form *form, const char *key, bool flag);

/* JSON only. A number that is not finite is null. */
void sg_form_number(struct sg_report_form *form, const char *key, double number);

/* JSON only: an object ('{') or a list ('[') until sg_form_close(). */
void sg_form_open(struct sg_report_form *form, const char *key, char bracket);
void sg_form_close(struct sg_report_form *form, char bracket);

/* Text only: a line. */
void sg_form_line(struct sg_report_form *form, const char *format, ...) SG_PRINTF(2, 3);

/* Text only: a label with more than a number behind it. */
void sg_form_say(struct sg_report_form *form, const char *label, const char *format, ...) SG_PRINTF(3, 4);

#endif
