internal import Events

/// Events of a DHIS2 tracker programme as records of any kind, from JSON or from CSV.
struct DHIS2Binding: ToolBinding {
  static let tool = "dhis2"
  static let isToldByLooks = true
  static let hasHeader = false
  let kind: String
  /// Our columns from fields of the event and attributes of the person.
  let columns: [ColumnSource]
  /// Our columns from data elements; `heading` is the data element.
  let values: [ColumnSource]
  let drop: Set<String>
  let programs: Set<String>
  let stages: Set<String>
  /// The statuses whose events are records.
  let taken: Set<String>
  private let zone: BoundText?

  /// Fields that hold ids of the institution's own things, and of nobody.
  private static let units: Set<String> = ["orgUnit", "program", "programStage"]
  /// Statuses there are.
  static let statuses = ["ACTIVE", "COMPLETED", "VISITED", "SCHEDULE", "OVERDUE", "SKIPPED"]

  init(_ reader: inout BindingReader) throws {
    kind = reader.text("kind", oneOf: RecordKinds.all.map(\.name)) ?? ""
    columns = reader.sources("columns")
    values = reader.sources("values", required: false).map(DHIS2Binding.turned)
    drop = Set(reader.list("drop").map(\.text))
    programs = Set(reader.list("programs").map(\.text))
    stages = Set(reader.list("stages").map(\.text))
    let taken = reader.list("take")
    for status in taken where !DHIS2Binding.statuses.contains(status.text) {
      reader.report(
        .bindingKey, status, "'take': '\(status.text)' is no status of an event",
        hint: "known are " + DHIS2Binding.statuses.joined(separator: ", "))
    }
    self.taken = taken.isEmpty ? ["COMPLETED", "VISITED"] : Set(taken.map(\.text))
    zone = reader.bound("zone")
    for source in columns {
      guard let field = source.heading, DHIS2Event.field(field) == nil else { continue }
      reader.report(
        .bindingKey, source.column, "'\(field)' is no field of an event",
        hint: nearest(to: field, among: DHIS2Event.fields).map { "did you mean '\($0)'?" }
          ?? "fields are \(DHIS2Event.fields.joined(separator: ", ")); an attribute is"
          + " 'attribute ID', and data elements stand under 'values:'")
    }
    try reader.close()
  }

  /// `element: ours` the way `ours: theirs` is written.
  private static func turned(_ source: ColumnSource) -> ColumnSource {
    guard case .heading(let ours) = source.origin else { return source }
    return ColumnSource(column: ours, origin: .heading(source.column), map: source.map)
  }

  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws {
    guard let kind = RecordKinds.named(kind) as? any CheckedKind else { return }
    let targets = ColumnTargets(kind, register)
    let found = targets.complaints(about: columns + values, file: file)
    if !found.isEmpty { throw InputError(found) }
  }

  func unknownReferences(_ register: Register, binding file: String) -> [Diagnostic] {
    guard let kind = RecordKinds.named(kind) as? any CheckedKind else { return [] }
    return ColumnTargets(kind, register).unknown(in: columns + values, register, file: file)
  }

  func checkZone(_ setting: BindingSetting) throws { _ = try zone?.rules(setting) }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try check(against: setting.register, setting.sessions, binding: setting.binding)
    guard let kind = RecordKinds.named(kind) as? any CheckedKind else {
      preconditionFailure("every kind of RecordKinds.all is checked")
    }
    let zone = LocalDay(try zone?.rules(setting))
    let source = try ByteSource(path: file, stop: setting.options.stop)
    // Read twice: which events are not in one piece shows at the end only.
    let again = try SeekableFile(source)
    let input = try PeekedInput(
      source, again.isCopy ? SeekableSupply(again) : source, setting.options)
    let csv =
      input.isJSON
      ? nil : try DHIS2CSV(input.supply, again, file: file, setting.options)
    let events: any DHIS2Events = csv ?? DHIS2JSON(input.supply, file: file)
    let sources = (columns + values).filter { $0.heading != nil }
    let maker = DHIS2Rows(events, self, sources, zone)
    return BoundInput(
      source: input.source,
      reader: MadeRowReader(
        maker, input.decoder, form: "DHIS2 events", delimiter: csv?.delimiter),
      layout: layout(sources, kind, setting.register), kind: kind, header: csv?.header ?? [])
  }

  /// One cell a source, in their order.
  private func layout(
    _ sources: [ColumnSource], _ kind: any CheckedKind, _ register: Register
  ) -> Layout {
    let targets = ColumnTargets(kind, register)
    var layout = Layout(columns: kind.columns.count, width: sources.count)
    for (cell, source) in sources.enumerated() {
      switch targets[source.column.text] {
      case .column(let column):
        let isUnit = source.heading.flatMap(DHIS2Event.field).map {
          DHIS2Binding.units.contains($0)
        }
        source.bind(column, to: cell, in: &layout) { text in
          isUnit == true && DHIS2Rows.shown(text) == text
        }
        if kind.columns[column].isIdentifying { layout.identifying.insert(cell) }
      case .item(let item): layout.items.append((item, .number(cell: cell)))
      case nil: continue
      }
    }
    for source in columns + values {
      if case .value(let value) = source.origin,
        case .column(let column) = targets[source.column.text]
      {
        layout.fix(column, to: value.text)
      }
    }
    return layout
  }

  static func draft(for sample: FileSample) -> String? {
    let isCSV =
      sample.rows.first.map { $0.contains("dataElement") && $0.contains("event") } ?? false
    let words = ["programStage", "dataValues", "trackedEntity", "trackedEntities", "enrollments"]
    guard isCSV || words.contains(where: { sample.text.contains("\"\($0)\"") }) else { return nil }
    let named = sample.values(of: "orgUnit").map { "\(YAMLText.quoted($0)): GROUP" }
    let units = named.isEmpty ? ["ORGUNIT: GROUP"] : named
    return """
      # DHIS2 events as records: our column, then the field of the event.
      tool: dhis2
      kind: sessions
      zone: Europe/Oslo
      # Programs and stages whose events are meant; leave empty for all.
      programs: []
      stages: []
      # Events of these statuses are records; others are counted and left out.
      take: [COMPLETED, VISITED]
      columns:
        session: event
        group: {column: orgUnit, map: {\(units.joined(separator: ", "))}}
        held_on: occurredAt
        status: {value: held}
      # Each data element that is needed and our column for it, for example:
      # values: {ELEMENT: minutes, ELEMENT: {column: mode, map: {"1": online}}}
      values: {}
      # Data elements that are not needed: here all that the file begins with.
      drop: [\(sample.values(of: "dataElement").map(YAMLText.quoted).joined(separator: ", "))]

      """
  }
}
