#include "write/staging.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/text.h"
#include "write/companions.h"
#include "write/staging_parts.h"

struct sg_staging {
    struct sg_context *context;
    char *path;    /* of the directory, for messages and for GDAL */
    char *folder;  /* the path of the staging folder; NULL: none */
    int directory; /* open; -1: not */
    int held;      /* the staging folder, open and in use; -1: not */
    bool may_replace;
    bool is_new; /* the directory: made here, and taken away if nothing comes into it */
    struct identity {
        dev_t device;
        ino_t inode;
    } * inputs; /* files that are never replaced */
    size_t input_count, input_capacity;
};

/* Makes a directory and its parents; partial is a copy of the path to work on. */
static bool make_directories(const char *path, char *partial, bool *ret_is_new) {
    for (char *slash = strchr(partial + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(partial, 0777);
        *slash = '/';
    }
    *ret_is_new = mkdir(partial, 0777) == 0;
    bool done = *ret_is_new || errno == EEXIST;
    struct stat found;
    return done && stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static enum sg_status fail_to_write(struct sg_staging *staging, const char *path) {
    if (errno == ENOMEM)
        return sg_fail_memory(staging->context);
    const char *hint = errno == ENOSPC         ? "free some space"
                       : errno == ENAMETOOLONG ? "choose a shorter name"
                       : errno == EACCES       ? "choose a directory that you may write to"
                                               : "check the path";
    return sg_fail(staging->context, SG_NO_OUTPUT, hint, "%s: cannot be written: %s", path, strerror(errno));
}

/* A folder of our own in the directory. Another run may take it for one that a killed run left, in the moment
   before it is marked as in use; then there is another try. */
static bool make_folder(struct sg_staging *staging) {
    for (int tries = 0; tries < 100; tries++) {
        char *name = staging->folder + strlen(staging->path) + 1;
        memcpy(name, SG_STAGING_PREFIX "XXXXXX", sizeof SG_STAGING_PREFIX "XXXXXX");
        if (mkdtemp(staging->folder) == NULL)
            return false;
        staging->held = sg_staging_lock(staging->directory, name);
        struct stat found;
        if (staging->held >= 0 || stat(staging->folder, &found) == 0)
            return true; /* a file system without locks: nothing is cleaned there, and nothing lost */
    }
    errno = EBUSY;
    return false;
}

static void clean_up(struct sg_staging *staging) {
    size_t finished;
    sg_staging_recover(staging->directory, &finished);
    if (finished > 0)
        sg_note(staging->context,
                "%s: an earlier run was stopped while it put its files in place; that is finished now",
                staging->path);
}

enum sg_status sg_staging_new(struct sg_context *context, const char *directory, bool may_replace,
                              struct sg_staging **ret_staging) {
    struct sg_staging *staging = sg_alloc(1, sizeof *staging);
    if (staging == NULL)
        return sg_fail_memory(context);
    *staging =
        (struct sg_staging){.context = context, .directory = -1, .held = -1, .may_replace = may_replace};
    staging->path = sg_strdup(directory[0] == '\0' ? "." : directory);
    char *folder = sg_format("%s/" SG_STAGING_PREFIX "XXXXXX", directory[0] == '\0' ? "." : directory);
    char *partial = sg_strdup(staging->path);
    enum sg_status status = SG_OK;
    if (staging->path == NULL || folder == NULL || partial == NULL) {
        status = sg_fail_memory(context);
    } else if (!make_directories(staging->path, partial, &staging->is_new)
               || (staging->directory = open(staging->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) {
        status = fail_to_write(staging, staging->path);
    } else {
        clean_up(staging);
        staging->folder = folder;
        folder = NULL;
        if (!make_folder(staging)) {
            status = fail_to_write(staging, staging->path);
            sg_free(staging->folder);
            staging->folder = NULL;
        }
    }
    sg_free(folder);
    sg_free(partial);
    if (status != SG_OK) {
        sg_staging_free(staging);
        return status;
    }
    *ret_staging = staging;
    return SG_OK;
}

/* The name of the staging folder in its directory. */
static const char *folder_name(const struct sg_staging *staging) {
    return staging->folder + strlen(staging->path) + 1;
}

void sg_staging_free(struct sg_staging *staging) {
    if (staging == NULL)
        return;
    if (staging->folder != NULL)
        sg_staging_remove(staging->directory, folder_name(staging));
    if (staging->held >= 0)
        close(staging->held);
    if (staging->directory >= 0)
        close(staging->directory);
    if (staging->is_new)
        rmdir(staging->path); /* refused where there is a file in it */
    sg_free(staging->inputs);
    sg_free(staging->folder);
    sg_free(staging->path);
    sg_free(staging);
}

const char *sg_staging_directory(const struct sg_staging *staging) {
    return staging->path;
}

bool sg_staging_protect(struct sg_staging *staging, const char *path) {
    struct stat found;
    if (stat(path, &found) != 0 || !S_ISREG(found.st_mode))
        return true;
    if (!sg_reserve(&staging->inputs, &staging->input_capacity, staging->input_count + 1,
                    sizeof *staging->inputs))
        return false;
    staging->inputs[staging->input_count++] = (struct identity){found.st_dev, found.st_ino};
    return true;
}

static bool is_input(const struct sg_staging *staging, const struct stat *found) {
    for (size_t i = 0; i < staging->input_count; i++) {
        if (staging->inputs[i].device == found->st_dev && staging->inputs[i].inode == found->st_ino)
            return true;
    }
    return false;
}

enum sg_status sg_staging_check(struct sg_staging *staging, const char *name) {
    if (strlen(name) > NAME_MAX)
        return sg_fail(staging->context, SG_NO_OUTPUT, "choose a shorter name",
                       "%.40s...: the name has %zu bytes, and file systems take no more than %d", name,
                       strlen(name), NAME_MAX);
    char *path = sg_format("%s/%s", staging->path, name);
    if (path == NULL)
        return sg_fail_memory(staging->context);
    struct stat found;
    bool exists = lstat(path, &found) == 0;
    enum sg_status status = SG_OK;
    if (exists && S_ISDIR(found.st_mode))
        status = sg_fail(staging->context, SG_NO_OUTPUT, "choose another name", "%s: is a folder", path);
    else if (exists && is_input(staging, &found))
        status = sg_fail(staging->context, SG_NO_OUTPUT, "write into another folder, or under another name",
                         "%s: is an input of this run, and would be replaced", path);
    else if (exists && !staging->may_replace && !sg_companion_gives_way(staging->path, name))
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

/* Flushes a staged file to the disk; *ret_inode says which it is. */
static bool flush_to_disk(const char *path, unsigned long long *ret_inode) {
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat found;
    if (file < 0)
        return false;
    bool done = fsync(file) == 0 && fstat(file, &found) == 0;
    if (done)
        *ret_inode = found.st_ino;
    close(file);
    return done;
}

/* Another run's records are told of when they give way: they may be all that it left of them. */
static void tell_of_companion(const struct sg_staging *staging, const char *name) {
    if (!staging->may_replace && strcmp(name, "provenance.json") != 0
        && sg_companion_gives_way(staging->path, name))
        sg_note(staging->context, "%s/%s: replaces that of an earlier run; a folder for each run keeps both",
                staging->path, name);
}

/* Every staged file: on the disk, and free to go to its place? */
static enum sg_status collect(struct sg_staging *staging, char **names, size_t count,
                              struct sg_staged_files *files) {
    enum sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < count; i++) {
        char *from = sg_staging_path(staging, names[i]);
        unsigned long long inode = 0;
        if (from == NULL
            || !sg_reserve(&files->items, &files->capacity, files->count + 1, sizeof *files->items))
            status = sg_fail_memory(staging->context);
        else if (!flush_to_disk(from, &inode))
            status = fail_to_write(staging, from);
        if (status == SG_OK)
            status = sg_staging_check(staging, names[i]);
        if (status == SG_OK) {
            tell_of_companion(staging, names[i]);
            files->items[files->count++] = (struct sg_staged_file){.name = names[i], .inode = inode};
            names[i] = NULL;
        }
        sg_free(from);
    }
    return status;
}

/* All files into place, or none: after the journal is written a run that is killed is finished by the next.
 */
static enum sg_status put_in_place(struct sg_staging *staging, struct sg_staged_files *files) {
    int folder = open(staging->folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0)
        return fail_to_write(staging, staging->folder);
    enum sg_status status = SG_OK;
    if (files->count > 1 && !sg_staging_journal_write(folder, files)) {
        status = fail_to_write(staging, staging->folder);
    } else if (!sg_staging_put(folder, staging->directory, files)) {
        int cause = errno;
        sg_staging_take_back(folder, staging->directory, files);
        errno = cause;
        status = fail_to_write(staging, staging->path);
    }
    if (status == SG_OK)
        fsync(staging->directory);
    close(folder);
    return status;
}

enum sg_status sg_staging_commit(struct sg_staging *staging) {
    size_t count = 0;
    char **names = list_files(staging->folder, &count);
    if (names == NULL && errno != 0)
        return fail_to_write(staging, staging->folder);
    if (names == NULL)
        return sg_fail_memory(staging->context);
    struct sg_staged_files files = {0};
    enum sg_status status = collect(staging, names, count, &files);
    if (status == SG_OK)
        status = put_in_place(staging, &files);
    for (size_t i = 0; i < count; i++)
        sg_free(names[i]);
    sg_free(names);
    sg_staged_files_release(&files);
    return status;
}
