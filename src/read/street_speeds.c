#include "read/street_speeds.h"

#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "read/look_through.h"

static const char *const class_names[] = {"class", "highway", "fclass", NULL};
static const char *const speed_names[] = {"kmh", "km_h", "speed_kmh", "speed", NULL};

/* Gives the speed to the classes of that name. False when out of memory. */
static bool set_speed(struct sg_street_layer *layer, const char *name, double kmh, bool *is_known) {
    char *wanted = sg_text_fold(name);
    bool done = wanted != NULL;
    for (size_t c = 0; done && c < layer->class_count; c++) {
        char *folded = sg_text_fold(layer->classes[c]);
        done = folded != NULL;
        if (done && strcmp(folded, wanted) == 0) {
            layer->class_speeds_kmh[c] = kmh;
            is_known[c] = true;
        }
        sg_free(folded);
    }
    sg_free(wanted);
    return done;
}

static enum sg_status read_rows(struct sg_dataset *dataset, int class_field, int speed_field,
                                struct sg_street_layer *layer, bool *is_known) {
    enum sg_status status = sg_dataset_look_through(dataset, &speed_field, 1, true);
    OGRFeatureH feature;
    while (status == SG_OK && (feature = sg_dataset_next(dataset)) != NULL) {
        char *name = sg_dataset_text_copy(dataset, feature, class_field);
        double kmh = sg_dataset_number(dataset, feature, speed_field, NULL);
        if (!(kmh >= 0.1) || !(kmh <= 300)) {
            const char *text = sg_dataset_text(dataset, feature, speed_field);
            status = sg_fail(dataset->context, SG_BAD_INPUT, "write kilometres per hour, from 0.1 to 300",
                             "%s, record %llu: '%.60s' is not a speed", dataset->path,
                             (unsigned long long)dataset->record, text == NULL ? "" : text);
        } else if (!set_speed(layer, name == NULL ? "" : name, kmh, is_known)) {
            status = sg_fail_memory(dataset->context);
        }
        sg_free(name);
        OGR_F_Destroy(feature);
    }
    return status == SG_OK ? sg_dataset_finish(dataset, "speeds") : status;
}

static enum sg_status tell_unknown(struct sg_context *context, const char *path,
                                   const struct sg_street_layer *layer, const bool *is_known) {
    struct sg_text list;
    sg_text_init(&list);
    size_t count = 0;
    for (size_t c = 0; c < layer->class_count; c++) {
        if (!is_known[c] && count++ < 8)
            sg_text_append_format(&list, "%s'%.40s' %g km/h", count == 1 ? "" : ", ", layer->classes[c],
                                  layer->class_speeds_kmh[c]);
    }
    enum sg_status status = list.failed ? sg_fail_memory(context) : SG_OK;
    if (status == SG_OK && count > 0)
        sg_note(context, "%s: %zu %s not in it: %s%s", path, count,
                sg_plural(count, "class is", "classes are"), sg_text_bytes(&list), count > 8 ? " ..." : "");
    sg_text_release(&list);
    return status;
}

enum sg_status sg_street_speeds_read(struct sg_context *context, const struct sg_source *source,
                                     struct sg_street_layer *layer) {
    struct sg_dataset dataset;
    bool *is_known = sg_alloc(layer->class_count, sizeof *is_known);
    if (is_known == NULL)
        return sg_fail_memory(context);
    enum sg_status status = sg_dataset_open(context, source, &dataset);
    if (status == SG_OK) {
        int class_field = sg_dataset_recognise(&dataset, class_names);
        int speed_field = sg_dataset_recognise(&dataset, speed_names);
        status = sg_dataset_check(&dataset);
        if (status == SG_OK && (class_field < 0 || speed_field < 0))
            status = sg_fail(context, SG_BAD_INPUT, "write a table with the headings class,kmh",
                             "%s: no column '%s'", source->path, class_field < 0 ? "class" : "kmh");
        if (status == SG_OK)
            status = read_rows(&dataset, class_field, speed_field, layer, is_known);
    }
    if (status == SG_OK)
        status = tell_unknown(context, source->path, layer, is_known);
    sg_dataset_release(&dataset);
    sg_free(is_known);
    return status;
}
