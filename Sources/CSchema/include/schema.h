#ifndef VARDE_SCHEMA_H
#define VARDE_SCHEMA_H

/// One file of Schema/, as it was when this binary was built.
struct varde_schema_file {
  const char *path;
  const char *text;
  unsigned long length;
};

int varde_schema_file_count(void);
const struct varde_schema_file *varde_schema_file_at(int index);

#endif
