#include "write/safe_text.h"

#include <stdlib.h>
#include <string.h>

bool sg_text_is_formula(const char *text) {
    if (text[0] == '\0' || strchr("=+-@\t\r", text[0]) == NULL)
        return false;
    if ((text[0] == '-' || text[0] == '+') && text[1] != '\0' && text[strspn(text, "+-0123456789.")] == '\0')
        return false;
    return true;
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
