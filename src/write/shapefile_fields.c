#include "write/shapefile_fields.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/file.h"
#include "core/text.h"
#include "write/layer_writer.h"
#include "write/sld_style.h"

enum sg_status sg_shapefile_check(struct sg_context *context, const char *name,
                                  const struct sg_table *table) {
    if (table->column_count > SG_SHAPEFILE_FIELDS)
        return sg_fail(context, SG_NO_OUTPUT, "choose fewer with --measures, or write a GeoPackage (.gpkg)",
                       "%s: a shapefile holds at most %d fields, and there are %zu", name,
                       SG_SHAPEFILE_FIELDS, table->column_count);
    size_t cut = 0;
    const char *cut_column = "";
    for (size_t c = 0; c < table->column_count; c++) {
        const struct sg_column *column = &table->columns[c];
        for (size_t other = 0; other < c; other++) {
            if (sg_text_equal_fold(table->columns[other].short_name, column->short_name))
                return sg_fail(context, SG_NO_OUTPUT, "give the types other letters in the taxonomy",
                               "%s: '%s' and '%s' would both be the field %s", name,
                               table->columns[other].name, column->name, column->short_name);
        }
        for (size_t row = 0; column->kind == SG_COLUMN_TEXT && row < table->row_count; row++) {
            if (column->texts[row] != NULL && strlen(column->texts[row]) > SG_SHAPEFILE_TEXT) {
                cut++;
                cut_column = column->name;
            }
        }
    }
    if (cut > 0)
        sg_warn(context, "the GeoPackage holds them whole",
                "%s: %zu %s longer than 254 bytes %s cut (last in '%s')", name, cut,
                sg_plural(cut, "text", "texts"), sg_plural(cut, "is", "are"), cut_column);
    return SG_OK;
}

static void size_text(OGRFieldDefnH field, const struct sg_column *column, size_t row_count) {
    size_t longest = 1;
    for (size_t row = 0; row < row_count; row++) {
        size_t length = column->texts[row] == NULL ? 0 : strlen(column->texts[row]);
        if (length > longest)
            longest = length;
    }
    OGR_Fld_SetWidth(field, (int)(longest > SG_SHAPEFILE_TEXT ? SG_SHAPEFILE_TEXT : longest));
}

void sg_shapefile_field_size(OGRFieldDefnH field, const struct sg_column *column, size_t row_count) {
    if (column->kind == SG_COLUMN_TEXT) {
        size_text(field, column, row_count);
        return;
    }
    double largest = 0;
    bool is_whole = true;
    for (size_t row = 0; row < row_count; row++) {
        double value = column->numbers[row];
        if (!isfinite(value))
            continue;
        largest = fmax(largest, fabs(value));
        is_whole = is_whole && value == floor(value);
    }
    int digits = largest < 10 ? 1 : (int)floor(log10(largest)) + 1;
    if (digits > 17) {
        OGR_Fld_SetWidth(field, 24);
        OGR_Fld_SetPrecision(field, 15);
        return;
    }
    if (column->kind == SG_COLUMN_INTEGER) {
        OGR_Fld_SetWidth(field, digits + 1 < 9 ? 9 : digits + 1);
        return;
    }
    int decimals = is_whole ? 0 : digits >= 10 ? 2 : 11 - digits;
    /* one more for a sign, one for the point; whole counts stay readable as numbers with a decimal */
    OGR_Fld_SetWidth(field, digits + 2 + (decimals == 0 ? 1 : decimals));
    OGR_Fld_SetPrecision(field, decimals == 0 ? 1 : decimals);
}

const char *sg_shapefile_cut(const char *text, char cut[static SG_SHAPEFILE_TEXT + 1]) {
    size_t length = strlen(text);
    if (length <= SG_SHAPEFILE_TEXT)
        return text;
    length = SG_SHAPEFILE_TEXT;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--; /* not within a character */
    memcpy(cut, text, length);
    cut[length] = '\0';
    return cut;
}

enum sg_status sg_shapefile_dictionary(struct sg_context *context, struct sg_staging *staging,
                                       const char *name, const struct sg_table *table) {
    static const char *const names[] = {"short_name", "long_name", "title", "unit", "definition"};
    struct sg_table dictionary;
    sg_table_init(&dictionary, table->column_count);
    bool done = true;
    for (int i = 0; done && i < 5; i++)
        done = sg_table_add(&dictionary, SG_COLUMN_TEXT, names[i], names[i], names[i], "", "") != NULL;
    for (size_t c = 0; done && c < table->column_count; c++) {
        const struct sg_column *column = &table->columns[c];
        done = sg_column_set_text(&dictionary.columns[0], c, column->short_name)
               && sg_column_set_text(&dictionary.columns[1], c, column->name)
               && sg_column_set_text(&dictionary.columns[2], c, column->title)
               && sg_column_set_text(&dictionary.columns[3], c, column->unit)
               && sg_column_set_text(&dictionary.columns[4], c, column->definition);
    }
    char *file = done ? sg_format("%.*s.fields.csv", (int)(strlen(name) - strlen(".shp")), name) : NULL;
    enum sg_status status =
        file == NULL ? sg_fail_memory(context) : sg_table_write_csv(context, staging, file, &dictionary);
    sg_free(file);
    sg_table_release(&dictionary);
    return status;
}

/* Writes the text as the file with another ending than .shp. */
static enum sg_status write_beside(struct sg_context *context, struct sg_staging *staging, const char *name,
                                   const char *ending, const char *text) {
    char *file_name = sg_format("%.*s%s", (int)(strlen(name) - strlen(".shp")), name, ending);
    char *path = file_name == NULL ? NULL : sg_staging_path(staging, file_name);
    enum sg_status status = SG_OK;
    if (text == NULL || path == NULL)
        status = sg_fail_memory(context);
    else
        status = sg_file_write(context, path, text, strlen(text));
    sg_free(path);
    sg_free(file_name);
    return status;
}

enum sg_status sg_shapefile_style(struct sg_context *context, struct sg_staging *staging, const char *name,
                                  const struct sg_layer_style *style, const struct sg_table *table) {
    char *layer = sg_format("%.*s", (int)(strlen(name) - strlen(".shp")), name);
    char *qml = sg_qgis_style(style, table, true);
    char *sld = layer == NULL ? NULL : sg_sld_style(style, layer, table, true);
    enum sg_status status = write_beside(context, staging, name, ".qml", qml);
    if (status == SG_OK)
        status = write_beside(context, staging, name, ".sld", sld);
    sg_free(layer);
    sg_free(qml);
    sg_free(sld);
    return status;
}
