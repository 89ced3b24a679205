/* Text that other programs will read: spreadsheet cells, JSON. */
#ifndef SG_WRITE_SAFE_TEXT_H
#define SG_WRITE_SAFE_TEXT_H

#include <stdbool.h>

#include "core/text.h"

/* Would a spreadsheet run the cell as a formula: does it begin with = + - @ (also as wide as Chinese
   characters), tab or a line end, and is no plain number ("+1-416-555-0100" is a subtraction to it)? Such a
   cell is written with an apostrophe before it. */
bool sg_text_is_formula(const char *text);

/* A text as the cell of an XLSX or ODS file: an apostrophe before a formula, sg_xml_char() for every
   character. NULL when out of memory. Free with sg_free(). */
char *sg_sheet_text(const char *text);

/* How many bytes of text are a control character at its beginning: one that moves a terminal's cursor or
   rings its bell, not a tab or a line end. 0: it begins with none. */
size_t sg_control_length(const char *text);

/* The text with U+FFFD in place of its control characters. NULL when out of memory. Free with sg_free(). */
char *sg_text_without_controls(const char *text);

/* The character, or U+FFFD for one that XML 1.0 cannot hold: controls, U+FFFE and U+FFFF. */
uint32_t sg_xml_char(uint32_t c);

/* Appends text as a JSON string with its quotes. */
void sg_json_append(struct sg_text *json, const char *text);

#endif
