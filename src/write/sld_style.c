#include "write/sld_style.h"

#include <math.h>
#include <stdio.h>

#include "core/alloc.h"
#include "core/text.h"
#include "write/xml_text.h"

#define X(text) ((const xmlChar *)(text))

static void start(xmlTextWriterPtr xml, const char *name) {
    xmlTextWriterStartElement(xml, X(name));
}

static void end(xmlTextWriterPtr xml) {
    xmlTextWriterEndElement(xml);
}

static void parameter(xmlTextWriterPtr xml, const char *name, const char *text) {
    start(xml, "CssParameter");
    sg_xml_attribute(xml, "name", name);
    sg_xml_string(xml, text);
    end(xml);
}

static void compare(xmlTextWriterPtr xml, const char *comparison, const char *field, double limit) {
    char number[32];
    start(xml, comparison);
    sg_xml_element(xml, "ogc:PropertyName", field);
    sg_xml_element(xml, "ogc:Literal", sg_number_text(limit, number));
    end(xml);
}

/* lower <= field < upper, and not zero where zero is a class of its own. */
static void write_class_filter(xmlTextWriterPtr xml, const struct sg_layer_style *style, const char *field,
                               const struct sg_style_class *class) {
    if (style->is_by_text && class->text == NULL) {
        start(xml, "ElseFilter");
        end(xml);
        return;
    }
    if (style->is_by_text) {
        start(xml, "ogc:Filter");
        start(xml, "ogc:PropertyIsEqualTo");
        sg_xml_element(xml, "ogc:PropertyName", field);
        sg_xml_element(xml, "ogc:Literal", class->text);
        end(xml);
        end(xml);
        return;
    }
    int conditions = !isnan(class->lower) + !isnan(class->upper) + style->has_zero_class;
    start(xml, "ogc:Filter");
    if (conditions > 1)
        start(xml, "ogc:And");
    if (!isnan(class->lower))
        compare(xml, "ogc:PropertyIsGreaterThanOrEqualTo", field, class->lower);
    if (!isnan(class->upper))
        compare(xml, "ogc:PropertyIsLessThan", field, class->upper);
    if (style->has_zero_class)
        compare(xml, "ogc:PropertyIsNotEqualTo", field, 0);
    if (conditions > 1)
        end(xml);
    if (conditions == 0) { /* one class: whatever has a value */
        start(xml, "ogc:Not");
        start(xml, "ogc:PropertyIsNull");
        sg_xml_element(xml, "ogc:PropertyName", field);
        end(xml);
        end(xml);
    }
    end(xml);
}

static const char *hex(struct sg_colour colour, char buffer[static 8]) {
    snprintf(buffer, 8, "#%02x%02x%02x", (unsigned)lround(colour.red * 255) & 255,
             (unsigned)lround(colour.green * 255) & 255, (unsigned)lround(colour.blue * 255) & 255);
    return buffer;
}

static void write_stroke(xmlTextWriterPtr xml, const char *colour, const char *width) {
    start(xml, "Stroke");
    parameter(xml, "stroke", colour);
    parameter(xml, "stroke-width", width);
    parameter(xml, "stroke-linejoin", "round");
    end(xml);
}

static void write_fill(xmlTextWriterPtr xml, struct sg_colour colour, int transparency_pct) {
    char opacity[16], fill[8];
    start(xml, "PolygonSymbolizer");
    start(xml, "Fill");
    parameter(xml, "fill", hex(colour, fill));
    if (transparency_pct > 0) {
        snprintf(opacity, sizeof opacity, "%g", 1 - transparency_pct / 100.0);
        parameter(xml, "fill-opacity", opacity);
    }
    end(xml);
    write_stroke(xml, "#ffffff", "0.5");
    end(xml);
}

/* The line itself, or the outline of an area without a fill. */
static void write_line(xmlTextWriterPtr xml, const char *symbolizer, struct sg_colour colour) {
    char text[8];
    start(xml, symbolizer);
    write_stroke(xml, hex(colour, text), "1.5");
    end(xml);
}

/* SLD 1.0 has six marks: what has five or six corners is a circle, a ring a white mark with a wide edge. */
static void write_mark(xmlTextWriterPtr xml, const struct sg_style_class *class) {
    static const struct {
        const char *name, *rotation;
    } marks[SG_SYMBOL_COUNT] = {[SG_SYMBOL_CIRCLE] = {"circle", NULL},
                                [SG_SYMBOL_SQUARE] = {"square", NULL},
                                [SG_SYMBOL_TRIANGLE] = {"triangle", NULL},
                                [SG_SYMBOL_DIAMOND] = {"square", "45"},
                                [SG_SYMBOL_CROSS] = {"x", NULL},
                                [SG_SYMBOL_PLUS] = {"cross", NULL},
                                [SG_SYMBOL_STAR] = {"star", NULL},
                                [SG_SYMBOL_PENTAGON] = {"circle", NULL},
                                [SG_SYMBOL_HEXAGON] = {"circle", NULL},
                                [SG_SYMBOL_TRIANGLE_DOWN] = {"triangle", "180"},
                                [SG_SYMBOL_RING] = {"circle", NULL},
                                [SG_SYMBOL_SQUARE_RING] = {"square", NULL},
                                [SG_SYMBOL_DIAMOND_RING] = {"square", "45"}};
    char colour[8];
    bool is_ring = sg_symbol_is_ring(class->symbol);
    hex(class->colour, colour);
    start(xml, "PointSymbolizer");
    start(xml, "Graphic");
    start(xml, "Mark");
    sg_xml_element(xml, "WellKnownName", marks[class->symbol].name);
    start(xml, "Fill");
    parameter(xml, "fill", is_ring ? "#ffffff" : colour);
    end(xml);
    write_stroke(xml, is_ring ? colour : "#ffffff", is_ring ? "2" : "0.5");
    end(xml);
    sg_xml_element(xml, "Size", "9");
    if (marks[class->symbol].rotation != NULL)
        sg_xml_element(xml, "Rotation", marks[class->symbol].rotation);
    end(xml);
    end(xml);
}

static void write_symbolizer(xmlTextWriterPtr xml, const struct sg_layer_style *style,
                             const struct sg_style_class *class) {
    if (style->mark == SG_STYLE_POINTS)
        write_mark(xml, class);
    else if (style->mark == SG_STYLE_LINES)
        write_line(xml, "LineSymbolizer", class->colour);
    else if (style->mark == SG_STYLE_OUTLINES)
        write_line(xml, "PolygonSymbolizer", class->colour);
    else
        write_fill(xml, class->colour, style->transparency_pct);
}

static void start_rule(xmlTextWriterPtr xml, const char *name, const char *title) {
    start(xml, "Rule");
    sg_xml_element(xml, "Name", name);
    sg_xml_element(xml, "Title", title);
}

static void write_rules(xmlTextWriterPtr xml, const struct sg_layer_style *style, const char *field) {
    for (size_t n = 0; n < style->class_count; n++) { /* as in the legend */
        size_t i = style->is_by_text ? n : style->class_count - 1 - n;
        char name[32];
        snprintf(name, sizeof name, "class %zu", i + 1);
        start_rule(xml, name, style->classes[i].label);
        write_class_filter(xml, style, field, &style->classes[i]);
        write_symbolizer(xml, style, &style->classes[i]);
        end(xml);
    }
    if (style->has_zero_class) {
        start_rule(xml, "zero", style->zero_label);
        start(xml, "ogc:Filter");
        compare(xml, "ogc:PropertyIsEqualTo", field, 0);
        end(xml);
        write_fill(xml, style->zero, style->transparency_pct);
        end(xml);
    }
    if (style->is_complete)
        return;
    start_rule(xml, "no data", style->no_data_label);
    start(xml, "ogc:Filter");
    start(xml, "ogc:PropertyIsNull");
    sg_xml_element(xml, "ogc:PropertyName", field);
    end(xml);
    end(xml);
    write_fill(xml, style->no_data, 0);
    end(xml);
}

static void write_document(xmlTextWriterPtr xml, const struct sg_layer_style *style, const char *layer,
                           const char *field) {
    xmlTextWriterSetIndent(xml, 1);
    xmlTextWriterStartDocument(xml, NULL, "UTF-8", NULL);
    start(xml, "StyledLayerDescriptor");
    xmlTextWriterWriteAttribute(xml, X("version"), X("1.0.0"));
    xmlTextWriterWriteAttribute(xml, X("xmlns"), X("http://www.opengis.net/sld"));
    xmlTextWriterWriteAttribute(xml, X("xmlns:ogc"), X("http://www.opengis.net/ogc"));
    start(xml, "NamedLayer");
    sg_xml_element(xml, "Name", layer);
    start(xml, "UserStyle");
    sg_xml_element(xml, "Name", style->name);
    sg_xml_element(xml, "IsDefault", "1");
    start(xml, "FeatureTypeStyle");
    write_rules(xml, style, field);
    xmlTextWriterEndDocument(xml); /* closes what is open */
}

char *sg_sld_style(const struct sg_layer_style *style, const char *layer, const struct sg_table *table,
                   bool short_names) {
    const struct sg_column *column = sg_table_find(table, style->field);
    const char *field = short_names && column != NULL ? column->short_name : style->field;
    xmlBufferPtr buffer = xmlBufferCreate();
    xmlTextWriterPtr xml = buffer == NULL ? NULL : xmlNewTextWriterMemory(buffer, 0);
    char *document = NULL;
    if (xml != NULL) {
        write_document(xml, style, layer, field);
        xmlFreeTextWriter(xml);
        document = sg_strdup((const char *)xmlBufferContent(buffer));
    }
    if (buffer != NULL)
        xmlBufferFree(buffer);
    return document;
}
