#include "write/staging.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/text.h"

struct sg_staging {
    struct sg_context *context;
    char *directory;
    char *folder; /* NULL once removed */
    bool may_replace;
};

/* Makes a directory and its parents; partial is a copy of the path to work on. */
static bool make_directories(const char *path, char *partial) {
    for (char *slash = strchr(partial + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(partial, 0777);
        *slash = '/';
    }
    int made = mkdir(partial, 0777);
    bool done = made == 0 || errno == EEXIST;
    struct stat found;
    return done && stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static enum sg_status fail_to_write(struct sg_staging *staging, const char *path) {
    const char *hint = errno == ENOSPC   ? "free some space"
                       : errno == EACCES ? "choose a directory that you may write to"
                                         : "check the path";
    return sg_fail(staging->context, SG_NO_OUTPUT, hint, "%s: cannot be written: %s", path, strerror(errno));
}

enum sg_status sg_staging_new(struct sg_context *context, const char *directory, bool may_replace,
                              struct sg_staging **ret_staging) {
    struct sg_staging *staging = sg_alloc(1, sizeof *staging);
    if (staging == NULL)
        return sg_fail_memory(context);
    staging->context = context;
    staging->may_replace = may_replace;
    staging->directory = sg_strdup(directory[0] == '\0' ? "." : directory);
    staging->folder = sg_format("%s/.servicegap-XXXXXX", directory[0] == '\0' ? "." : directory);
    char *partial = sg_strdup(staging->directory);
    enum sg_status status = SG_OK;
    if (staging->directory == NULL || staging->folder == NULL || partial == NULL) {
        status = sg_fail_memory(context);
        sg_free(staging->folder); /* not made yet */
        staging->folder = NULL;
    } else if (!make_directories(staging->directory, partial) || mkdtemp(staging->folder) == NULL) {
        status = fail_to_write(staging, staging->directory);
        sg_free(staging->folder);
        staging->folder = NULL;
    }
    sg_free(partial);
    if (status != SG_OK) {
        sg_staging_free(staging);
        return status;
    }
    *ret_staging = staging;
    return SG_OK;
}

static void remove_folder(const char *folder) {
    DIR *directory = opendir(folder);
    struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(directory), entry->d_name, 0);
    }
    if (directory != NULL)
        closedir(directory);
    rmdir(folder);
}

void sg_staging_free(struct sg_staging *staging) {
    if (staging == NULL)
        return;
    if (staging->folder != NULL)
        remove_folder(staging->folder);
    sg_free(staging->folder);
    sg_free(staging->directory);
    sg_free(staging);
}

const char *sg_staging_directory(const struct sg_staging *staging) {
    return staging->directory;
}

/* Files that tell of a directory's last run, whatever it was called: nobody names them, so they give way. */
static bool is_companion(const char *name) {
    return strcmp(name, "provenance.json") == 0 || strcmp(name, "rejected.csv") == 0;
}

enum sg_status sg_staging_check(struct sg_staging *staging, const char *name) {
    char *path = sg_format("%s/%s", staging->directory, name);
    if (path == NULL)
        return sg_fail_memory(staging->context);
    struct stat found;
    bool exists = lstat(path, &found) == 0;
    enum sg_status status = SG_OK;
    if (exists && S_ISDIR(found.st_mode))
        status = sg_fail(staging->context, SG_NO_OUTPUT, "choose another name", "%s: is a folder", path);
    else if (exists && !staging->may_replace && !is_companion(name))
        status = sg_fail(staging->context, SG_NO_OUTPUT, "choose another name, or say --overwrite",
                         "%s: exists already", path);
    sg_free(path);
    return status;
}

char *sg_staging_path(const struct sg_staging *staging, const char *name) {
    return sg_format("%s/%s", staging->folder, name);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, sorted; NULL with errno when it cannot be read, NULL with errno 0 when out of
 * memory.
 */
static char **list_files(const char *folder, size_t *ret_count) {
    DIR *directory = opendir(folder);
    int cause = directory == NULL ? errno : 0;
    char **names = NULL;
    size_t count = 0, capacity = 0;
    struct dirent *entry;
    bool failed = directory == NULL || !sg_reserve(&names, &capacity, 1, sizeof *names);
    while (!failed && (entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *name = sg_strdup(entry->d_name);
        failed = name == NULL || !sg_reserve(&names, &capacity, count + 1, sizeof *names);
        if (!failed)
            names[count++] = name;
        else
            sg_free(name);
    }
    if (directory != NULL)
        closedir(directory);
    if (failed) {
        for (size_t i = 0; i < count; i++)
            sg_free(names[i]);
        sg_free(names);
        errno = cause;
        return NULL;
    }
    if (count > 1)
        qsort(names, count, sizeof *names, compare_names);
    *ret_count = count;
    return names;
}

static bool flush_to_disk(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    bool done = fsync(file) == 0;
    close(file);
    return done;
}

enum sg_status sg_staging_commit(struct sg_staging *staging) {
    size_t count = 0;
    char **names = list_files(staging->folder, &count);
    if (names == NULL && errno != 0)
        return fail_to_write(staging, staging->folder);
    if (names == NULL)
        return sg_fail_memory(staging->context);
    enum sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < count; i++) {
        char *from = sg_staging_path(staging, names[i]);
        if (from == NULL)
            status = sg_fail_memory(staging->context);
        else if (!flush_to_disk(from))
            status = fail_to_write(staging, from);
        if (status == SG_OK)
            status = sg_staging_check(staging, names[i]);
        sg_free(from);
    }
    for (size_t i = 0; status == SG_OK && i < count; i++) {
        char *from = sg_staging_path(staging, names[i]);
        char *to = sg_format("%s/%s", staging->directory, names[i]);
        if (from == NULL || to == NULL)
            status = sg_fail_memory(staging->context);
        else if (rename(from, to) != 0)
            status = fail_to_write(staging, to);
        sg_free(from);
        sg_free(to);
    }
    if (status == SG_OK)
        flush_to_disk(staging->directory);
    for (size_t i = 0; i < count; i++)
        sg_free(names[i]);
    sg_free(names);
    return status;
}
