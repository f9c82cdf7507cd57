internal import Events

/// The elements of a form in Nettskjema, as its API describes them: the columns the form's answers
/// make, named as the form's own `csv-report` names them.
struct NettskjemaElements {
  /// An answer's element, and its row in a matrix.
  struct Question: Hashable {
    var element: String
    var row: String?
  }

  /// Where the answer to a question goes.
  enum Place {
    /// One column; the code of an option by its number.
    case one(column: Int, options: [String: String])
    /// A column an option.
    case each([String: Int])
  }

  /// Columns with their places in the description.
  private(set) var columns: [(name: String, place: SourcePosition)] = []
  private(set) var places: [Question: Place] = [:]
  let file: String

  /// Reads the description a binding names, from a path relative to the binding's own.
  init(_ name: BoundText, of binding: String) throws {
    file = Companion.path(name.text, beside: binding)
    let source = try name.opened(beside: binding) { try ByteSource(path: $0) }
    let decoder = TextDecoder(source, file: file)
    var text: [UInt8] = []
    while text.count < 16 << 20, try decoder.append(to: &text) {}
    guard let value = try? JSONReader.read(text), !value.elements.isEmpty else {
      throw InputError(
        .companionUnreadable, file: file,
        message: "'\(name.text)' is no list of a form's elements",
        hint: "it is what Nettskjema's API answers for /form/ID/elements")
    }
    let lines = LineStarts(text)
    for element in value.elements { add(element, lines) }
  }

  private mutating func add(_ element: JSONValue, _ lines: LineStarts) {
    guard let type = element["elementType"]?.text, let id = element["elementId"]?.text,
      !["HEADING", "TEXT", "IMAGE", "PAGE_BREAK"].contains(type)
    else { return }
    let code = element["externalElementId"]?.text ?? id
    let place = lines.position(of: element.offset)
    let options = (element["answerOptions"]?.elements ?? []).compactMap { option in
      option["answerOptionId"]?.text.map {
        (id: $0, code: option["externalAnswerOptionId"]?.text ?? $0)
      }
    }
    let rows = element["subElements"]?.elements ?? []
    guard type.hasPrefix("MATRIX") else {
      return add(
        Question(element: id, row: nil), code, options, isChecked: type == "CHECKBOX", place)
    }
    for row in rows {
      guard let rowID = row["questionId"]?.text else { continue }
      add(
        Question(element: id, row: rowID), "\(code).\(row["externalElementId"]?.text ?? rowID)",
        options, isChecked: type == "MATRIX_CHECKBOX", lines.position(of: row.offset))
    }
  }

  private mutating func add(
    _ question: Question, _ name: String, _ options: [(id: String, code: String)],
    isChecked: Bool, _ place: SourcePosition
  ) {
    guard isChecked else {
      places[question] = .one(
        column: columns.count,
        options: Dictionary(
          options.map { ($0.id, $0.code) }, uniquingKeysWith: { first, _ in first }))
      columns.append((name, place))
      return
    }
    var each: [String: Int] = [:]
    for option in options {
      each[option.id] = columns.count
      columns.append(("\(name).\(option.code)", place))
    }
    places[question] = .each(each)
  }
}

/// Lines of a text by the offsets they begin at.
struct LineStarts {
  private let starts: [Int]

  init(_ text: [UInt8]) {
    starts = [0] + text.indices.filter { text[$0] == 0x0A }.map { $0 + 1 }
  }

  /// Line and column, both counted from 1; the column in bytes, which is near enough in JSON.
  func position(of offset: Int) -> SourcePosition {
    let line = starts.lastIndex { $0 <= offset } ?? 0
    return SourcePosition(line: line + 1, column: offset - starts[line] + 1)
  }
}
