/* Themes, colour schemes, taxonomies and rules: the first byte chooses. */
#include "fuzz.h"
#include "read/scheme_reader.h"
#include "read/taxonomy_reader.h"
#include "read/theme_reader.h"

static void read_taxonomy(struct sg_context *context, const char *path) {
    struct sg_taxonomy taxonomy = {0};
    if (sg_taxonomy_read(context, path, &taxonomy) == SG_OK)
        (void)sg_taxonomy_match(&taxonomy, "health care - clinics");
    sg_taxonomy_release(&taxonomy);
}

static void read_rules(struct sg_context *context, const char *path) {
    struct sg_taxonomy taxonomy = {0};
    if (sg_taxonomy_read(context, "lip", &taxonomy) == SG_OK
        && sg_rules_read(context, path, &taxonomy) == SG_OK)
        (void)sg_taxonomy_match(&taxonomy, "health care - clinics");
    sg_taxonomy_release(&taxonomy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 1)
        return 0;
    struct sg_context *context = fuzz_context_new();
    const char *rest = (const char *)bytes + 1;
    struct sg_theme theme = {0};
    struct sg_scheme scheme = {0};
    switch (bytes[0] % 4) {
    case 0:
        if (sg_theme_parse(context, rest, length - 1, &theme) == SG_OK)
            sg_theme_release(&theme);
        break;
    case 1:
        if (sg_scheme_parse(context, rest, length - 1, &scheme) == SG_OK)
            sg_scheme_release(&scheme);
        break;
    case 2:
        read_taxonomy(context, fuzz_file("in.yaml", bytes + 1, length - 1));
        break;
    default:
        read_rules(context, fuzz_file("in.yaml", bytes + 1, length - 1));
    }
    sg_context_free(context);
    return 0;
}
