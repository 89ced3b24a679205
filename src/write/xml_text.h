/* Strangers' text into XML: escaped, and without what XML 1.0 cannot hold. */
#ifndef SG_WRITE_XML_TEXT_H
#define SG_WRITE_XML_TEXT_H

#include <libxml/xmlwriter.h>

/* Characters that XML cannot hold (controls, U+FFFE) and bytes that are not UTF-8 become U+FFFD. */
void sg_xml_string(xmlTextWriterPtr xml, const char *text);
void sg_xml_attribute(xmlTextWriterPtr xml, const char *name, const char *value);
void sg_xml_element(xmlTextWriterPtr xml, const char *name, const char *text);

#endif
