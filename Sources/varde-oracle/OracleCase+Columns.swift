/// Columns by the part they play: `input.time` names a column of the file, or
/// `input.inline.time` holds its values.
extension OracleCase {
  /// The cells of columns of equal length as text, `nil` where missing.
  func columns(_ roles: String...) throws(CaseError) -> [[String?]] {
    var columns: [[String?]] = []
    if let inline = input["inline"] {
      for role in roles {
        guard let cells = inline[role]?.array else { throw .malformed("no values '\(role)'") }
        columns.append(
          cells.map { $0 == .null || $0.string == "" ? nil : $0.string ?? $0.text })
      }
    } else {
      let table = try table()
      for role in roles { columns.append(try table.column(try text(input, role))) }
    }
    guard Set(columns.map(\.count)).count <= 1 else {
      throw .malformed("columns of different length")
    }
    return columns
  }

  /// The numbers in `cells`, `nil` where missing.
  func numbers(_ cells: [String?]) throws(CaseError) -> [Double?] {
    var numbers: [Double?] = []
    for cell in cells {
      let number = cell.flatMap { Double($0) }
      guard cell == nil || number?.isFinite == true else {
        throw .malformed("'\(cell ?? "")' is not a number")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Which of `codes`, in their order, a cell holds; numbers are compared as numbers. `nil` if
  /// it holds none of them.
  func place(of cell: String, in codes: [JSON]) -> Int? {
    let value = Double(cell) ?? (cell.lowercased() == "true" ? 1 : nil)
    return codes.firstIndex { code in
      if let number = code.number, let value { return number == value }
      return code.string == cell
    }
  }
}
