#include "read/zip_archive.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/limits.h"
#include "core/text.h"

/* Of the end of an archive, where its list of files is; the bytes of an entry before its name. */
enum { LOOKED_AT = 65536, ENTRY_HEAD = 46 };

/* Appends the first name in the archive's list that leads out of the folder where it would be unpacked: GDAL
   leaves such names out without a word. */
static void find_name_that_leads_out(const unsigned char *bytes, size_t count, struct sg_text *name) {
    for (size_t i = 0; i + ENTRY_HEAD < count; i++) {
        if (memcmp(bytes + i, "PK\1\2", 4) != 0)
            continue;
        size_t length = bytes[i + 28] | (size_t)bytes[i + 29] << 8;
        if (i + ENTRY_HEAD + length > count)
            return;
        sg_text_clear(name);
        sg_text_append_bytes(name, (const char *)bytes + i + ENTRY_HEAD, length);
        if (sg_text_bytes(name)[0] == '/' || strstr(sg_text_bytes(name), "..") != NULL)
            return;
    }
    sg_text_clear(name);
}

static size_t read_end(const char *path, unsigned char *bytes) {
    VSILFILE *file = VSIFOpenL(path, "rb");
    if (file == NULL)
        return 0;
    VSIFSeekL(file, 0, SEEK_END);
    vsi_l_offset size = VSIFTellL(file);
    VSIFSeekL(file, size > LOOKED_AT ? size - LOOKED_AT : 0, SEEK_SET);
    size_t count = VSIFReadL(bytes, 1, LOOKED_AT, file);
    VSIFCloseL(file);
    return count;
}

static enum sg_status fail_to_list(struct sg_context *context, const char *path) {
    unsigned char *bytes = sg_alloc(LOOKED_AT, 1);
    if (bytes == NULL)
        return sg_fail_memory(context);
    struct sg_text name;
    sg_text_init(&name);
    find_name_that_leads_out(bytes, read_end(path, bytes), &name);
    enum sg_status status =
        name.failed ? sg_fail_memory(context)
        : name.length > 0
            ? sg_fail(
                context, SG_NO_INPUT, "unpack it by hand, and name the file",
                "%s: the file in it is called '%.100s', which leads out of the archive; it is not opened",
                path, sg_text_bytes(&name))
            : sg_fail(context, SG_NO_INPUT, "download it again", "%s: an empty or damaged archive", path);
    sg_text_release(&name);
    sg_free(bytes);
    return status;
}

enum sg_status sg_zip_find_dataset(struct sg_context *context, const char *path, char **ret_path) {
    static const char *const endings[] = {".shp", ".gpkg", ".geojson", ".json", ".fgb", ".csv",
                                          ".gml", ".kml",  ".tab",     ".mif",  ".xlsx"};
    char *root = sg_format("/vsizip/%s", path);
    if (root == NULL)
        return sg_fail_memory(context);
    char **names = VSIReadDirRecursive(root);
    if (names == NULL) {
        sg_free(root);
        return fail_to_list(context, path);
    }
    enum sg_status status = SG_OK;
    char *found = NULL;
    for (size_t e = 0; found == NULL && status == SG_OK && e < sizeof endings / sizeof *endings; e++) {
        size_t count = 0;
        struct sg_text list;
        sg_text_init(&list);
        for (char **name = names; *name != NULL; name++) {
            if (!sg_text_ends_fold(*name, endings[e]) || strstr(*name, "__MACOSX") != NULL)
                continue;
            if (strstr(*name, "..") != NULL)
                continue;
            count++;
            sg_text_append_format(&list, "%s%s", count == 1 ? "" : ", ", *name);
            if (found == NULL)
                found = sg_format("%s/%s", root, *name);
        }
        if (count > 1 && strcmp(endings[e], ".shp") != 0) {
            status = sg_fail(context, SG_NO_INPUT, "unpack it and name the file",
                             "%s: holds several datasets: %s", path, sg_text_bytes(&list));
        } else if (count > 1) {
            sg_warn(context, "unpack it to use another one", "%s: holds %zu layers (%s); the first is read",
                    path, count, sg_text_bytes(&list));
        }
        sg_text_release(&list);
    }
    if (status == SG_OK && found == NULL)
        status = sg_fail(context, SG_NO_INPUT, "unpack it and look what is in it",
                         "%s: no layer or table in this archive", path);
    CSLDestroy(names);
    sg_free(root);
    if (status != SG_OK) {
        sg_free(found);
        return status;
    }
    *ret_path = found;
    return SG_OK;
}

/* Is the file an archive by its first bytes, and how large is it? */
static bool is_archive(const char *path, double *ret_size) {
    char start[4];
    VSILFILE *file = VSIFOpenL(path, "rb");
    if (file == NULL)
        return false;
    bool found = VSIFReadL(start, 1, sizeof start, file) == sizeof start && memcmp(start, "PK\3\4", 4) == 0;
    if (found) {
        VSIFSeekL(file, 0, SEEK_END);
        *ret_size = (double)VSIFTellL(file);
    }
    VSIFCloseL(file);
    return found;
}

/* Reads a file of the archive to its end, or until it is too much. What the archive says of sizes is not
   asked: GDAL unpacks what there is. */
static void unpack(const char *path, char *block, double most, double *size) {
    VSILFILE *file = VSIFOpenL(path, "rb");
    size_t length;
    while (file != NULL && *size <= most && (length = VSIFReadL(block, 1, LOOKED_AT, file)) > 0)
        *size += (double)length;
    if (file != NULL)
        VSIFCloseL(file);
}

/* Unpacks the files until they are more than most bytes, or too many. False when out of memory. */
static bool unpack_all(const char *root, double most, size_t *ret_count, double *ret_size) {
    char *block = sg_alloc(LOOKED_AT, 1);
    VSIDIR *folder = block == NULL ? NULL : VSIOpenDir(root, -1, NULL);
    const VSIDIREntry *entry;
    bool done = block != NULL;
    *ret_count = 0;
    *ret_size = 0;
    while (done && folder != NULL && *ret_count <= SG_MOST_PACKED_FILES && *ret_size <= most
           && (entry = VSIGetNextDirEntry(folder)) != NULL) {
        char *file = sg_format("%s/%s", root, entry->pszName);
        done = file != NULL;
        if (done)
            unpack(file, block, most, ret_size);
        sg_free(file);
        ++*ret_count;
    }
    if (folder != NULL)
        VSICloseDir(folder);
    sg_free(block);
    return done;
}

/* packed: the size of the file in bytes. */
static enum sg_status check_unpacked(struct sg_context *context, const char *path, const char *root,
                                     double packed) {
    const char *hint = sg_text_ends_fold(path, ".kmz") ? "unpack it, and name the file that was in it"
                                                       : "save the sheet that is meant as CSV";
    double most = fmin(fmax(SG_MUCH_UNPACKED, SG_MOST_TIMES_PACKED * packed), SG_MOST_UNPACKED), unpacked;
    size_t count;
    if (!unpack_all(root, most, &count, &unpacked))
        return sg_fail_memory(context);
    if (count > SG_MOST_PACKED_FILES)
        return sg_fail(context, SG_BAD_INPUT, hint, "%s: holds more than %d files; it is not opened", path,
                       SG_MOST_PACKED_FILES);
    if (unpacked > most)
        return sg_fail(context, SG_BAD_INPUT, hint,
                       "%s: %.2f MB, which are more than %.0f MB when unpacked; it is not opened", path,
                       packed / 1e6, most / 1e6);
    return SG_OK;
}

enum sg_status sg_zip_check_size(struct sg_context *context, const char *path, const char *opened_path) {
    enum { MOST_POSSIBLE = 1032 }; /* times smaller than it was: more cannot be packed */
    double packed;
    if (!is_archive(opened_path, &packed) || packed * MOST_POSSIBLE <= SG_MUCH_UNPACKED)
        return SG_OK;
    char *root = sg_format("/vsizip/{%s}", opened_path);
    if (root == NULL)
        return sg_fail_memory(context);
    enum sg_status status = check_unpacked(context, path, root, packed);
    sg_free(root);
    return status;
}
