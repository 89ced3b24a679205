/* clang-format off */
/* servicegap as a library: which neighbourhoods lack which services, for whom, and how badly?

   One way through, each stage handing plain structs to the next:

     read/      areas, sites and services, demand points    sg_areas_read, sg_sites_read, sg_demand_read
     measure/   every point gets its area; distances        sg_locator_new, sg_tally_add, sg_coverage_measure
     judge/     benchmark, gap, rank; tables, sentences     sg_judge, sg_coverage_table, sg_findings
     classify/  numbers to classes, classes to colours      sg_classify, sg_scheme_palette
     draw/      map pages                                   sg_map_write
     write/     layers, tables, styles, provenance          sg_layers_write, sg_provenance_write

   job/job.h runs it all. Fallible calls return enum sg_status; the sentence about the first failure is in the
   context (core/context.h). Distances and areas are ellipsoidal, axis order is x, y (lon, lat), missing is NaN. */
/* clang-format on */
#ifndef SERVICEGAP_H
#define SERVICEGAP_H

#include "classify/breaks.h"
#include "classify/palette.h"
#include "core/context.h"
#include "core/status.h"
#include "draw/map.h"
#include "job/job.h"
#include "judge/coverage_table.h"
#include "judge/findings.h"
#include "judge/gap.h"
#include "measure/coverage.h"
#include "measure/demand_builder.h"
#include "measure/locate.h"
#include "measure/shape_grid.h"
#include "measure/site_tree.h"
#include "measure/tally.h"
#include "model/area.h"
#include "model/crs.h"
#include "model/demand.h"
#include "model/geodesic.h"
#include "model/geometry.h"
#include "model/measure.h"
#include "model/site.h"
#include "model/table.h"
#include "model/taxonomy.h"
#include "write/layer_writer.h"
#include "write/provenance.h"

#endif
