#include "write/provenance.h"

#include <errno.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/alloc.h"
#include "core/text.h"
#include "model/crs.h"
#include "model/gdal.h"
#include "write/safe_text.h"

struct hashed_file {
    char *path;
    long long size;     /* -1: cannot be read */
    long long modified; /* seconds since 1970 */
    struct stat state;  /* at the start */
    char sha256[65];
};

struct sg_hashes {
    struct hashed_file *files;
    size_t count, capacity;
    pthread_t thread;
    bool is_running;
    bool has_no_memory; /* while hashing; read when that is over */
};

/* False when out of memory. */
static bool hash_file(struct hashed_file *file) {
    file->size = -1;
    FILE *stream = fopen(file->path, "rb");
    if (stream == NULL)
        return true;
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    unsigned char *buffer = sg_alloc(1 << 16, 1);
    bool has_memory = digest != NULL && buffer != NULL;
    bool done = has_memory && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1;
    long long size = 0;
    size_t got;
    while (done && (got = fread(buffer, 1, 1 << 16, stream)) > 0) {
        done = EVP_DigestUpdate(digest, buffer, got) == 1;
        size += (long long)got;
    }
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (done && !ferror(stream) && EVP_DigestFinal_ex(digest, sum, &length) == 1) {
        file->size = size;
        for (unsigned i = 0; i < length && i < 32; i++)
            snprintf(file->sha256 + 2 * i, 3, "%02x", sum[i]);
    }
    sg_free(buffer);
    EVP_MD_CTX_free(digest);
    fclose(stream);
    return has_memory;
}

static void *hash_all(void *user) {
    struct sg_hashes *hashes = user;
    for (size_t i = 0; i < hashes->count; i++)
        hashes->has_no_memory = !hash_file(&hashes->files[i]) || hashes->has_no_memory;
    return NULL;
}

static bool add_file(struct sg_hashes *hashes, const char *path) {
    struct stat found;
    if (stat(path, &found) != 0 || !S_ISREG(found.st_mode))
        return true;
    for (size_t i = 0; i < hashes->count; i++) {
        if (strcmp(hashes->files[i].path, path) == 0)
            return true;
    }
    if (!sg_reserve(&hashes->files, &hashes->capacity, hashes->count + 1, sizeof *hashes->files))
        return false;
    char *copy = sg_strdup(path);
    if (copy == NULL)
        return false;
    hashes->files[hashes->count++] =
        (struct hashed_file){.path = copy, .modified = (long long)found.st_mtime, .state = found};
    return true;
}

/* A shapefile is several files: the names that share its stem. */
static bool add_input(struct sg_hashes *hashes, const char *path) {
    static const char *const parts[] = {".dbf", ".shx", ".prj", ".cpg"};
    size_t length = strlen(path);
    bool done = add_file(hashes, path);
    if (length > 4 && sg_text_equal_fold(path + length - 4, ".shp")) {
        for (size_t i = 0; done && i < sizeof parts / sizeof *parts; i++) {
            char *part = sg_format("%.*s%s", (int)(length - 4), path, parts[i]);
            done = part != NULL && add_file(hashes, part);
            sg_free(part);
        }
    }
    return done;
}

struct sg_hashes *sg_hashes_start(const char *const *paths, size_t path_count, bool wants_sums) {
    struct sg_hashes *hashes = sg_alloc(1, sizeof *hashes);
    if (hashes == NULL)
        return NULL;
    bool done = true;
    for (size_t i = 0; done && i < path_count; i++)
        done = add_input(hashes, paths[i]);
    if (done && wants_sums)
        hashes->is_running = pthread_create(&hashes->thread, NULL, hash_all, hashes) == 0;
    if (done && wants_sums && !hashes->is_running)
        hash_all(hashes);
    if (!done) {
        sg_hashes_free(hashes);
        return NULL;
    }
    return hashes;
}

static void wait_for(struct sg_hashes *hashes) {
    if (hashes->is_running)
        pthread_join(hashes->thread, NULL);
    hashes->is_running = false;
}

void sg_hashes_free(struct sg_hashes *hashes) {
    if (hashes == NULL)
        return;
    wait_for(hashes);
    for (size_t i = 0; i < hashes->count; i++)
        sg_free(hashes->files[i].path);
    sg_free(hashes->files);
    sg_free(hashes);
}

enum sg_status sg_hashes_check(struct sg_context *context, const struct sg_hashes *hashes) {
    for (size_t i = 0; i < hashes->count; i++) {
        const struct stat *before = &hashes->files[i].state;
        struct stat now;
        bool is_there = stat(hashes->files[i].path, &now) == 0;
        bool is_same = is_there && now.st_dev == before->st_dev && now.st_ino == before->st_ino
                       && now.st_size == before->st_size && now.st_mtim.tv_sec == before->st_mtim.tv_sec
                       && now.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
        if (!is_same)
            return sg_fail(
                context, SG_BAD_INPUT, "run it again when the file is complete; nothing was written",
                "%s: %s while it was read", hashes->files[i].path, is_there ? "changed" : "was removed");
    }
    return SG_OK;
}

long long sg_hashes_newest(const struct sg_hashes *hashes) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (epoch != NULL && epoch[0] != '\0') {
        char *end;
        long long seconds = strtoll(epoch, &end, 10);
        if (*end == '\0' && seconds >= 0 && seconds < 253402300800LL)
            return seconds;
    }
    long long newest = 0;
    for (size_t i = 0; i < hashes->count; i++) {
        if (hashes->files[i].modified > newest)
            newest = hashes->files[i].modified;
    }
    return newest;
}

static void append_pair(struct sg_text *json, const char *name, const char *value) {
    sg_json_append(json, name);
    sg_text_append(json, ": ");
    sg_json_append(json, value);
}

static void append_inputs(struct sg_text *json, const struct sg_hashes *hashes) {
    sg_text_append(json, "  \"inputs\": [");
    for (size_t i = 0; i < hashes->count; i++) {
        const struct hashed_file *file = &hashes->files[i];
        sg_text_append(json, i == 0 ? "\n    {" : ",\n    {");
        append_pair(json, "path", file->path);
        sg_text_append_format(json, ", \"bytes\": %lld, ", file->size);
        append_pair(json, "sha256", file->sha256);
        sg_text_append(json, "}");
    }
    sg_text_append(json, hashes->count == 0 ? "],\n" : "\n  ],\n");
}

/* "services": [{"services": "a.csv", "type": "kind"}, ...]; returns the position behind the list. */
static size_t append_list(struct sg_text *json, const struct sg_provenance *provenance, size_t first) {
    const struct sg_parameter *parameters = provenance->parameters;
    const char *list = parameters[first].list;
    size_t i = first;
    sg_json_append(json, list);
    sg_text_append(json, ": [");
    for (; i < provenance->parameter_count && parameters[i].list == list; i++) {
        bool starts = i == first || parameters[i].entry != parameters[i - 1].entry;
        if (starts)
            sg_text_append(json, i == first ? "\n      {" : "},\n      {");
        else
            sg_text_append(json, ", ");
        append_pair(json, strcmp(parameters[i].name, list) == 0 ? "file" : parameters[i].name,
                    parameters[i].value);
    }
    sg_text_append(json, "}\n    ]");
    return i;
}

static void append_parameters(struct sg_text *json, const struct sg_provenance *provenance) {
    sg_text_append(json, "  \"parameters\": {");
    for (size_t i = 0; i < provenance->parameter_count;) {
        sg_text_append(json, i == 0 ? "\n    " : ",\n    ");
        if (provenance->parameters[i].list != NULL) {
            i = append_list(json, provenance, i);
            continue;
        }
        append_pair(json, provenance->parameters[i].name, provenance->parameters[i].value);
        i++;
    }
    sg_text_append(json, provenance->parameter_count == 0 ? "},\n" : "\n  },\n");
}

static void append_layer(struct sg_text *json, const struct sg_provenance_layer *layer) {
    const struct sg_input_counts *counts = &layer->counts;
    sg_text_append(json, "{");
    append_pair(json, "path", layer->path);
    sg_text_append_format(
        json, ", \"read\": %llu, \"counted\": %llu, \"outside\": %llu, \"rejected\": %llu, \"fields\": {",
        (unsigned long long)counts->read, (unsigned long long)counts->counted,
        (unsigned long long)counts->outside, (unsigned long long)counts->rejected);
    for (size_t i = 0; i < layer->field_count; i++) {
        sg_text_append(json, i == 0 ? "" : ", ");
        append_pair(json, layer->fields[i].name, layer->fields[i].value);
    }
    sg_text_append(json, "}}");
}

static void append_records(struct sg_text *json, const struct sg_provenance *provenance) {
    const struct sg_provenance_layer *const layers[] = {&provenance->areas, &provenance->demand};
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        if (layers[i]->path == NULL)
            continue;
        sg_text_append(json, i == 0 ? "  \"areas\": " : "  \"demand\": ");
        append_layer(json, layers[i]);
        sg_text_append(json, ",\n");
    }
    sg_text_append(json, "  \"records\": [");
    for (size_t i = 0; i < provenance->service_count; i++) {
        sg_text_append(json, i == 0 ? "\n    " : ",\n    ");
        append_layer(json, &provenance->services[i]);
    }
    sg_text_append(json, provenance->service_count == 0 ? "],\n" : "\n  ],\n");
}

static void append_warnings(struct sg_text *json, const struct sg_context *context) {
    sg_text_append(json, "  \"warnings\": [");
    size_t count = sg_context_warning_count(context);
    for (size_t i = 0; i < count; i++) {
        sg_text_append(json, i == 0 ? "\n    " : ",\n    ");
        sg_json_append(json, sg_context_warning(context, i));
    }
    sg_text_append(json, count == 0 ? "],\n" : "\n  ],\n");
}

enum sg_status sg_provenance_write(struct sg_context *context, struct sg_staging *staging,
                                   struct sg_hashes *hashes, const struct sg_provenance *provenance) {
    wait_for(hashes);
    if (hashes->has_no_memory)
        return sg_fail_memory(context);
    struct sg_text json;
    sg_text_init(&json);
    sg_text_append(&json, "{\n  \"program\": \"servicegap\",\n  ");
    append_pair(&json, "version", SG_VERSION);
    sg_text_append(&json, ",\n  ");
    append_pair(&json, "command", provenance->command);
    sg_text_append(&json, ",\n  \"libraries\": {");
    append_pair(&json, "GDAL", sg_gdal_version());
    sg_text_append(&json, ", ");
    append_pair(&json, "PROJ", sg_proj_version());
    sg_text_append(&json, ", ");
    append_pair(&json, "GEOS", sg_geos_version());
    sg_text_append(&json, ", ");
    append_pair(&json, "Cairo", provenance->cairo_version);
    sg_text_append(&json, "},\n");
    append_inputs(&json, hashes);
    append_parameters(&json, provenance);
    append_records(&json, provenance);
    append_warnings(&json, context);
    sg_text_append(&json, "  \"outputs\": [");
    for (size_t i = 0; i < provenance->output_count; i++) {
        sg_text_append(&json, i == 0 ? "\n    " : ",\n    ");
        sg_json_append(&json, provenance->outputs[i]);
    }
    sg_text_append(&json, provenance->output_count == 0 ? "]\n}\n" : "\n  ]\n}\n");
    char *path = sg_staging_path(staging, "provenance.json");
    enum sg_status status = SG_OK;
    if (json.failed || path == NULL) {
        status = sg_fail_memory(context);
    } else {
        FILE *file = fopen(path, "wb");
        bool done = file != NULL && fwrite(json.bytes, json.length, 1, file) == 1;
        if (file != NULL && fclose(file) != 0)
            done = false;
        if (!done)
            status = sg_fail(context, SG_NO_OUTPUT, "is the disk full?",
                             "provenance.json: cannot be written: %s", strerror(errno));
    }
    sg_free(path);
    sg_text_release(&json);
    return status;
}
