/* Text from files made fit to be shown. */
#ifndef SG_DRAW_CLEAN_TEXT_H
#define SG_DRAW_CLEAN_TEXT_H

#include <stdbool.h>
#include <stdint.h>

/* A copy fit to be shown and stored: UTF-8, with U+FFFD for bytes that are not and for control characters,
   white space one blank (line ends kept when keep_lines). NULL when out of memory; sg_free() it. */
char *sg_text_clean(const char *text, bool keep_lines);

/* The same for words that are set in lines: none breaks beside an equals sign ("0 = enough"). */
char *sg_text_clean_paragraph(const char *text);

/* Does the character steer a terminal, turn a line round or show nothing at all? */
bool sg_is_control(uint32_t c);

#endif
