internal import Events

// Bytes and shape of a file.
extension IngestCode {
  static let fileMissing = IngestCode(
    "VD201", .error, "the file does not exist", "check the name and the folder")
  static let isDirectory = IngestCode(
    "VD202", .error, "the path is a directory", "name the file inside it")
  static let noPermission = IngestCode(
    "VD203", .error, "the file may not be read", "ask its owner for read permission")
  static let unreadable = IngestCode(
    "VD204", .error, "the file cannot be read", "copy it to a local disk and try again")
  static let emptyFile = IngestCode(
    "VD205", .error, "the file is empty", "'varde template KIND' prints a header to start from")
  static let encodingUnknown = IngestCode(
    "VD206", .error, "the bytes are neither UTF-8 nor clearly Windows-1252",
    "say which encoding it is with --encoding, or save it again as UTF-8")
  static let badBytes = IngestCode(
    "VD207", .error, "bytes that are no text in the file's encoding",
    "write the cell again, or name the true encoding with --encoding")
  static let controlByte = IngestCode(
    "VD208", .error, "a NUL byte in the text", "the file is damaged: export it again")
  static let quoteOpen = IngestCode(
    "VD209", .error, "a quoted cell is never closed",
    "close it with a second quote; everything after it was taken for one cell")
  static let strayQuote = IngestCode(
    "VD210", .error, "a quote in the middle of a cell",
    "put the whole cell in quotes and double each quote inside it")
  static let wrongCellCount = IngestCode(
    "VD211", .error, "the row has another number of cells than the header",
    "look for a missing or surplus delimiter, or a cell that needs quotes")
  static let noHeader = IngestCode(
    "VD212", .error, "the first row is not a header of this kind",
    "'varde template KIND' prints the header; check the kind, too")
  static let unknownColumn = IngestCode(
    "VD213", .error, "a column is not known", "rename or remove it")
  static let missingColumn = IngestCode(
    "VD214", .error, "a required column is missing", "add it; 'varde template KIND' shows it")
  static let columnTwice = IngestCode(
    "VD215", .error, "a column appears twice", "keep one of them")
  static let cellTooLarge = IngestCode(
    "VD216", .error, "a cell is larger than 128 KiB", "a quote may be missing before it")
  static let rowTooLarge = IngestCode(
    "VD217", .error, "a row is larger than 1 MiB; reading stops here",
    "a quote may be open, or the file is not a table")
  static let tooManyColumns = IngestCode(
    "VD218", .error, "a row has more than 4,096 cells", "check the delimiter")
  static let noRows = IngestCode(
    "VD219", .warning, "there is a header and nothing below it", "was the right sheet saved?")
  static let namelessColumn = IngestCode(
    "VD220", .error, "a cell stands in a column without a name",
    "give the column a name in the header, or empty it")

  static let lostLetters = IngestCode(
    "VD221", .error, "letters were lost before the file came here (U+FFFD stands for them)",
    "export the file again from where it was made, as UTF-8")

  static let noSuchLine = IngestCode(
    "VD224", .error, "there is no line where the binding says the header is",
    "put 'header:' right; of a workbook, 'sheet:' in the binding names the sheet")
  static let otherDelimiter = IngestCode(
    "VD225", .error, "the cells are not separated by what --delimiter says",
    "leave --delimiter out")

  static let otherKind = IngestCode(
    "VD236", .error, "the header is that of another kind of record",
    "send it as that kind, or send the file that was meant")
  static let toolWithoutBinding = IngestCode(
    "VD237", .error, "the file is a tool's and was sent without a binding",
    "name its binding with --binding; 'varde binding init FILE' drafts one")

  static let ofFiles: [IngestCode] = [
    fileMissing, isDirectory, noPermission, unreadable, emptyFile, encodingUnknown, badBytes,
    controlByte, quoteOpen, strayQuote, wrongCellCount, noHeader, unknownColumn, missingColumn,
    columnTwice, cellTooLarge, rowTooLarge, tooManyColumns, noRows, namelessColumn, lostLetters,
    noSuchLine, otherDelimiter,
    otherKind, toolWithoutBinding,
  ]
}
