/// A CSV file of a set of cases: UTF-8, commas, one header row, an empty cell is missing.
struct Table {
  let header: [String]
  let rows: [[String]]

  init(_ text: String) {
    var records = Self.records(text)
    header = records.isEmpty ? [] : records.removeFirst()
    rows = records
  }

  /// The cells of one column from top to bottom, `nil` where empty.
  func column(_ name: String) throws(CaseError) -> [String?] {
    guard let index = header.firstIndex(of: name) else {
      throw .malformed("no column '\(name)' among \(header.joined(separator: ", "))")
    }
    return rows.map { row in
      index < row.count && !row[index].isEmpty ? row[index] : nil
    }
  }

  /// As `column(_:)`, as numbers.
  func numbers(_ name: String) throws(CaseError) -> [Double?] {
    var numbers: [Double?] = []
    for cell in try column(name) {
      guard let cell else {
        numbers.append(nil)
        continue
      }
      guard let number = Double(cell), number.isFinite else {
        throw .malformed("'\(cell)' in column '\(name)' is not a number")
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func records(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var isQuoted = false
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        scalars.removeFirst()
        field += "\""
      case "\"": isQuoted.toggle()
      case _ where isQuoted: field.unicodeScalars.append(scalar)
      case ",":
        record.append(field)
        field = ""
      case "\r" where scalars.first == "\n": break
      case "\n":
        records.append(record + [field])
        record = []
        field = ""
      default: field.unicodeScalars.append(scalar)
      }
    }
    if !record.isEmpty || !field.isEmpty { records.append(record + [field]) }
    return records
  }
}
