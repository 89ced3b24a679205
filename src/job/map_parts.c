#include "job/map_parts.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "read/taxonomy_reader.h"

enum sg_status sg_map_layers_read(struct sg_context *context, const struct sg_map_request *request,
                                  const struct sg_crs *crs, struct sg_map_layers *ret_layers) {
    struct sg_map_layers layers = {0};
    enum sg_status status = SG_OK;
    if (request->streets != NULL) {
        struct sg_source source = {.path = request->streets, .where = request->streets_where};
        status = sg_streets_read(context, &source, crs, &layers.streets);
    }
    if (status == SG_OK && request->land != NULL) {
        struct sg_source source = {.path = request->land};
        status = sg_backdrop_read(context, &source, false, crs, &layers.backdrop);
    }
    if (status == SG_OK && request->water != NULL) {
        struct sg_source source = {.path = request->water};
        status = sg_backdrop_read(context, &source, true, crs, &layers.backdrop);
    }
    if (status != SG_OK) {
        sg_map_layers_release(&layers);
        return status;
    }
    *ret_layers = layers;
    return SG_OK;
}

void sg_map_layers_release(struct sg_map_layers *layers) {
    sg_streets_release(&layers->streets);
    sg_backdrop_release(&layers->backdrop);
}

bool sg_overlay_make(const struct sg_map_layers *layers, struct sg_overlay *overlay, struct sg_map *map) {
    overlay->lines = sg_alloc(layers->streets.count, sizeof *overlay->lines);
    overlay->shapes = sg_alloc(layers->backdrop.count, sizeof *overlay->shapes);
    if (overlay->lines == NULL || overlay->shapes == NULL)
        return false;
    for (size_t i = 0; i < layers->streets.count; i++) {
        const struct sg_street *street = &layers->streets.streets[i];
        overlay->lines[i] = (struct sg_map_line){street->line, street->name, street->class_rank};
    }
    for (size_t i = 0; i < layers->backdrop.count; i++) {
        const struct sg_backdrop_shape *shape = &layers->backdrop.shapes[i];
        overlay->shapes[i] = (struct sg_map_context_shape){&shape->shape, shape->is_water, shape->name};
    }
    map->lines = overlay->lines;
    map->line_count = layers->streets.count;
    map->context_shapes = overlay->shapes;
    map->context_shape_count = layers->backdrop.count;
    return true;
}

void sg_overlay_release(struct sg_overlay *overlay) {
    sg_free(overlay->lines);
    sg_free(overlay->shapes);
    *overlay = (struct sg_overlay){0};
}

void sg_map_apply_request(const struct sg_map_request *request, const struct sg_job *job,
                          struct sg_map *map) {
    map->language = job->language;
    map->scheme = request->scheme;
    /* classes about a middle want colours about a middle */
    if (map->scheme == NULL && request->has_method
        && (request->method == SG_BREAKS_BOXPLOT || request->method == SG_BREAKS_STDDEV)) {
        map->scheme = "PuOr";
        map->scheme_is_usual = true;
    }
    map->reverse_scheme = request->reverse;
    map->force_palette = request->force_palette;
    map->theme = request->theme;
    map->source = request->source != NULL ? request->source : job->source;
    map->credit = request->credit != NULL ? request->credit : job->credit;
    map->note = request->note;
    map->paper = request->paper;
    map->portrait = request->portrait;
    if (request->dpi > 0)
        map->dpi = request->dpi;
    map->display_crs = request->crs;
    map->rotate_deg = -request->rotate_deg; /* clockwise, as QGIS counts it */
    map->no_labels = request->labels != NULL && strcmp(request->labels, "none") == 0;
    map->area_word = job->language == SG_FRENCH ? "quartiers" : "neighbourhoods";
}

static const char *method_name(enum sg_break_method method, enum sg_language language) {
    static const char *const french[] = {"quantiles",          "Fisher-Jenks",       "intervalles égaux",
                                         "nombres ronds",      "écarts types",       "tête-queue",
                                         "boîte à moustaches", "plus grands écarts", "limites choisies"};
    static const char *const english[] = {"quantiles",     "Fisher-Jenks",        "equal intervals",
                                          "round numbers", "standard deviations", "head/tail",
                                          "box plot",      "largest gaps",        "fixed limits"};
    return language == SG_FRENCH ? french[method] : english[method];
}

char *sg_map_method_sentence(const char *start, const struct sg_classification *classes,
                             enum sg_language language) {
    bool french = language == SG_FRENCH;
    struct sg_text text;
    sg_text_init(&text);
    sg_text_append(&text, start);
    if (start[0] != '\0')
        sg_text_append(&text, start[strlen(start) - 1] == '.' ? " " : ". ");
    if (classes != NULL && classes->class_count > 1) {
        sg_text_append_format(&text, "Classes%s: %s", french ? " " : "",
                              method_name(classes->method, language));
        if (classes->reduced_from > 0)
            sg_text_append_format(&text, french ? " (%zu au lieu de %zu)" : " (%zu instead of %zu)",
                                  classes->class_count, classes->reduced_from);
        sg_text_append(&text, ". ");
    }
    sg_text_append_format(&text, "servicegap %s.", SG_VERSION);
    return sg_text_take(&text);
}

enum sg_status sg_map_note_after(struct sg_context *context, const char *own, char **note) {
    if (own == NULL)
        return SG_OK;
    char *both = sg_format("%s%s%s", own, (*note)[0] != '\0' ? " " : "", *note);
    if (both == NULL)
        return sg_fail_memory(context);
    sg_free(*note);
    *note = both;
    return SG_OK;
}

struct sg_map_region *sg_map_regions_from(const struct sg_area_layer *layer) {
    struct sg_map_region *regions = sg_alloc(layer->region_count, sizeof *regions);
    for (size_t i = 0; regions != NULL && i < layer->region_count; i++)
        regions[i] = (struct sg_map_region){layer->regions[i].name, layer->regions[i].areas,
                                            layer->regions[i].area_count};
    return regions;
}

void sg_map_say_labels(struct sg_context *context, const char *output, const struct sg_map_report *report) {
    sg_detail(context,
              "%s: %zu areas named (%zu abbreviated, %zu beside the map), %zu numbered with a key, %zu left "
              "without a label",
              output, report->labels_drawn, report->labels_abbreviated, report->labels_led,
              report->labels_keyed, report->labels_dropped);
    if (report->labels_dropped > 0)
        sg_warn(context, "larger paper has room for more (--paper tabloid); --labels none leaves all out",
                "%s: %zu of %zu areas %s neither name nor number", output, report->labels_dropped,
                report->labels_drawn + report->labels_keyed + report->labels_dropped,
                sg_plural(report->labels_dropped, "has", "have"));
}

/* ---- a file of points ---- */

struct point_reading {
    struct sg_context *context;
    struct sg_point_file *file;
    const struct sg_crs *to;
    struct sg_transformation *transformation;
};

static enum sg_status begin_points(void *user, const struct sg_crs *crs) {
    struct point_reading *reading = user;
    return sg_transformation_new(reading->context, crs, reading->to, &reading->transformation);
}

static enum sg_status add_points(void *user, struct sg_site_batch *batch) {
    struct point_reading *reading = user;
    struct sg_point_file *file = reading->file;
    for (size_t i = 0; i < batch->count; i++) {
        struct sg_site_entry *entry = &batch->entries[i];
        entry->lon_lat_deg = (struct sg_point){NAN, NAN};
        if (entry->outcome != SG_SITE_COUNTED)
            continue;
        struct sg_point point = entry->point;
        if (sg_transform_points(reading->transformation, &point, 1) > 0)
            continue;
        if (!sg_reserve(&file->sites, &file->capacity, file->count + entry->type_count, sizeof *file->sites))
            return sg_fail_memory(reading->context);
        for (uint32_t t = 0; t < entry->type_count; t++)
            file->sites[file->count++] = (struct sg_map_site){point, entry->types[t]};
    }
    return SG_OK;
}

enum sg_status sg_point_file_read(struct sg_context *context, const char *path, const struct sg_job *job,
                                  const struct sg_crs *to, struct sg_point_file *ret_file) {
    struct sg_point_file file = {0};
    struct point_reading reading = {.context = context, .file = &file, .to = to};
    struct sg_source source = {.path = path, .encoding = job->encoding};
    struct sg_site_fields fields = {0};
    struct sg_site_input input = {0};
    if (job->service_count > 0)
        fields = job->services[0].fields;
    struct sg_name_index *organizations = sg_name_index_new(), *words = sg_name_index_new();
    enum sg_status status = organizations == NULL || words == NULL
                                ? sg_fail_memory(context)
                                : sg_taxonomy_read(context, job->taxonomy, &file.taxonomy);
    if (status == SG_OK && job->rules != NULL)
        status = sg_rules_read(context, job->rules, &file.taxonomy);
    if (status == SG_OK)
        status = sg_sites_read(context, &source, &fields, &file.taxonomy, organizations, words, NULL,
                               begin_points, add_points, &reading, NULL, &input);
    if (status == SG_OK && input.outcomes[SG_SITE_COUNTED] != input.counts.read)
        sg_warn(context, "`servicegap check` says why", "%s: %llu of %llu records %s no place on the map",
                path, (unsigned long long)(input.counts.read - input.outcomes[SG_SITE_COUNTED]),
                (unsigned long long)input.counts.read,
                sg_plural(input.counts.read - input.outcomes[SG_SITE_COUNTED], "has", "have"));
    sg_site_input_release(&input);
    sg_transformation_free(reading.transformation);
    sg_name_index_free(organizations);
    sg_name_index_free(words);
    if (status != SG_OK) {
        sg_point_file_release(&file);
        return status;
    }
    *ret_file = file;
    return SG_OK;
}

void sg_point_file_release(struct sg_point_file *file) {
    sg_free(file->sites);
    sg_taxonomy_release(&file->taxonomy);
    *file = (struct sg_point_file){0};
}
