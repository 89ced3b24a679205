#include "fuzz.h"

#include <cpl_error.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/gdal.h"

static char folder[200];

static void remove_folder(void) {
    DIR *open = opendir(folder);
    for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;)
        unlinkat(dirfd(open), entry->d_name, 0);
    if (open != NULL)
        closedir(open);
    rmdir(folder);
}

static void make_folder(void) {
    const char *parent = getenv("TMPDIR");
    struct stat found;
    if (parent == NULL)
        parent = stat("/dev/shm", &found) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, sizeof folder, "%s/servicegap-fuzz-XXXXXX", parent);
    if (mkdtemp(folder) == NULL)
        abort();
    atexit(remove_folder);
}

struct sg_context *fuzz_context_new(void) {
    sg_gdal_start();
    CPLSetErrorHandler(CPLQuietErrorHandler);
    struct sg_context *context = sg_context_new();
    if (context == NULL)
        abort();
    sg_context_set_threads(context, 1);
    return context;
}

const char *fuzz_file(const char *name, const uint8_t *bytes, size_t length) {
    static char path[300];
    if (folder[0] == '\0')
        make_folder();
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || write(file, bytes, length) != (ssize_t)length || close(file) != 0)
        abort();
    return path;
}
