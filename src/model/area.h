/* The neighbourhoods: polygons with an id and a name, and the regions that group them. */
#ifndef SG_MODEL_AREA_H
#define SG_MODEL_AREA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/crs.h"
#include "model/geometry.h"
#include "model/join.h"

/* Why an area's measures are what they are; missing is never zero. */
enum sg_area_state {
    SG_AREA_MEASURED,
    SG_AREA_NO_POPULATION, /* nobody lives there: nothing to weigh by */
    SG_AREA_NO_DEMAND,     /* no demand point, and no grid could be placed */
    SG_AREA_NO_GEOMETRY,   /* null or empty */
    SG_AREA_SUPPRESSED     /* population below the asked minimum */
};

/* "no_population" */
const char *sg_area_state_name(enum sg_area_state state);

/* Are figures of the area's people withheld, or without meaning? */
bool sg_area_hides_people(enum sg_area_state state);

struct sg_area {
    char *id;
    char *name;            /* the id again where no name is known */
    struct sg_shape shape; /* in the CRS of the layer; polygon_count 0 without geometry */
    struct sg_box box;
    double area_km2;    /* geodesic; NaN without geometry */
    double population;  /* people; NaN = missing */
    double need;        /* people who need services; NaN = missing */
    double value;       /* of a field asked for by name; NaN = missing or text */
    char *text;         /* of that field where it holds text; NULL = missing or number */
    bool is_unmeasured; /* the layer is a coverage, and its column `state` says other than measured */
};

/* A named set of areas: a partnership. An area may belong to several, as a whole, or (where regions are
   polygons) to each by the share of its land that lies in it. */
struct sg_region {
    char *name;
    uint32_t *areas; /* positions in the layer, ascending */
    double *shares;  /* of each of them, over 0 and at most 1 */
    uint32_t area_count;
    struct sg_shape
        shape; /* its own outline in the CRS of the layer; polygon_count 0: its areas are its outline */
};

/* All areas of a run with their CRS. Everything here is owned by the layer. */
struct sg_area_layer {
    struct sg_area *areas;
    size_t area_count;
    struct sg_crs *crs;        /* of the shapes */
    struct sg_crs *geographic; /* the lon/lat CRS under it: distances and areas are on its ellipsoid */
    struct sg_box extent;
    bool has_turn;    /* in lon/lat: points may be written a whole turn of longitude away */
    double turn_west; /* the areas are within 360 degrees from here */
    struct sg_region *regions;
    size_t region_count;
    struct sg_join *joins; /* tables attached to the areas */
    size_t join_count;
    char *path;
    char *layer_name;
    char *id_field;         /* NULL: the feature id */
    char *name_field;       /* NULL: none */
    char *population_field; /* NULL: none named */
    char *need_field;
    char *value_field;         /* of the areas' values; NULL: none read */
    char *value_title;         /* what the file calls it; its name again where it says nothing */
    bool is_selection;         /* a condition left features out */
    bool is_coverage;          /* made by this program: it has the columns of a coverage */
    struct sg_repair *repairs; /* of the areas' outlines; repaired_count of them */
    size_t repaired_count;
    enum sg_crs_origin crs_origin;
    bool name_is_recognised, population_is_recognised; /* else the fields were named */
};

void sg_area_layer_release(struct sg_area_layer *layer);

/* The same longitude in the turn of 360 degrees that begins at west; all in degrees. */
double sg_lon_in_turn(double lon, double west);

/* Whole turns of 360 degrees that bring a longitude in the CRS of the layer to where its areas are written,
   in degrees to add: areas from 179 to 181 have their points at -179.5 too, areas at 280 theirs at -80. 0 for
   a longitude that is in their turn, for what is not finite, and where the CRS is not lon/lat. */
double sg_areas_turn(const struct sg_area_layer *layer, double lon);

#endif
