#include "write/xml_text.h"

#include <string.h>

#include "core/text.h"
#include "write/safe_text.h"

enum { PIECE = 256 };

#define X(text) ((const xmlChar *)(text))

static size_t put(char *to, uint32_t c) {
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--, c >>= 6)
        to[i] = (char)(0x80 | (c & 0x3F));
    to[0] = (char)(lead[length] | c);
    return length;
}

/* In pieces, so that nothing need be allocated. */
void sg_xml_string(xmlTextWriterPtr xml, const char *text) {
    size_t length = strlen(text), position = 0;
    while (position < length) {
        char piece[PIECE + 1];
        size_t used = 0;
        while (position < length && used + 4 <= PIECE) {
            uint32_t c = sg_utf8_next(text, length, &position);
            used += put(piece + used, sg_xml_char(c));
        }
        piece[used] = '\0';
        xmlTextWriterWriteString(xml, X(piece));
    }
}

void sg_xml_attribute(xmlTextWriterPtr xml, const char *name, const char *value) {
    xmlTextWriterStartAttribute(xml, X(name));
    sg_xml_string(xml, value);
    xmlTextWriterEndAttribute(xml);
}

void sg_xml_element(xmlTextWriterPtr xml, const char *name, const char *text) {
    xmlTextWriterStartElement(xml, X(name));
    sg_xml_string(xml, text);
    xmlTextWriterEndElement(xml);
}
