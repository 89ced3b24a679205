#include "draw/page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

static const double letter_width_pt = 792, letter_height_pt = 612;
static const double slide_height_pt = 540;
static const double px_per_inch = 144; /* of pages given in pixels: a 1920 x 1080 screen is the slide */

static const struct paper {
    const char *name;
    double short_pt, long_pt;
} papers[] = {
    {"letter", 612, 792},    {"legal", 612, 1008},     {"tabloid", 792, 1224},
    {"a4", 595.276, 841.89}, {"a3", 841.89, 1190.551}, {"slide", 540, 960},
};

enum { PAPER_COUNT = sizeof papers / sizeof papers[0] };

/* Type grows with the square root of the page: a Tabloid hangs on a wall, but is also read up close. */
static double scale_for(double width_pt, double height_pt) {
    double area = width_pt * height_pt / (letter_width_pt * letter_height_pt);
    double scale = pow(area, 0.25);
    return scale < 0.5 ? 0.5 : scale > 1.6 ? 1.6 : scale;
}

static bool page_from_size(const char *name, struct sg_page *page) {
    double width, height;
    char unit[4], rest;
    if (sscanf(name, "%lfx%lf%3[a-z]%c", &width, &height, unit, &rest) != 3)
        return false;
    if (strcmp(unit, "mm") == 0) {
        page->width_pt = width * 72 / 25.4;
        page->height_pt = height * 72 / 25.4;
    } else if (strcmp(unit, "px") == 0 && width <= 20000 && height <= 20000) {
        page->width_px = (int)width;
        page->height_px = (int)height;
        page->width_pt = page->width_px * 72 / px_per_inch;
        page->height_pt = page->height_px * 72 / px_per_inch;
    } else {
        return false;
    }
    return page->width_pt >= 200 && page->height_pt >= 200 && page->width_pt <= 6000
           && page->height_pt <= 6000;
}

enum sg_status sg_page_from_name(struct sg_context *context, const char *name, bool portrait,
                                 struct sg_page *ret_page) {
    struct sg_page page = {0};
    bool found = false;
    if (name == NULL)
        name = "letter";
    for (int i = 0; i < PAPER_COUNT && !found; i++) {
        if (!sg_text_equal_fold(papers[i].name, name))
            continue;
        found = true;
        page.width_pt = portrait ? papers[i].short_pt : papers[i].long_pt;
        page.height_pt = portrait ? papers[i].long_pt : papers[i].short_pt;
        page.is_slide = strcmp(papers[i].name, "slide") == 0;
    }
    if (!found && !page_from_size(name, &page))
        return sg_fail(
            context, SG_USAGE,
            "papers are letter, legal, tabloid, a4, a3, slide, or a size like 420x297mm or 1920x1080px",
            "there is no paper '%s'", name);
    if (page.width_px > 0)
        page.is_slide = page.width_pt > 1.5 * page.height_pt && page.height_pt >= 0.8 * slide_height_pt;
    page.scale = page.is_slide ? fmin(page.width_pt, page.height_pt) / slide_height_pt
                               : scale_for(page.width_pt, page.height_pt);
    *ret_page = page;
    return SG_OK;
}

static void scale_numbers(void *numbers, size_t size, double factor) {
    double *all = numbers;
    for (size_t i = 0; i < size / sizeof *all; i++)
        all[i] *= factor;
}

/* Type grows with the page, but small paper is held no nearer to the eye: nothing becomes smaller than the
   least. */
static void scale_sizes(struct sg_type_sizes *sizes, double least, double factor) {
    double *all = (double *)sizes;
    for (size_t i = 0; i < sizeof *sizes / sizeof *all; i++)
        all[i] = fmax(all[i] * factor, fmin(all[i], least));
}

void sg_page_scale_theme(const struct sg_page *page, struct sg_theme *theme) {
    double lines = page->scale;
    if (page->is_slide) {
        /* What surrounds the type grows with it. */
        lines *= theme->slide_sizes.legend_text / theme->sizes.legend_text;
        theme->sizes = theme->slide_sizes;
        theme->spacing.margin *= 1 / (lines / page->scale) * 1.15;
        theme->spacing.gap *= 0.85;
        theme->spacing.legend_narrow *= 0.95;
        theme->spacing.legend_wide *= 0.95;
        theme->spacing.row_gap *= 0.8;
    }
    scale_sizes(&theme->sizes, page->is_slide ? 0 : theme->sizes.label_least, page->scale);
    scale_numbers(&theme->lines, sizeof theme->lines, fmin(lines, 1.5));
    scale_numbers(&theme->spacing, sizeof theme->spacing, lines);
}
