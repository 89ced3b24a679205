/* Kinds of map: what is drawn of the values. */
#ifndef SG_DRAW_MAP_KIND_H
#define SG_DRAW_MAP_KIND_H

#include <stdbool.h>

enum sg_map_kind {
    SG_MAP_CHOROPLETH, /* areas coloured by class, or by category for a text field */
    SG_MAP_BIVARIATE,  /* by the classes of two fields, three by three */
    SG_MAP_MULTIPLES,  /* a small choropleth for each of several fields, on one scale */
    SG_MAP_SYMBOLS,    /* a circle in each area, as large as its value */
    SG_MAP_CHANGE,     /* by class, symmetric about no change */
    SG_MAP_CLUSTERS,   /* high among high, low among low ... */
    SG_MAP_DOTS,       /* one dot for so many */
    SG_MAP_REGIONS     /* by the regions that areas belong to; striped where they share one */
};
enum { SG_MAP_KIND_COUNT = 8 };

/* "choropleth", "bivariate" ...; false for an unknown name. */
const char *sg_map_kind_name(enum sg_map_kind kind);
bool sg_map_kind_from_name(const char *name, enum sg_map_kind *ret_kind);

#endif
