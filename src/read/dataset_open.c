/* Opening a dataset: which paths, archives, drivers and layers are taken. */
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/encoding.h"
#include "core/file.h"
#include "model/gdal.h"
#include "read/damage.h"
#include "read/dataset.h"
#include "read/promised_records.h"
#include "read/shapefile_counts.h"
#include "read/wide_text.h"
#include "read/zip_archive.h"

/* Drivers that read files and nothing else: no VRT, no network, no database servers. A run may allow more. */
static const char *const allowed_drivers[] = {
    "ESRI Shapefile", "GPKG",         "GeoJSON",     "GeoJSONSeq", "TopoJSON", "ESRIJSON",
    "FlatGeobuf",     "CSV",          "XLSX",        "ODS",        "GML",      "KML",
    "LIBKML",         "MapInfo File", "OpenFileGDB", "GPX",        "DXF",      "OSM",
    "Parquet",        "Arrow",        "Memory",      NULL};

/* A list for GDAL: the drivers above and those that the run allows. NULL with an error set: there is no such
   driver, or out of memory. Free with CSLDestroy(). */
static char **drivers_to_try(struct sg_context *context) {
    char **drivers = NULL;
    for (size_t i = 0; allowed_drivers[i] != NULL; i++)
        drivers = CSLAddString(drivers, allowed_drivers[i]);
    const char *more = sg_context_allowed_drivers(context);
    char **names =
        more == NULL ? NULL : CSLTokenizeString2(more, ",", CSLT_STRIPLEADSPACES | CSLT_STRIPENDSPACES);
    bool is_known = true;
    for (int i = 0; is_known && names != NULL && names[i] != NULL; i++) {
        char *vector = sg_format("OGR_%s", names[i]); /* a format of layers beside one of pictures: OGR_VRT */
        const char *name = vector != NULL && GDALGetDriverByName(vector) != NULL ? vector : names[i];
        is_known = GDALGetDriverByName(name) != NULL;
        if (is_known)
            drivers = CSLAddString(drivers, name);
        else
            sg_fail(context, SG_USAGE, "`ogrinfo --formats` names them",
                    "--allow-driver: GDAL has no driver '%.60s' here", names[i]);
        sg_free(vector);
    }
    CSLDestroy(names);
    if (is_known)
        return drivers;
    CSLDestroy(drivers);
    return NULL;
}

/* A drive of GDAL's own or an address: for drivers that a run allows, and for a run that may use the network.
 */
static bool is_address(const char *path) {
    return strncmp(path, "/vsi", 4) == 0 || strstr(path, "://") != NULL;
}

static enum sg_status check_access(struct sg_context *context, const char *path) {
    if (access(path, R_OK) == 0 || errno != EACCES)
        return SG_OK;
    return sg_fail(context, SG_NO_INPUT, "check the path and the permissions", "%s: cannot be opened: %s",
                   path, strerror(EACCES));
}

/* "/vsizip/folder/file.zip/inside.csv": where the archive's own name ends is not written, so each part is
   looked at. inside: what follows the prefix. */
static enum sg_status check_archive(struct sg_context *context, const char *inside) {
    char *part = sg_strdup(inside + (inside[0] == '{'));
    if (part == NULL)
        return sg_fail_memory(context);
    enum sg_status status = SG_OK;
    for (size_t end = 1; status == SG_OK && part[0] != '\0'; end++) {
        char mark = part[end];
        if (mark != '\0' && mark != '/' && mark != '}')
            continue;
        part[end] = '\0';
        status = sg_file_check_lasts(context, part);
        if (status == SG_OK)
            status = check_access(context, part);
        part[end] = mark;
        if (mark == '\0')
            break;
    }
    sg_free(part);
    return status;
}

/* The file, and the parts of a layer beside it: GDAL would do without those that it may not read. */
static enum sg_status check_permission(struct sg_context *context, const char *path) {
    static const char *const whole[] = {".shp", ".tab", ".mif", NULL};
    static const char *const parts[] = {"dbf", "shx", "prj", "cpg", "mid", "dat", "map", "id"};
    enum sg_status status = check_access(context, path);
    bool has_parts = false;
    for (size_t i = 0; whole[i] != NULL; i++)
        has_parts = has_parts || sg_text_ends_fold(path, whole[i]);
    for (size_t i = 0; has_parts && status == SG_OK && i < sizeof parts / sizeof *parts; i++)
        status = check_access(context, CPLResetExtension(path, parts[i]));
    return status;
}

static enum sg_status check_path(struct sg_context *context, const char *path) {
    static const char *const archives[] = {"/vsizip/", "/vsigzip/", "/vsitar/"};
    if (strncmp(path, "/vsi", 4) == 0) {
        for (size_t i = 0; i < sizeof archives / sizeof *archives; i++) {
            size_t length = strlen(archives[i]);
            if (strncmp(path, archives[i], length) == 0 && strstr(path + 1, "/vsi") == NULL)
                return check_archive(context, path + length);
        }
    }
    if (is_address(path) && sg_context_network_is_allowed(context))
        return SG_OK;
    if (is_address(path))
        return sg_fail(context, SG_NO_INPUT,
                       "copy the file to this machine and name it by its path, or say --allow-network",
                       "%s: only files are read, not this kind of source", path);
    enum sg_status lasts = sg_file_check_lasts(context, path);
    if (lasts != SG_OK)
        return lasts;
    VSIStatBufL found;
    enum sg_status allowed = check_permission(context, path);
    if (allowed != SG_OK)
        return allowed;
    bool exists = VSIStatExL(path, &found, VSI_STAT_EXISTS_FLAG) == 0;
    if (!exists && sg_context_allowed_drivers(context) != NULL && strchr(path, ':') != NULL)
        return SG_OK; /* "PG:dbname=city": the driver's own way to name a source */
    if (!exists)
        return sg_fail(context, SG_NO_INPUT,
                       "check the path; a path in a project file counts from the folder of that file",
                       "%s: there is no such file", path);
    return SG_OK;
}

static enum sg_status resolve_path(struct sg_context *context, const char *path, char **ret_path) {
    enum sg_status status = check_path(context, path);
    if (status != SG_OK)
        return status;
    if (strncmp(path, "/vsi", 4) != 0 && sg_text_ends_fold(path, ".zip"))
        return sg_zip_find_dataset(context, path, ret_path);
    if (strncmp(path, "/vsi", 4) != 0 && sg_text_ends_fold(path, ".gz"))
        *ret_path = sg_format("/vsigzip/%s", path);
    else
        *ret_path = sg_strdup(path);
    return *ret_path == NULL ? sg_fail_memory(context) : SG_OK;
}

static enum sg_status fail_of_wide_text(struct sg_context *context, const char *path, const char *wide) {
    return sg_fail(context, SG_NO_INPUT, "save it as UTF-8 text (in Excel: \"CSV UTF-8\")",
                   "%s: is %s text, which is not read", path, wide);
}

static enum sg_status fail_to_open(struct sg_context *context, const char *path, const char *opened) {
    const char *why = CPLGetLastErrorMsg();
    const char *wide = sg_wide_text_name(opened);
    if (wide != NULL)
        return fail_of_wide_text(context, path, wide);
    const char *hint = "is it one of the formats that `servicegap list formats` names?";
    if (sg_text_ends_fold(opened, ".shp")) {
        hint = "a shapefile needs its .shx and .dbf beside it, with the same name";
    }
    return sg_fail(context, SG_NO_INPUT, hint, "%s: cannot be read as a layer or table%s%.300s", path,
                   why != NULL && why[0] != '\0' ? ": " : "", why != NULL ? why : "");
}

static enum sg_status choose_layer(struct sg_dataset *dataset, const char *name, const char *usual_name) {
    struct sg_context *context = dataset->context;
    int count = GDALDatasetGetLayerCount(dataset->handle);
    if (name != NULL) {
        dataset->layer = GDALDatasetGetLayerByName(dataset->handle, name);
    } else {
        if (usual_name != NULL)
            dataset->layer = GDALDatasetGetLayerByName(dataset->handle, usual_name);
        for (int i = 0; i < count && dataset->layer == NULL; i++) {
            OGRLayerH layer = GDALDatasetGetLayer(dataset->handle, i);
            if (strcmp(OGR_L_GetName(layer), "layer_styles") != 0)
                dataset->layer = layer;
        }
    }
    if (dataset->layer != NULL && (name != NULL || count <= 1))
        return SG_OK;
    struct sg_text names;
    sg_text_init(&names);
    for (int i = 0; i < count; i++)
        sg_text_append_format(&names, "%s%s", i == 0 ? "" : ", ",
                              OGR_L_GetName(GDALDatasetGetLayer(dataset->handle, i)));
    enum sg_status status = SG_OK;
    if (dataset->layer == NULL && count == 0)
        status = sg_fail(context, SG_BAD_INPUT, "is it the right file?", "%s: holds no layer", dataset->path);
    else if (dataset->layer == NULL)
        status = sg_fail(context, SG_BAD_INPUT, "name one of these", "%s: no layer '%s'; its layers are %s",
                         dataset->path, name, sg_text_bytes(&names));
    else
        sg_note(context, "%s: layers %s; '%s' is read", dataset->path, sg_text_bytes(&names),
                OGR_L_GetName(dataset->layer));
    sg_text_release(&names);
    return status;
}

static bool has_cpg(const char *path) {
    static const char *const endings[] = {"cpg", "CPG"};
    bool found = false;
    for (size_t i = 0; i < 2; i++) {
        VSIStatBufL status;
        found = found || VSIStatL(CPLResetExtension(path, endings[i]), &status) == 0;
    }
    return found;
}

static void CPL_STDCALL note_damage(CPLErr level, CPLErrorNum number, const char *message) {
    (void)number;
    if (level == CE_Failure)
        sg_damage_note(CPLGetErrorHandlerUserData(), message);
}

/* Opens dataset->opened_path with the drivers that the run allows. */
static enum sg_status open_handle(struct sg_context *context, struct sg_dataset *dataset) {
    char **drivers = drivers_to_try(context);
    if (drivers == NULL)
        return SG_USAGE;
    bool is_offline = !sg_context_network_is_allowed(context);
    if (is_offline)
        sg_gdal_go_offline();
    /* a shapefile that does not say in a .cpg what its text is: as the user says, not as its .dbf guesses */
    bool takes_option = dataset->encoding != NULL && sg_text_ends_fold(dataset->opened_path, ".shp")
                        && !has_cpg(dataset->opened_path);
    if (takes_option)
        CPLSetThreadLocalConfigOption("SHAPE_ENCODING", "");
    CPLPushErrorHandlerEx(note_damage, dataset);
    dataset->handle = GDALOpenEx(dataset->opened_path, GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                 (const char *const *)drivers, NULL, NULL);
    CPLPopErrorHandler();
    if (takes_option)
        CPLSetThreadLocalConfigOption("SHAPE_ENCODING", NULL);
    if (is_offline)
        sg_gdal_end_offline();
    CSLDestroy(drivers);
    if (dataset->handle == NULL)
        return fail_to_open(context, dataset->path, dataset->opened_path);
    /* newer GDALs open such text, and make nothing of it */
    bool is_csv = strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(dataset->handle)), "CSV") == 0;
    const char *wide = is_csv ? sg_wide_text_name(dataset->opened_path) : NULL;
    return wide == NULL ? SG_OK : fail_of_wide_text(context, dataset->path, wide);
}

/* A sheet whose cells are all text: GDAL does not tell its first row from the others, and calls its columns
   Field1, Field2 ... */
static bool is_sheet_without_header(const struct sg_dataset *dataset) {
    const char *driver = GDALGetDriverShortName(GDALGetDatasetDriver(dataset->handle));
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(dataset->layer);
    int count = OGR_FD_GetFieldCount(definition);
    bool is_plain = count > 0 && (strcmp(driver, "XLSX") == 0 || strcmp(driver, "ODS") == 0);
    for (int i = 0; is_plain && i < count; i++) {
        char name[24];
        snprintf(name, sizeof name, "Field%d", i + 1);
        is_plain = strcmp(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)), name) == 0;
    }
    return is_plain;
}

/* Opens the sheet once more, its first row as the names of its columns. */
static enum sg_status reopen_with_header(struct sg_context *context, struct sg_dataset *dataset) {
    static const char *const settings[] = {"OGR_XLSX_HEADERS", "OGR_ODS_HEADERS"};
    char *layer = sg_strdup(OGR_L_GetName(dataset->layer));
    if (layer == NULL)
        return sg_fail_memory(context);
    GDALClose(dataset->handle);
    dataset->handle = NULL;
    dataset->layer = NULL;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        CPLSetThreadLocalConfigOption(settings[i], "FORCE");
    CPLPushErrorHandlerEx(note_damage, dataset);
    enum sg_status status = open_handle(context, dataset);
    if (status == SG_OK)
        dataset->layer = GDALDatasetGetLayerByName(dataset->handle, layer);
    if (dataset->layer != NULL)
        OGR_L_GetLayerDefn(dataset->layer); /* which reads the sheet */
    CPLPopErrorHandler();
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        CPLSetThreadLocalConfigOption(settings[i], NULL);
    sg_free(layer);
    return status != SG_OK || dataset->layer != NULL ? status : fail_to_open(context, dataset->path, "");
}

/* A first line for spreadsheets ("sep=;") hides the headings. */
static enum sg_status check_header(struct sg_dataset *dataset) {
    if (strcmp(dataset->driver, "CSV") != 0 || OGR_FD_GetFieldCount(dataset->definition) == 0)
        return SG_OK;
    const char *first = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(dataset->definition, 0));
    if (strncasecmp(first, "sep=", 4) != 0)
        return SG_OK;
    return sg_fail(
        dataset->context, SG_BAD_INPUT, "take that line out, or save it as another format",
        "%s: its first line ('%.20s') is for spreadsheets, and stands where the headings should be",
        dataset->path, first);
}

/* Layers and their fields are read from the file only when they are asked for. */
static enum sg_status describe_layer(struct sg_dataset *dataset, const struct sg_source *source) {
    sg_dataset_hear(dataset);
    dataset->driver = GDALGetDriverShortName(GDALGetDatasetDriver(dataset->handle));
    GDALDatasetGetLayerCount(dataset->handle); /* which reads a workbook, or a part of it */
    enum sg_status status = sg_damage_check(dataset);
    if (status == SG_OK)
        status = choose_layer(dataset, source->layer, source->usual_layer);
    if (status == SG_OK && is_sheet_without_header(dataset))
        status = reopen_with_header(dataset->context, dataset);
    if (status == SG_OK) {
        dataset->definition = OGR_L_GetLayerDefn(dataset->layer);
        dataset->is_table = OGR_FD_GetGeomFieldCount(dataset->definition) == 0
                            || OGR_L_GetGeomType(dataset->layer) == wkbNone;
        dataset->is_utf8 = OGR_L_TestCapability(dataset->layer, OLCStringsAsUTF8);
        status = sg_damage_check(dataset);
    }
    if (status == SG_OK)
        status = check_header(dataset);
    CPLPopErrorHandler();
    return status;
}

/* A database looks at a condition only when the first record is asked for. Is it understood? */
static bool first_record_can_be_read(OGRLayerH layer) {
    CPLErrorReset();
    OGR_F_Destroy(OGR_L_GetNextFeature(layer));
    bool is_understood = strstr(CPLGetLastErrorMsg(), "prepare SQL") == NULL;
    OGR_L_ResetReading(layer);
    return is_understood;
}

static enum sg_status fail_condition(struct sg_dataset *dataset, const char *why) {
    struct sg_text hint;
    sg_text_init(&hint);
    if (strstr(why, "Type mismatch") != NULL) {
        sg_text_append(&hint, "columns of a table are text: write CAST(PEOPLE AS float) > 100");
    } else {
        enum { MOST = 40 };
        int count = OGR_FD_GetFieldCount(dataset->definition);
        sg_text_append(&hint, "write it as in SQL: \"CLASS = 'NIA'\"; the fields are ");
        for (int i = 0; i < count && i < MOST; i++)
            sg_text_append_format(&hint, "%s%s", i == 0 ? "" : ", ", sg_dataset_field_name(dataset, i));
        if (count > MOST)
            sg_text_append_format(&hint, " and %d more", count - MOST);
    }
    enum sg_status status = sg_fail(dataset->context, SG_BAD_INPUT, sg_text_bytes(&hint),
                                    "%s: the condition \"%s\" is not understood%s%s", dataset->path,
                                    dataset->where, why[0] == '\0' ? "" : ": ", why);
    sg_text_release(&hint);
    return status;
}

static enum sg_status set_condition(struct sg_dataset *dataset, const char *where) {
    dataset->where = where;
    if (where == NULL)
        return SG_OK;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    OGRErr error = OGR_L_SetAttributeFilter(dataset->layer, where);
    char *why = sg_strdup(error == OGRERR_NONE ? "" : CPLGetLastErrorMsg());
    bool is_understood = error == OGRERR_NONE;
    if (is_understood && strcmp(dataset->driver, "GPKG") == 0)
        is_understood = first_record_can_be_read(dataset->layer);
    CPLPopErrorHandler();
    enum sg_status status = SG_OK;
    if (why == NULL)
        status = sg_fail_memory(dataset->context);
    else if (!is_understood)
        status = fail_condition(dataset, why);
    CPLErrorReset();
    sg_free(why);
    return status;
}

enum sg_status sg_dataset_open(struct sg_context *context, const struct sg_source *source,
                               struct sg_dataset *dataset) {
    *dataset = (struct sg_dataset){.context = context,
                                   .encoding = source->encoding,
                                   .crs_option = source->crs_option == NULL ? "--crs" : source->crs_option,
                                   .crs_text = source->crs};
    if (source->encoding != NULL && !sg_encoding_is_known(source->encoding))
        return sg_fail(context, SG_USAGE, "`iconv --list` names them: ISO-8859-1, CP437 ...",
                       "--encoding: there is no encoding '%.60s' here", source->encoding);
    sg_gdal_start();
    dataset->path = sg_strdup(source->path);
    if (dataset->path == NULL)
        return sg_fail_memory(context);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    enum sg_status status = resolve_path(context, source->path, &dataset->opened_path);
    if (status == SG_OK)
        status = sg_zip_check_size(context, dataset->path, dataset->opened_path);
    if (status == SG_OK)
        status = open_handle(context, dataset);
    CPLPopErrorHandler();
    if (status == SG_OK)
        status = describe_layer(dataset, source);
    if (status == SG_OK)
        status = sg_shapefile_counts_check(dataset);
    if (status == SG_OK)
        status = sg_promised_records_find(dataset, source->where);
    if (status != SG_OK)
        return status;
    return set_condition(dataset, source->where);
}
