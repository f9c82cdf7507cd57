#include "cxml.h"

#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>

static int leave_open(void *context) {
  (void)context;
  return 0;
}

cxml_reader *cxml_open(cxml_source source, void *context) {
  // Neither XML_PARSE_NOENT nor XML_PARSE_DTDLOAD nor XML_PARSE_HUGE.
  return xmlReaderForIO(
      source, leave_open, context, NULL, NULL,
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

void cxml_close(cxml_reader *reader) { xmlFreeTextReader(reader); }

int cxml_next(cxml_reader *reader) {
  for (;;) {
    int answer = xmlTextReaderRead(reader);
    if (answer != 1) return answer == 0 ? CXML_AT_END : CXML_FAILED;
    switch (xmlTextReaderNodeType(reader)) {
      case XML_READER_TYPE_ELEMENT:
        return CXML_START;
      case XML_READER_TYPE_END_ELEMENT:
        return CXML_END;
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_WHITESPACE:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        return CXML_TEXT;
      case XML_READER_TYPE_DOCUMENT_TYPE:
      case XML_READER_TYPE_ENTITY_REFERENCE:
      case XML_READER_TYPE_ENTITY:
        return CXML_DECLARATION;
      default:
        continue;
    }
  }
}

const char *cxml_name(cxml_reader *reader) {
  return (const char *)xmlTextReaderConstLocalName(reader);
}

const char *cxml_value(cxml_reader *reader) {
  return (const char *)xmlTextReaderConstValue(reader);
}

int cxml_is_empty(cxml_reader *reader) { return xmlTextReaderIsEmptyElement(reader) == 1; }

int cxml_next_attribute(cxml_reader *reader) {
  return xmlTextReaderMoveToNextAttribute(reader) == 1;
}

void cxml_leave_attributes(cxml_reader *reader) { xmlTextReaderMoveToElement(reader); }

const char *cxml_failure(void) {
  const xmlError *error = xmlGetLastError();
  return error ? error->message : NULL;
}

int cxml_failed_by_entities(void) {
  const xmlError *error = xmlGetLastError();
  return error && error->code == XML_ERR_ENTITY_LOOP;
}
