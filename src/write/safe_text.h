/* Text that other programs will read: spreadsheet cells, JSON. */
#ifndef SG_WRITE_SAFE_TEXT_H
#define SG_WRITE_SAFE_TEXT_H

#include <stdbool.h>

#include "core/text.h"

/* Would a spreadsheet run the cell as a formula (= + - @ tab or return first)? A plain number is none. Such a
   cell is written with an apostrophe before it. */
bool sg_text_is_formula(const char *text);

/* Appends text as a JSON string with its quotes. */
void sg_json_append(struct sg_text *json, const char *text);

#endif
