#include "read/collected_sites.h"

#include "support/test.h"

static enum sg_status begin(void *user, const struct sg_crs *crs) {
    struct collected *collected = user;
    snprintf(collected->crs, sizeof collected->crs, "%s", sg_crs_code(crs));
    return SG_OK;
}

static enum sg_status collect_batch(void *user, struct sg_site_batch *batch) {
    struct collected *collected = user;
    assert_true(sg_reserve(&collected->entries, &collected->capacity, collected->count + batch->count,
                           sizeof *collected->entries));
    for (size_t i = 0; i < batch->count; i++) {
        for (uint32_t t = 0; t < batch->entries[i].type_count; t++)
            assert_in_range(batch->entries[i].types[t], 0, batch->type_count - 1);
        collected->entries[collected->count++] = batch->entries[i];
    }
    return SG_OK;
}

struct collected collect_from(const struct sg_source *source, const struct sg_site_fields *fields,
                              const char *taxonomy, enum sg_status expected) {
    struct collected collected = {
        .context = test_context_new(1), .organizations = sg_name_index_new(), .words = sg_name_index_new()};
    assert_ok(collected.context, sg_taxonomy_read(collected.context, taxonomy, &collected.taxonomy));
    assert_status(collected.context,
                  sg_sites_read(collected.context, source, fields, &collected.taxonomy,
                                collected.organizations, collected.words, NULL, begin, collect_batch,
                                &collected, NULL, &collected.input),
                  expected);
    collected.is_read = expected == SG_OK;
    return collected;
}

struct collected collect(const char *path, const struct sg_site_fields *fields, const char *taxonomy,
                         enum sg_status expected) {
    struct sg_source source = {.path = path};
    return collect_from(&source, fields, taxonomy, expected);
}

void collected_release(struct collected *collected) {
    if (collected->is_read)
        sg_site_input_release(&collected->input);
    sg_free(collected->entries);
    sg_taxonomy_release(&collected->taxonomy);
    sg_name_index_free(collected->organizations);
    sg_name_index_free(collected->words);
    sg_context_free(collected->context);
}
