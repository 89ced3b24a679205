#include "write/safe_text.h"

#include <stdlib.h>
#include <string.h>

/* Is it a number as a spreadsheet writes one: digits with a point and an exponent, if any? */
static bool is_number(const char *text) {
    const char *at = text + (text[0] == '+' || text[0] == '-');
    size_t whole = strspn(at, "0123456789"), part = 0;
    at += whole;
    if (*at == '.') {
        part = strspn(at + 1, "0123456789");
        at += 1 + part;
    }
    if (whole + part == 0)
        return false;
    if (*at == 'e' || *at == 'E') {
        at += 1 + (at[1] == '+' || at[1] == '-');
        size_t exponent = strspn(at, "0123456789");
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return *at == '\0';
}

bool sg_text_is_formula(const char *text) {
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (strncmp(text, wide[i], 3) == 0)
            return true;
    }
    if (strncmp(text, "of:=", 4) == 0) /* OpenDocument's own way to write a formula */
        return true;
    if (text[0] == '\0' || strchr("=+-@\t\r\n", text[0]) == NULL)
        return false;
    return !((text[0] == '-' || text[0] == '+') && is_number(text));
}

size_t sg_control_length(const char *text) {
    unsigned char first = (unsigned char)text[0], second = first == 0xC2 ? (unsigned char)text[1] : 0;
    if (first == 0x7F || (first > 0 && first < 0x20 && first != '\t' && first != '\n' && first != '\r'))
        return 1;
    return second >= 0x80 && second <= 0x9F ? 2 : 0; /* ISO 6429's C1, with a CSI of its own */
}

char *sg_text_without_controls(const char *text) {
    struct sg_text safe;
    sg_text_init(&safe);
    sg_text_append(&safe, "");
    while (*text != '\0') {
        size_t length = sg_control_length(text);
        if (length > 0)
            sg_text_append(&safe, "\uFFFD");
        else
            sg_text_append_char(&safe, *text);
        text += length > 0 ? length : 1;
    }
    return sg_text_take(&safe);
}

char *sg_sheet_text(const char *text) {
    struct sg_text sheet;
    sg_text_init(&sheet);
    if (sg_text_is_formula(text))
        sg_text_append_char(&sheet, '\'');
    size_t length = strlen(text), position = 0;
    while (position < length) {
        size_t control = sg_control_length(text + position);
        position += control;
        sg_utf8_append(&sheet, control > 0 ? 0xFFFD : sg_xml_char(sg_utf8_next(text, length, &position)));
    }
    sg_text_append(&sheet, "");
    return sg_text_take(&sheet);
}

uint32_t sg_xml_char(uint32_t c) {
    bool is_char = c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
    return is_char ? c : 0xFFFD;
}

void sg_json_append(struct sg_text *json, const char *text) {
    sg_text_append_char(json, '"');
    size_t length = strlen(text), position = 0;
    while (position < length) {
        uint32_t code_point = sg_utf8_next(text, length, &position);
        if (code_point == '"' || code_point == '\\')
            sg_text_append_format(json, "\\%c", (char)code_point);
        else if (code_point == '\n')
            sg_text_append(json, "\\n");
        else if (code_point < 0x20 || code_point == 0x7F)
            sg_text_append_format(json, "\\u%04x", code_point);
        else
            sg_utf8_append(json, code_point);
    }
    sg_text_append_char(json, '"');
}
