#include "draw/lettering.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

enum { MOST_MISSING = 500 };

struct sg_lettering {
    PangoFontMap *font_map;
    PangoContext *pango;
    char *family;
    uint32_t missing[MOST_MISSING]; /* characters drawn that no installed font has */
    size_t missing_count;
    char *missing_example; /* the first text with one */
    size_t longest_cut;    /* characters of the longest text that was cut; 0: none was */
    size_t kept;           /* of these */
    char *cut_example;     /* its first characters */
};

/* Fontconfig always finds some font: the family counts only when it is the one asked for. */
static bool is_installed(const char *family) {
    FcPattern *pattern = FcPatternCreate();
    if (pattern == NULL)
        return false;
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcConfigSubstitute(NULL, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result;
    FcPattern *match = FcFontMatch(NULL, pattern, &result);
    bool found = false;
    FcChar8 *name;
    for (int i = 0; match != NULL && FcPatternGetString(match, FC_FAMILY, i, &name) == FcResultMatch; i++)
        found = found || FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0;
    if (match != NULL)
        FcPatternDestroy(match);
    FcPatternDestroy(pattern);
    return found;
}

static enum sg_status no_font(struct sg_context *context, char *const *families, size_t family_count) {
    struct sg_text names;
    sg_text_init(&names);
    for (size_t i = 0; i < family_count; i++)
        sg_text_append_format(&names, "%s%s", i > 0 ? ", " : "", families[i]);
    enum sg_status status =
        sg_fail(context, SG_BAD_STYLE, "install one of them (Debian: fonts-inter), or name others in a theme",
                "none of the theme's fonts is installed: %s", sg_text_bytes(&names));
    sg_text_release(&names);
    return status;
}

enum sg_status sg_lettering_new(struct sg_context *context, char *const *families, size_t family_count,
                                struct sg_lettering **ret_lettering) {
    size_t chosen = 0;
    while (chosen < family_count && !is_installed(families[chosen]))
        chosen++;
    if (chosen == family_count)
        return no_font(context, families, family_count);
    struct sg_lettering *lettering = sg_alloc(1, sizeof *lettering);
    if (lettering == NULL)
        return sg_fail_memory(context);
    lettering->family = sg_strdup(families[chosen]);
    lettering->font_map = pango_cairo_font_map_new();
    if (lettering->family == NULL || lettering->font_map == NULL) {
        sg_lettering_free(lettering);
        return sg_fail_memory(context);
    }
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(lettering->font_map), 72); /* 1 unit = 1 pt */
    lettering->pango = pango_font_map_create_context(lettering->font_map);
    pango_context_set_round_glyph_positions(lettering->pango, FALSE);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(lettering->pango, options);
    cairo_font_options_destroy(options);
    *ret_lettering = lettering;
    return SG_OK;
}

void sg_lettering_free(struct sg_lettering *lettering) {
    if (lettering == NULL)
        return;
    if (lettering->pango != NULL)
        g_object_unref(lettering->pango);
    if (lettering->font_map != NULL)
        g_object_unref(lettering->font_map);
    sg_free(lettering->missing_example);
    sg_free(lettering->cut_example);
    sg_free(lettering->family);
    sg_free(lettering);
}

static void note_missing(struct sg_lettering *lettering, uint32_t character) {
    for (size_t i = 0; i < lettering->missing_count; i++) {
        if (lettering->missing[i] == character)
            return;
    }
    if (lettering->missing_count < MOST_MISSING)
        lettering->missing[lettering->missing_count++] = character;
}

/* Pango draws a box for a character that no font has, and says so by a flag. */
static void note_boxes(struct sg_lettering *lettering, PangoLayout *layout) {
    if (pango_layout_get_unknown_glyphs_count(layout) == 0)
        return;
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
        for (int i = 0; run != NULL && i < run->glyphs->num_glyphs; i++) {
            PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
            if (glyph != PANGO_GLYPH_EMPTY && (glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
                note_missing(lettering, glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
        }
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    if (lettering->missing_example == NULL)
        lettering->missing_example = sg_strdup(pango_layout_get_text(layout));
}

/* Bytes of the first so many characters of a text: at most four times as many. */
static size_t bytes_of(const char *text, size_t characters) {
    size_t length = 0, most = 4 * characters;
    for (size_t begun = 0; length < most && text[length] != '\0'; length++) {
        begun += ((unsigned char)text[length] & 0xC0) != 0x80;
        if (begun > characters)
            break;
    }
    return length;
}

void sg_lettering_warn(struct sg_context *context, const struct sg_lettering *lettering) {
    if (lettering->longest_cut > 0)
        sg_warn_once(context, "shorten it, or map a field with shorter words",
                     "a text of %zu characters is cut after %zu: \"%s...\"", lettering->longest_cut,
                     lettering->kept, lettering->cut_example == NULL ? "" : lettering->cut_example);
    if (lettering->missing_count == 0)
        return;
    const char *example = lettering->missing_example == NULL ? "" : lettering->missing_example;
    int length = (int)bytes_of(example, 60);
    sg_warn_once(context, "install a font that has them (Debian: fonts-noto-core, fonts-noto-cjk)",
                 "no installed font has %zu of the characters (\"%.*s\"): boxes are drawn for them",
                 lettering->missing_count, length, example);
}

/* Does a line end within a word, as at a hyphen? */
static bool has_torn_word(PangoLayout *layout) {
    const char *text = pango_layout_get_text(layout);
    for (int i = 1; i < pango_layout_get_line_count(layout); i++) {
        int start = pango_layout_line_get_start_index(pango_layout_get_line_readonly(layout, i));
        if (start > 0 && text[start - 1] != ' ' && text[start - 1] != '\n')
            return true;
    }
    return false;
}

/* Has each word room on a line of its own? */
static bool words_fit(PangoLayout *layout) {
    PangoLayout *alone = pango_layout_copy(layout);
    const char *text = pango_layout_get_text(layout);
    pango_layout_set_width(alone, -1);
    bool fit = true;
    for (size_t start = 0; fit && text[start] != '\0';) {
        size_t length = strcspn(text + start, " \n");
        PangoRectangle logical;
        pango_layout_set_text(alone, text + start, (int)length);
        pango_layout_get_extents(alone, NULL, &logical);
        fit = logical.width <= pango_layout_get_width(layout);
        start += length + strspn(text + start + length, " \n");
    }
    g_object_unref(alone);
    return fit;
}

/* Forbids breaks within words where that takes no more lines and tears nothing: "Cross-" at the end of a line
   is read twice. Not where a word is wider than the line: Pango 1.50 has to break it, and aborts. */
static void keep_words_whole(PangoLayout *layout) {
    if (!has_torn_word(layout) || !words_fit(layout))
        return;
    int lines = pango_layout_get_line_count(layout);
    PangoAttrList *before = pango_layout_get_attributes(layout);
    PangoAttrList *whole = before != NULL ? pango_attr_list_copy(before) : pango_attr_list_new();
    if (before != NULL)
        pango_attr_list_ref(before);
    const char *text = pango_layout_get_text(layout);
    for (size_t start = 0; text[start] != '\0';) {
        size_t end = start + strcspn(text + start, " \n");
        PangoAttribute *attribute = pango_attr_allow_breaks_new(FALSE);
        attribute->start_index = (guint)start;
        attribute->end_index = (guint)end;
        pango_attr_list_insert(whole, attribute);
        start = end + strspn(text + end, " \n");
    }
    pango_layout_set_attributes(layout, whole);
    pango_attr_list_unref(whole);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    if (pango_layout_get_line_count(layout) > lines || logical.width > pango_layout_get_width(layout)
        || has_torn_word(layout))
        pango_layout_set_attributes(layout, before);
    if (before != NULL)
        pango_attr_list_unref(before);
}

/* Sets the beginning of a text that is too long for a page, and notes that it was. */
static void set_cut_text(struct sg_lettering *lettering, PangoLayout *layout, const char *text, size_t most) {
    char cut[4 * SG_LONGEST_PARAGRAPH + sizeof "…"];
    size_t length = bytes_of(text, most), all = sg_utf8_length(text);
    memcpy(cut, text, length);
    memcpy(cut + length, "…", sizeof "…");
    pango_layout_set_text(layout, cut, -1);
    if (all <= lettering->longest_cut)
        return;
    lettering->longest_cut = all;
    lettering->kept = most;
    sg_free(lettering->cut_example);
    lettering->cut_example = sg_strndup(text, bytes_of(text, 40));
}

static PangoLayout *make_layout(struct sg_lettering *lettering, const char *text,
                                const struct sg_text_style *style) {
    PangoLayout *layout = pango_layout_new(lettering->pango);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, lettering->family);
    pango_font_description_set_size(font, (gint)lround(style->size_pt * PANGO_SCALE));
    pango_font_description_set_weight(font, (PangoWeight)lround(style->weight));
    if (style->is_italic)
        pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    if (style->width_pt > 0) {
        pango_layout_set_width(layout, (int)lround(style->width_pt * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }
    static const PangoAlignment alignments[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
    pango_layout_set_alignment(layout, alignments[style->align]);
    if (style->is_tabular) {
        PangoAttrList *attributes = pango_attr_list_new();
        pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));
        pango_layout_set_attributes(layout, attributes);
        pango_attr_list_unref(attributes);
    }
    const double widest_column_pt = 300;
    size_t most = style->width_pt > widest_column_pt ? SG_LONGEST_PARAGRAPH : SG_LONGEST_ENTRY;
    if (text[bytes_of(text, most)] == '\0')
        pango_layout_set_text(layout, text, -1);
    else
        set_cut_text(lettering, layout, text, most);
    if (style->width_pt > 0)
        keep_words_whole(layout);
    if (style->leading > 0) {
        PangoRectangle one;
        pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), NULL, &one);
        double factor = style->leading * style->size_pt * PANGO_SCALE / (one.height > 0 ? one.height : 1);
        pango_layout_set_line_spacing(layout, (float)factor);
    }
    return layout;
}

struct sg_text_size sg_lettering_measure(struct sg_lettering *lettering, const char *text,
                                         const struct sg_text_style *style) {
    PangoLayout *layout = make_layout(lettering, text, style);
    PangoRectangle ink, logical;
    pango_layout_get_extents(layout, &ink, &logical);
    struct sg_text_size size = {(double)logical.width / PANGO_SCALE, (double)logical.height / PANGO_SCALE,
                                (double)ink.y / PANGO_SCALE,         (double)ink.height / PANGO_SCALE,
                                pango_layout_get_line_count(layout), has_torn_word(layout)};
    g_object_unref(layout);
    return size;
}

double sg_lettering_even_width(struct sg_lettering *lettering, const char *text,
                               const struct sg_text_style *style) {
    enum { HALVINGS = 7 };
    struct sg_text_style tried = *style;
    const struct sg_text_size full = sg_lettering_measure(lettering, text, style);
    double enough = style->width_pt, little = enough / 2;
    for (int i = 0; i < HALVINGS && full.lines > 1; i++) {
        tried.width_pt = (enough + little) / 2;
        struct sg_text_size size = sg_lettering_measure(lettering, text, &tried);
        if (size.lines > full.lines || (size.is_torn && !full.is_torn))
            little = tried.width_pt;
        else
            enough = tried.width_pt;
    }
    return enough;
}

void sg_lettering_break_after_colon(struct sg_lettering *lettering, char *text,
                                    const struct sg_text_style *style) {
    enum { LINES = 2 };
    const double least_share = 0.5;
    char *colon = strstr(text, ": ");
    if (colon == NULL || sg_lettering_measure(lettering, text, style).lines != LINES)
        return;
    colon[1] = '\0';
    double first = sg_lettering_measure(lettering, text, style).width;
    colon[1] = '\n';
    double second = sg_lettering_measure(lettering, colon + 2, style).width;
    if (sg_lettering_measure(lettering, text, style).lines != LINES
        || fmin(first, second) < least_share * fmax(first, second))
        colon[1] = ' ';
}

/* The layout of a text, and where its top left is when it is drawn at x, y. */
static PangoLayout *lay_out_at(struct sg_lettering *lettering, const char *text,
                               const struct sg_text_style *style, double *x) {
    PangoLayout *layout = make_layout(lettering, text, style);
    if (style->width_pt <= 0 && style->align != SG_ALIGN_LEFT) {
        PangoRectangle logical;
        pango_layout_get_extents(layout, NULL, &logical);
        double width = (double)logical.width / PANGO_SCALE;
        *x -= (double)logical.x / PANGO_SCALE + (style->align == SG_ALIGN_CENTRE ? width / 2 : width);
    }
    return layout;
}

static void stroke_halo(cairo_t *cairo, PangoLayout *layout, const struct sg_text_style *style, double x,
                        double y) {
    cairo_move_to(cairo, x, y);
    pango_cairo_layout_path(cairo, layout);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_width(cairo, 2 * style->halo_pt);
    cairo_set_source_rgb(cairo, style->halo.red, style->halo.green, style->halo.blue);
    cairo_stroke(cairo);
}

void sg_lettering_draw(struct sg_lettering *lettering, cairo_t *cairo, const char *text,
                       const struct sg_text_style *style, double x, double y) {
    PangoLayout *layout = lay_out_at(lettering, text, style, &x);
    if (style->halo_pt > 0)
        stroke_halo(cairo, layout, style, x, y);
    cairo_move_to(cairo, x, y);
    cairo_set_source_rgb(cairo, style->colour.red, style->colour.green, style->colour.blue);
    pango_cairo_show_layout(cairo, layout);
    cairo_new_path(cairo);
    note_boxes(lettering, layout);
    g_object_unref(layout);
}

void sg_lettering_draw_halo(struct sg_lettering *lettering, cairo_t *cairo, const char *text,
                            const struct sg_text_style *style, double x, double y) {
    if (style->halo_pt <= 0)
        return;
    PangoLayout *layout = lay_out_at(lettering, text, style, &x);
    stroke_halo(cairo, layout, style, x, y);
    g_object_unref(layout);
}
