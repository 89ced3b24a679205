#include "write/qgis_style.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"
#include "write/xml_text.h"

void sg_layer_style_release(struct sg_layer_style *style) {
    for (size_t i = 0; i < style->class_count; i++) {
        sg_free(style->classes[i].label);
        sg_free(style->classes[i].text);
    }
    sg_free(style->classes);
    sg_free(style->name);
    sg_free(style->field);
    sg_free(style->zero_label);
    sg_free(style->no_data_label);
    *style = (struct sg_layer_style){0};
}

static const char *const thin_edge_mm = "0.15";

#define X(text) ((const xmlChar *)(text))

static void option(xmlTextWriterPtr xml, const char *name, const char *value) {
    xmlTextWriterStartElement(xml, X("Option"));
    sg_xml_attribute(xml, "type", "QString");
    sg_xml_attribute(xml, "name", name);
    sg_xml_attribute(xml, "value", value);
    xmlTextWriterEndElement(xml);
}

static const char *rgba(struct sg_colour colour, char buffer[static 24]) {
    snprintf(buffer, 24, "%d,%d,%d,255", (int)lround(colour.red * 255), (int)lround(colour.green * 255),
             (int)lround(colour.blue * 255));
    return buffer;
}

static void start_layer(xmlTextWriterPtr xml, const char *class) {
    xmlTextWriterStartElement(xml, X("layer"));
    sg_xml_attribute(xml, "class", class);
    sg_xml_attribute(xml, "enabled", "1");
    sg_xml_attribute(xml, "locked", "0");
    sg_xml_attribute(xml, "pass", "0");
    xmlTextWriterStartElement(xml, X("Option"));
    sg_xml_attribute(xml, "type", "Map");
}

static void end_layer(xmlTextWriterPtr xml) {
    xmlTextWriterEndElement(xml);
    xmlTextWriterEndElement(xml);
}

static void start_symbol(xmlTextWriterPtr xml, const char *type, size_t number, int transparency_pct) {
    char name[24], alpha[24];
    snprintf(alpha, sizeof alpha, "%g", 1 - transparency_pct / 100.0);
    snprintf(name, sizeof name, "%zu", number);
    xmlTextWriterStartElement(xml, X("symbol"));
    sg_xml_attribute(xml, "type", type);
    sg_xml_attribute(xml, "name", name);
    sg_xml_attribute(xml, "alpha", alpha);
    sg_xml_attribute(xml, "clip_to_extent", "1");
    sg_xml_attribute(xml, "force_rhr", "0");
}

static void outline(xmlTextWriterPtr xml, const char *colour, const char *width_mm) {
    option(xml, "outline_color", colour);
    option(xml, "outline_style", "solid");
    option(xml, "outline_width", width_mm);
    option(xml, "outline_width_unit", "MM");
}

/* fill: NULL for none, where what lies under the area is seen. */
static void area_symbol(xmlTextWriterPtr xml, size_t number, const char *fill, const char *edge,
                        const char *edge_mm, int transparency_pct) {
    start_symbol(xml, "fill", number, transparency_pct);
    start_layer(xml, "SimpleFill");
    if (fill != NULL)
        option(xml, "color", fill);
    option(xml, "style", fill != NULL ? "solid" : "no");
    outline(xml, edge, edge_mm);
    option(xml, "joinstyle", "round");
    end_layer(xml);
    xmlTextWriterEndElement(xml);
}

static void fill_symbol(xmlTextWriterPtr xml, size_t number, struct sg_colour colour, int transparency_pct) {
    char text[24];
    area_symbol(xml, number, rgba(colour, text), "255,255,255,255", thin_edge_mm, transparency_pct);
}

static void line_symbol(xmlTextWriterPtr xml, size_t number, struct sg_colour colour) {
    char text[24];
    start_symbol(xml, "line", number, 0);
    start_layer(xml, "SimpleLine");
    option(xml, "line_color", rgba(colour, text));
    option(xml, "line_width", "0.5");
    option(xml, "line_width_unit", "MM");
    option(xml, "capstyle", "round");
    option(xml, "joinstyle", "round");
    end_layer(xml);
    xmlTextWriterEndElement(xml);
}

static void marker_layer(xmlTextWriterPtr xml, enum sg_symbol symbol, struct sg_colour colour,
                         const char *size) {
    static const struct {
        const char *name, *angle;
    } markers[SG_SYMBOL_COUNT] = {
        [SG_SYMBOL_CIRCLE] = {"circle", "0"},       [SG_SYMBOL_SQUARE] = {"square", "0"},
        [SG_SYMBOL_TRIANGLE] = {"triangle", "0"},   [SG_SYMBOL_DIAMOND] = {"diamond", "0"},
        [SG_SYMBOL_CROSS] = {"cross_fill", "45"},   [SG_SYMBOL_PLUS] = {"cross_fill", "0"},
        [SG_SYMBOL_STAR] = {"star", "0"},           [SG_SYMBOL_PENTAGON] = {"pentagon", "0"},
        [SG_SYMBOL_HEXAGON] = {"hexagon", "0"},     [SG_SYMBOL_TRIANGLE_DOWN] = {"triangle", "180"},
        [SG_SYMBOL_RING] = {"circle", "0"},         [SG_SYMBOL_SQUARE_RING] = {"square", "0"},
        [SG_SYMBOL_DIAMOND_RING] = {"diamond", "0"}};
    char text[24];
    start_layer(xml, "SimpleMarker");
    option(xml, "name", markers[symbol].name);
    option(xml, "angle", markers[symbol].angle);
    option(xml, "color", rgba(colour, text));
    option(xml, "size", size);
    option(xml, "size_unit", "MM");
    outline(xml, "255,255,255,255", thin_edge_mm);
    end_layer(xml);
}

/* The map's symbol on a white edge, rings with a white middle. */
static void marker_symbol(xmlTextWriterPtr xml, size_t number, const struct sg_style_class *class) {
    const struct sg_colour white = {1, 1, 1};
    start_symbol(xml, "marker", number, 0);
    marker_layer(xml, class->symbol, class->colour, "3");
    if (sg_symbol_is_ring(class->symbol))
        marker_layer(xml, class->symbol, white, "1.2");
    xmlTextWriterEndElement(xml);
}

/* No data: the map's hatch, grey lines at 45 degrees on a pale ground. */
static void hatch_symbol(xmlTextWriterPtr xml, size_t number, struct sg_colour ground) {
    char text[24];
    start_symbol(xml, "fill", number, 0);
    start_layer(xml, "SimpleFill");
    option(xml, "color", rgba(ground, text));
    option(xml, "style", "solid");
    option(xml, "outline_style", "no");
    end_layer(xml);
    start_layer(xml, "SimpleFill");
    option(xml, "color", "118,118,118,255");
    option(xml, "style", "b_diagonal");
    outline(xml, "118,118,118,255", thin_edge_mm);
    end_layer(xml);
    xmlTextWriterEndElement(xml);
}

static void class_symbol(xmlTextWriterPtr xml, const struct sg_layer_style *style, size_t number) {
    const struct sg_style_class *class = &style->classes[number];
    char text[24];
    if (style->mark == SG_STYLE_POINTS)
        marker_symbol(xml, number, class);
    else if (style->mark == SG_STYLE_LINES)
        line_symbol(xml, number, class->colour);
    else if (style->mark == SG_STYLE_OUTLINES)
        area_symbol(xml, number, NULL, rgba(class->colour, text), "0.5", 0);
    else
        fill_symbol(xml, number, class->colour, style->transparency_pct);
}

static void rule(xmlTextWriterPtr xml, size_t number, const char *filter, const char *label) {
    char text[64];
    xmlTextWriterStartElement(xml, X("rule"));
    /* a key of its own for each rule, the same on every run */
    snprintf(text, sizeof text, "{5e7a1ce0-0000-5000-8000-%012zu}", number + 1);
    sg_xml_attribute(xml, "key", text);
    snprintf(text, sizeof text, "%zu", number);
    sg_xml_attribute(xml, "symbol", text);
    sg_xml_attribute(xml, "filter", filter);
    sg_xml_attribute(xml, "label", label);
    xmlTextWriterEndElement(xml);
}

/* As QGIS expressions quote names ("field") and texts ('text', in which a backslash is special, too). */
static void append_quoted(struct sg_text *text, const char *words, char quote) {
    sg_text_append_char(text, quote);
    for (const char *c = words; *c != '\0'; c++) {
        if (*c == quote || (*c == '\\' && quote == '\''))
            sg_text_append_char(text, *c);
        sg_text_append_char(text, *c);
    }
    sg_text_append_char(text, quote);
}

static void append_field(struct sg_text *text, const char *field) {
    append_quoted(text, field, '"');
}

static void append_condition(struct sg_text *text, const char *field, const char *sign, double limit) {
    char number[32];
    if (text->length > 0)
        sg_text_append(text, " AND ");
    append_field(text, field);
    sg_text_append_format(text, " %s %s", sign, sg_number_text(limit, number));
}

/* The class's own text; or none of the others', in so many words: QGIS's ELSE is a rule beside them to all
   but its map. */
static void append_text_condition(struct sg_text *text, const struct sg_layer_style *style, const char *field,
                                  size_t number) {
    if (style->classes[number].text != NULL) {
        append_field(text, field);
        sg_text_append(text, " = ");
        append_quoted(text, style->classes[number].text, '\'');
        return;
    }
    bool has_others = false;
    for (size_t i = 0; i < style->class_count; i++) {
        if (style->classes[i].text == NULL)
            continue;
        if (!has_others) {
            append_field(text, field);
            sg_text_append(text, " IS NULL OR ");
            append_field(text, field);
        }
        sg_text_append(text, has_others ? ", " : " NOT IN (");
        append_quoted(text, style->classes[i].text, '\'');
        has_others = true;
    }
    sg_text_append(text, has_others ? ")" : "");
}

static void class_rule(xmlTextWriterPtr xml, const struct sg_layer_style *style, const char *field,
                       size_t number) {
    const struct sg_style_class *class = &style->classes[number];
    struct sg_text filter;
    sg_text_init(&filter);
    if (style->is_by_text) {
        append_text_condition(&filter, style, field, number);
        rule(xml, number, sg_text_bytes(&filter), class->label);
        sg_text_release(&filter);
        return;
    }
    if (!isnan(class->lower))
        append_condition(&filter, field, ">=", class->lower);
    if (!isnan(class->upper))
        append_condition(&filter, field, "<", class->upper);
    if (style->has_zero_class)
        append_condition(&filter, field, "<>", 0);
    if (filter.length == 0) {
        append_field(&filter, field);
        sg_text_append(&filter, " IS NOT NULL");
    }
    rule(xml, number, sg_text_bytes(&filter), class->label);
    sg_text_release(&filter);
}

static void write_renderer(xmlTextWriterPtr xml, const struct sg_layer_style *style, const char *field) {
    size_t zero = style->class_count, null = style->class_count + (style->has_zero_class ? 1 : 0);
    xmlTextWriterStartElement(xml, X("renderer-v2"));
    sg_xml_attribute(xml, "type", "RuleRenderer");
    sg_xml_attribute(xml, "symbollevels", "0");
    sg_xml_attribute(xml, "forceraster", "0");
    sg_xml_attribute(xml, "enableorderby", "0");
    xmlTextWriterStartElement(xml, X("rules"));
    sg_xml_attribute(xml, "key", "{5e7a1ce0-0000-5000-8000-000000000000}");
    for (size_t i = 0; i < style->class_count; i++) /* as in the legend */
        class_rule(xml, style, field, style->is_by_text ? i : style->class_count - 1 - i);
    struct sg_text filter;
    sg_text_init(&filter);
    if (style->has_zero_class) {
        append_condition(&filter, field, "=", 0);
        rule(xml, zero, sg_text_bytes(&filter), style->zero_label);
        sg_text_clear(&filter);
    }
    append_field(&filter, field);
    sg_text_append(&filter, " IS NULL");
    if (!style->is_complete)
        rule(xml, null, sg_text_bytes(&filter), style->no_data_label);
    sg_text_release(&filter);
    xmlTextWriterEndElement(xml);
    xmlTextWriterStartElement(xml, X("symbols"));
    for (size_t i = 0; i < style->class_count; i++)
        class_symbol(xml, style, i);
    if (style->has_zero_class)
        fill_symbol(xml, zero, style->zero, style->transparency_pct);
    if (!style->is_complete)
        hatch_symbol(xml, null, style->no_data);
    xmlTextWriterEndElement(xml);
    xmlTextWriterEndElement(xml);
}

static void write_aliases(xmlTextWriterPtr xml, const struct sg_table *table, bool short_names) {
    xmlTextWriterStartElement(xml, X("aliases"));
    for (size_t c = 0; c < table->column_count; c++) {
        const struct sg_column *column = &table->columns[c];
        char index[24];
        snprintf(index, sizeof index, "%zu",
                 short_names ? c : c + 1); /* a GeoPackage's first field is its fid */
        xmlTextWriterStartElement(xml, X("alias"));
        sg_xml_attribute(xml, "field", short_names ? column->short_name : column->name);
        sg_xml_attribute(xml, "index", index);
        sg_xml_attribute(xml, "name", column->title);
        xmlTextWriterEndElement(xml);
    }
    xmlTextWriterEndElement(xml);
}

char *sg_qgis_style(const struct sg_layer_style *style, const struct sg_table *table, bool short_names) {
    const struct sg_column *column = sg_table_find(table, style->field);
    const char *field = short_names && column != NULL ? column->short_name : style->field;
    xmlBufferPtr buffer = xmlBufferCreate();
    xmlTextWriterPtr xml = buffer == NULL ? NULL : xmlNewTextWriterMemory(buffer, 0);
    char *document = NULL;
    if (xml != NULL) {
        xmlTextWriterSetIndent(xml, 1);
        xmlTextWriterWriteDTD(xml, X("qgis"), X("http://mrcc.com/qgis.dtd"), X("SYSTEM"), NULL);
        xmlTextWriterStartElement(xml, X("qgis"));
        sg_xml_attribute(xml, "version", "3.22");
        sg_xml_attribute(xml, "styleCategories", "Symbology|Fields");
        write_renderer(xml, style, field);
        write_aliases(xml, table, short_names);
        xmlTextWriterEndElement(xml);
        xmlTextWriterEndDocument(xml);
        xmlFreeTextWriter(xml);
        document = sg_strdup((const char *)xmlBufferContent(buffer));
    }
    if (buffer != NULL)
        xmlBufferFree(buffer);
    return document;
}
