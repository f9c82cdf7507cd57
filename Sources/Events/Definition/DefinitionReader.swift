import Yams

/// One definition file while it is being read: its lines, and the problems found so far.
///
/// Reading never stops at a problem. Whoever finds one reports it and answers `nil`; the
/// definition is built only if nothing was reported.
final class DefinitionReader {
  let file: String
  private let lines: [Substring]
  private var found: [Diagnostic] = []

  init(text: String, file: String) {
    self.file = file
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  /// All problems in the order of the file. An alias repeats what is wrong with its anchor; once
  /// is enough.
  var problems: DefinitionProblems? {
    guard !found.isEmpty else { return nil }
    let sorted = found.enumerated().sorted {
      ($0.element.line ?? 0, $0.element.column ?? 0, $0.offset)
        < ($1.element.line ?? 0, $1.element.column ?? 0, $1.offset)
    }
    var once: [Diagnostic] = []
    for (_, problem) in sorted where !once.contains(problem) { once.append(problem) }
    return DefinitionProblems(once)
  }

  func report(
    _ code: DefinitionCode, at mark: Mark?, _ message: String, hint: String? = nil
  ) {
    report(code, line: mark?.line, column: mark?.column, message, hint: hint)
  }

  private func report(
    _ code: DefinitionCode, line: Int?, column: Int?, _ message: String, hint: String? = nil
  ) {
    found.append(
      Diagnostic(
        code: code.rawValue, file: file, line: line, column: column, message: message, hint: hint,
        excerpt: line.flatMap(excerpt)))
  }

  /// The text of the file as one mapping, or `nil` with the reason reported.
  func root(of text: String) -> Node? {
    guard !YAMLGuard.hasTooManyAliases(text) else {
      report(
        .syntax, at: nil, "the file has too many aliases (*name)",
        hint: "write out what they stand for")
      return nil
    }
    do {
      guard let root = try compose(yaml: text) else {
        report(.unreadable, at: nil, "the file is empty", hint: "a definition is a YAML mapping")
        return nil
      }
      return root
    } catch let error as YamlError {
      report(error, in: text)
    } catch {
      report(.syntax, at: nil, "not YAML: \(error)")
    }
    return nil
  }

  private func report(_ error: YamlError, in text: String) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let around = context.map { " (\($0.text))" } ?? ""
      let tab = excerpt(mark.line)?.contains("\t") ?? false
      report(
        .syntax, at: mark, "not YAML: \(problem)\(around)",
        hint: tab ? "indent with spaces, not with tabs" : nil)
    case .duplicatedKeysInMapping(let keys, let context):
      for key in keys {
        report(
          .repeatedKey, line: second(key, in: context.mark), column: context.mark.column,
          "key '\(key)' stands twice", hint: "keep one of the two")
      }
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      let line = before.count { $0 == "\n" || $0 == "\r\n" } + 1
      let column = before.reversed().prefix { $0 != "\n" && $0 != "\r\n" }.count + 1
      report(.syntax, line: line, column: column, "not YAML: \(problem)")
    default:
      report(.syntax, at: nil, "not YAML: \(error)")
    }
  }

  /// The line where `key` stands for the second time in the mapping that begins at `start`. The parser
  /// says only where the mapping begins; in a flow mapping that must do.
  private func second(_ key: String, in start: Mark) -> Int {
    let indent = String(repeating: " ", count: start.column - 1)
    let places = lines.indices.dropFirst(start.line - 1).filter { index in
      lines[index].hasPrefix("\(indent)\(key):")
        || (index == start.line - 1 && lines[index].dropFirst(indent.count).hasPrefix("\(key):"))
    }
    return places.count > 1 ? places[1] + 1 : start.line
  }

  private func excerpt(_ line: Int) -> String? {
    lines.indices.contains(line - 1) ? String(lines[line - 1]) : nil
  }
}

extension DefinitionReader {
  /// `did you mean 'X'?` for the known name nearest to the one that was written, or the known
  /// names themselves while they are few.
  static func suggestion(for name: String, among known: some Collection<String>) -> String? {
    if let near = nearest(to: name, among: known) { return "did you mean '\(near)'?" }
    guard !known.isEmpty, known.count <= 12 else { return nil }
    return "known: " + known.joined(separator: ", ")
  }
}
