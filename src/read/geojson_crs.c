#include "read/geojson_crs.h"

#include <cpl_vsi.h>
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "core/alloc.h"

/* Of either end of the file: features may be many, the member is short. */
enum { LOOKED_AT = 65536 };

static const char *skip_space(const char *at) {
    while (isspace((unsigned char)*at))
        at++;
    return at;
}

/* Past the string that opens at `at`; NULL when it does not end. */
static const char *skip_string(const char *at) {
    for (at++; *at != '\0' && *at != '"'; at++) {
        if (*at == '\\' && at[1] != '\0')
            at++;
    }
    return *at == '"' ? at + 1 : NULL;
}

/* The value of a key at the depth, 0 being outside all brackets; NULL when there is none, or when the key
   stop comes first. */
static const char *find_key(const char *text, const char *key, int depth, const char *stop) {
    int level = 0;
    for (const char *at = text; *at != '\0';) {
        if (*at != '"') {
            level += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
            at++;
            continue;
        }
        const char *end = skip_string(at);
        if (end == NULL)
            return NULL;
        const char *after = skip_space(end);
        size_t length = (size_t)(end - at) - 2;
        if (*after == ':' && level == depth) {
            if (stop != NULL && length == strlen(stop) && strncmp(at + 1, stop, length) == 0)
                return NULL;
            if (length == strlen(key) && strncmp(at + 1, key, length) == 0)
                return skip_space(after + 1);
        }
        at = end;
    }
    return NULL;
}

/* How many more brackets close than open in the text. */
static int closing_brackets(const char *text) {
    int closing = 0;
    while (text != NULL && *text != '\0') {
        closing += (*text == '}' || *text == ']') - (*text == '{' || *text == '[');
        text = *text == '"' ? skip_string(text) : text + 1;
    }
    return closing;
}

/* The value of the last key "crs" that is the whole file's: one bracket closes after it. */
static const char *find_at_end(const char *text) {
    const char *last = NULL;
    for (const char *at = text; (at = strstr(at, "\"crs\"")) != NULL; at++)
        last = at;
    const char *after = last == NULL ? "" : skip_space(last + 5);
    return *after == ':' && closing_brackets(after) == 1 ? skip_space(after + 1) : NULL;
}

static void append_name(const char *value, struct sg_text *name) {
    const char *properties = value == NULL || *value != '{' ? NULL : find_key(value, "properties", 1, NULL);
    const char *text =
        properties == NULL || *properties != '{' ? NULL : find_key(properties, "name", 1, NULL);
    const char *end = text == NULL || *text != '"' ? NULL : skip_string(text);
    if (end != NULL)
        sg_text_append_bytes(name, text + 1, (size_t)(end - text) - 2);
}

/* So many bytes from the offset on, ended with a zero; what is there already must be enough. */
static void read_part(VSILFILE *file, vsi_l_offset offset, char *bytes) {
    size_t count = VSIFSeekL(file, offset, SEEK_SET) == 0 ? VSIFReadL(bytes, 1, LOOKED_AT, file) : 0;
    bytes[count] = '\0';
}

void sg_geojson_crs_name(const char *path, struct sg_text *name) {
    VSIStatBufL found;
    VSILFILE *file = VSIStatL(path, &found) == 0 ? VSIFOpenL(path, "rb") : NULL;
    char *bytes = sg_alloc(LOOKED_AT + 1, 1);
    if (file != NULL && bytes != NULL) {
        read_part(file, 0, bytes);
        append_name(find_key(bytes, "crs", 1, "features"), name);
        if (name->length == 0) {
            read_part(file, found.st_size > LOOKED_AT ? (vsi_l_offset)found.st_size - LOOKED_AT : 0, bytes);
            append_name(find_at_end(bytes), name);
        }
    }
    name->failed = name->failed || bytes == NULL;
    sg_free(bytes);
    if (file != NULL)
        VSIFCloseL(file);
}
