/* Files of maps: a Cairo surface of the right kind, and the finished bytes under the final name. */
#ifndef SG_DRAW_OUTPUT_H
#define SG_DRAW_OUTPUT_H

#include <cairo.h>

#include "core/text.h"
#include "draw/page.h"

enum sg_output_format { SG_OUTPUT_PNG, SG_OUTPUT_SVG, SG_OUTPUT_PDF };

/* What the file says about itself; clean UTF-8, borrowed. */
struct sg_output_words {
    const char *title;
    const char *description;
    long long created; /* seconds since 1970; 0: not said */
};

struct sg_output {
    enum sg_output_format format;
    cairo_surface_t *surface;
    cairo_t *cairo; /* 1 unit = 1 point, whatever the format */
    double px_per_pt;
    struct sg_text bytes; /* what Cairo wrote so far (SVG, PDF) */
};

/* The format by the ending of the path. SG_USAGE for another. */
enum sg_status sg_output_format_of(struct sg_context *context, const char *path,
                                   enum sg_output_format *ret_format);

/* Opens a surface in memory. SG_DRAWING, SG_NO_MEMORY. Release with sg_output_release(). The output must
   not move in memory while it is open. */
enum sg_status sg_output_open(struct sg_context *context, struct sg_output *output,
                              enum sg_output_format format, const struct sg_page *page, double dpi);
void sg_output_release(struct sg_output *output);

/* Finishes the drawing and puts its bytes at the path by way of a temporary file beside it. */
enum sg_status sg_output_write(struct sg_context *context, struct sg_output *output,
                               const struct sg_output_words *words, const char *path);

/* An image surface as a PNG with its resolution and words. */
enum sg_status sg_png_encode(struct sg_context *context, cairo_surface_t *surface, double px_per_pt,
                             const struct sg_output_words *words, struct sg_text *bytes);

/* Cairo's SVG made fit to publish: titled and described for readers who cannot see it, ids numbered from 1 in
   the order of their appearance, coordinates relative and to a hundredth of a point. */
enum sg_status sg_svg_finish(struct sg_context *context, const char *bytes, size_t length,
                             const struct sg_output_words *words, struct sg_text *ret_bytes);

#endif
