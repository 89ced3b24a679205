#include "draw/map_kind.h"

#include <string.h>

static const char *const names[SG_MAP_KIND_COUNT] = {"choropleth", "bivariate", "multiples", "symbols",
                                                     "change",     "clusters",  "dots",      "regions"};

const char *sg_map_kind_name(enum sg_map_kind kind) {
    return names[kind];
}

bool sg_map_kind_from_name(const char *name, enum sg_map_kind *ret_kind) {
    for (int k = 0; k < SG_MAP_KIND_COUNT; k++) {
        if (strcmp(names[k], name) == 0) {
            *ret_kind = (enum sg_map_kind)k;
            return true;
        }
    }
    return false;
}
