internal import Events

/// Any table as any kind of record: the binding says which of its columns is which of ours.
struct TableBinding: ToolBinding {
  static let tool = "table"
  let kind: String
  private let columns: [ColumnSource]
  private let drop: [BoundText]
  private let line: Int?

  init(_ reader: inout BindingReader) throws {
    kind = reader.text("kind", oneOf: RecordKinds.all.map(\.name)) ?? ""
    columns = reader.sources("columns")
    drop = reader.list("drop")
    line = reader.headerLine()
    try reader.close()
  }

  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws {
    guard let kind = RecordKinds.named(kind) as? any CheckedKind else { return }
    let targets = ColumnTargets(kind, register)
    var found = targets.complaints(about: columns, file: file)
    for source in columns {
      guard case .value(let value) = source.origin, let column = targets[source.column.text],
        case .column(let index) = column, index == kind.sessionColumn
      else { continue }
      if try sessions.entry(named: value.text) == nil {
        found.append(try value.unknownSession(in: sessions, file: file))
      }
    }
    if !found.isEmpty { throw InputError(found) }
  }

  func unknownReferences(_ register: Register, binding file: String) -> [Diagnostic] {
    guard let kind = RecordKinds.named(kind) as? any CheckedKind else { return [] }
    return ColumnTargets(kind, register).unknown(in: columns, register, file: file)
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try check(against: setting.register, setting.sessions, binding: setting.binding)
    guard var kind = RecordKinds.named(kind) as? any CheckedKind else {
      preconditionFailure("every kind of RecordKinds.all is checked")
    }
    if var responses = kind as? ResponseKind {
      responses.source = TableBinding.tool
      kind = responses
    }
    let input = try OpenedInput(file, setting.options)
    let header = try input.header(inLine: line)
    let layout = try layout(header, kind, setting.register, file)
    return BoundInput(
      source: input.source, reader: input.reader, layout: layout, kind: kind,
      header: layout.ownHeader(header, input.reader.delimiter))
  }

  private func layout(
    _ header: RowBatch, _ kind: any CheckedKind, _ register: Register, _ file: String
  ) throws -> Layout {
    var bound = BoundHeader(header, file: file)
    var layout = Layout(columns: kind.columns.count, width: bound.names.count)
    let targets = ColumnTargets(kind, register)
    for source in columns {
      switch (targets[source.column.text], source.origin) {
      case (.column(let column), .value(let value)): layout.fix(column, to: value.text)
      case (.column(let column), .heading(let heading)):
        guard let index = bound.need(heading) else { continue }
        source.bind(column, to: index, in: &layout)
        if kind.columns[column].isIdentifying { layout.identifying.insert(index) }
      case (.item(let item), .heading(let heading)):
        if let index = bound.need(heading) { layout.items.append((item, .number(cell: index))) }
      default: continue
      }
    }
    try bound.finish(&layout, dropping: drop, near: columns.compactMap(\.heading))
    return layout
  }

  static func draft(for sample: FileSample) -> String? { TableDraft(sample)?.yaml }
}

extension ColumnSource {
  /// The heading it is taken from, if it is.
  var heading: String? {
    if case .heading(let text) = origin { return text.text }
    return nil
  }
}

/// Texts as YAML has them.
enum YAMLText {
  /// In quotes, so that no heading can be taken for anything else.
  static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"" + String(escaped.map { $0.isNewline || $0 == "\t" ? " " : $0 }) + "\""
  }
}
