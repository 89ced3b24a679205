/* Areas from GeoJSON: read, repaired, measured and located in. */
#include "fuzz.h"
#include "measure/area_size.h"
#include "measure/locate.h"
#include "read/area_reader.h"

static void locate_in(struct sg_context *context, const struct sg_area_layer *layer) {
    const struct sg_shape *shapes[64];
    size_t count = layer->area_count < 64 ? layer->area_count : 64;
    struct sg_locator *locator = NULL;
    for (size_t i = 0; i < count; i++)
        shapes[i] = &layer->areas[i].shape;
    if (sg_locator_new(context, shapes, count, SIZE_MAX, &locator) == SG_OK) {
        for (size_t i = 0; i < count; i++) {
            struct sg_point corner = {layer->areas[i].box.min_x, layer->areas[i].box.min_y};
            (void)sg_locate(locator, corner);
        }
    }
    sg_locator_free(locator);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct sg_context *context = fuzz_context_new();
    struct sg_source source = {.path = fuzz_file("in.geojson", bytes, length)};
    struct sg_area_fields fields = {0};
    struct sg_area_layer layer = {0};
    if (sg_areas_read(context, &source, &fields, &layer) == SG_OK
        && sg_areas_measure(context, &layer) == SG_OK)
        locate_in(context, &layer);
    sg_area_layer_release(&layer);
    sg_context_free(context);
    return 0;
}
