#include "write/layer_styles.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <string.h>

#include "core/alloc.h"
#include "write/qgis_style.h"
#include "write/sld_style.h"

/* The columns of layer_styles as QGIS makes them itself (QgsOgrProviderMetadata). f_table_schema is an empty
   text and not null, or QGIS does not find the styles. */
static bool add_style_fields(OGRLayerH to) {
    static const struct {
        const char *name;
        OGRFieldType type;
        int width;
    } fields[] = {{"f_table_catalog", OFTString, 256},
                  {"f_table_schema", OFTString, 256},
                  {"f_table_name", OFTString, 256},
                  {"f_geometry_column", OFTString, 256},
                  {"styleName", OFTString, 30},
                  {"styleQML", OFTString, 0},
                  {"styleSLD", OFTString, 0},
                  {"useAsDefault", OFTInteger, 0},
                  {"description", OFTString, 0},
                  {"owner", OFTString, 30},
                  {"ui", OFTString, 30},
                  {"update_time", OFTDateTime, 0}};
    bool done = true;
    for (size_t i = 0; done && i < sizeof fields / sizeof *fields; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(fields[i].name, fields[i].type);
        if (fields[i].width > 0)
            OGR_Fld_SetWidth(field, fields[i].width);
        if (strcmp(fields[i].name, "useAsDefault") == 0)
            OGR_Fld_SetSubType(field, OFSTBoolean);
        done = OGR_L_CreateField(to, field, FALSE) == OGRERR_NONE;
        OGR_Fld_Destroy(field);
    }
    return done;
}

static bool add_style(OGRLayerH to, const struct sg_layer *layer, const struct sg_layer_style *style,
                      bool is_default, const char *moment, bool *ret_is_out_of_memory) {
    char *qml = sg_qgis_style(style, layer->table, false);
    char *sld = sg_sld_style(style, layer->name, layer->table, false);
    if (qml == NULL || sld == NULL) {
        *ret_is_out_of_memory = true;
        sg_free(qml);
        sg_free(sld);
        return false;
    }
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(to);
    OGRFeatureH row = OGR_F_Create(definition);
    const char *const values[][2] = {{"f_table_catalog", ""},
                                     {"f_table_schema", ""},
                                     {"f_table_name", layer->name},
                                     {"f_geometry_column", "geom"},
                                     {"styleName", style->name},
                                     {"styleQML", qml},
                                     {"styleSLD", sld},
                                     {"description", "made by servicegap"},
                                     {"owner", ""},
                                     {"update_time", moment}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        OGR_F_SetFieldString(row, OGR_FD_GetFieldIndex(definition, values[i][0]), values[i][1]);
    OGR_F_SetFieldInteger(row, OGR_FD_GetFieldIndex(definition, "useAsDefault"), is_default);
    bool done = OGR_L_CreateFeature(to, row) == OGRERR_NONE;
    OGR_F_Destroy(row);
    sg_free(qml);
    sg_free(sld);
    return done;
}

bool sg_layer_styles_add(GDALDatasetH dataset, const struct sg_layer *layers, size_t layer_count,
                         bool *ret_is_out_of_memory) {
    OGRLayerH to = NULL;
    const char *moment = CPLGetThreadLocalConfigOption("OGR_CURRENT_DATE", "1970-01-01T00:00:00.000Z");
    bool done = true;
    for (size_t i = 0; done && i < layer_count; i++) {
        for (size_t s = 0; done && s < layers[i].style_count; s++) {
            if (to == NULL) {
                char **options = CSLSetNameValue(NULL, "FID", "id");
                to = GDALDatasetCreateLayer(dataset, "layer_styles", NULL, wkbNone, options);
                CSLDestroy(options);
                done = to != NULL && add_style_fields(to);
            }
            done =
                done && add_style(to, &layers[i], &layers[i].styles[s], s == 0, moment, ret_is_out_of_memory);
        }
    }
    return done;
}
