#include "read/csv_watch.h"

#include <string.h>
#include <sys/stat.h>

bool sg_csv_is_plain(const struct sg_dataset *dataset) {
    struct stat found;
    return strcmp(dataset->driver, "CSV") == 0 && strcmp(dataset->path, dataset->opened_path) == 0
           && stat(dataset->path, &found) == 0 && S_ISREG(found.st_mode);
}

/* Does the header, parted so, have the fields that GDAL found? Then cells and fields correspond. GDAL gives
   names of its own to columns that have none or another's: by_name, they do not match. */
static bool matches_header(const struct sg_dataset *dataset, const struct sg_csv_record *header,
                           bool by_name) {
    int count = OGR_FD_GetFieldCount(dataset->definition);
    if ((size_t)count != header->cell_count)
        return false;
    for (int i = 0; by_name && i < count; i++) {
        if (strcmp(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(dataset->definition, i)), header->cells[i]) != 0)
            return false;
    }
    return true;
}

enum sg_status sg_csv_open_matching(const struct sg_dataset *dataset, bool by_name,
                                    struct sg_csv_file **ret_file) {
    static const char separators[] = ",;\t|";
    *ret_file = NULL;
    for (const char *separator = separators; *separator != '\0'; separator++) {
        struct sg_csv_file *file;
        struct sg_csv_record header;
        bool is_end;
        enum sg_status status = sg_csv_file_open(dataset->context, dataset->opened_path, *separator, &file);
        if (status == SG_NO_MEMORY)
            return status;
        if (status != SG_OK)
            break;
        status = sg_csv_file_next(file, &header, &is_end);
        if (status == SG_OK && !is_end && matches_header(dataset, &header, by_name)) {
            *ret_file = file;
            return SG_OK;
        }
        sg_csv_file_free(file);
        if (status == SG_NO_MEMORY)
            return status;
    }
    sg_context_forget_error(dataset->context);
    return SG_OK;
}

/* A quote mark that opens in one record and closes in another takes those between into its cell. */
static void warn_of_joined_lines(struct sg_csv_watch *watch, const struct sg_csv_record *record) {
    if (watch->lone_quotes++ < 3)
        sg_warn(watch->context, "take the quote marks out where the first line begins and the last one ends",
                "%s, line %llu: a quoted cell runs over %llu lines, and each of them has all %zu cells of a "
                "record; %llu records seem to be swallowed",
                watch->path, (unsigned long long)record->line, (unsigned long long)record->line_count,
                watch->cell_count, (unsigned long long)record->line_count - 1);
    watch->swallowed += record->line_count - 1;
}

static void look_at_quotes(struct sg_csv_watch *watch, const struct sg_csv_record *record) {
    if (record->has_full_lines && record->cell_count == watch->cell_count) {
        warn_of_joined_lines(watch, record);
        return;
    }
    bool is_short = record->line_count > 1 && record->cell_count != watch->cell_count;
    if (!record->has_lone_quote && !is_short)
        return;
    if (watch->lone_quotes++ < 3)
        sg_warn(watch->context,
                "double the quote marks inside a quoted cell (\"\"), or take the lone one out",
                "%s, line %llu: a quote mark is not closed where its cell ends%s; records may be swallowed",
                watch->path, (unsigned long long)record->line,
                record->line_count > 1 ? ", and the cell runs over several lines" : "");
    watch->swallowed += record->line_count - 1;
}

static void note_surplus(struct sg_csv_watch *watch, const struct sg_csv_record *record) {
    size_t used = record->cell_count;
    while (used > watch->cell_count && record->cells[used - 1][strspn(record->cells[used - 1], " ")] == '\0')
        used--;
    if (used <= watch->cell_count || watch->surplus_count++ > 0)
        return;
    watch->first_surplus = watch->record_count;
    watch->first_surplus_line = record->line;
    watch->first_surplus_cells = used;
}

void sg_csv_watch_look(struct sg_csv_watch *watch, const struct sg_csv_record *record) {
    watch->record_count++;
    look_at_quotes(watch, record);
    if (record->has_inner_quote && watch->inner_quotes++ == 0)
        watch->first_inner_line = record->line;
    if (record->cell_count > watch->cell_count)
        note_surplus(watch, record);
}

void sg_csv_watch_tell(const struct sg_csv_watch *watch, bool by_gdal) {
    if (by_gdal && watch->inner_quotes > 0)
        sg_warn(
            watch->context, "put such cells in quote marks and double those inside: \"24\"\" Street\"",
            "%s: %llu %s a quote mark inside a cell%s line %llu; records up to the next one may be swallowed",
            watch->path, (unsigned long long)watch->inner_quotes,
            sg_plural(watch->inner_quotes, "record has", "records have"),
            sg_plural(watch->inner_quotes, ":", "; the first is in"),
            (unsigned long long)watch->first_inner_line);
    if (watch->swallowed > 0)
        sg_warn(watch->context, "compare the number of records with what you expect",
                "%s: %llu %s with lone quote marks; about %llu %s may be swallowed by them", watch->path,
                (unsigned long long)watch->lone_quotes, sg_plural(watch->lone_quotes, "record", "records"),
                (unsigned long long)watch->swallowed, sg_plural(watch->swallowed, "line", "lines"));
    else if (watch->lone_quotes > 3) /* each of the first three was warned of */
        sg_warn(watch->context, "double the quote marks inside a quoted cell (\"\")",
                "%s: %llu records in all with lone quote marks", watch->path,
                (unsigned long long)watch->lone_quotes);
    if (watch->surplus_count > 0)
        sg_warn(watch->context,
                "is a separator part of a cell, as in 45,5? Put such cells in quote marks, or write a point",
                "%s: %llu %s more cells than the header's %zu, and what is beyond is left out%s record %llu "
                "(line %llu), with %zu",
                watch->path, (unsigned long long)watch->surplus_count,
                sg_plural(watch->surplus_count, "record has", "records have"), watch->cell_count,
                sg_plural(watch->surplus_count, ":", "; the first is"),
                (unsigned long long)watch->first_surplus, (unsigned long long)watch->first_surplus_line,
                watch->first_surplus_cells);
}
