/* A table attached to three areas, which are its rows or its columns; and as travel costs from them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "fuzz.h"
#include "read/area_keys.h"
#include "read/cost_reader.h"
#include "read/join_reader.h"

/* From the ids to two services of one id, and one of another. */
static void read_costs(struct sg_context *context, const struct sg_source *source, char *const ids[3]) {
    struct sg_inventory inventory;
    struct sg_name_index *names = sg_name_index_new();
    static const uint16_t type = 0;
    bool done = names != NULL && sg_inventory_init(&inventory, 1, true);
    if (!done) {
        sg_name_index_free(names);
        return;
    }
    done = sg_inventory_add_types(&inventory, 1);
    for (uint32_t i = 0; done && i < 3; i++) {
        sg_name_index_add(names, ids[i], strlen(ids[i]), NULL);
        sg_name_index_add(inventory.ids, i == 0 ? "s" : "94", i == 0 ? 1 : 2, NULL);
        struct sg_site site = {.weight = i, .id = i == 0 ? 0 : 1};
        done = sg_inventory_add(&inventory, &site, &type, 1, NULL, 0);
    }
    struct sg_cost_origins origins = {names, sg_name_index_count(names), "area"};
    struct sg_travel travel = {0};
    struct sg_cost_report report;
    if (done)
        sg_costs_read(context, source, &origins, &inventory, 15, true, &travel, &report);
    sg_travel_release(&travel);
    sg_inventory_release(&inventory);
    sg_name_index_free(names);
}

/* Fields as people name them: by label, by the headings before it, and by anything: the table's first line.
 */
static void find_fields(struct sg_context *context, const struct sg_join *join, const uint8_t *bytes,
                        size_t length) {
    const struct sg_join_field *field;
    const struct sg_join *found;
    char line[200];
    snprintf(line, sizeof line, "%.*s", (int)(length < sizeof line ? length : sizeof line),
             (const char *)bytes);
    line[strcspn(line, "\r\n")] = '\0';
    sg_joins_find(context, join, 1, line, "--need", &field, &found);
    for (size_t f = 0; f < join->field_count && f < 8; f++) {
        const char *label = join->fields[f].label;
        char *const paths[] = {sg_format("%s > %s", join->fields[f].headings, label),
                               sg_format("%s > %s", line, label), sg_format("in > > %s", label)};
        sg_joins_find(context, join, 1, label, "--need", &field, &found);
        for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
            if (paths[i] != NULL)
                sg_joins_find(context, join, 1, paths[i], "--need", &field, &found);
            sg_free(paths[i]);
        }
    }
}

/* Inputs of an odd length are for areas whose fields are known, every other of them for names that are ids of
   others. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static char numbers[3][4] = {"001", "002", "94"};
    static char names[3][16] = {"St. James Town", "Caf\xC3\xA9", "Wychwood"};
    static char id_field[] = "code", name_field[] = "name", other_id[] = "2", path[] = "areas.geojson";
    char *const ids[] = {numbers[0], numbers[1], numbers[2]};
    struct sg_area areas[3] = {{0}};
    for (int i = 0; i < 3; i++) {
        areas[i].id = ids[i];
        areas[i].name = i == 0 && length % 4 == 3 ? other_id : names[i];
    }
    bool has_fields = length % 2 == 1;
    struct sg_area_layer layer = {.areas = areas,
                                  .area_count = 3,
                                  .path = path,
                                  .id_field = has_fields ? id_field : NULL,
                                  .name_field = has_fields ? name_field : NULL};
    struct sg_context *context = fuzz_context_new();
    struct sg_source source = {.path = fuzz_file("in.csv", bytes, length)};
    struct sg_area_keys *keys = NULL;
    struct sg_join join = {0};
    if (sg_area_keys_new(context, &layer, NULL, NULL, &keys) == SG_OK
        && sg_join_read(context, &source, NULL, keys, &layer, &join) == SG_OK) {
        find_fields(context, &join, bytes, length);
        sg_join_release(&join);
    }
    read_costs(context, &source, ids);
    sg_area_keys_free(keys);
    sg_context_free(context);
    return 0;
}
