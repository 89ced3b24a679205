#include "read/wide_text.h"

#include <cpl_vsi.h>
#include <stdbool.h>
#include <string.h>

enum { LOOKED_AT = 64 };

/* Without a mark: Latin letters leave the other bytes of each character zero, always the same ones. */
static bool is_latin_in(const unsigned char *bytes, size_t count, size_t width) {
    bool is_little = true, is_big = true;
    for (size_t i = 0; i < count; i++) {
        bool is_zero = bytes[i] == 0;
        is_little = is_little && is_zero == (i % width != 0);
        is_big = is_big && is_zero == (i % width != width - 1);
    }
    return is_little || is_big;
}

const char *sg_wide_text_name(const char *path) {
    unsigned char bytes[LOOKED_AT] = {0};
    VSILFILE *file = VSIFOpenL(path, "rb");
    size_t count = file == NULL ? 0 : VSIFReadL(bytes, 1, sizeof bytes, file);
    if (file != NULL)
        VSIFCloseL(file);
    if (count < 8)
        return NULL;
    if (memcmp(bytes, "\xFF\xFE\0\0", 4) == 0 || memcmp(bytes, "\0\0\xFE\xFF", 4) == 0)
        return "UTF-32";
    if (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)
        return "UTF-16";
    if (is_latin_in(bytes, count, 4))
        return "UTF-32";
    return is_latin_in(bytes, count, 2) ? "UTF-16" : NULL;
}
