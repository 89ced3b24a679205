/* Text of two or four bytes a character, which spreadsheets write as "Unicode text". */
#ifndef SG_READ_WIDE_TEXT_H
#define SG_READ_WIDE_TEXT_H

/* "UTF-16" or "UTF-32" when the file begins as such a text does, with a byte order mark or without; else
 * NULL. */
const char *sg_wide_text_name(const char *path);

#endif
