#include "draw/page_layout.h"

#include <math.h>
#include <stdio.h>

#include "core/alloc.h"

/* Draws (or measures) a wrapped text over the page's width; returns its height. */
static double paragraph(struct sg_drawing *drawing, const char *words, struct sg_text_style style, double y,
                        enum sg_box_kind kind, bool is_dry) {
    char *text = sg_text_clean_paragraph(words);
    drawing->out_of_memory = drawing->out_of_memory || text == NULL;
    double height = 0;
    if (text != NULL && text[0] != '\0') {
        double margin = drawing->theme.spacing.margin;
        style.width_pt = drawing->page.width_pt - 2 * margin;
        height = sg_lettering_measure(drawing->lettering, text, &style).height;
        if (!is_dry) {
            double width = style.width_pt;
            if (kind == SG_BOX_TITLE)
                sg_lettering_break_after_colon(drawing->lettering, text, &style);
            if (kind != SG_BOX_CREDIT)
                style.width_pt = sg_lettering_even_width(drawing->lettering, text, &style);
            sg_lettering_draw(drawing->lettering, drawing->cairo, text, &style, margin, y);
            sg_box_list_add(&drawing->boxes, kind, margin, y, width, height);
            sg_box_list_set_type(&drawing->boxes, style.size_pt);
        }
    }
    sg_free(text);
    return height;
}

/* The size, in so many steps down from the theme's, at which the title takes so many lines at most; 0 when
   it does not. */
static double size_for_lines(struct sg_drawing *drawing, struct sg_text_style style, int lines, int steps) {
    for (int step = 0; step <= steps; step++) {
        double height = paragraph(drawing, drawing->map->title, style, 0, SG_BOX_TITLE, true);
        if (height <= (1.3 * lines) * style.size_pt)
            return style.size_pt;
        style.size_pt *= 0.93;
    }
    return 0;
}

/* A finding is one line, if need be set a little smaller, or two; a longer one is set smaller before it
   takes a third. */
static double title_size(struct sg_drawing *drawing, const struct sg_text_style *style) {
    enum { A_LITTLE = 2, MOST = 5 };
    double size = size_for_lines(drawing, *style, 1, A_LITTLE);
    if (size == 0)
        size = size_for_lines(drawing, *style, 2, MOST);
    return size > 0 ? size : style->size_pt * pow(0.93, MOST);
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

/* "NAD83 / UTM zone 17N (EPSG:26917)", "Transverse Mercator, centred on 79.38° W". */
static void append_crs(struct sg_text *text, const struct sg_crs *crs, enum sg_language language) {
    double centre_deg;
    const char *method = sg_crs_method(crs, &centre_deg);
    if (method == NULL || isnan(centre_deg)) {
        sg_text_append(text, sg_crs_name(crs));
        if (sg_crs_code(crs)[0] != '\0')
            sg_text_append_format(text, " (%s)", sg_crs_code(crs));
        return;
    }
    struct sg_text degrees;
    sg_text_init(&degrees);
    sg_append_number(&degrees, fabs(centre_deg), 2, language);
    sg_text_append_format(text,
                          sg_word(centre_deg < 0 ? SG_WORD_CENTRED_WEST : SG_WORD_CENTRED_EAST, language),
                          method, sg_text_bytes(&degrees));
    text->failed = text->failed || degrees.failed;
    sg_text_release(&degrees);
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
    append_crs(text, frame->display, language);
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

/* "12 of 158 neighbourhoods have neither name nor number here." */
static void append_unnamed(struct sg_text *text, const struct sg_drawing *drawing, size_t unnamed,
                           size_t all) {
    const struct sg_map *map = drawing->map;
    const char *noun = map->area_word != NULL ? map->area_word : sg_word(SG_WORD_AREAS, map->language);
    struct sg_text counts[2];
    const size_t numbers[] = {unnamed, all};
    for (int i = 0; i < 2; i++) {
        sg_text_init(&counts[i]);
        sg_append_number(&counts[i], (double)numbers[i], 0, map->language);
    }
    sg_text_append(text, " ");
    sg_text_append_format(text, sg_word(unnamed == 1 ? SG_WORD_ONE_UNNAMED : SG_WORD_UNNAMED, map->language),
                          sg_text_bytes(&counts[0]), sg_text_bytes(&counts[1]), noun);
    for (int i = 0; i < 2; i++) {
        text->failed = text->failed || counts[i].failed;
        sg_text_release(&counts[i]);
    }
}

/* The paragraphs at the foot, from the top; measures when y is not on the page yet. */
static double credits(struct sg_drawing *drawing, double y, size_t unnamed, size_t all, bool is_dry) {
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
    if (unnamed > 0)
        append_unnamed(&lines[2], drawing, unnamed, all);
    double height = 0;
    for (int i = 0; i < 3; i++) {
        height += paragraph(drawing, sg_text_bytes(&lines[i]), style, y + height, SG_BOX_CREDIT, is_dry);
        sg_drawing_release_text(drawing, &lines[i]);
    }
    return height;
}

void sg_draw_credits(struct sg_drawing *drawing) {
    const struct sg_map_report *report = &drawing->report;
    size_t unnamed = report->labels_dropped;
    size_t all = report->labels_drawn + report->labels_keyed + unnamed;
    double height = credits(drawing, 0, unnamed, all, true);
    if (height > drawing->foot_pt + 0.01) { /* so few that no line was kept for it: the warning says it */
        unnamed = 0;
        height = credits(drawing, 0, unnamed, all, true);
    }
    credits(drawing, drawing->page.height_pt - drawing->theme.spacing.margin - height, unnamed, all, false);
}

/* Are there so many areas for the page that some may have no name? */
static bool may_lack_names(const struct sg_drawing *drawing) {
    const double roomy = 120; /* squares of the labels' type for each area */
    const struct sg_map *map = drawing->map;
    double label = drawing->theme.sizes.label, page = drawing->page.width_pt * drawing->page.height_pt;
    return !map->no_labels && map->kind != SG_MAP_MULTIPLES
           && (double)map->area_count * label * label * roomy > page;
}

/* The turn is not known yet, nor how many of many areas will have no name: the widest is assumed. */
static double credits_height(struct sg_drawing *drawing) {
    const struct sg_map *map = drawing->map;
    double turn = drawing->frame.turn_deg;
    drawing->frame.turn_deg = isnan(map->rotate_deg) ? -44.5 : map->rotate_deg;
    double height = credits(drawing, 0, may_lack_names(drawing) ? map->area_count : 0, map->area_count, true);
    drawing->frame.turn_deg = turn;
    return height;
}

/* The legend set smaller, where it has more to say than there is room for; never under the least type. */
static void shrink_legend(struct sg_theme *theme, double factor) {
    double least = theme->sizes.label_least;
    double *sizes[] = {&theme->sizes.legend_title, &theme->sizes.legend_text, &theme->sizes.histogram};
    for (int i = 0; i < 3; i++)
        *sizes[i] = fmax(*sizes[i] * factor, fmin(*sizes[i], least));
    theme->spacing.swatch_width *= factor;
    theme->spacing.swatch_height *= factor;
    theme->spacing.row_gap *= factor;
    theme->spacing.symbol *= fmax(factor, 0.9);
}

static const double least_frame = 0.605; /* of the page, where the words leave so much */
static const double factors[] = {1, 0.9, 0.8, 0.7};

enum { FACTOR_COUNT = sizeof factors / sizeof factors[0] };

/* Beside the map in so many columns; true when the legend has room. */
static bool try_beside(struct sg_drawing *drawing, double top, double bottom, int columns,
                       struct sg_page_layout *layout) {
    const struct sg_spacing *space = &drawing->theme.spacing;
    double width = drawing->page.width_pt - 2 * space->margin - space->gap;
    double frame = least_frame * drawing->page.width_pt * drawing->page.height_pt / (bottom - top);
    double legend_width = columns == 1 ? sg_legend_width(drawing, bottom - top, width - frame)
                                       : columns * space->legend_narrow + (columns - 1) * 2 * space->gap;
    legend_width = fmin(legend_width, width * 0.6);
    double right = drawing->page.width_pt - space->margin;
    struct sg_rectangle column = {right - legend_width, top, legend_width, bottom - top};
    double needed = sg_legend_plan(drawing, &column, columns, &layout->legend);
    layout->frame =
        (struct sg_rectangle){space->margin, top, column.x - space->gap - space->margin, bottom - top};
    return needed <= bottom - top + 0.01;
}

/* One column, set smaller if need be, before the legend folds into more. */
static bool layout_beside(struct sg_drawing *drawing, double top, double bottom,
                          struct sg_page_layout *layout) {
    const struct sg_theme full = drawing->theme;
    for (int columns = 1; columns <= 3; columns++) {
        for (int i = 0; i < FACTOR_COUNT; i++) {
            drawing->theme = full;
            shrink_legend(&drawing->theme, factors[i]);
            if (try_beside(drawing, top, bottom, columns, layout))
                return true;
        }
    }
    return false;
}

/* Under the map in as many columns as have room, as low as they can be. */
static bool try_below(struct sg_drawing *drawing, double top, double bottom, double most_share,
                      struct sg_page_layout *layout) {
    const struct sg_spacing *space = &drawing->theme.spacing;
    const double least_share = 0.12;
    double width = drawing->page.width_pt - 2 * space->margin;
    int columns = (int)floor((width + 2 * space->gap) / (space->legend_narrow + 2 * space->gap));
    columns = columns < 1 ? 1 : columns > 3 ? 3 : columns;
    double step = space->gap * 0.5;
    double frame = least_frame * drawing->page.width_pt * drawing->page.height_pt / width;
    double height = (bottom - top) * least_share, most = (bottom - top) * most_share, needed = INFINITY;
    struct sg_rectangle row = {space->margin, top, width, height};
    for (; height < most; height += step) {
        row.height = height;
        needed = sg_legend_plan(drawing, &row, columns, &layout->legend);
        bool map_would_be_small = bottom - height - 2 * step - space->gap - top < frame;
        if (needed <= height && (layout->legend.has_histogram || map_would_be_small))
            break;
    }
    row.height = height;
    row.y = bottom - height;
    needed = sg_legend_plan(drawing, &row, columns, &layout->legend);
    layout->frame = (struct sg_rectangle){space->margin, top, width, row.y - space->gap - top};
    return needed <= height + 0.01;
}

static bool layout_below(struct sg_drawing *drawing, double top, double bottom,
                         struct sg_page_layout *layout) {
    const struct sg_spacing *space = &drawing->theme.spacing;
    double frame = least_frame * drawing->page.width_pt * drawing->page.height_pt
                   / (drawing->page.width_pt - 2 * space->margin);
    /* What leaves the map its share of the page; then what a long legend may take. */
    const double shares[] = {1 - (frame + space->gap) / (bottom - top), 0.42, 0.6};
    const struct sg_theme full = drawing->theme;
    for (int s = 0; s < 3; s++) {
        for (int i = 0; i < FACTOR_COUNT; i++) {
            drawing->theme = full;
            shrink_legend(&drawing->theme, factors[i]);
            if (try_below(drawing, top, bottom, shares[s], layout))
                return true;
        }
    }
    return false;
}

enum sg_status sg_page_layout(struct sg_drawing *drawing, struct sg_page_layout *ret_layout) {
    const struct sg_spacing *space = &drawing->theme.spacing;
    double top = draw_title_block(drawing);
    drawing->foot_pt = credits_height(drawing);
    double bottom = drawing->page.height_pt - space->margin - drawing->foot_pt - space->gap * 0.6;
    bool is_wide = drawing->page.width_pt >= drawing->page.height_pt;
    bool has_room = is_wide ? layout_beside(drawing, top, bottom, ret_layout)
                            : layout_below(drawing, top, bottom, ret_layout);
    if (!has_room)
        return sg_fail(drawing->context, SG_DRAWING,
                       "choose larger paper, shorter words, or fewer types of service",
                       "the legend has no room on this page");
    if (ret_layout->frame.width < 40 || ret_layout->frame.height < 40)
        return sg_fail(drawing->context, SG_DRAWING, "choose larger paper, or shorten title and notes",
                       "the words leave no room for the map on this page");
    return SG_OK;
}
