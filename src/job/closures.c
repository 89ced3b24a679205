/* closures.csv: for each type and place, who would be left without a service if it closed. */
#include "core/text.h"
#include "job/run.h"
#include "job/sites_table.h"
#include "write/layer_writer.h"

enum column {
    TYPE,
    LABEL,
    SITE,
    FILE_NAME = SITE + SG_SITE_CELLS,
    RECORD,
    LON,
    LAT,
    LOST,
    LOST_PCT,
    COLUMN_COUNT
};

static bool add_columns(struct sg_table *table) {
    static const struct sg_column_words columns[COLUMN_COUNT] = {
        {"type", NULL, "Type", "", "Code of the type of service; all = any type", SG_COLUMN_TEXT},
        {"label", NULL, "Label", "", "Name of the type", SG_COLUMN_TEXT},
        {"site", NULL, "Site", "",
         "Number of the service (its fid in the layer sites): the first of the type at its place; those at "
         "one "
         "place close together",
         SG_COLUMN_INTEGER},
        {"service_id", NULL, "Service", "", "Its own id, where --service-id names the field", SG_COLUMN_TEXT},
        {"organization", NULL, "Organization", "", "Who offers the service", SG_COLUMN_TEXT},
        {"types", NULL, "Types", "", "Codes of all its types, space separated", SG_COLUMN_TEXT},
        {"file", NULL, "File", "", "File that the service was read from", SG_COLUMN_TEXT},
        {"record", NULL, "Record", "", "Number of the record in it, 1 = first", SG_COLUMN_INTEGER},
        {"lon", NULL, "Longitude", "", "Degrees", SG_COLUMN_REAL},
        {"lat", NULL, "Latitude", "", "Degrees", SG_COLUMN_REAL},
        {"people_lost", NULL, "People lost", "people",
         "People with this place as the only one of the type within the (first) threshold", SG_COLUMN_REAL},
        {"people_lost_pct", NULL, "People lost, share", "%", "The same, of all people", SG_COLUMN_REAL}};
    return sg_table_add_columns(table, columns, COLUMN_COUNT);
}

static bool fill_row(const struct sg_run *run, const struct sg_site_loss *loss, struct sg_table *table,
                     size_t row) {
    bool is_all = loss->type == run->taxonomy.type_count;
    const struct sg_type *type = is_all ? NULL : &run->taxonomy.types[loss->type];
    const char *any = run->job->language == SG_FRENCH ? "Tous les services" : "Any service";
    const struct sg_point *at = &run->inventory.sites[loss->site].lon_lat_deg;
    struct sg_column *columns = table->columns;
    columns[RECORD].numbers[row] = (double)sg_inventory_source(&run->inventory, loss->site).record;
    columns[LON].numbers[row] = at->x;
    columns[LAT].numbers[row] = at->y;
    columns[LOST].numbers[row] = loss->people_lost;
    columns[LOST_PCT].numbers[row] = 100 * loss->people_lost / run->measures.total_population;
    return sg_column_set_text(&columns[TYPE], row, is_all ? "all" : type->code)
           && sg_column_set_text(&columns[LABEL], row, is_all ? any : sg_type_label(type, run->job->language))
           && sg_site_fill_cells(run, loss->site, &columns[SITE], row)
           && sg_column_set_text(&columns[FILE_NAME], row, sg_site_file(run, loss->site));
}

enum sg_status sg_run_write_closures(struct sg_run *run, struct sg_staging *staging) {
    const struct sg_measures *measures = &run->measures;
    if (measures->loss_count == 0)
        return SG_OK;
    struct sg_table table;
    sg_table_init(&table, measures->loss_count);
    bool done = add_columns(&table);
    for (size_t i = 0; done && i < measures->loss_count; i++)
        done = fill_row(run, &measures->losses[i], &table, i);
    enum sg_status status = done ? sg_table_write_csv(run->context, staging, "closures.csv", &table)
                                 : sg_fail_memory(run->context);
    sg_table_release(&table);
    return status == SG_OK ? sg_run_add_output(run, "closures.csv") : status;
}
