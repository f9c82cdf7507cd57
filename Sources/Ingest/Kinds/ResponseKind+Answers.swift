internal import Events

/// Texts of a tool that stand for an answer that is not there.
struct MissingMarks: Sendable {
  private var marks: [(text: [UInt8], state: ResponseKind.Missing)] = []
  /// What an empty cell means.
  var empty: ResponseKind.Missing

  init(empty: ResponseKind.Missing) { self.empty = empty }

  /// Makes a text stand for a state; the empty text is the empty cell.
  mutating func mark(_ text: String, as state: ResponseKind.Missing) {
    guard !text.isEmpty else {
      empty = state
      return
    }
    let bytes = Array(text.utf8)
    marks.removeAll { $0.text == bytes }
    marks.append((bytes, state))
  }

  /// Whether a text that is not empty stands for a state.
  func has(_ text: String) -> Bool { marks.contains { $0.text.elementsEqual(text.utf8) } }

  /// The state a cell stands for, `nil` for an answer.
  func state(of cell: CellText) -> ResponseKind.Missing? {
    if cell.isEmpty { return empty }
    for mark in marks where mark.text.elementsEqual(cell.bytes) { return mark.state }
    return nil
  }
}

extension ResponseKind {
  /// Why an item has no answer on its scale.
  enum Missing: String, Sendable, CaseIterable {
    case notRelevant = "not_relevant"
    case skipped
    case notShown = "not_shown"
    case unknown
  }

  /// What a row says of an item.
  private enum Answer {
    case number(Int)
    case missing(Missing)
    /// Something that was reported.
    case wrong
  }

  /// The answers as a JSON object, items in the instrument's order.
  func answers(_ instrument: Register.Instrument, _ row: inout RowCheck) -> [UInt8] {
    var places: [String: Int] = [:]
    for (index, entry) in row.layout.items.enumerated() { places[entry.item] = index }
    var json = JSONWriter(reservingCapacity: 640)
    for item in instrument.items {
      let place = places.removeValue(forKey: item.code)
      json.raw(dynamic: item.code, answer(item, place.map { row.layout.items[$0].source }, &row))
    }
    for (item, place) in places.sorted(by: { $0.value < $1.value }) {
      let cell = row.layout.items[place].source.cell
      guard !row.cell(at: cell).isEmpty else { continue }
      row.report(
        .foreignItem, cell: cell, "instrument '\(instrument.code)' has no item '\(item)'")
    }
    return json.finish()
  }

  private func answer(
    _ item: Register.Item, _ source: AnswerSource?, _ row: inout RowCheck
  ) -> [UInt8] {
    var answer = JSONWriter(reservingCapacity: 40)
    guard let source else {
      answer.string("s", Missing.notShown.rawValue)
      return answer.finish()
    }
    switch read(item, source, &row) {
    case .wrong: break
    case .missing(.notRelevant):
      answer.integer("v", item.notRelevant)
      answer.string("s", Missing.notRelevant.rawValue)
    case .missing(let state): answer.string("s", state.rawValue)
    case .number(let value) where value == item.notRelevant:
      answer.integer("v", value)
      answer.string("s", Missing.notRelevant.rawValue)
    case .number(let value) where item.allows(value):
      answer.integer("v", value)
      answer.string("s", "answered")
    case .number(let value):
      row.report(
        .offScale, cell: source.cell,
        "'\(item.code)': \(row.shown("\(value)")) is not on the scale \(item.scale)",
        hint: "'\(item.code)' takes \(item.choices); leave the cell empty for no answer")
    }
    return answer.finish()
  }

  private func read(
    _ item: Register.Item, _ source: AnswerSource, _ row: inout RowCheck
  ) -> Answer {
    switch source {
    case .number(let index):
      let cell = row.cell(at: index)
      if let state = missing.state(of: cell) { return .missing(state) }
      return number(item, index, cell, &row)
    case .coded(let index, let codes):
      let cell = row.cell(at: index)
      if let state = missing.state(of: cell) { return .missing(state) }
      if let value = codes.value(cell) { return .number(value) }
      return unmapped(item.code, cell.string, among: codes.values.keys, index, &row)
    case .oneHot(let options, let marks): return oneHot(item, options, marks, &row)
    case .box(let index, let all, let marks): return box(item, index, all, marks, &row)
    case .listed(let option, let index, let list):
      let cell = row.cell(at: index)
      if let state = missing.state(of: cell) { return .missing(state) }
      let (named, others) = list.read(cell.string)
      // Every option of a list reads it; one of them tells.
      if let other = others.first, option == list.first {
        return unmapped(item.code, other, among: list.known, index, &row)
      }
      return .number(named.contains(option) ? 1 : 0)
    }
  }

  private func number(
    _ item: Register.Item, _ index: Int, _ cell: CellText, _ row: inout RowCheck
  ) -> Answer {
    switch cell.whole() {
    case .empty: return .missing(missing.empty)
    case .value(let value): return .number(value)
    case .wrong(let code, let hint):
      row.report(
        code, cell: index, "'\(item.code)': '\(row.shown(cell.string))' is \(code.complaint)",
        hint: hint ?? "'\(item.code)' takes \(item.choices)")
      return .wrong
    }
  }

  private func unmapped(
    _ item: String, _ text: String, among known: some Collection<String>, _ cell: Int,
    _ row: inout RowCheck
  ) -> Answer {
    let hint =
      nearest(to: text, among: known).map { "did you mean '\($0)'?" }
      ?? "the binding knows " + known.sorted().prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    row.report(
      .unmappedCode, cell: cell,
      "'\(item)': '\(row.context.disclosure.shown(text, nearTo: known))' is none of the codes the binding maps",
      hint: hint)
    return .wrong
  }

  // MARK: Boxes

  private func oneHot(
    _ item: Register.Item, _ options: [(cell: Int, value: Int)], _ marks: CheckMarks,
    _ row: inout RowCheck
  ) -> Answer {
    var chosen: Int?
    var state: Missing?
    for option in options {
      switch self.box(item, option.cell, marks, &row) {
      case .wrong: return .wrong
      case .missing(let why): state = state ?? why
      case .number(0): continue
      case .number:
        if let chosen {
          row.report(
            .twoChecked, cell: option.cell,
            "'\(item.code)': both \(chosen) and \(option.value) are checked")
          return .wrong
        }
        chosen = option.value
      }
    }
    return chosen.map { .number($0) } ?? .missing(state ?? missing.empty)
  }

  /// An unchecked box says no only where another one of the question is checked: most tools write
  /// the same for a question nobody has touched.
  private func box(
    _ item: Register.Item, _ index: Int, _ all: [Int], _ marks: CheckMarks,
    _ row: inout RowCheck
  ) -> Answer {
    let own = self.box(item, index, marks, &row)
    switch own {
    case .wrong, .number(1), .missing(.notShown): return own
    case .missing, .number: break
    }
    let isTouched = all.contains { cell in
      let text = row.cell(at: cell)
      return missing.state(of: text) == nil && marks.isChecked(text) == true
    }
    if isTouched { return .number(0) }
    if case .missing = own { return own }
    return .missing(missing.empty)
  }

  private func box(
    _ item: Register.Item, _ index: Int, _ marks: CheckMarks, _ row: inout RowCheck
  ) -> Answer {
    let cell = row.cell(at: index)
    if let state = missing.state(of: cell) { return .missing(state) }
    if let isChecked = marks.isChecked(cell) { return .number(isChecked ? 1 : 0) }
    row.report(
      .unmappedCode, cell: index,
      "'\(item.code)': '\(row.shown(cell.string))' means neither checked nor unchecked",
      hint: "say it in the binding with 'checked: […]' or 'unchecked: […]'")
    return .wrong
  }
}

extension Register.Item {
  fileprivate var scale: String { "\(minimum) to \(maximum)" }
  fileprivate var choices: String {
    scale + (notRelevant.map { " or \($0) (not relevant)" } ?? "")
  }

  /// Whether a number is on the scale.
  func allows(_ value: Int) -> Bool { minimum <= value && value <= maximum }
}
