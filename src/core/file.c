#include "core/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/text.h"

enum { LARGEST_FILE = 16 << 20 };

/* What a path is if it is no file and no folder; NULL if it is, or is not there. */
static const char *passing_kind(const char *path) {
    /* the same as the file behind it, but with neither its name nor, after a pipe, its bytes */
    static const char *const streams[] = {"/dev/stdin", "/dev/fd/", "/proc/self/fd/"};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        if (strncmp(path, streams[i], strlen(streams[i])) == 0)
            return "a stream";
    }
    struct stat found;
    if (stat(path, &found) != 0 || S_ISREG(found.st_mode) || S_ISDIR(found.st_mode))
        return NULL;
    return S_ISFIFO(found.st_mode) ? "a pipe" : S_ISSOCK(found.st_mode) ? "a socket" : "a device";
}

enum sg_status sg_file_check_lasts(struct sg_context *context, const char *path) {
    const char *kind = passing_kind(path);
    if (kind == NULL)
        return SG_OK;
    return sg_fail(context, SG_NO_INPUT, "save it to a file first: inputs are read more than once",
                   "%s: is %s, not a file", path, kind);
}

enum sg_status sg_file_read(struct sg_context *context, const char *path, char **ret_bytes,
                            size_t *ret_length) {
    enum sg_status lasts = sg_file_check_lasts(context, path);
    if (lasts != SG_OK)
        return lasts;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return sg_fail(context, SG_NO_INPUT, "check the path and the permissions", "%s: cannot be opened: %s",
                       path, strerror(errno));
    char *bytes = NULL;
    size_t length = 0, capacity = 0;
    enum sg_status status = SG_OK;
    for (;;) {
        if (length > LARGEST_FILE) {
            status = sg_fail(context, SG_BAD_INPUT, "is it the right file?", "%s: larger than 16 MiB", path);
            break;
        }
        if (!sg_reserve(&bytes, &capacity, length + 65537, 1)) {
            status = sg_fail_memory(context);
            break;
        }
        size_t got = fread(bytes + length, 1, 65536, file);
        length += got;
        if (got == 0)
            break;
    }
    if (status == SG_OK && ferror(file))
        status =
            sg_fail(context, SG_NO_INPUT, "is it a folder?", "%s: cannot be read: %s", path, strerror(errno));
    fclose(file);
    if (status != SG_OK) {
        sg_free(bytes);
        return status;
    }
    bytes[length] = '\0';
    *ret_bytes = bytes;
    *ret_length = length;
    return SG_OK;
}

const char *sg_file_write_hint(int cause) {
    return cause == ENAMETOOLONG ? "choose a shorter name" : "is the disk full?";
}

static enum sg_status write_all(struct sg_context *context, int file, const char *path, const char *bytes,
                                size_t length) {
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return sg_fail(context, SG_NO_OUTPUT, sg_file_write_hint(errno), "cannot write '%s': %s", path,
                           strerror(errno));
        bytes += written;
        length -= (size_t)written;
    }
    if (fsync(file) != 0 && errno != EINVAL)
        return sg_fail(context, SG_NO_OUTPUT, sg_file_write_hint(errno), "cannot write '%s': %s", path,
                       strerror(errno));
    return SG_OK;
}

/* Removes what killed runs left beside the file: "name.123.part" of a process that is no more. */
static void remove_stale(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    char *folder = slash == NULL ? sg_strdup(".") : sg_strndup(path, (size_t)(slash - path) + 1);
    DIR *entries = folder == NULL ? NULL : opendir(folder);
    size_t length = strlen(name);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        long process;
        char after[8] = "";
        bool is_part = strncmp(entry->d_name, name, length) == 0
                       && sscanf(entry->d_name + length, ".%ld.%7s", &process, after) == 2
                       && strcmp(after, "part") == 0;
        if (is_part && process > 0 && process <= INT_MAX && kill((pid_t)process, 0) != 0 && errno == ESRCH)
            unlinkat(dirfd(entries), entry->d_name, 0);
    }
    if (entries != NULL)
        closedir(entries);
    sg_free(folder);
}

/* The final name appears only when the file is whole. */
enum sg_status sg_file_write(struct sg_context *context, const char *path, const char *bytes, size_t length) {
    char *temporary = sg_format("%s.%ld.part", path, (long)getpid());
    if (temporary == NULL)
        return sg_fail_memory(context);
    remove_stale(path);
    unlink(temporary); /* whatever it is: nothing is written through a link that somebody put there */
    int file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file < 0) {
        enum sg_status status =
            sg_fail(context, SG_NO_OUTPUT, "does the folder exist, and may you write there?",
                    "cannot write '%s': %s", path, strerror(errno));
        sg_free(temporary);
        return status;
    }
    enum sg_status status = write_all(context, file, path, bytes, length);
    if (close(file) != 0 && status == SG_OK)
        status = sg_fail(context, SG_NO_OUTPUT, NULL, "cannot write '%s': %s", path, strerror(errno));
    if (status == SG_OK && rename(temporary, path) != 0)
        status = sg_fail(context, SG_NO_OUTPUT, NULL, "cannot write '%s': %s", path, strerror(errno));
    if (status != SG_OK)
        unlink(temporary);
    sg_free(temporary);
    return status;
}
