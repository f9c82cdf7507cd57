internal import Events

/// How a binding says which columns answer an item, or several.
enum BoundQuestion: Sendable {
  /// One column, the number itself or a code that a map makes a number.
  case single(item: BoundText, column: BoundText, map: [(code: BoundText, value: Int)]?)
  /// A column an option; the checked one is the answer.
  case oneHot(item: BoundText, options: [(value: Int, column: BoundText)], CheckMarks)
  /// A column an option; each is an item that is 0 or 1.
  case checkboxes([(item: BoundText, column: BoundText)], CheckMarks)
  /// A list in one column; each option is an item that is 0 or 1.
  case delimited(column: BoundText, separator: String, [(code: String, item: BoundText)])

  /// The items it answers.
  var items: [BoundText] {
    switch self {
    case .single(let item, _, _), .oneHot(let item, _, _): [item]
    case .checkboxes(let boxes, _): boxes.map(\.item)
    case .delimited(_, _, let options): options.map(\.item)
    }
  }

  /// The columns it reads.
  var columns: [BoundText] {
    switch self {
    case .single(_, let column, _), .delimited(let column, _, _): [column]
    case .oneHot(_, let options, _): options.map(\.column)
    case .checkboxes(let boxes, _): boxes.map(\.column)
    }
  }

  /// All of `items:`, and of its short form `columns:`, which says a header and the item it answers.
  static func all(_ reader: inout BindingReader) -> [BoundQuestion] {
    var questions: [BoundQuestion] = []
    if let node = reader.node("items") {
      guard case .members(let members, _) = node.value else {
        reader.report(.bindingKey, node.key, "'items' is not a list of 'item: column' lines")
        return []
      }
      questions = members.compactMap { question($0.key, $0.value, &reader) }
    }
    let isShort = reader.node("columns") != nil
    if isShort || questions.isEmpty, !reader.hasFound {
      for pair in reader.pairs("columns", required: isShort) {
        questions.append(.single(item: pair.value, column: pair.key, map: nil))
      }
      if questions.isEmpty { reader.report(.bindingKey, nil, "'items' is missing") }
    }
    var answered: Set<String> = []
    for item in questions.flatMap(\.items) where !answered.insert(item.text).inserted {
      reader.report(
        .bindingKey, item, "item '\(item.text)' is answered by two columns",
        hint: "one of them belongs to another item, or under 'drop:'")
    }
    checkColumns(questions, &reader)
    return questions
  }

  /// Two items from one column: one of them would have the other's answers.
  private static func checkColumns(_ questions: [BoundQuestion], _ reader: inout BindingReader) {
    var read: [String: String] = [:]
    for question in questions {
      for column in question.columns {
        let name = Composition.composed(column.text).lowercased()
        let item = question.items.map(\.text).joined(separator: ", ")
        if let other = read.updateValue(item, forKey: name) {
          reader.report(
            .columnUsedTwice, column, "column '\(column.text)' answers '\(item)' and '\(other)'",
            hint: "each item has a column of its own; a list in one column is 'delimited'")
        }
      }
    }
  }

  private static func question(
    _ key: BoundText, _ node: BoundNode, _ reader: inout BindingReader
  ) -> BoundQuestion? {
    if case .text(let column) = node, !column.text.isEmpty {
      return .single(item: key, column: column, map: nil)
    }
    guard var members = BoundMembers(node, of: key, &reader) else { return nil }
    let question = shape(key, &members, &reader)
    if question == nil, !reader.hasFound {
      reader.report(
        .bindingKey, key, "'\(key.text)' says no column",
        hint: "it takes one of 'column', 'one_hot', 'checkboxes' and 'delimited'")
    }
    members.close(&reader)
    return question
  }

  private static func shape(
    _ key: BoundText, _ members: inout BoundMembers, _ reader: inout BindingReader
  ) -> BoundQuestion? {
    if let column = members.text("column", &reader) {
      let map = members.pairs("map", &reader)
      return .single(
        item: key, column: column,
        map: map?.compactMap { pair in number(pair.value, &reader).map { (pair.key, $0) } })
    }
    if let options = members.pairs("one_hot", &reader) {
      return .oneHot(
        item: key,
        options: options.compactMap { pair in number(pair.key, &reader).map { ($0, pair.value) } },
        marks(&members, &reader))
    }
    if let boxes = members.pairs("checkboxes", &reader) {
      return .checkboxes(boxes.map { (item: $0.key, column: $0.value) }, marks(&members, &reader))
    }
    guard let column = members.text("delimited", &reader) else { return nil }
    let separator = members.text("separator", &reader)
    guard let options = members.pairs("options", &reader) else {
      reader.report(.bindingKey, key, "'\(key.text)' is a list and says no 'options'")
      return nil
    }
    return .delimited(
      column: column, separator: separator?.text ?? ";",
      options.map { (code: Composition.composed($0.key.text), item: $0.value) })
  }

  private static func number(_ text: BoundText, _ reader: inout BindingReader) -> Int? {
    if let number = Int(text.text) { return number }
    guard text.text != "NUMBER" else {
      reader.leaveOpen(text)
      return nil
    }
    reader.report(.bindingKey, text, "'\(text.text)' is not a whole number")
    return nil
  }

  private static func marks(
    _ members: inout BoundMembers, _ reader: inout BindingReader
  ) -> CheckMarks {
    let checked = members.texts("checked", &reader)
    let unchecked = members.texts("unchecked", &reader)
    guard checked != nil || unchecked != nil else { return .usual }
    func folded(_ texts: [BoundText]) -> Set<String> {
      Set(texts.map { Composition.composed($0.text).lowercased() })
    }
    let own = checked.map(folded) ?? CheckMarks.usual.checked
    return CheckMarks(
      checked: own,
      unchecked: unchecked.map(folded) ?? CheckMarks.usual.unchecked.subtracting(own))
  }
}
