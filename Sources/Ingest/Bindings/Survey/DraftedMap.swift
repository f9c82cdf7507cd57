/// The codes of a column and the numbers they may stand for, as a draft has them.
struct DraftedMap {
  private var entries: [(code: String, number: Int?)] = []
  /// Whether there are values that are not repeated here: they may be about a person.
  private let hasOthers: Bool

  /// - Parameters:
  ///   - isOfTool: whether a code is of a tool's own making, whoever gave it.
  ///   - item: the item it answers, where that is known.
  init(_ column: ColumnLook, _ item: Register.Item?, isOfTool: (String) -> Bool) {
    // Longer texts may be about a person, and so may what one row alone has; neither is repeated.
    let shown = column.distinct.filter { value in
      column.isLabel(value)
        || ColumnLook.isCode(value)
          && (isOfTool(value) || column.values.count { $0 == value } > 1)
    }
    hasOthers = shown.count < column.distinct.count
    entries = shown.map { code in
      let digits = String(code.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
      let labelled = item?.labels[HTMLText.decoded(code).lowercased()]
      return (code, labelled ?? ScaleLabels.label(code).map(\.number) ?? Int(digits))
    }
    let isOwn = item != nil || shown.allSatisfy { column.isLabel($0) || isOfTool($0) }
    if isOwn { addUnseen(item.map { $0.minimum...$0.maximum }) }
    entries.sort { ($0.number ?? Int.max, $0.code) < ($1.number ?? Int.max, $1.code) }
  }

  /// Codes nobody has chosen so far: the numbers between those of `A2` and `A5`, and the rest of the
  /// item's scale.
  private mutating func addUnseen(_ scale: ClosedRange<Int>?) {
    let codes = entries.map(\.code)
    if !codes.isEmpty, !hasOthers, Set(codes).isSubset(of: ["Y", "N"]) {
      for code in ["Y", "N"] where !codes.contains(code) { entries.append((code, nil)) }
    }
    let numbers = entries.compactMap(\.number)
    guard let most = numbers.max(), !hasOthers else { return }
    let range = scale.map { $0.lowerBound...max(most, $0.upperBound) } ?? 1...max(1, most)
    guard range.count <= 12 else { return }
    let prefixes = Set(entries.filter { $0.number != nil }.map { $0.code.prefix { $0.isLetter } })
    let isNumbered = codes.allSatisfy { ScaleLabels.label($0) != nil }
    guard isNumbered || prefixes.count == 1 else { return }
    let first = entries.first { $0.number != nil }?.code ?? ""
    let prefix = isNumbered ? "" : String(first.prefix { $0.isLetter })
    let width = isNumbered ? 1 : first.count - prefix.count
    guard isNumbered || first.dropFirst(prefix.count).allSatisfy(\.isNumber) else { return }
    for number in range where number >= 0 && !numbers.contains(number) {
      let digits = "\(number)"
      entries.append(
        (prefix + String(repeating: "0", count: max(0, width - digits.count)) + digits, number))
    }
  }

  /// `{A1: 1, A2: 2}`, with a place for what is not shown.
  var yaml: String {
    let map = entries.map {
      "\(SurveyDraft.quoted($0.code)): \($0.number.map(String.init) ?? "NUMBER")"
    }
    return "{\((map + (hasOthers ? ["CODE: NUMBER"] : [])).joined(separator: ", "))}"
  }
}
