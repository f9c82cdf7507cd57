/// What is read of a workbook at most. A file of a few kilobytes can unpack to any size, so all of
/// it is counted as it unpacks, whatever the file says about itself.
struct WorkbookLimits {
  var table = CSVReader.Limits()
  /// Cells that make a batch complete, empty ones included.
  var batchCells = 500_000
  var fileBytes = 512 << 20
  var parts = 10_000
  /// Unpacked size of one part, and of all that are read.
  var partBytes = 2 << 30
  var totalBytes = 4 << 30
  /// Unpacked size of a part that is kept in memory as a whole: sheets, relations, styles.
  var indexBytes = 16 << 20
  /// Texts the cells share, in memory.
  var sharedTextBytes = 128 << 20
  var sharedTexts = 4_000_000
  /// Bytes of XML without the beginning of a tag: a text or a tag that is none of a spreadsheet's.
  var runBytes = 256 << 10
}
