/// Aligned columns for people; numbers stand to the right.
struct TextTable {
  private let header: [String]
  private var rows: [[String]] = []

  init(_ header: String...) { self.header = header }
  init(_ header: [String]) { self.header = header }

  mutating func add(_ row: [String]) { rows.append(row) }

  func rendered() -> String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    let isNumber = header.indices.map { column in
      !rows.isEmpty
        && rows.allSatisfy { row in
          row[column].isEmpty || row[column].first.map { "-0123456789–".contains($0) } == true
        }
    }
    func line(_ cells: [String]) -> String {
      cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - cells[column].count)
        return isNumber[column] ? space + cells[column] : cells[column] + space
      }.joined(separator: "  ").trimmedRight()
    }
    let rule = widths.map { String(repeating: "-", count: $0) }
    return ([line(header), line(rule)] + rows.map(line)).joined(separator: "\n")
  }
}

extension String {
  fileprivate func trimmedRight() -> String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
