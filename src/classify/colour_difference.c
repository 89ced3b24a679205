#include "classify/colour_difference.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

static double to_linear(double c) {
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double from_linear(double c) {
    if (c <= 0)
        return 0;
    if (c >= 1)
        return 1;
    return c <= 0.0031308 ? c * 12.92 : 1.055 * pow(c, 1 / 2.4) - 0.055;
}

const char *sg_vision_name(enum sg_vision vision) {
    static const char *const names[] = {"normal", "protan", "deutan", "tritan", "grey"};
    return names[vision];
}

struct sg_colour sg_colour_seen(struct sg_colour colour, enum sg_vision vision) {
    static const double matrices[][3][3] = {
        [SG_VISION_NORMAL] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        [SG_VISION_PROTAN] = {{0.152286, 1.052583, -0.204868},
                              {0.114503, 0.786281, 0.099216},
                              {-0.003882, -0.048116, 1.051998}},
        [SG_VISION_DEUTAN] = {{0.367322, 0.860646, -0.227968},
                              {0.280085, 0.672501, 0.047413},
                              {-0.011820, 0.042940, 0.968881}},
        [SG_VISION_TRITAN] = {{1.255528, -0.076749, -0.178779},
                              {-0.078411, 0.930809, 0.147602},
                              {0.004733, 0.691367, 0.303900}},
        [SG_VISION_GREY] = {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}},
    };
    if (vision == SG_VISION_NORMAL)
        return colour;
    double r = to_linear(colour.red), g = to_linear(colour.green), b = to_linear(colour.blue);
    const double(*m)[3] = matrices[vision];
    struct sg_colour seen = {from_linear(m[0][0] * r + m[0][1] * g + m[0][2] * b),
                             from_linear(m[1][0] * r + m[1][1] * g + m[1][2] * b),
                             from_linear(m[2][0] * r + m[2][1] * g + m[2][2] * b)};
    return seen;
}

static double lab_curve(double t) {
    const double delta = 6.0 / 29;
    return t > delta * delta * delta ? cbrt(t) : t / (3 * delta * delta) + 4.0 / 29;
}

struct sg_lab sg_colour_to_lab(struct sg_colour colour) {
    double r = to_linear(colour.red), g = to_linear(colour.green), b = to_linear(colour.blue);
    double x = lab_curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    double y = lab_curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    double z = lab_curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return (struct sg_lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double hue_deg(double b, double a) {
    if (a == 0 && b == 0)
        return 0;
    double hue = atan2(b, a) * 180 / pi;
    return hue < 0 ? hue + 360 : hue;
}

static double cos_deg(double degrees) {
    return cos(degrees * pi / 180);
}

static double mean_hue(double h1, double h2, double chroma_product) {
    if (chroma_product == 0)
        return h1 + h2;
    if (fabs(h1 - h2) <= 180)
        return (h1 + h2) / 2;
    return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

static double hue_turn(double h1, double h2, double chroma_product) {
    if (chroma_product == 0)
        return 0;
    double turn = h2 - h1;
    return turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
}

/* Step by step as in Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula" (2005). */
double sg_lab_difference(struct sg_lab first, struct sg_lab second) {
    const double seven = 6103515625.0; /* 25^7 */
    double c = (hypot(first.a, first.b) + hypot(second.a, second.b)) / 2;
    double c7 = pow(c, 7);
    double g = 0.5 * (1 - sqrt(c7 / (c7 + seven)));
    double a1 = (1 + g) * first.a, a2 = (1 + g) * second.a;
    double c1 = hypot(a1, first.b), c2 = hypot(a2, second.b);
    double h1 = hue_deg(first.b, a1), h2 = hue_deg(second.b, a2);

    double dl = second.l - first.l;
    double dc = c2 - c1;
    double dh = 2 * sqrt(c1 * c2) * sin(hue_turn(h1, h2, c1 * c2) * pi / 360);

    double l = (first.l + second.l) / 2;
    double mean_c = (c1 + c2) / 2;
    double h = mean_hue(h1, h2, c1 * c2);
    double t = 1 - 0.17 * cos_deg(h - 30) + 0.24 * cos_deg(2 * h) + 0.32 * cos_deg(3 * h + 6)
               - 0.20 * cos_deg(4 * h - 63);
    double l50 = (l - 50) * (l - 50);
    double sl = 1 + 0.015 * l50 / sqrt(20 + l50);
    double sc = 1 + 0.045 * mean_c;
    double sh = 1 + 0.015 * mean_c * t;
    double mean_c7 = pow(mean_c, 7);
    double turn = 30 * exp(-((h - 275) / 25) * ((h - 275) / 25));
    double rt = -2 * sqrt(mean_c7 / (mean_c7 + seven)) * sin(2 * turn * pi / 180);
    double x = dl / sl, y = dc / sc, z = dh / sh;
    return sqrt(x * x + y * y + z * z + rt * y * z);
}

double sg_colour_difference(struct sg_colour first, struct sg_colour second, enum sg_vision vision) {
    return sg_lab_difference(sg_colour_to_lab(sg_colour_seen(first, vision)),
                             sg_colour_to_lab(sg_colour_seen(second, vision)));
}

double sg_colour_luminance(struct sg_colour colour) {
    return 0.2126 * to_linear(colour.red) + 0.7152 * to_linear(colour.green)
           + 0.0722 * to_linear(colour.blue);
}

double sg_colour_contrast(struct sg_colour first, struct sg_colour second) {
    double a = sg_colour_luminance(first), b = sg_colour_luminance(second);
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}
