#include "core/resource.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/alloc.h"
#include "core/text.h"

static bool is_folder(const char *path) {
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* The folder that holds styles/ and geodata/. */
static char *data_folder(void) {
    const char *named = getenv("SERVICEGAP_DATA");
    if (named != NULL && named[0] != '\0')
        return sg_strdup(named);
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length > 0) {
        program[length] = '\0';
        for (int up = 0; up < 2; up++) {
            char *slash = strrchr(program, '/');
            if (slash != NULL)
                *slash = '\0';
        }
        char *folder = sg_format("%s/share/servicegap", program);
        if (folder == NULL || is_folder(folder))
            return folder;
        sg_free(folder);
    }
    return sg_strdup(SG_INSTALLED_DATA);
}

char *sg_resource_path(const char *name) {
    char *folder = data_folder();
    char *path = folder == NULL ? NULL : sg_format("%s/%s", folder, name);
    sg_free(folder);
    return path;
}

enum sg_status sg_resource_check(struct sg_context *context) {
    char *folder = data_folder();
    char *styles = folder == NULL ? NULL : sg_format("%s/styles", folder);
    enum sg_status status = SG_OK;
    if (styles == NULL)
        status = sg_fail_memory(context);
    else if (!is_folder(styles))
        status =
            sg_fail(context, SG_BAD_STYLE,
                    "install the program (cmake --install build), or set SERVICEGAP_DATA to the folder that "
                    "holds styles",
                    "the program's own styles are not where they were looked for, in %s", styles);
    sg_free(styles);
    sg_free(folder);
    return status;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void free_names(char **names, size_t count) {
    for (size_t i = 0; i < count; i++)
        sg_free(names[i]);
    sg_free(names);
}

char **sg_resource_names(const char *folder, const char *ending) {
    char *path = sg_resource_path(folder);
    if (path == NULL)
        return NULL;
    DIR *directory = opendir(path);
    sg_free(path);
    char **names = NULL;
    size_t count = 0, capacity = 0;
    bool failed = !sg_reserve(&names, &capacity, 1, sizeof *names);
    struct dirent *entry;
    while (!failed && directory != NULL && (entry = readdir(directory)) != NULL) {
        size_t length = strlen(entry->d_name), tail = strlen(ending);
        if (length <= tail || strcmp(entry->d_name + length - tail, ending) != 0)
            continue;
        char *name = sg_strndup(entry->d_name, length - tail);
        failed = name == NULL || !sg_reserve(&names, &capacity, count + 2, sizeof *names);
        if (failed)
            sg_free(name);
        else
            names[count++] = name;
    }
    if (directory != NULL)
        closedir(directory);
    if (failed) {
        free_names(names, count);
        return NULL;
    }
    if (count > 1)
        qsort(names, count, sizeof *names, compare_names);
    names[count] = NULL;
    return names;
}
