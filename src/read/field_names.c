#include "read/field_names.h"

#include <stddef.h>

const char *const sg_area_id_fields[] = {
    "area_short_code", "area_s_cd", "id",     "area_id", "code",  "ons_id", "neighbourhood_id", "nbhd_id",
    "dauid",           "ctuid",     "csduid", "cduid",   "dguid", "ward",   "ward_id",          NULL};

const char *const sg_area_name_fields[] = {"name",
                                           "area_name",
                                           "neighbourhood",
                                           "neighborhood",
                                           "neighbourhood_name",
                                           "neighborhood_name",
                                           "hood",
                                           "nbhd_name",
                                           "district_name",
                                           "ward_name",
                                           "name_en",
                                           "nom",
                                           "label",
                                           NULL};

const char *const sg_region_name_fields[] = {"region", "region_name", "partnership", "lip", NULL};

#define POPULATION_FIELDS                                                                                    \
    "population", "pop", "popu", "total_population", "pop_total", "population_total", "totpop"

const char *const sg_area_population_fields[] = {POPULATION_FIELDS, NULL};

const char *const sg_demand_population_fields[] = {POPULATION_FIELDS, "dbpop", "people", NULL};

const char *const sg_type_fields[] = {"type",
                                      "service_type",
                                      "servicetype",
                                      "type_of_service",
                                      "category",
                                      "taxonomyterms",
                                      "taxonomy_terms",
                                      "taxonomy",
                                      "service",
                                      "types",
                                      "service_category",
                                      "facility_type",
                                      "kind",
                                      NULL};

const char *const sg_organization_fields[] = {
    "organization",  "organisation",      "agency",      "parentagency",
    "parent_agency", "organization_name", "agency_name", NULL};

const char *const sg_cost_from_fields[] = {"from_id", "from", "origin_id", "origin", NULL};

const char *const sg_cost_to_fields[] = {"to_id", "to", "destination_id", "destination", NULL};

const char *const sg_cost_fields[] = {"cost",     "travel_time", "traveltime", "time",   "minutes",
                                      "duration", "distance",    "metres",     "meters", NULL};

const char *const sg_lon_fields[] = {"lon", "lng", "long", "longitude", "x", NULL};

const char *const sg_lat_fields[] = {"lat", "latitude", "y", NULL};
