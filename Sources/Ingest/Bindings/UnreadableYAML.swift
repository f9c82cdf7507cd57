internal import Events
internal import Yams

/// Says what is wrong with a binding that is no YAML, and shows the line. A binding holds names of
/// columns and codes, none of persons.
struct UnreadableYAML {
  private let file: String
  private let lines: [Substring]

  init(_ yaml: String, _ file: String) {
    self.file = file
    lines = yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  func diagnostic(_ error: YamlError) -> Diagnostic {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let around = context.map { " \($0.text), which begins at \($0.mark.line):\($0.mark.column)" }
      return diagnostic(
        "not YAML: \(problem)\(around ?? "")", at: SourcePosition(of: mark),
        hint: line(mark.line)?.contains("\t") == true
          ? "indent with spaces, not with tabs"
          : "look for a bracket or quote that is not closed, or a text with ': ' or '#' that needs"
            + " quotes; the mistake may stand in a line above")
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      return diagnostic(
        "key '\(key)' stands twice", at: second(key, in: context.mark), hint: "keep one of them")
    case .reader(let problem, let offset, _, let yaml):
      let before = yaml.unicodeScalars.prefix(offset ?? 0)
      return diagnostic(
        "not YAML: \(problem)",
        at: SourcePosition(
          line: before.count { $0 == "\n" } + 1,
          column: before.reversed().prefix { $0 != "\n" }.count + 1),
        hint: "take the sign out, or type the line again")
    default: return diagnostic("not readable as YAML: \(error)", at: nil, hint: nil)
    }
  }

  func diagnostic(_ message: String, at place: SourcePosition?, hint: String?) -> Diagnostic {
    Diagnostic(
      .bindingUnreadable, file: file, line: place?.line, column: place?.column, message: message,
      hint: hint, excerpt: place.flatMap { line($0.line) })
  }

  private func line(_ number: Int) -> String? {
    lines.indices.contains(number - 1) ? String(lines[number - 1]) : nil
  }

  /// Where a key of the mapping that begins at `start` stands for the second time. The parser does not
  /// say; in braces its beginning must do.
  private func second(_ key: String, in start: Mark) -> SourcePosition {
    let indent = String(repeating: " ", count: start.column - 1)
    let found = lines.indices.dropFirst(start.line - 1).filter {
      lines[$0].hasPrefix("\(indent)\(key):")
    }
    return SourcePosition(
      line: found.count > 1 ? found[1] + 1 : start.line, column: start.column)
  }
}

extension SourcePosition {
  init(of mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
