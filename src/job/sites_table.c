/* The table of sites, and what other tables say of a site in the same words. */
#include "job/sites_table.h"

#include "core/name_index.h"
#include "core/text.h"

static bool set_word(struct sg_column *column, size_t row, const struct sg_name_index *index, size_t position,
                     size_t none) {
    return position == none || sg_column_set_text(column, row, sg_name_index_name(index, position));
}

static bool set_types(const struct sg_run *run, const struct sg_site *site, struct sg_column *column,
                      size_t row) {
    struct sg_text types;
    sg_text_init(&types);
    for (uint16_t t = 0; t < site->type_count; t++)
        sg_text_append_format(&types, "%s%s", t == 0 ? "" : " ",
                              run->taxonomy.types[run->inventory.site_types[site->first_type + t]].code);
    bool done = !types.failed && sg_column_set_text(column, row, sg_text_bytes(&types));
    sg_text_release(&types);
    return done;
}

static bool set_organization(const struct sg_run *run, const struct sg_site *site, struct sg_column *column,
                             size_t row) {
    return set_word(column, row, run->inventory.organizations, site->organization, UINT32_MAX);
}

const char *sg_site_file(const struct sg_run *run, size_t s) {
    return run->inputs[sg_inventory_source(&run->inventory, s).input].path;
}

bool sg_site_fill_cells(const struct sg_run *run, size_t s, struct sg_column *columns, size_t row) {
    const struct sg_site *site = &run->inventory.sites[s];
    columns[0].numbers[row] = (double)(s + 1);
    return set_word(&columns[1], row, run->inventory.ids, site->id, UINT32_MAX)
           && set_organization(run, site, &columns[2], row) && set_types(run, site, &columns[3], row);
}

static bool fill_site(const struct sg_run *run, struct sg_table *table, size_t row) {
    const struct sg_inventory *inventory = &run->inventory;
    const struct sg_site *site = &inventory->sites[row];
    bool done = set_types(run, site, &table->columns[1], row)
                && set_organization(run, site, &table->columns[0], row)
                && set_word(&table->columns[3], row, inventory->words, site->scope, UINT16_MAX)
                && set_word(&table->columns[4], row, inventory->words, site->level, UINT16_MAX)
                && set_word(&table->columns[5], row, inventory->words, site->targets, UINT16_MAX);
    if (done && site->area != UINT32_MAX)
        done = sg_column_set_text(&table->columns[6], row, run->layer.areas[site->area].id);
    table->columns[2].numbers[row] = site->weight;
    table->columns[8].numbers[row] = (double)sg_inventory_source(inventory, row).record;
    table->columns[9].numbers[row] = site->lon_lat_deg.x;
    table->columns[10].numbers[row] = site->lon_lat_deg.y;
    return done && sg_column_set_text(&table->columns[7], row, sg_site_file(run, row));
}

bool sg_run_build_sites(const struct sg_run *run, struct sg_table *table) {
    static const struct sg_column_words columns[] = {
        {"organization", NULL, "Organization", "", "Who offers the service", SG_COLUMN_TEXT},
        {"types", NULL, "Types", "", "Codes of the types of service, space separated", SG_COLUMN_TEXT},
        {"weight", NULL, "Weight", "", "Size of the service: 1 unless a weight field is named",
         SG_COLUMN_REAL},
        {"scope", NULL, "Scope", "", "For whom: universal, immigrant-specific or mixed", SG_COLUMN_TEXT},
        {"level", NULL, "Level", "", "Core (regular) or occasional", SG_COLUMN_TEXT},
        {"targets", NULL, "Target groups", "", "Groups that the service targets", SG_COLUMN_TEXT},
        {"area_id", NULL, "Area", "", "Id of the area that holds the site; empty = outside all",
         SG_COLUMN_TEXT},
        {"file", NULL, "File", "", "File that the service was read from", SG_COLUMN_TEXT},
        {"record", NULL, "Record", "", "Number of the record in it, 1 = first", SG_COLUMN_INTEGER},
        {"lon", NULL, "Longitude", "", "Degrees", SG_COLUMN_REAL},
        {"lat", NULL, "Latitude", "", "Degrees", SG_COLUMN_REAL}};
    sg_table_init(table, run->inventory.site_count);
    bool done = sg_table_add_columns(table, columns, sizeof columns / sizeof *columns);
    for (size_t row = 0; done && row < run->inventory.site_count; row++)
        done = fill_site(run, table, row);
    return done;
}
