#include <math.h>
#include <png.h>
#include <string.h>

#include "core/alloc.h"
#include "draw/output.h"

/* Flat colours pack well at any level; higher ones take twice as long and gain a few per cent. */
enum { COMPRESSION_LEVEL = 2 };

static void write_bytes(png_structp png, png_bytep data, png_size_t length) {
    sg_text_append_bytes(png_get_io_ptr(png), (const char *)data, length);
}

static void flush_bytes(png_structp png) {
    (void)png;
}

static void silent(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static _Noreturn void fail(png_structp png, png_const_charp message) {
    (void)message;
    png_longjmp(png, 1);
}

static void set_words(png_structp png, png_infop info, const struct sg_output_words *words) {
    char title_key[] = "Title", description_key[] = "Description", software_key[] = "Software";
    char software[] = "servicegap";
    char no_language[] = "", empty[] = "";
    png_text texts[3] = {0};
    int count = 0;
    const char *values[] = {words->title, words->description, software};
    char *keys[] = {title_key, description_key, software_key};
    for (int i = 0; i < 3; i++) {
        if (values[i] == NULL || values[i][0] == '\0')
            continue;
        texts[count].compression = PNG_ITXT_COMPRESSION_NONE;
        texts[count].key = keys[i];
        texts[count].text = (png_charp)values[i];
        texts[count].itxt_length = strlen(values[i]);
        texts[count].lang = no_language;
        texts[count].lang_key = empty;
        count++;
    }
    png_set_text(png, info, texts, count);
}

/* The part that libpng may leave by longjmp: nothing is allocated here. */
static bool encode(png_structp png, png_infop info, cairo_surface_t *surface, double px_per_pt,
                   const struct sg_output_words *words, unsigned char *row) {
    if (setjmp(png_jmpbuf(png)) != 0)
        return false;
    int width = cairo_image_surface_get_width(surface), height = cairo_image_surface_get_height(surface);
    int stride = cairo_image_surface_get_stride(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, COMPRESSION_LEVEL);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_uint_32 per_metre = (png_uint_32)lround(px_per_pt * 72 / 0.0254);
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    set_words(png, info, words);
    png_write_info(png, info);
    for (int y = 0; y < height; y++) {
        const unsigned char *from = pixels + (size_t)y * (size_t)stride;
        for (int x = 0; x < width; x++) {
            uint32_t pixel;
            memcpy(&pixel, from + 4 * x, sizeof pixel);
            row[3 * x] = (unsigned char)(pixel >> 16);
            row[3 * x + 1] = (unsigned char)(pixel >> 8);
            row[3 * x + 2] = (unsigned char)pixel;
        }
        png_write_row(png, row);
    }
    png_write_end(png, NULL);
    return true;
}

enum sg_status sg_png_encode(struct sg_context *context, cairo_surface_t *surface, double px_per_pt,
                             const struct sg_output_words *words, struct sg_text *bytes) {
    unsigned char *row = sg_alloc((size_t)cairo_image_surface_get_width(surface), 3);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail, silent);
    png_infop info = png == NULL ? NULL : png_create_info_struct(png);
    bool done = false;
    if (row != NULL && info != NULL) {
        png_set_write_fn(png, bytes, write_bytes, flush_bytes);
        done = encode(png, info, surface, px_per_pt, words, row);
    }
    png_destroy_write_struct(&png, &info);
    sg_free(row);
    if (!done || bytes->failed)
        return sg_fail_memory(context);
    return SG_OK;
}
