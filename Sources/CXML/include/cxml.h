#ifndef CXML_H
#define CXML_H

// What Varde asks of libxml2's reader, without libxml2's headers: those bring ICU's, which differ
// from the ones Swift brings.

typedef struct _xmlTextReader cxml_reader;

/// Fills a buffer; answers how many bytes there were, 0 at the end, -1 when that fails.
typedef int (*cxml_source)(void *context, char *buffer, int length);

enum {
  CXML_FAILED = -1,
  CXML_AT_END = 0,
  CXML_START,
  CXML_END,
  CXML_TEXT,
  /// A document type, an entity: what no part of a workbook has.
  CXML_DECLARATION
};

/// A reader that fetches nothing, loads no definitions, puts in no entities and keeps libxml2's
/// limits on names, texts and nesting; null when there is no memory.
cxml_reader *cxml_open(cxml_source source, void *context);
void cxml_close(cxml_reader *reader);

/// Goes to the next place that is one of the above.
int cxml_next(cxml_reader *reader);

/// Name of the tag or attribute without its prefix; it lives as long as the reader.
const char *cxml_name(cxml_reader *reader);
/// The text, or the attribute's value, until the reader goes on; null when there is none.
const char *cxml_value(cxml_reader *reader);
/// Whether the start tag is of an element without content, which gets no end.
int cxml_is_empty(cxml_reader *reader);

/// Goes to the next attribute of the start tag; 0 after the last one.
int cxml_next_attribute(cxml_reader *reader);
/// Goes back from the attributes to their tag.
void cxml_leave_attributes(cxml_reader *reader);

/// Why reading failed on this thread, or null.
const char *cxml_failure(void);
/// Whether it failed because entities refer to each other without end.
int cxml_failed_by_entities(void);

#endif
