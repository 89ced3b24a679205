#include "read/street_finder.h"

#include <string.h>

#include "core/alloc.h"

static const char *const tag_names[] = {"highway", "fclass", NULL};
static const char *const other_names[] = {"other_tags", NULL};
static const char *const class_names[] = {"class",        "roadclass",   "road_class", "feature_code_desc",
                                          "street_class", "street_type", "type",       NULL};
static const char *const one_way_names[] = {"oneway", "one_way", "oneway_dir", "one_way_dir_code", NULL};

/* Of class fields, those that other lines have too. */
static const char *const any_class_names[] = {"class", "type", NULL};

/* Layers of a file that are looked at. */
enum { MOST_LAYERS = 100 };

struct sg_street_signs sg_street_signs_of(struct sg_dataset *dataset) {
    struct sg_street_signs signs = {-1, -1, -1, -1};
    signs.tags = sg_dataset_recognise(dataset, tag_names);
    if (signs.tags >= 0) {
        signs.other_tags = sg_dataset_recognise(dataset, other_names);
    } else {
        signs.class_field = sg_dataset_recognise(dataset, class_names);
        signs.one_way = sg_dataset_recognise(dataset, one_way_names);
    }
    return signs;
}

static bool is_lines(struct sg_dataset *dataset) {
    if (dataset->is_table)
        return false;
    OGRwkbGeometryType type = wkbFlatten(OGR_L_GetGeomType(dataset->layer));
    if (type != wkbUnknown && type != wkbGeometryCollection)
        return type == wkbLineString || type == wkbMultiLineString || type == wkbCompoundCurve
               || type == wkbMultiCurve || type == wkbCircularString;
    OGRFeatureH feature = OGR_L_GetNextFeature(dataset->layer);
    OGRGeometryH geometry = feature == NULL ? NULL : OGR_F_GetGeometryRef(feature);
    bool is = geometry != NULL && OGR_G_GetDimension(geometry) == 1;
    OGR_F_Destroy(feature);
    OGR_L_ResetReading(dataset->layer);
    return is;
}

/* Does the text hold one of the words, whatever its case and accents? Short ones begin one: abroad is no
 * road. */
static bool is_named_so(const char *text) {
    static const struct {
        const char *word;
        bool begins;
    } words[] = {{"street", false}, {"highway", false}, {"centreline", false}, {"centerline", false},
                 {"road", true},    {"rue", true},      {"voie", true}};
    char *folded = sg_text_fold(text);
    bool is = false;
    for (size_t i = 0; folded != NULL && !is && i < sizeof words / sizeof *words; i++) {
        for (const char *at = strstr(folded, words[i].word); !is && at != NULL;
             at = strstr(at + 1, words[i].word))
            is = !words[i].begins || at == folded || !(at[-1] >= 'a' && at[-1] <= 'z');
    }
    sg_free(folded);
    return is;
}

bool sg_is_street_layer(struct sg_dataset *dataset) {
    if (!is_lines(dataset))
        return false;
    struct sg_street_signs signs = sg_street_signs_of(dataset);
    if (signs.tags >= 0 || signs.one_way >= 0)
        return true;
    int any_class = sg_dataset_recognise(dataset, any_class_names);
    if (signs.class_field >= 0 && signs.class_field != any_class)
        return true;
    const char *slash = strrchr(dataset->path, '/');
    return is_named_so(OGR_L_GetName(dataset->layer)) || is_named_so(slash == NULL ? dataset->path : slash);
}

/* Each is opened by itself: a driver may not look at two layers at a time. */
enum sg_status sg_street_layer_find(const struct sg_dataset *dataset, char **ret_layer) {
    int count = GDALDatasetGetLayerCount(dataset->handle);
    enum sg_status status = SG_OK;
    *ret_layer = NULL;
    for (int i = 0; status == SG_OK && *ret_layer == NULL && count > 1 && i < count && i < MOST_LAYERS; i++) {
        struct sg_dataset one;
        struct sg_source source = {.path = dataset->path,
                                   .layer = OGR_L_GetName(GDALDatasetGetLayer(dataset->handle, i))};
        status = sg_dataset_open(dataset->context, &source, &one);
        if (status == SG_OK && sg_is_street_layer(&one)) {
            *ret_layer = sg_strdup(source.layer);
            status = *ret_layer == NULL ? sg_fail_memory(dataset->context) : SG_OK;
        }
        sg_dataset_release(&one);
    }
    return status;
}
