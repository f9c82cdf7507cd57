/// A tidy table: one row per observation, described column by column for machines and people.
struct Table: Equatable {
  struct Column: Equatable {
    enum Kind: String, Equatable {
      case string, integer, number, boolean, date
    }

    let name: String
    let kind: Kind
    let description: String
    /// Allowed values with their meaning, where the column has a closed list.
    var categories: [(value: String, label: String)] = []
    var required = false

    static func == (left: Column, right: Column) -> Bool {
      left.name == right.name && left.kind == right.kind && left.description == right.description
        && left.required == right.required
        && left.categories.elementsEqual(right.categories) {
          $0.value == $1.value && $0.label == $1.label
        }
    }
  }

  /// Path inside the release, for example `tables/hours.csv`.
  let path: String
  let title: String
  let description: String
  let columns: [Column]
  /// Columns that identify a row.
  let key: [String]
  private(set) var rows: [[String]] = []

  init(
    path: String, title: String, description: String, columns: [Column], key: [String]
  ) {
    self.path = path
    self.title = title
    self.description = description
    self.columns = columns
    self.key = key
  }

  /// Adds a row; empty text is a missing value.
  mutating func add(_ fields: [String]) {
    precondition(fields.count == columns.count, "\(path): \(fields.count) fields")
    rows.append(fields)
  }

  /// Name of the table without folder and suffix.
  var name: String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.prefix { $0 != "." })
  }

  /// RFC 4180 with LF line ends, UTF-8 without byte-order mark.
  var file: ReleaseFile {
    var text = Self.line(columns.map(\.name))
    for row in rows { text += Self.line(row) }
    return ReleaseFile(path: path, text: text)
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes =
      field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
      || field.utf8.first == 0x20 || field.utf8.last == 0x20
    guard needsQuotes else { return field }
    var out = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { out += "\"" }
      out.unicodeScalars.append(scalar)
    }
    return out + "\""
  }
}
