internal import Events

/// Records that were about somebody and are now about another person, or about nobody: a mistake in a
/// file or a binding does that to many at once, and nothing in the answers shows it.
struct MovedRecords {
  private var moved = CountedRows()
  private var unlinked = CountedRows()

  mutating func note(_ change: Correction.Move?, line: Int) {
    switch change {
    case .another: moved.note(line: line)
    case .unlinked: unlinked.note(line: line)
    case .linked, nil: break
    }
  }

  /// - Parameter other: what else it may be, and what to do then.
  func diagnostics(file: String, orElse other: String? = nil) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if unlinked.count > 0 {
      found.append(
        Diagnostic(
          .personUnlinked, file: file, line: unlinked.line,
          message: unlinked.count == 1
            ? "a recorded record loses the person it was linked to, by this row"
            : "\(unlinked.count) recorded records lose the person they were linked to, first by this"
              + " row", hint: MovedRecords.hint(of: .personUnlinked, other)))
    }
    if moved.count > 0 {
      found.append(
        Diagnostic(
          .personMoved, file: file, line: moved.line,
          message: moved.count == 1
            ? "a recorded record becomes another person's, by this row"
            : "\(moved.count) recorded records become another person's, first by this row",
          hint: MovedRecords.hint(of: .personMoved, other)))
    }
    return found
  }

  private static func hint(of code: IngestCode, _ other: String?) -> String? {
    other.map { "\(code.hint); \($0)" }
  }
}
