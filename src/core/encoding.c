#include "core/encoding.h"

#include <errno.h>
#include <iconv.h>

#include "core/text.h"

static const iconv_t no_converter = (iconv_t)-1; /* NOLINT(performance-no-int-to-ptr): what iconv answers */

bool sg_encoding_is_known(const char *name) {
    iconv_t converter = name[0] == '\0' ? no_converter : iconv_open("UTF-8", name);
    if (converter == no_converter)
        return false;
    iconv_close(converter);
    return true;
}

char *sg_text_from_encoding(const char *bytes, size_t length, const char *encoding, size_t *ret_bad) {
    *ret_bad = 0;
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == no_converter)
        return NULL;
    struct sg_text text;
    sg_text_init(&text);
    char *from = (char *)bytes; /* iconv reads it only */
    while (length > 0) {
        char buffer[256];
        char *to = buffer;
        size_t room = sizeof buffer;
        size_t done = iconv(converter, &from, &length, &to, &room);
        int cause = done == (size_t)-1 ? errno : 0;
        sg_text_append_bytes(&text, buffer, sizeof buffer - room);
        if (cause == 0 || cause == E2BIG)
            continue;
        sg_utf8_append(&text, 0xFFFD);
        ++*ret_bad;
        from++;
        length--;
        iconv(converter, NULL, NULL, NULL, NULL);
    }
    iconv_close(converter);
    return sg_text_take(&text);
}
