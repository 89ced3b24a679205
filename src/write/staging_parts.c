/* The last step of a run, and the first of the next: files into place all together, or none. */
#include "write/staging_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/text.h"

#define JOURNAL_IN_WORK SG_STAGING_JOURNAL ".new"

enum { LARGEST_JOURNAL = 1 << 20 };

void sg_staged_files_release(struct sg_staged_files *files) {
    for (size_t i = 0; i < files->count; i++)
        sg_free(files->items[i].name);
    sg_free(files->items);
    *files = (struct sg_staged_files){0};
}

/* ---- the journal ---- */

static bool write_and_flush(int file, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return fsync(file) == 0;
}

bool sg_staging_journal_write(int folder, const struct sg_staged_files *files) {
    struct sg_text text;
    sg_text_init(&text);
    for (size_t i = 0; i < files->count; i++)
        sg_text_append_format(&text, "%llu %s\n", files->items[i].inode, files->items[i].name);
    int file = openat(folder, JOURNAL_IN_WORK, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool done = file >= 0 && !text.failed && write_and_flush(file, sg_text_bytes(&text), text.length);
    int cause = text.failed ? ENOMEM : errno;
    if (file >= 0)
        close(file);
    sg_text_release(&text);
    if (done) {
        done = renameat(folder, JOURNAL_IN_WORK, folder, SG_STAGING_JOURNAL) == 0 && fsync(folder) == 0;
        cause = errno;
    }
    errno = cause;
    return done;
}

/* "123 name": names are plain, so that nothing outside the two folders is touched. */
static bool parse_line(char *line, struct sg_staged_files *files) {
    char *end;
    unsigned long long inode = strtoull(line, &end, 10);
    if (end == line || *end != ' ' || end[1] == '\0' || end[1] == '.' || strchr(end + 1, '/') != NULL)
        return false;
    if (!sg_reserve(&files->items, &files->capacity, files->count + 1, sizeof *files->items))
        return false;
    char *name = sg_strdup(end + 1);
    if (name == NULL)
        return false;
    files->items[files->count++] = (struct sg_staged_file){.name = name, .inode = inode};
    return true;
}

bool sg_staging_journal_read(int folder, struct sg_staged_files *files) {
    int file = openat(folder, SG_STAGING_JOURNAL, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat found;
    if (file < 0)
        return false;
    bool done = fstat(file, &found) == 0 && S_ISREG(found.st_mode) && found.st_size < LARGEST_JOURNAL;
    char *text = done ? sg_alloc((size_t)found.st_size + 1, 1) : NULL;
    done = text != NULL && read(file, text, (size_t)found.st_size) == (ssize_t)found.st_size;
    close(file);
    char *rest = text;
    for (char *line; done && (line = strsep(&rest, "\n")) != NULL && rest != NULL;)
        done = parse_line(line, files);
    sg_free(text);
    return done;
}

/* ---- into place ---- */

static bool has_inode(int directory, const char *name, unsigned long long inode) {
    struct stat found;
    return fstatat(directory, name, &found, AT_SYMLINK_NOFOLLOW) == 0 && found.st_ino == inode;
}

/* One file changes places with the one before it, or moves where there is none. Where a file system cannot
   exchange files the one before is lost. */
static bool put(int folder, int directory, struct sg_staged_file *file) {
    if (has_inode(directory, file->name, file->inode)) {
        file->is_in_place = true; /* by a run that was killed behind this step */
        return true;
    }
    if (renameat2(folder, file->name, directory, file->name, RENAME_EXCHANGE) == 0)
        file->had_one_before = true;
    else if (renameat(folder, file->name, directory, file->name) != 0)
        return false;
    file->is_in_place = true;
    return true;
}

bool sg_staging_put(int folder, int directory, struct sg_staged_files *files) {
    for (size_t i = 0; i < files->count; i++) {
        if (!put(folder, directory, &files->items[i]))
            return false;
    }
    return true;
}

void sg_staging_take_back(int folder, int directory, struct sg_staged_files *files) {
    for (size_t i = 0; i < files->count; i++) {
        struct sg_staged_file *file = &files->items[i];
        if (file->is_in_place && file->had_one_before)
            renameat2(folder, file->name, directory, file->name, RENAME_EXCHANGE);
        else if (file->is_in_place)
            unlinkat(directory, file->name, 0);
        file->is_in_place = false;
    }
    unlinkat(folder, SG_STAGING_JOURNAL, 0);
}

/* ---- folders ---- */

void sg_staging_remove(int directory, const char *name) {
    int folder = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = folder < 0 ? NULL : fdopendir(folder);
    if (entries == NULL && folder >= 0)
        close(folder);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(entries), entry->d_name, 0);
    }
    if (entries != NULL)
        closedir(entries);
    unlinkat(directory, name, AT_REMOVEDIR);
}

int sg_staging_lock(int directory, const char *name) {
    int folder = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat opened, named;
    bool done = folder >= 0 && flock(folder, LOCK_EX | LOCK_NB) == 0 && fstat(folder, &opened) == 0
                && fstatat(directory, name, &named, AT_SYMLINK_NOFOLLOW) == 0 && opened.st_ino == named.st_ino
                && opened.st_uid == geteuid();
    if (done)
        return folder;
    if (folder >= 0)
        close(folder);
    return -1;
}

static bool is_staging_name(const char *name) {
    size_t prefix = strlen(SG_STAGING_PREFIX);
    return strncmp(name, SG_STAGING_PREFIX, prefix) == 0 && strlen(name) == prefix + 6;
}

void sg_staging_recover(int directory, size_t *ret_finished) {
    *ret_finished = 0;
    int listing = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = listing < 0 ? NULL : fdopendir(listing);
    if (entries == NULL && listing >= 0)
        close(listing);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        int folder = is_staging_name(entry->d_name) ? sg_staging_lock(directory, entry->d_name) : -1;
        if (folder < 0)
            continue;
        struct sg_staged_files files = {0};
        bool has_journal = sg_staging_journal_read(folder, &files);
        bool is_finished = has_journal && sg_staging_put(folder, directory, &files);
        *ret_finished += is_finished;
        if (!has_journal || is_finished)
            sg_staging_remove(directory, entry->d_name);
        sg_staged_files_release(&files);
        close(folder);
    }
    if (entries != NULL)
        closedir(entries);
}
