internal import Events

/// Responses whose subject cell is empty: a survey may be answered without saying who one is, but a
/// column that was lost leaves them all so.
struct UnnamedResponses {
  private var rows = CountedRows()

  mutating func note(line: Int) { rows.note(line: line) }

  func diagnostics(file: String) -> [Diagnostic] {
    guard rows.count > 0 else { return [] }
    return [
      Diagnostic(
        .responseUnnamed, file: file, line: rows.line,
        message: rows.count == 1
          ? "a response is recorded without a person: the binding's subject is empty in this row"
          : "\(rows.count) responses are recorded without a person: the binding's subject is empty, first"
            + " in this row")
    ]
  }
}
