#include "classify/palette.h"

#include <math.h>

#include "core/alloc.h"

const char *sg_scheme_kind_name(enum sg_scheme_kind kind) {
    static const char *const names[] = {"sequential", "diverging", "qualitative", "bivariate"};
    return names[kind];
}

void sg_scheme_release(struct sg_scheme *scheme) {
    sg_free(scheme->name);
    sg_free(scheme->source);
    *scheme = (struct sg_scheme){0};
}

size_t sg_scheme_fewest(const struct sg_scheme *scheme) {
    size_t count = 1;
    while (count < SG_MOST_CLASSES && scheme->palettes[count].colour_count == 0)
        count++;
    return count;
}

size_t sg_scheme_most(const struct sg_scheme *scheme) {
    size_t count = SG_MOST_CLASSES;
    while (count > 1 && scheme->palettes[count].colour_count == 0)
        count--;
    return count;
}

/* One or two classes: the colours of the smallest palette that stand farthest apart; a single class of a
   sequential scheme takes the middle, which is neither "little" nor "much". */
static void pick_few(const struct sg_scheme *scheme, const struct sg_palette *smallest, size_t class_count,
                     struct sg_palette *palette) {
    bool is_qualitative = scheme->kind == SG_SCHEME_QUALITATIVE;
    palette->colour_count = class_count;
    for (size_t i = 0; i < class_count; i++) {
        size_t from = is_qualitative     ? i
                      : class_count == 1 ? smallest->colour_count / 2
                                         : i * (smallest->colour_count - 1);
        palette->colours[i] = smallest->colours[from];
    }
}

enum sg_status sg_scheme_palette(struct sg_context *context, const struct sg_scheme *scheme,
                                 size_t class_count, bool reverse, struct sg_palette *ret_palette) {
    size_t fewest = sg_scheme_fewest(scheme), most = sg_scheme_most(scheme);
    struct sg_palette palette = {0};
    if (class_count > most || (class_count >= fewest && scheme->palettes[class_count].colour_count == 0))
        return sg_fail(context, SG_BAD_STYLE, "ask for fewer classes, or name another scheme",
                       "scheme '%s' has colours for at most %zu classes, not %zu", scheme->name, most,
                       class_count);
    if (class_count >= fewest)
        palette = scheme->palettes[class_count];
    else if (class_count > 0)
        pick_few(scheme, &scheme->palettes[fewest], class_count, &palette);
    for (size_t i = 0; reverse && i < palette.colour_count / 2; i++) {
        struct sg_colour swap = palette.colours[i];
        palette.colours[i] = palette.colours[palette.colour_count - 1 - i];
        palette.colours[palette.colour_count - 1 - i] = swap;
    }
    *ret_palette = palette;
    return SG_OK;
}

struct sg_palette_check sg_palette_check(const struct sg_palette *palette, enum sg_scheme_kind kind) {
    struct sg_palette_check check = {.worst = INFINITY};
    for (int v = 0; v < SG_VISION_COUNT; v++) {
        check.least[v] = INFINITY;
        for (size_t i = 0; i < palette->colour_count; i++) {
            bool is_ordered = kind == SG_SCHEME_SEQUENTIAL || kind == SG_SCHEME_DIVERGING;
            size_t end = is_ordered ? i + 2 : palette->colour_count;
            for (size_t j = i + 1; j < end && j < palette->colour_count; j++) {
                double difference =
                    sg_colour_difference(palette->colours[i], palette->colours[j], (enum sg_vision)v);
                if (difference < check.least[v])
                    check.least[v] = difference;
                if (v != SG_VISION_GREY && difference < check.worst) {
                    check.worst = difference;
                    check.worst_vision = (enum sg_vision)v;
                    check.worst_first = i;
                    check.worst_second = j;
                }
            }
        }
    }
    return check;
}

double sg_palette_grey_difference(const struct sg_palette *palette, enum sg_scheme_kind kind) {
    bool is_ordered = kind == SG_SCHEME_SEQUENTIAL; /* which alone runs one way in grey */
    return sg_palette_check(palette, is_ordered ? kind : SG_SCHEME_QUALITATIVE).least[SG_VISION_GREY];
}

static void tell_grey(struct sg_context *context, const struct sg_scheme *scheme,
                      const struct sg_palette *palette, bool is_for_grey) {
    double grey = sg_palette_grey_difference(palette, scheme->kind);
    if (grey >= SG_PALETTE_GREY)
        return;
    if (is_for_grey)
        sg_warn(context, "print it in colour; in grey only classes of one field keep apart",
                "'%s' with %zu classes blurs in a grey print (difference %.1f, %.0f needed)", scheme->name,
                palette->colour_count, grey, SG_PALETTE_GREY);
    else
        sg_detail(context, "'%s' with %zu classes blurs in a grey print (difference %.1f, %.0f needed)",
                  scheme->name, palette->colour_count, grey, SG_PALETTE_GREY);
}

enum sg_status sg_palette_gate(struct sg_context *context, const struct sg_scheme *scheme,
                               const struct sg_palette *palette, bool force, bool is_for_grey) {
    struct sg_palette_check check = sg_palette_check(palette, scheme->kind);
    const char *hint = "use fewer classes or another scheme (YlGnBu, BuPu and cividis are safe at 5), or say "
                       "--force-palette";
    if (check.worst < SG_PALETTE_FAIL && !force)
        return sg_fail(
            context, SG_BAD_STYLE, hint,
            "colours %zu and %zu of '%s' with %zu classes cannot be told apart in %s colour vision "
            "(difference %.1f, at least %.0f needed)",
            check.worst_first + 1, check.worst_second + 1, scheme->name, palette->colour_count,
            sg_vision_name(check.worst_vision), check.worst, SG_PALETTE_FAIL);
    if (check.worst < SG_PALETTE_GOOD)
        sg_warn(context, force ? NULL : "fewer classes are easier to tell apart",
                "colours %zu and %zu of '%s' with %zu classes are hard to tell apart in %s colour vision "
                "(difference %.1f, %.0f is good)",
                check.worst_first + 1, check.worst_second + 1, scheme->name, palette->colour_count,
                sg_vision_name(check.worst_vision), check.worst, SG_PALETTE_GOOD);
    tell_grey(context, scheme, palette, is_for_grey);
    return SG_OK;
}
