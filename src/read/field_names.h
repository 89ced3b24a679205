/* Names of fields that are recognised where none is named, the most telling first; each list ends with NULL.
   Compared without case (sg_dataset_recognise). */
#ifndef SG_READ_FIELD_NAMES_H
#define SG_READ_FIELD_NAMES_H

/* Of boundaries */
extern const char *const sg_area_id_fields[];
extern const char *const sg_area_name_fields[];
extern const char *const sg_region_name_fields[]; /* before those of areas */

/* People in boundaries, and at points or in polygons where they live; a year may follow
   (sg_dataset_recognise_latest) */
extern const char *const sg_area_population_fields[];
extern const char *const sg_demand_population_fields[];

/* Of services */
extern const char *const sg_type_fields[];
extern const char *const sg_organization_fields[];

/* Of tables of travel costs */
extern const char *const sg_cost_from_fields[];
extern const char *const sg_cost_to_fields[];
extern const char *const sg_cost_fields[];

/* Of tables with coordinates */
extern const char *const sg_lon_fields[];
extern const char *const sg_lat_fields[];

#endif
