/* A table attached to three areas, which are its rows or its columns. */
#include <stdlib.h>

#include "fuzz.h"
#include "read/area_keys.h"
#include "read/join_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static char *const ids[] = {"001", "002", "94"};
    static char *const names[] = {"St. James Town", "Caf\xC3\xA9", "Wychwood"};
    struct sg_area areas[3] = {{0}};
    for (int i = 0; i < 3; i++) {
        areas[i].id = ids[i];
        areas[i].name = names[i];
    }
    struct sg_area_layer layer = {.areas = areas, .area_count = 3, .path = "areas.geojson"};
    struct sg_context *context = fuzz_context_new();
    struct sg_source source = {.path = fuzz_file("in.csv", bytes, length)};
    struct sg_area_keys *keys = NULL;
    struct sg_join join = {0};
    if (sg_area_keys_new(context, &layer, NULL, NULL, &keys) == SG_OK
        && sg_join_read(context, &source, NULL, keys, &layer, &join) == SG_OK)
        sg_join_release(&join);
    sg_area_keys_free(keys);
    sg_context_free(context);
    return 0;
}
