#include "draw/clean_text.h"

#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

bool sg_is_control(uint32_t c) {
    bool is_format = c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e)
                     || (c >= 0x2060 && c <= 0x2069)
                     || c == 0xfeff; /* invisible, or turning the line round */
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || is_format || (c & 0xfffe) == 0xfffe;
}

char *sg_text_clean(const char *text, bool keep_lines) {
    struct sg_text clean;
    sg_text_init(&clean);
    size_t length = text == NULL ? 0 : strlen(text);
    bool was_blank = true; /* no blanks at the start */
    for (size_t position = 0; position < length;) {
        uint32_t c = sg_utf8_next(text, length, &position);
        if (keep_lines && c == '\n') {
            sg_text_append_char(&clean, '\n');
            was_blank = true;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            if (!was_blank)
                sg_text_append_char(&clean, ' ');
            was_blank = true;
        } else {
            sg_utf8_append(&clean, sg_is_control(c) ? 0xfffd : c);
            was_blank = false;
        }
    }
    while (clean.length > 0 && clean.bytes[clean.length - 1] == ' ')
        clean.bytes[--clean.length] = '\0';
    if (clean.length == 0)
        sg_text_append(&clean, "");
    if (clean.failed) {
        sg_text_release(&clean);
        return NULL;
    }
    char *taken = sg_text_take(&clean);
    return taken != NULL ? taken : sg_strdup("");
}

char *sg_text_clean_paragraph(const char *text) {
    char *clean = sg_text_clean(text, false);
    if (clean == NULL || strstr(clean, " = ") == NULL)
        return clean;
    struct sg_text kept;
    sg_text_init(&kept);
    const char *at = clean;
    for (const char *sign; (sign = strstr(at, " = ")) != NULL; at = sign + 3) {
        sg_text_append_bytes(&kept, at, (size_t)(sign - at));
        sg_text_append(&kept, "\u00a0=\u00a0");
    }
    sg_text_append(&kept, at);
    sg_free(clean);
    if (kept.failed) {
        sg_text_release(&kept);
        return NULL;
    }
    return sg_text_take(&kept);
}
