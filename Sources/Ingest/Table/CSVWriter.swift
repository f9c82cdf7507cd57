/// Writes cells the way the reader reads them: quoted only where they must be.
enum CSVWriter {
  static func row(_ cells: [String], delimiter: Delimiter) -> String {
    // A lone empty cell would be a blank line, which is no row.
    if cells == [""] { return "\"\"" }
    return cells.map { cell($0, delimiter: delimiter) }.joined(separator: delimiter.rawValue)
  }

  static func cell(_ text: String, delimiter: Delimiter) -> String {
    let needsQuotes = text.utf8.contains { byte in
      byte == delimiter.byte || byte == 0x22 || byte == 0x0A || byte == 0x0D
    }
    guard needsQuotes else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append("\"") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
