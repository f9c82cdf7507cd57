internal import Events

/// Responses whose subject cell is empty: a survey may be answered without saying who one is, but a
/// column that was lost leaves them all so.
struct UnnamedResponses {
  private var count = 0
  private var line = 0

  mutating func note(line: Int) {
    if count == 0 { self.line = line }
    count += 1
  }

  func diagnostics(file: String) -> [Diagnostic] {
    guard count > 0 else { return [] }
    return [
      Diagnostic(
        .responseUnnamed, file: file, line: line,
        message: count == 1
          ? "a response is recorded without a person: the binding's subject is empty in this row"
          : "\(count) responses are recorded without a person: the binding's subject is empty, first"
            + " in this row")
    ]
  }
}
