#include "read/regions_of.h"

#include "read/region_reader.h"

enum sg_status test_regions_read(struct sg_context *context, const char *path, struct sg_area_layer *layer) {
    struct sg_area_keys *keys;
    struct sg_source source = {.path = path};
    enum sg_status status = sg_area_keys_new(context, layer, NULL, NULL, &keys);
    if (status != SG_OK)
        return status;
    status = sg_regions_read(context, &source, NULL, keys, layer);
    sg_area_keys_free(keys);
    return status;
}
