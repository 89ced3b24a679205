#include "draw/page_layout.h"

#include <math.h>
#include <stdio.h>

#include "core/alloc.h"

/* Draws (or measures) a wrapped text over the page's width; returns its height. */
static double paragraph(struct sg_drawing *drawing, const char *words, struct sg_text_style style, double y,
                        enum sg_box_kind kind, bool is_dry) {
    char *text = sg_drawing_clean(drawing, words);
    double height = 0;
    if (text != NULL && text[0] != '\0') {
        double margin = drawing->theme.spacing.margin;
        style.width_pt = drawing->page.width_pt - 2 * margin;
        height = sg_lettering_measure(drawing->lettering, text, &style).height;
        if (!is_dry) {
            sg_lettering_draw(drawing->lettering, drawing->cairo, text, &style, margin, y);
            sg_box_list_add(&drawing->boxes, kind, margin, y, style.width_pt, height);
        }
    }
    sg_free(text);
    return height;
}

/* A finding is one line, or two; a longer one is set smaller before it takes a third. */
static double title_size(struct sg_drawing *drawing, const struct sg_text_style *style) {
    double size = style->size_pt;
    for (int step = 0; step < 5; step++) {
        struct sg_text_style smaller = *style;
        smaller.size_pt = size;
        double height = paragraph(drawing, drawing->map->title, smaller, 0, SG_BOX_TITLE, true);
        if (height <= 2.6 * size)
            break;
        size *= 0.93;
    }
    return size;
}

static double draw_title_block(struct sg_drawing *drawing) {
    const struct sg_theme *theme = &drawing->theme;
    double top = theme->spacing.margin, y = top;
    struct sg_text_style title = sg_style_of(theme->sizes.title, theme->weights.title, theme->colours.text);
    title.size_pt = title_size(drawing, &title);
    struct sg_text_style subtitle =
        sg_style_of(theme->sizes.subtitle, theme->weights.subtitle, theme->colours.quiet_text);
    y += paragraph(drawing, drawing->map->title, title, y, SG_BOX_TITLE, false);
    if (y > top)
        y += theme->sizes.subtitle * 0.25;
    double height = paragraph(drawing, drawing->map->subtitle, subtitle, y, SG_BOX_SUBTITLE, false);
    y += height;
    return y > top ? y + theme->spacing.gap * 0.75 : y;
}

/* "Method: ... NAD83 / UTM zone 17N (EPSG:26917), turned 16.5°." */
static void append_method(struct sg_text *text, const struct sg_drawing *drawing) {
    const struct sg_map_frame *frame = &drawing->frame;
    enum sg_language language = drawing->map->language;
    if (drawing->map->method != NULL && drawing->map->method[0] != '\0') {
        sg_text_append(text, sg_word(SG_WORD_METHOD, language));
        sg_text_append(text, drawing->map->method);
        char last = text->length > 0 ? text->bytes[text->length - 1] : '.';
        sg_text_append(text, last == '.' ? " " : ". ");
    }
    sg_text_append(text, sg_crs_name(frame->display));
    if (sg_crs_code(frame->display)[0] != '\0')
        sg_text_append_format(text, " (%s)", sg_crs_code(frame->display));
    if (frame->turn_deg != 0) {
        struct sg_text turn;
        sg_text_init(&turn);
        sg_append_number(&turn, fabs(frame->turn_deg), sg_decimals_of(frame->turn_deg), language);
        sg_text_append(text, ", ");
        sg_text_append_format(text, sg_word(SG_WORD_TURNED, language), sg_text_bytes(&turn));
        text->failed = text->failed || turn.failed;
        sg_text_release(&turn);
    }
    sg_text_append(text, ".");
}

/* The paragraphs at the foot, from the top; measures when y is not on the page yet. */
static double credits(struct sg_drawing *drawing, double y, bool is_dry) {
    const struct sg_theme *theme = &drawing->theme;
    const struct sg_map *map = drawing->map;
    struct sg_text_style style =
        sg_style_of(theme->sizes.credit, theme->weights.credit, theme->colours.quiet_text);
    style.leading = 1.28;
    struct sg_text lines[3];
    for (int i = 0; i < 3; i++)
        sg_text_init(&lines[i]);
    if (map->note != NULL && map->note[0] != '\0')
        sg_text_append_format(&lines[0], "%s%s", sg_word(SG_WORD_NOTE, map->language), map->note);
    if (map->source != NULL && map->source[0] != '\0')
        sg_text_append_format(&lines[1], "%s%s", sg_word(SG_WORD_SOURCES, map->language), map->source);
    if (map->credit != NULL && map->credit[0] != '\0') {
        bool has_stop = lines[1].length > 0 && lines[1].bytes[lines[1].length - 1] == '.';
        sg_text_append_format(&lines[1], "%s%s",
                              lines[1].length == 0 ? ""
                              : has_stop           ? " "
                                                   : ". ",
                              map->credit);
    }
    append_method(&lines[2], drawing);
    double height = 0;
    for (int i = 0; i < 3; i++) {
        height += paragraph(drawing, sg_text_bytes(&lines[i]), style, y + height, SG_BOX_CREDIT, is_dry);
        sg_drawing_release_text(drawing, &lines[i]);
    }
    return height;
}

void sg_draw_credits(struct sg_drawing *drawing) {
    double height = credits(drawing, 0, true);
    credits(drawing, drawing->page.height_pt - drawing->theme.spacing.margin - height, false);
}

/* The turn is not known yet and may take a line more: the widest is assumed. */
static double credits_height(struct sg_drawing *drawing) {
    double turn = drawing->frame.turn_deg;
    drawing->frame.turn_deg = isnan(drawing->map->rotate_deg) ? -44.5 : drawing->map->rotate_deg;
    double height = credits(drawing, 0, true);
    drawing->frame.turn_deg = turn;
    return height;
}

/* Beside the map: one column. */
static void layout_beside(struct sg_drawing *drawing, double top, double bottom,
                          struct sg_page_layout *layout) {
    const struct sg_spacing *space = &drawing->theme.spacing;
    const double least_frame = 0.605; /* of the page */
    double width = drawing->page.width_pt - 2 * space->margin - space->gap;
    double frame = least_frame * drawing->page.width_pt * drawing->page.height_pt / (bottom - top);
    double legend_width = sg_legend_width(drawing, bottom - top, width - frame);
    double right = drawing->page.width_pt - space->margin;
    struct sg_rectangle column = {right - legend_width, top, legend_width, bottom - top};
    sg_legend_plan(drawing, &column, 1, &layout->legend);
    layout->frame =
        (struct sg_rectangle){space->margin, top, column.x - space->gap - space->margin, bottom - top};
}

/* Under the map: as many columns as have room, as low as they can be. */
static void layout_below(struct sg_drawing *drawing, double top, double bottom,
                         struct sg_page_layout *layout) {
    const struct sg_spacing *space = &drawing->theme.spacing;
    double width = drawing->page.width_pt - 2 * space->margin;
    int columns = (int)floor((width + 2 * space->gap) / (space->legend_narrow + 2 * space->gap));
    columns = columns < 1 ? 1 : columns > 3 ? 3 : columns;
    double least = (bottom - top) * 0.12, most = (bottom - top) * 0.42;
    double height = least;
    struct sg_rectangle row = {space->margin, top, width, height};
    for (; height < most; height += space->gap * 0.5) {
        row.height = height;
        if (sg_legend_plan(drawing, &row, columns, &layout->legend) <= height && layout->legend.has_histogram)
            break;
    }
    row.height = height;
    row.y = bottom - height;
    sg_legend_plan(drawing, &row, columns, &layout->legend);
    layout->frame = (struct sg_rectangle){space->margin, top, width, row.y - space->gap - top};
}

enum sg_status sg_page_layout(struct sg_drawing *drawing, struct sg_page_layout *ret_layout) {
    const struct sg_spacing *space = &drawing->theme.spacing;
    double top = draw_title_block(drawing);
    double foot = credits_height(drawing);
    double bottom = drawing->page.height_pt - space->margin - foot - space->gap * 0.6;
    if (drawing->page.width_pt >= drawing->page.height_pt)
        layout_beside(drawing, top, bottom, ret_layout);
    else
        layout_below(drawing, top, bottom, ret_layout);
    if (ret_layout->frame.width < 40 || ret_layout->frame.height < 40)
        return sg_fail(drawing->context, SG_DRAWING, "choose larger paper, or shorten title and notes",
                       "the words leave no room for the map on this page");
    return SG_OK;
}
