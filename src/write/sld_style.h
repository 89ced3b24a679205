/* The style of a layer as SLD 1.0.0, for GeoServer, MapServer and other programs than QGIS. */
#ifndef SG_WRITE_SLD_STYLE_H
#define SG_WRITE_SLD_STYLE_H

#include "write/qgis_style.h"

/* The style as a StyledLayerDescriptor 1.0.0 document: a rule for each class, for zero, and grey for no data
   (hatches differ between programs: QGIS has its own in the QML). layer is the name of the layer; table and
   short_names are as for sg_qgis_style(). Free with sg_free(); NULL when out of memory. */
char *sg_sld_style(const struct sg_layer_style *style, const char *layer, const struct sg_table *table,
                   bool short_names);

#endif
