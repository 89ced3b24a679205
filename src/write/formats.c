#include "write/formats.h"

#include <string.h>

#include "core/text.h"

static const struct sg_format_info formats[] = {
    {".gpkg", "GeoPackage", "GPKG", true, true, "all layers in one file; the primary format"},
    {".shp", "ESRI Shapefile", "ESRI Shapefile", true, false,
     "names of at most 10 letters, with a field dictionary"},
    {".geojson", "GeoJSON", "GeoJSON", true, false, "longitude and latitude (RFC 7946)"},
    {".fgb", "FlatGeobuf", "FlatGeobuf", true, false, "compact and fast, with a spatial index"},
    {".csv", "CSV", NULL, false, false, "the table, UTF-8"},
    {".xlsx", "Excel workbook", "XLSX", false, true, "the tables, one sheet each"},
    {".ods", "OpenDocument spreadsheet", "ODS", false, true, "the tables, one sheet each"},
    {".parquet", "GeoParquet", "Parquet", true, false, "where GDAL has its Parquet driver"},
};

size_t sg_format_count(void) {
    return sizeof formats / sizeof *formats;
}

const struct sg_format_info *sg_format_at(size_t index) {
    return &formats[index];
}

const struct sg_format_info *sg_format_of(const char *path) {
    size_t length = strlen(path);
    for (size_t i = 0; i < sg_format_count(); i++) {
        size_t tail = strlen(formats[i].ending);
        if (length > tail && sg_text_equal_fold(path + length - tail, formats[i].ending))
            return &formats[i];
    }
    return NULL;
}
