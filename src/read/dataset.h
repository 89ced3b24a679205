/* Opening any vector file or table with GDAL, safely: files only, drivers of files only, one layer. */
#ifndef SG_READ_DATASET_H
#define SG_READ_DATASET_H

#include <gdal.h>
#include <ogr_api.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/context.h"
#include "core/text.h"
#include "model/crs.h"
#include "read/number_style.h"

/* What to open and how; NULL where not said. */
struct sg_source {
    const char *path;
    const char *layer;       /* the only or first layer */
    const char *usual_layer; /* rather than the first of several, where there is one of that name */
    const char *where;       /* SQL condition on the attributes */
    const char *crs;         /* instead of the file's own */
    const char *encoding;    /* of a table's text; UTF-8, else Windows-1252 */
    const char *crs_option;  /* the option that names the CRS, for messages: "--areas-crs" */
};

/* A field of texts that are numbers, and how they are written. */
struct sg_number_column {
    int field;
    struct sg_number_style style;
};

struct sg_dataset {
    struct sg_context *context;
    char *path;        /* as given */
    char *opened_path; /* what GDAL opened: inside a zip, for one */
    GDALDatasetH handle;
    OGRLayerH layer;
    OGRFeatureDefnH definition;
    const char *driver;
    bool is_table;        /* no geometry type: a CSV or spreadsheet */
    const char *encoding; /* borrowed from the source */
    bool is_utf8;         /* the format says what its text is: the encoding is for others */
    const char *crs_option;
    const char *crs_text; /* borrowed from the source */
    const char *where;    /* borrowed from the source */
    bool told_encoding;
    enum sg_crs_origin crs_origin; /* set with the CRS */
    struct sg_text scratch;        /* the last text that had to be decoded */
    bool failed;                   /* out of memory while a name or a text was decoded */
    enum sg_status fault;          /* of a value that cannot be told, with its error said */
    struct sg_stray_texts *strays; /* values that are not of their column's type; NULL: not looked for */
    uint64_t record;               /* of the feature read last; 1 = first */
    uint64_t broken_at;            /* the record at which the driver complained first; 0: none */
    char *complaint;               /* what it said */
    char *damage;                  /* what it said of lost records when it opened; NULL: nothing */
    char *doubt;                   /* and of rows that may be lost */
    char list_separator;           /* between the members of a list, which is one text here; 0: ';' */
    struct sg_text list;           /* the last list that was joined */
    uint64_t surplus_count; /* records of a CSV file with more cells than its header; once looked through */
    struct sg_number_column *number_columns; /* set by sg_dataset_look_through(); NULL: not looked at */
    size_t number_column_count;
    uint64_t
        expected_count; /* records by the lines of a CSV file with odd quote marks; 0: nothing to compare */
    uint64_t promised_count; /* records by what the file says (read/promised_records.h); 0: nothing */
    bool is_at_end;          /* sg_dataset_next() has come to the last record */
    bool rejects_records;    /* set by who can do without a record whose geometry the driver cannot read */
    bool has_bad_geometry;   /* and the feature read last is one */
};

/* Opens a layer. SG_NO_INPUT or SG_BAD_INPUT with a sentence and what to do. Release with
   sg_dataset_release(), also after a failure. */
enum sg_status sg_dataset_open(struct sg_context *context, const struct sg_source *source,
                               struct sg_dataset *dataset);
void sg_dataset_release(struct sg_dataset *dataset);

/* Until CPLPopErrorHandler(), on this thread, GDAL's warnings are warnings of the run that name the file, and
   its errors are silent: they are asked for. */
void sg_dataset_hear(struct sg_dataset *dataset);

/* The position of the field of that name (any case); an error that lists the fields and the nearest spelling
   when there is none. option names it in the message ("--area-id"). */
enum sg_status sg_dataset_field(struct sg_dataset *dataset, const char *name, const char *option,
                                int *ret_field);

/* Has the layer a field of that name (any case)? */
bool sg_dataset_has_field(struct sg_dataset *dataset, const char *name);

/* The position of the first field with one of the names (NULL-ended, compared without case, accents and
   punctuation), or -1. */
int sg_dataset_recognise(struct sg_dataset *dataset, const char *const *names);

/* The same, and where there is none, the field with one of the names and the latest year behind it:
   "Population_2021" rather than "Population_2016". */
int sg_dataset_recognise_latest(struct sg_dataset *dataset, const char *const *names);

/* What the file calls a field: its title in a GeoPackage or a geodatabase, else its name. Free with
   sg_free(); NULL when out of memory. Asked before the features are read. */
char *sg_dataset_field_title(struct sg_dataset *dataset, int field);

/* A field's name as UTF-8; a field's value as UTF-8 or NULL when null. Borrowed until the next call. */
const char *sg_dataset_field_name(struct sg_dataset *dataset, int field);
const char *sg_dataset_text(struct sg_dataset *dataset, OGRFeatureH feature, int field);

/* A field's value as the file writes it, not decoded, and a list of texts as one text; NULL when null.
   Borrowed until the next call. */
const char *sg_dataset_bytes(struct sg_dataset *dataset, OGRFeatureH feature, int field);

/* A field's value as UTF-8, as a copy to be freed with sg_free(); NULL for a field of -1, null or empty text.
   When memory runs out it is NULL too, and sg_dataset_check() tells. */
char *sg_dataset_text_copy(struct sg_dataset *dataset, OGRFeatureH feature, int field);

/* Bytes of the dataset as UTF-8: themselves, or decoded by the source's encoding (Windows-1252 where none is
   said), with one warning. Borrowed until the next call. */
const char *sg_dataset_decode(struct sg_dataset *dataset, const char *bytes);

/* Names, texts and numbers come without a status: an error if memory ran out for any of them so far, or one
   cannot be told. Asked after the fields are found and when all is read. */
enum sg_status sg_dataset_check(struct sg_dataset *dataset);

/* The features one by one; NULL at the end, and where the user interrupts. The caller destroys each. Then
   sg_dataset_finish() says whether it was the true end: an error when the driver complained of a record, when
   the file promises more records, when interrupted ("while reading `what`"), or when memory ran out for a
   text. With rejects_records a geometry that the driver cannot read does not count as a complaint: the
   feature comes without it. */
OGRFeatureH sg_dataset_next(struct sg_dataset *dataset);
enum sg_status sg_dataset_finish(struct sg_dataset *dataset, const char *what);

/* A field's value as a number; census spellings are read (read/number_text.h), as the other texts of its
 column are written where the dataset was looked through. NaN when missing or bad; *ret_is_bad (may be NULL)
 tells which. */
double sg_dataset_number(struct sg_dataset *dataset, OGRFeatureH feature, int field, bool *ret_is_bad);

/* The CRS of the layer: as the source says, else the layer's, else WGS 84 with a warning when its extent fits
   lon/lat; the same where a GeoJSON file names a system that is not known. Free with sg_crs_free(). */
enum sg_status sg_dataset_crs(struct sg_dataset *dataset, struct sg_crs **ret_crs);

/* Tells GDAL to leave out all fields but these (and the geometry unless it is wanted). */
void sg_dataset_keep_fields(struct sg_dataset *dataset, const int *fields, size_t field_count,
                            bool keep_geometry);

#endif
