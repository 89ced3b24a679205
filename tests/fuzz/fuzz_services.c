/* Services from a CSV file, by its own reader and by GDAL's, or from GeoJSON: the first byte chooses. Every
   record read has one outcome. */
#include <stdlib.h>

#include "fuzz.h"
#include "read/site_reader.h"
#include "read/taxonomy_reader.h"

static enum sg_status take_crs(void *user, const struct sg_crs *crs) {
    (void)user, (void)crs;
    return SG_OK;
}

/* Every other point lies in no area: those records are logged. */
static enum sg_status take_batch(void *user, struct sg_site_batch *batch) {
    (void)user;
    for (size_t i = 0; i < batch->count; i++) {
        if (batch->entries[i].outcome == SG_SITE_COUNTED && i % 2 == 1)
            batch->entries[i].outcome = SG_SITE_OUTSIDE;
    }
    return SG_OK;
}

static void read_services(struct sg_context *context, const char *path, const struct sg_site_fields *fields) {
    struct sg_source source = {.path = path};
    struct sg_taxonomy taxonomy = {0};
    struct sg_site_input input = {0};
    struct sg_name_index *organizations = sg_name_index_new(), *words = sg_name_index_new();
    struct sg_reject_log *rejects = NULL;
    if (organizations == NULL || words == NULL || sg_reject_log_new(context, &rejects) != SG_OK)
        abort();
    if (sg_taxonomy_read(context, NULL, &taxonomy) == SG_OK
        && sg_sites_read(context, &source, fields, &taxonomy, organizations, words, NULL, take_crs,
                         take_batch, NULL, rejects, &input)
               == SG_OK) {
        if (input.counts.counted + input.counts.outside + input.counts.rejected != input.counts.read)
            abort();
        sg_site_input_release(&input);
    }
    sg_reject_log_free(rejects);
    sg_name_index_free(organizations);
    sg_name_index_free(words);
    sg_taxonomy_release(&taxonomy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static const char *const names[] = {"in.csv", "in.csv", "in.geojson"};
    if (length < 1)
        return 0;
    struct sg_context *context = fuzz_context_new();
    size_t choice = bytes[0] % 3;
    struct sg_site_fields fields = {0};
    if (choice == 1)
        fields.as_of = "2013-06-30"; /* CSV through GDAL */
    read_services(context, fuzz_file(names[choice], bytes + 1, length - 1), &fields);
    sg_context_free(context);
    return 0;
}
