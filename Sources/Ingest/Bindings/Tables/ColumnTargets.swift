internal import Events

/// The columns of a kind by every name they go by, with the items of known instruments.
struct ColumnTargets {
  enum Target: Equatable {
    case column(Int)
    case item(String)
  }

  private let kind: any CheckedKind
  private let items: [String: String]

  init(_ kind: any CheckedKind, _ register: Register) {
    self.kind = kind
    items = kind.openColumns(register)
  }

  subscript(name: String) -> Target? {
    if let index = ColumnTargets.index(of: name, in: kind) { return .column(index) }
    return items[ColumnName.folded(name)].map { .item($0) }
  }

  static func index(of name: String, in kind: any RecordKind) -> Int? {
    let folded = ColumnName.folded(name)
    return kind.columns.firstIndex { column in
      ([column.name] + column.aliases).contains { ColumnName.folded($0) == folded }
    }
  }

  /// What is wrong with the columns a binding names: not ours, twice, or a required one missing.
  func complaints(about sources: [ColumnSource], file: String) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var seen: [Target] = []
    var answered: [String: String] = [:]
    func complain(_ place: BoundText?, _ message: String, _ hint: String?) {
      found.append(
        Diagnostic(
          .bindingKey, file: file, line: place?.line, column: place?.column, message: message,
          hint: hint))
    }
    for source in sources {
      let name = source.column.text
      guard let target = self[name] else {
        let known = kind.columns.map(\.name)
        complain(
          source.column, "\(kind.name) has no column '\(name)'",
          nearest(to: name, among: known + items.values).map { "did you mean '\($0)'?" }
            ?? "known are " + known.joined(separator: ", "))
        continue
      }
      if seen.contains(target) {
        complain(source.column, "'\(name)' is given twice", "keep one of them")
      }
      seen.append(target)
      if case .item(let item) = target, let heading = source.heading,
        let other = answered.updateValue(item, forKey: heading.lowercased())
      {
        found.append(
          Diagnostic(
            .columnUsedTwice, file: file, line: source.column.line, column: source.column.column,
            message: "column '\(heading)' answers '\(item)' and '\(other)'"))
      }
      if case .item = target, source.heading == nil || !source.map.isEmpty {
        complain(
          source.column, "item '\(name)' takes a heading only",
          "answers in words need the binding of a survey tool")
      }
    }
    for (index, column) in kind.columns.enumerated()
    where column.isRequired && !seen.contains(.column(index)) {
      complain(nil, "'columns' lacks '\(column.name)', which \(kind.name) require", nil)
    }
    return found
  }
}

extension ColumnTargets {
  /// Groups and units the sources translate to, or say themselves, that nobody knows: what a draft
  /// leaves to be filled in is among them.
  func unknown(
    in sources: [ColumnSource], _ register: Register, file: String
  ) -> [Diagnostic] {
    var report = ReferenceReport(file: file)
    for source in sources {
      guard case .column(let index) = self[source.column.text] else { continue }
      var values = source.map.map(\.ours)
      if case .value(let value) = source.origin { values.append(value) }
      let name = kind.columns[index].name
      for value in values {
        switch name {
        case "group" where register.groups[value.text] == nil:
          report.miss(value, name, among: register.groups.keys)
        case "unit" where !register.units.contains(value.text):
          report.miss(value, name, among: register.units)
        default: continue
        }
      }
    }
    return report.found
  }
}

extension BindingReader {
  /// `header:`, the number of the line the headings stand in.
  mutating func headerLine() -> Int? {
    guard let line = bound("header", required: false) else { return nil }
    if let number = Int(line.text), number > 0 { return number }
    report(.bindingKey, line, "'header' is not the number of a line")
    return nil
  }
}
