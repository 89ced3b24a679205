#include "read/csv_file.h"

#include <cpl_vsi.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/file.h"

enum { FIRST_BUFFER = 1 << 18, LARGEST_RECORD = 64 << 20 };

struct sg_csv_file {
    struct sg_context *context;
    char *path;
    int descriptor;
    VSILFILE *archive; /* instead of the descriptor, where the file lies in one; NULL: it does not */
    char separator;
    char *buffer;                /* one byte more than capacity, for an end mark */
    size_t capacity, start, end; /* unread bytes are buffer[start .. end - 1] */
    long long buffer_offset;     /* of buffer[0] in the file */
    bool is_at_end;              /* nothing more to read into the buffer */
    uint64_t line;
    char **cells;
    size_t cell_capacity;
};

enum sg_status sg_csv_file_open(struct sg_context *context, const char *path, char separator,
                                struct sg_csv_file **ret_file) {
    enum sg_status lasts = sg_file_check_lasts(context, path);
    if (lasts != SG_OK)
        return lasts;
    struct sg_csv_file *file = sg_alloc(1, sizeof *file);
    if (file == NULL)
        return sg_fail_memory(context);
    file->context = context;
    file->separator = separator;
    file->capacity = FIRST_BUFFER;
    file->path = sg_strdup(path);
    file->buffer = sg_alloc(file->capacity + 1, 1);
    bool is_inside = strncmp(path, "/vsi", 4) == 0;
    file->descriptor = is_inside ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    file->archive = is_inside ? VSIFOpenL(path, "rb") : NULL;
    enum sg_status status = SG_OK;
    if (file->path == NULL || file->buffer == NULL)
        status = sg_fail_memory(context);
    else if (file->descriptor < 0 && file->archive == NULL)
        status = sg_fail(context, SG_NO_INPUT, "check the path and the permissions",
                         "%s: cannot be opened: %s", path, strerror(errno));
    if (status == SG_OK)
        status = sg_csv_file_seek(file, 0);
    if (status != SG_OK) {
        sg_csv_file_free(file);
        return status;
    }
    *ret_file = file;
    return SG_OK;
}

void sg_csv_file_free(struct sg_csv_file *file) {
    if (file == NULL)
        return;
    if (file->descriptor >= 0)
        close(file->descriptor);
    if (file->archive != NULL)
        VSIFCloseL(file->archive);
    sg_free(file->path);
    sg_free(file->buffer);
    sg_free(file->cells);
    sg_free(file);
}

static enum sg_status fail_to_read(struct sg_csv_file *file) {
    return sg_fail(file->context, SG_NO_INPUT, "is the file complete?", "%s: cannot be read: %s", file->path,
                   strerror(errno));
}

static ssize_t read_more(struct sg_csv_file *file) {
    char *to = file->buffer + file->end;
    size_t wanted = file->capacity - file->end;
    if (file->archive != NULL)
        return (ssize_t)VSIFReadL(to, 1, wanted, file->archive);
    ssize_t got;
    do {
        got = read(file->descriptor, to, wanted);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* Moves the unread bytes to the front and reads more behind them; grows when they fill the buffer. */
static enum sg_status refill(struct sg_csv_file *file) {
    if (file->start > 0) {
        memmove(file->buffer, file->buffer + file->start, file->end - file->start);
        file->buffer_offset += (long long)file->start;
        file->end -= file->start;
        file->start = 0;
    }
    if (file->end == file->capacity) {
        if (file->capacity >= LARGEST_RECORD)
            return sg_fail(
                file->context, SG_BAD_INPUT, "is a quote mark missing, or is it another kind of file?",
                "%s, line %llu: a record of more than 64 MiB", file->path, (unsigned long long)file->line);
        size_t capacity = file->capacity + 1;
        if (!sg_reserve(&file->buffer, &capacity, file->capacity * 2 + 1, 1))
            return sg_fail_memory(file->context);
        file->capacity = capacity - 1;
    }
    ssize_t got = read_more(file);
    if (got < 0)
        return fail_to_read(file);
    file->is_at_end = got == 0;
    file->end += (size_t)got;
    return SG_OK;
}

enum sg_status sg_csv_file_seek(struct sg_csv_file *file, long long offset) {
    /* forward within what is read already, as records come in the order of the file */
    if (offset >= file->buffer_offset + (long long)file->start
        && offset < file->buffer_offset + (long long)file->end) {
        file->start = (size_t)(offset - file->buffer_offset);
        return SG_OK;
    }
    bool is_there = file->archive != NULL ? VSIFSeekL(file->archive, (vsi_l_offset)offset, SEEK_SET) == 0
                                          : lseek(file->descriptor, (off_t)offset, SEEK_SET) >= 0;
    if (!is_there)
        return fail_to_read(file);
    file->start = file->end = 0;
    file->buffer_offset = offset;
    file->is_at_end = false;
    file->line = 1;
    if (offset > 0)
        return SG_OK;
    enum sg_status status = refill(file);
    if (status == SG_OK && file->end >= 3 && memcmp(file->buffer, "\xEF\xBB\xBF", 3) == 0)
        file->start = 3;
    return status;
}

/* What one pass over the buffer found. */
struct scan {
    size_t length;     /* bytes of the record, without its line end */
    size_t end_length; /* bytes of the line end */
    uint64_t breaks;   /* line breaks inside quotes */
    bool is_whole;     /* false: the buffer ends before the record does */
    bool has_lone_quote;
    bool has_inner_quote;
};

/* Finds the record's end. Quote marks count only where a cell begins with one. */
static struct scan find_end(const struct sg_csv_file *file) {
    const char *text = file->buffer + file->start;
    size_t size = file->end - file->start;
    struct scan scan = {0};
    bool in_quotes = false, cell_begins = true, after_quotes = false;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (in_quotes) {
            if (c == '"' && i + 1 < size && text[i + 1] == '"') {
                i++;
            } else if (c == '"') {
                if (i + 1 == size && !file->is_at_end)
                    return scan; /* is it doubled? The next bytes say */
                in_quotes = false;
                after_quotes = true;
            } else if (c == '\n' || (c == '\r' && !(i + 1 < size && text[i + 1] == '\n'))) {
                scan.breaks++;
            }
            continue;
        }
        if (c == '"' && cell_begins) {
            in_quotes = true;
            cell_begins = false;
        } else if (c == file->separator) {
            cell_begins = true;
            after_quotes = false;
        } else if (c == '\n' || c == '\r') {
            if (c == '\r' && i + 1 == size && !file->is_at_end)
                return scan;
            scan.length = i;
            scan.end_length = c == '\r' && i + 1 < size && text[i + 1] == '\n' ? 2 : 1;
            scan.is_whole = true;
            return scan;
        } else {
            scan.has_lone_quote = scan.has_lone_quote || (after_quotes && c != ' ');
            scan.has_inner_quote ^= c == '"' && !after_quotes;
            cell_begins = false;
        }
    }
    scan.length = size;
    scan.is_whole = file->is_at_end;
    scan.has_lone_quote = scan.has_lone_quote || (in_quotes && file->is_at_end);
    return scan;
}

static bool add_cell(struct sg_csv_file *file, size_t *count, char *cell) {
    if (!sg_reserve(&file->cells, &file->cell_capacity, *count + 1, sizeof *file->cells))
        return false;
    file->cells[(*count)++] = cell;
    return true;
}

/* Parts the record into cells in place: quotes off, doubled ones made single, each ended by a zero byte. */
static bool split(struct sg_csv_file *file, char *text, size_t length, size_t *ret_count) {
    size_t count = 0, from = 0;
    char *end = text + length;
    *end = '\0';
    for (;;) {
        char *cell = text + from;
        if (!add_cell(file, &count, cell))
            return false;
        if (*cell != '"') {
            char *separator = memchr(cell, file->separator, (size_t)(end - cell));
            if (separator == NULL)
                break;
            *separator = '\0';
            from = (size_t)(separator - text) + 1;
            continue;
        }
        char *to = cell, *at = cell + 1;
        bool in_quotes = true;
        while (at < end && (in_quotes || *at != file->separator)) {
            if (*at == '"' && in_quotes && at + 1 < end && at[1] == '"') {
                *to++ = '"';
                at += 2;
            } else if (*at == '"' && in_quotes) {
                in_quotes = false;
                at++;
            } else {
                *to++ = *at++;
            }
        }
        bool is_last = at >= end;
        *to = '\0';
        if (is_last)
            break;
        from = (size_t)(at - text) + 1;
    }
    *ret_count = count;
    return true;
}

/* Would each line of the record be a record with as many cells, if its quote marks were not there? Two
   columns say too little: many an address has one comma. */
static bool has_full_lines(const struct sg_csv_file *file, size_t cell_count) {
    if (cell_count < 3)
        return false;
    size_t on_line = 0;
    for (size_t c = 0; c < cell_count; c++) {
        for (const char *at = file->cells[c]; *at != '\0'; at++) {
            bool ends_line = *at == '\n' || (*at == '\r' && at[1] != '\n');
            on_line += *at == file->separator;
            if (ends_line && on_line + 1 != cell_count)
                return false;
            if (ends_line)
                on_line = 0;
        }
        on_line += c + 1 < cell_count;
    }
    return on_line + 1 == cell_count;
}

enum sg_status sg_csv_file_next(struct sg_csv_file *file, struct sg_csv_record *ret_record,
                                bool *ret_is_end) {
    *ret_is_end = false;
    for (;;) {
        struct scan scan = find_end(file);
        while (!scan.is_whole) {
            enum sg_status status = refill(file);
            if (status != SG_OK)
                return status;
            scan = find_end(file);
        }
        if (scan.length == 0 && scan.end_length == 0) {
            *ret_is_end = true;
            return SG_OK;
        }
        char *text = file->buffer + file->start;
        struct sg_csv_record record = {.offset = file->buffer_offset + (long long)file->start,
                                       .line = file->line,
                                       .line_count = scan.breaks + 1,
                                       .has_lone_quote = scan.has_lone_quote,
                                       .has_inner_quote = scan.has_inner_quote};
        file->start += scan.length + scan.end_length;
        file->line += scan.breaks + (scan.end_length > 0);
        if (scan.length == 0)
            continue;
        if (memchr(text, '\0', scan.length) != NULL)
            return sg_fail(file->context, SG_BAD_INPUT, "save it as UTF-8 text",
                           "%s, line %llu: a zero byte; this is not a text file", file->path,
                           (unsigned long long)record.line);
        if (!split(file, text, scan.length, &record.cell_count))
            return sg_fail_memory(file->context);
        record.cells = file->cells;
        record.has_full_lines = scan.breaks > 0 && has_full_lines(file, record.cell_count);
        *ret_record = record;
        return SG_OK;
    }
}
