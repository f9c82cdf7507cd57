internal import Events

/// Columns a file does not have, and recorded values that change because of it.
///
/// What is not said is empty, and whoever sent a part of the columns is warned. To keep the recorded
/// value instead would make records nobody has written and no check has seen: a session that is now
/// held, with the reason for which it was cancelled before.
struct LeftOutColumns {
  private let input: BoundInput
  private let columns: [String: Column]
  /// Items that have a column; `nil` for kinds without items.
  private let items: Set<String>?
  private var values: [(name: String, count: Int, line: Int)] = []

  init(_ input: BoundInput) {
    self.input = input
    let (kind, layout) = (input.kind, input.layout)
    let missing = kind.columns.indices.filter { layout.sources[$0] == -1 }
    columns = Dictionary(
      missing.map { (kind.columns[$0].name, kind.columns[$0]) }, uniquingKeysWith: { $1 })
    items = kind is ResponseKind ? Set(layout.items.map(\.item)) : nil
  }

  /// Whether a correction could come from a column that is not there.
  var mayHide: Bool { items != nil || !columns.isEmpty }

  mutating func note(_ correction: Correction) {
    for change in correction.changes where change.before != nil && isLeftOut(change.member) {
      if let index = values.firstIndex(where: { $0.name == change.member }) {
        values[index].count += 1
      } else {
        values.append((change.member, 1, correction.line))
      }
    }
  }

  private func isLeftOut(_ member: String) -> Bool {
    if columns[member] != nil { return true }
    guard let items else { return false }
    return !items.contains(member) && !LeftOutColumns.others.contains(member)
  }

  /// Members of a response that are no items.
  private static let others: Set<String> = [
    "programme", "instrument", "version", "response", "wave", "on", "answers", "match",
  ]

  func diagnostics(file: String) -> [Diagnostic] {
    values.map { value in
      let what =
        value.count == 1
        ? "a recorded value is emptied by this row"
        : "\(value.count) recorded values are emptied, first by this row"
      return Diagnostic(
        .columnLeftOut, file: file, line: value.line,
        message: "\(lack(of: value.name)), so \(what)", hint: hint(on: value.name))
    }
  }

  /// What is not there, as the file or its binding would call it.
  private func lack(of member: String) -> String {
    guard let column = columns[member] else {
      return input.isBound
        ? "the binding takes no column for item '\(member)'"
        : "there is no \(input.reader.wording.part) '\(member)'"
    }
    if input.isBound { return "the binding takes nothing for '\(column.name)'" }
    return "there is no \(input.reader.wording.part) '\(column.name)'\(column.shownAlias)"
  }

  private func hint(on member: String) -> String? {
    if input.reader.wording == .keys {
      return "give '\(member)' its value again; if it has none any more, say so: \(member)="
    }
    let again = "and send the file again: what was emptied comes back"
    if input.layout.isMade {
      return "files of this tool cannot say it: leave these records out of the file, or send their"
        + " values afterwards in a table of their own ('varde template \(input.kind.name)')"
    }
    if input.isBound { return "map what has its values in the binding, \(again)" }
    return input.reader.wording == .columns
      ? nil : "add the \(input.reader.wording.part) with its values \(again)"
  }
}
