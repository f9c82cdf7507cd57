internal import Statistics

/// Columns of a case, wherever they stand: in the table that the input names, or inline.
extension OracleCase {
  /// The numbers of the column `name`, from `input.inline` if it is there.
  func ratings(_ name: String) throws(CaseError) -> [Double?] {
    guard let inline = input["inline"]?[name]?.array else { return try table().numbers(name) }
    return try numbers(inline)
  }

  /// The numbers of the column that the input's member `role` names, or of the inline array of
  /// that name.
  func ratings(role: String) throws(CaseError) -> [Double?] {
    if let inline = input["inline"]?[role]?.array { return try numbers(inline) }
    return try ratings(try text(input, role))
  }

  /// As `ratings(role:)`, as labels. A column of nothing but numbers is one of numbers, as it is
  /// to the programs that made the cases: "01" and "1.0" are the label "1".
  func labels(role: String) throws(CaseError) -> [String?] {
    let inline = input["inline"]
    let name = input[role]?.string
    let labels: [String?]
    if let values = (inline?[role] ?? name.flatMap { inline?[$0] })?.array {
      labels = values.map { $0 == .null || $0.string == "" ? nil : $0.string ?? $0.text }
    } else {
      labels = try table().column(try text(input, role))
    }
    let numbers = labels.map { $0.flatMap(Double.init) }
    let isNumeric = zip(labels, numbers).allSatisfy { label, number in
      label == nil || number?.isFinite == true
    }
    return isNumeric ? numbers.map { $0.map { JSON($0).text } } : labels
  }

  /// The items named in the parameters or the input, in that order, reversed where asked.
  func items() throws(CaseError) -> [[Double?]] {
    let names = try itemNames()
    let reversed = Set((parameters["reversed"]?.array ?? []).compactMap(\.string))
    guard reversed.isSubset(of: names) else {
      throw .malformed("a reversed item that is not among the items")
    }
    // A coefficient of covariances does not see where the mirror stands; without a scale it
    // stands at 0.
    let mirror = (parameters["scale_min"]?.number ?? 0) + (parameters["scale_max"]?.number ?? 0)
    let table = input["inline"] == nil ? try table() : nil
    var columns: [[Double?]] = []
    for name in names {
      let column: [Double?]
      if let table { column = try table.numbers(name) } else { column = try ratings(name) }
      columns.append(
        reversed.contains(name) ? column.map { $0.map { mirror - $0 } } : column)
    }
    guard columns.allSatisfy({ $0.count == columns[0].count }) else {
      throw .malformed("items of different length")
    }
    return columns
  }

  func itemNames() throws(CaseError) -> [String] {
    let names = parameters["items"] ?? input["items"]
    // A list of one may be written as the name alone.
    if let name = names?.string { return [name] }
    guard let list = names?.array, list.allSatisfy({ $0.string != nil }) else {
      throw .malformed("no list 'items'")
    }
    return list.compactMap(\.string)
  }

  private func numbers(_ elements: [JSON]) throws(CaseError) -> [Double?] {
    guard elements.allSatisfy({ $0 == .null || $0.number != nil }) else {
      throw .malformed("inline values that are not numbers")
    }
    return elements.map(\.number)
  }
}

extension JSON {
  init(_ integer: Int?) { self = integer.map { JSON($0) } ?? .null }
  init(_ words: [String]) { self = .array(words.map(JSON.string)) }
  init(_ integers: [Int]) { self = .array(integers.map { JSON($0) }) }
}
