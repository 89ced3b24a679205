#include "draw/output.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "core/alloc.h"
#include "core/file.h"

enum sg_status sg_output_format_of(struct sg_context *context, const char *path,
                                   enum sg_output_format *ret_format) {
    static const char *const endings[] = {".png", ".svg", ".pdf"};
    size_t length = strlen(path);
    for (int i = 0; i < 3; i++) {
        if (length > 4 && strcasecmp(path + length - 4, endings[i]) == 0) {
            *ret_format = (enum sg_output_format)i;
            return SG_OK;
        }
    }
    return sg_fail(context, SG_USAGE, "end the name in .png, .svg or .pdf", "maps cannot be written as '%s'",
                   path);
}

static cairo_status_t collect(void *user, const unsigned char *data, unsigned int length) {
    struct sg_text *bytes = user;
    sg_text_append_bytes(bytes, (const char *)data, length);
    return bytes->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static enum sg_status cairo_failure(struct sg_context *context, cairo_status_t status) {
    if (status == CAIRO_STATUS_NO_MEMORY)
        return sg_fail_memory(context);
    return sg_fail(context, SG_DRAWING, NULL, "cairo: %s", cairo_status_to_string(status));
}

enum sg_status sg_output_open(struct sg_context *context, struct sg_output *output,
                              enum sg_output_format format, const struct sg_page *page, double dpi) {
    *output = (struct sg_output){.format = format};
    sg_text_init(&output->bytes);
    output->px_per_pt = (dpi > 0 ? dpi : 200) / 72;
    if (format == SG_OUTPUT_PNG) {
        int width = page->width_px, height = page->height_px;
        if (width > 0)
            output->px_per_pt = width / page->width_pt;
        else {
            width = (int)lround(page->width_pt * output->px_per_pt);
            height = (int)lround(page->height_pt * output->px_per_pt);
        }
        if (width > 32000 || height > 32000)
            return sg_fail(context, SG_DRAWING, "use a smaller --dpi",
                           "a picture of %d x %d pixels is too large", width, height);
        output->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    } else if (format == SG_OUTPUT_SVG) {
        output->surface =
            cairo_svg_surface_create_for_stream(collect, &output->bytes, page->width_pt, page->height_pt);
    } else {
        output->surface =
            cairo_pdf_surface_create_for_stream(collect, &output->bytes, page->width_pt, page->height_pt);
    }
    output->cairo = cairo_create(output->surface);
    if (format == SG_OUTPUT_PNG)
        cairo_scale(output->cairo, output->px_per_pt, output->px_per_pt);
    cairo_status_t status = cairo_status(output->cairo);
    return status == CAIRO_STATUS_SUCCESS ? SG_OK : cairo_failure(context, status);
}

void sg_output_release(struct sg_output *output) {
    cairo_destroy(output->cairo);
    cairo_surface_destroy(output->surface);
    sg_text_release(&output->bytes);
    output->cairo = NULL;
    output->surface = NULL;
}

static void set_pdf_words(cairo_surface_t *surface, const struct sg_output_words *words) {
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, words->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, words->description);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, "servicegap");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "servicegap " SG_VERSION);
    /* Without a date Cairo writes the present one, and no two files would be the same. */
    time_t created = (time_t)words->created;
    struct tm utc;
    char text[40] = "";
    if (gmtime_r(&created, &utc) != NULL)
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
}

enum sg_status sg_output_write(struct sg_context *context, struct sg_output *output,
                               const struct sg_output_words *words, const char *path) {
    if (output->format == SG_OUTPUT_PDF)
        set_pdf_words(output->surface, words);
    cairo_status_t drawn = cairo_status(output->cairo);
    if (output->format == SG_OUTPUT_PNG)
        cairo_surface_flush(output->surface);
    else
        cairo_surface_finish(output->surface);
    if (drawn == CAIRO_STATUS_SUCCESS)
        drawn = cairo_surface_status(output->surface);
    if (drawn != CAIRO_STATUS_SUCCESS)
        return cairo_failure(context, drawn);
    struct sg_text finished;
    sg_text_init(&finished);
    enum sg_status status = SG_OK;
    if (output->format == SG_OUTPUT_PNG)
        status = sg_png_encode(context, output->surface, output->px_per_pt, words, &finished);
    else if (output->format == SG_OUTPUT_SVG)
        status =
            sg_svg_finish(context, sg_text_bytes(&output->bytes), output->bytes.length, words, &finished);
    const struct sg_text *bytes = output->format == SG_OUTPUT_PDF ? &output->bytes : &finished;
    if (status == SG_OK && bytes->failed)
        status = sg_fail_memory(context);
    if (status == SG_OK)
        status = sg_file_write(context, path, sg_text_bytes(bytes), bytes->length);
    sg_text_release(&finished);
    return status;
}
