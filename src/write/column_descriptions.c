#include "write/column_descriptions.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <ogr_api.h>

#include "core/alloc.h"
#include "core/text.h"

static bool run_sql(GDALDatasetH dataset, const char *sql) {
    CPLErrorReset();
    OGRLayerH result = GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    if (result != NULL)
        GDALDatasetReleaseResultSet(dataset, result);
    return CPLGetLastErrorType() != CE_Failure;
}

/* GeoPackage's schema extension; GDAL makes its table only for field domains. */
static bool create_data_columns(GDALDatasetH dataset) {
    static const char *const statements[] = {
        "CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, "
        "name TEXT, "
        "title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY "
        "(table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name))",
        "CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (constraint_name TEXT NOT NULL, "
        "constraint_type TEXT "
        "NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, "
        "description TEXT, CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))",
        "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT "
        "NOT NULL, "
        "definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, "
        "extension_name))",
        "INSERT INTO gpkg_extensions SELECT 'gpkg_data_columns', NULL, 'gpkg_schema', "
        "'http://www.geopackage.org/spec121/#extension_schema', 'read-write' WHERE NOT EXISTS "
        "(SELECT 1 FROM gpkg_extensions WHERE table_name = 'gpkg_data_columns')",
        "INSERT INTO gpkg_extensions SELECT 'gpkg_data_column_constraints', NULL, 'gpkg_schema', "
        "'http://www.geopackage.org/spec121/#extension_schema', 'read-write' WHERE NOT EXISTS "
        "(SELECT 1 FROM gpkg_extensions WHERE table_name = 'gpkg_data_column_constraints')"};
    bool done = true;
    for (size_t i = 0; done && i < sizeof statements / sizeof *statements; i++)
        done = run_sql(dataset, statements[i]);
    return done;
}

static bool describe_column(GDALDatasetH dataset, const char *layer, const struct sg_column *column,
                            bool *ret_is_out_of_memory) {
    char *text = sg_format("%s%s%s%s", column->definition, column->unit[0] != '\0' ? " [" : "", column->unit,
                           column->unit[0] != '\0' ? "]" : "");
    char *name = CPLEscapeString(column->name, -1, CPLES_SQL);
    char *title = CPLEscapeString(column->title, -1, CPLES_SQL);
    char *definition = text == NULL ? NULL : CPLEscapeString(text, -1, CPLES_SQL);
    char *sql =
        definition == NULL
            ? NULL
            : sg_format(
                "INSERT OR REPLACE INTO gpkg_data_columns (table_name, column_name, title, description) "
                "VALUES ('%s', '%s', '%s', '%s')",
                layer, name, title, definition);
    bool done = sql != NULL && run_sql(dataset, sql);
    if (sql == NULL)
        *ret_is_out_of_memory = true;
    CPLFree(name);
    CPLFree(title);
    CPLFree(definition);
    sg_free(text);
    sg_free(sql);
    return done;
}

bool sg_column_descriptions_add(GDALDatasetH dataset, const char *layer, const struct sg_table *table,
                                bool *ret_is_out_of_memory) {
    bool done = GDALDatasetStartTransaction(dataset, FALSE) == OGRERR_NONE && create_data_columns(dataset);
    for (size_t c = 0; done && c < table->column_count; c++)
        done = describe_column(dataset, layer, &table->columns[c], ret_is_out_of_memory);
    return done && GDALDatasetCommitTransaction(dataset) == OGRERR_NONE;
}
