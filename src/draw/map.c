#include "draw/map.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/choropleth.h"
#include "draw/clean_text.h"
#include "draw/description.h"
#include "draw/inset.h"
#include "draw/kind_drawing.h"
#include "draw/label.h"
#include "draw/locator.h"
#include "draw/map_geometry.h"
#include "draw/map_page.h"
#include "draw/map_room.h"
#include "draw/multiples.h"
#include "draw/north_arrow.h"
#include "draw/output.h"
#include "draw/overlay.h"
#include "draw/page_layout.h"
#include "draw/place_name.h"
#include "draw/scale_bar.h"

void sg_map_init(struct sg_map *map) {
    *map = (struct sg_map){.language = SG_ENGLISH, .dpi = 200};
}

static void drawing_release(struct sg_drawing *drawing) {
    sg_map_geometry_release(drawing);
    sg_lettering_free(drawing->lettering);
    sg_map_style_release(&drawing->style);
    sg_theme_release(&drawing->theme);
    sg_box_list_release(&drawing->boxes);
    sg_free(drawing->key);
    sg_free(drawing->type_uses);
    sg_free(drawing->symbols);
    sg_free(drawing->circles);
}

static enum sg_status load(struct sg_drawing *drawing) {
    struct sg_context *context = drawing->context;
    const struct sg_map *map = drawing->map;
    enum sg_status status =
        sg_theme_read(context, map->theme != NULL ? map->theme : "council", &drawing->theme);
    if (status == SG_OK)
        status = sg_page_from_name(context, map->paper, map->portrait, &drawing->page);
    if (status != SG_OK)
        return status;
    sg_page_scale_theme(&drawing->page, &drawing->theme);
    status = sg_map_style_init(context, map, &drawing->theme, &drawing->style);
    if (status == SG_OK)
        status = sg_lettering_new(context, drawing->theme.families, drawing->theme.family_count,
                                  &drawing->lettering);
    if (status == SG_OK)
        status = sg_map_geometry_load(drawing);
    return status;
}

/* Types that appear anywhere must be counted before the legend is measured; where the symbols stand is known
   only after the map is fitted. */
static enum sg_status count_types(struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    if (map->site_count == 0 || map->taxonomy == NULL)
        return SG_OK;
    drawing->type_uses = sg_alloc(map->taxonomy->type_count, sizeof *drawing->type_uses);
    if (drawing->type_uses == NULL)
        return sg_fail_memory(drawing->context);
    for (size_t i = 0; i < map->site_count; i++) {
        if (map->sites[i].type < map->taxonomy->type_count)
            drawing->type_uses[map->sites[i].type]++;
        /* Room is kept for the entry even when no symbols come to share a place. */
        drawing->has_mixed_symbols = drawing->has_mixed_symbols || map->sites[i].type != map->sites[0].type;
    }
    return SG_OK;
}

/* One element drawn: a Cairo error is caught where it happened. */
static enum sg_status check(struct sg_drawing *drawing, const char *element) {
    if (sg_context_interrupted(drawing->context))
        return sg_fail(drawing->context, SG_INTERRUPTED, NULL, "interrupted while drawing the %s", element);
    cairo_status_t status = cairo_status(drawing->cairo);
    bool out_of_memory = drawing->out_of_memory || drawing->boxes.failed;
    if (status == CAIRO_STATUS_SUCCESS && !out_of_memory)
        return SG_OK;
    if (status == CAIRO_STATUS_NO_MEMORY || out_of_memory)
        return sg_fail_memory(drawing->context);
    return sg_fail(drawing->context, SG_DRAWING, NULL, "the %s could not be drawn: %s", element,
                   cairo_status_to_string(status));
}

static void draw_over(struct sg_drawing *drawing) {
    const struct sg_kind_drawing *kind = sg_kind_drawing(drawing);
    if (kind->draw_over != NULL)
        kind->draw_over(drawing);
}

struct element {
    const char *name;
    void (*draw)(struct sg_drawing *drawing);
};

/* The map itself, in the order in which its elements lie on each other. */
static const struct element map_elements[] = {
    {"context", sg_draw_context_shapes},  {"areas", sg_draw_area_fills},
    {"borders", sg_draw_area_borders},    {"streets", sg_draw_lines},
    {"regions", sg_draw_region_outlines}, {"circles and dots", draw_over},
};

/* What stands on it; on the first of a series only the arrow. */
enum { SERIES_FURNITURE = 2 };

static const struct element furniture[] = {
    {"scale bar", sg_draw_scale_bar}, {"north arrow", sg_draw_north_arrow}, {"sites", sg_draw_sites}};

/* What the labels and their key leave room for. */
static const struct element names[] = {{"place names", sg_draw_place_names},
                                       {"street names", sg_draw_street_names},
                                       {"locator", sg_draw_locator}};

static enum sg_status draw_elements(struct sg_drawing *drawing, const struct element *elements,
                                    size_t count) {
    enum sg_status status = SG_OK;
    for (size_t i = 0; i < count && status == SG_OK; i++) {
        elements[i].draw(drawing);
        status = check(drawing, elements[i].name);
    }
    return status;
}

static enum sg_status draw_map(struct sg_drawing *drawing) {
    return draw_elements(drawing, map_elements, sizeof map_elements / sizeof *map_elements);
}

/* One map in the frame, or a series of small ones. */
static enum sg_status draw_maps(struct sg_drawing *drawing, struct sg_page_layout *layout) {
    bool is_series = drawing->map->kind == SG_MAP_MULTIPLES;
    const struct sg_kind_drawing *kind = sg_kind_drawing(drawing);
    enum sg_status status =
        is_series ? sg_place_panels(drawing, &layout->frame) : sg_map_geometry_place(drawing, &layout->frame);
    if (status != SG_OK)
        return status;
    sg_box_list_add(&drawing->boxes, SG_BOX_FRAME, layout->frame.x, layout->frame.y, layout->frame.width,
                    layout->frame.height);
    if (!is_series)
        status = sg_make_room(drawing, &layout->legend);
    if (status == SG_OK)
        status = is_series ? sg_draw_panels(drawing, draw_map) : draw_map(drawing);
    if (status == SG_OK)
        status = draw_elements(drawing, furniture,
                               is_series ? SERIES_FURNITURE : sizeof furniture / sizeof *furniture);
    if (status == SG_OK && !is_series)
        status = sg_draw_inset(drawing, draw_map);
    if (status == SG_OK && !is_series)
        status = sg_draw_labels(drawing, &layout->legend);
    if (status == SG_OK && !is_series)
        status = check(drawing, "labels");
    if (status == SG_OK && !is_series)
        status = draw_elements(drawing, names, sizeof names / sizeof *names);
    if (status == SG_OK && kind->draw_last != NULL) {
        kind->draw_last(drawing);
        status = check(drawing, "names of classes");
    }
    return status;
}

static enum sg_status draw_page(struct sg_drawing *drawing) {
    struct sg_page_layout layout;
    sg_set_colour(drawing->cairo, drawing->theme.colours.paper);
    cairo_paint(drawing->cairo);
    sg_count_lines(drawing);
    if (sg_kind_drawing(drawing)->choose != NULL)
        sg_kind_drawing(drawing)->choose(drawing);
    enum sg_status status = count_types(drawing);
    if (status == SG_OK)
        status = sg_page_layout(drawing, &layout);
    if (status == SG_OK)
        status = draw_maps(drawing, &layout);
    if (status != SG_OK)
        return status;
    sg_legend_draw(drawing, &layout.legend);
    status = check(drawing, "legend");
    if (status != SG_OK)
        return status;
    sg_draw_credits(drawing);
    return check(drawing, "credits");
}

static enum sg_status write_page(struct sg_drawing *drawing, const char *path) {
    struct sg_output output;
    enum sg_output_format format;
    enum sg_status status = sg_output_format_of(drawing->context, path, &format);
    if (status != SG_OK)
        return status;
    status = sg_output_open(drawing->context, &output, format, &drawing->page, drawing->map->dpi);
    drawing->cairo = output.cairo;
    if (status == SG_OK)
        status = draw_page(drawing);
    if (status == SG_OK) {
        char *title = sg_text_clean(drawing->map->title, false);
        char *description = sg_describe_map(drawing);
        struct sg_output_words words = {title, description, drawing->map->created};
        status = title == NULL || description == NULL
                     ? sg_fail_memory(drawing->context)
                     : sg_output_write(drawing->context, &output, &words, path);
        sg_free(title);
        sg_free(description);
    }
    sg_output_release(&output);
    return status;
}

enum sg_status sg_map_write(struct sg_context *context, const struct sg_map *map, const char *path,
                            struct sg_map_report *ret_report) {
    struct sg_drawing drawing = {.context = context, .map = map};
    enum sg_status status = load(&drawing);
    if (status == SG_OK)
        status = write_page(&drawing, path);
    if (status == SG_OK)
        sg_lettering_warn(context, drawing.lettering);
    if (status == SG_OK && ret_report != NULL)
        *ret_report = drawing.report;
    drawing_release(&drawing);
    return status;
}

enum sg_status sg_map_lay_out(struct sg_context *context, const struct sg_map *map, struct sg_page *ret_page,
                              struct sg_box_list *ret_boxes, struct sg_map_report *ret_report) {
    struct sg_drawing drawing = {.context = context, .map = map};
    enum sg_status status = load(&drawing);
    if (status == SG_OK) {
        cairo_rectangle_t extents = {0, 0, drawing.page.width_pt, drawing.page.height_pt};
        cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, &extents);
        drawing.cairo = cairo_create(surface);
        status = draw_page(&drawing);
        cairo_destroy(drawing.cairo);
        cairo_surface_destroy(surface);
    }
    if (status == SG_OK) {
        *ret_page = drawing.page;
        *ret_boxes = drawing.boxes;
        *ret_report = drawing.report;
        drawing.boxes = (struct sg_box_list){0};
    }
    drawing_release(&drawing);
    return status;
}

enum sg_status sg_map_panels_per_page(struct sg_context *context, const struct sg_map *map,
                                      size_t *ret_count) {
    struct sg_theme theme;
    struct sg_page page;
    enum sg_status status = sg_theme_read(context, map->theme != NULL ? map->theme : "council", &theme);
    if (status != SG_OK)
        return status;
    status = sg_page_from_name(context, map->paper, map->portrait, &page);
    if (status == SG_OK) {
        sg_page_scale_theme(&page, &theme);
        const double frame = 0.6; /* of the page, at least */
        double title = 2.4 * theme.sizes.legend_text, least = theme.spacing.panel_least;
        double panel = least * (least + title);
        *ret_count = (size_t)fmax(floor(frame * page.width_pt * page.height_pt / panel), 1);
    }
    sg_theme_release(&theme);
    return status;
}

enum sg_status sg_map_check_name(struct sg_context *context, const char *name) {
    enum sg_output_format format;
    return sg_output_format_of(context, name, &format);
}

const char *sg_cairo_version(void) {
    return cairo_version_string();
}
