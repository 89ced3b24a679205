#include "read/damage.h"

#include <string.h>

#include "core/alloc.h"

/* The parts of messages that tell: of the bytes of an archive, of a workbook that is broken off, of a
   workbook whose sheet ends early because of rows that GDAL takes for too many. Others are harmless: a
   formula that is not known, "Invalid row" that does not say its number or is far from the last. */
static const char *const of_archive[] = {"decompression failed", "CRC error", NULL};
static const char *const of_workbook[] = {"XML parsing of", "File probably corrupted", NULL};
static const char *const of_rows[] = {"Too big gap with previous valid row",
                                      "Adding too many columns",
                                      "row/cell repetition",
                                      "number-columns-repeated",
                                      "number-rows-repeated",
                                      NULL};

static bool has_one_of(const char *message, const char *const *parts) {
    for (; *parts != NULL; parts++) {
        if (strstr(message, *parts) != NULL)
            return true;
    }
    return false;
}

static void keep_first(struct sg_dataset *dataset, char **kept, const char *message) {
    if (*kept != NULL)
        return;
    *kept = sg_strdup(message);
    dataset->failed = dataset->failed || *kept == NULL;
}

void sg_damage_note(struct sg_dataset *dataset, const char *message) {
    if (has_one_of(message, of_archive) || has_one_of(message, of_workbook))
        keep_first(dataset, &dataset->damage, message);
    else if (has_one_of(message, of_rows) && strncmp(message, "Invalid row", 11) != 0)
        keep_first(dataset, &dataset->doubt, message);
}

enum sg_status sg_damage_check(const struct sg_dataset *dataset) {
    bool is_workbook = strcmp(dataset->driver, "XLSX") == 0 || strcmp(dataset->driver, "ODS") == 0;
    const char *damage = dataset->damage;
    if (dataset->failed)
        return sg_fail_memory(dataset->context);
    if (damage != NULL && (is_workbook || has_one_of(damage, of_archive)))
        return sg_fail(dataset->context, SG_BAD_INPUT, "is the file complete? Download or export it again",
                       "%s: cannot be read to its end: %.300s", dataset->path, damage);
    if (is_workbook && dataset->doubt != NULL)
        sg_warn_once(dataset->context, "compare the number of records, or save the sheet as CSV",
                     "%s: rows may be missing: %.300s", dataset->path, dataset->doubt);
    return SG_OK;
}
