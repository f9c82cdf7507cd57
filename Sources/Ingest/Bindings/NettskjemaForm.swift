internal import Events

/// A survey in Nettskjema: its `csv-report` with a column a question becomes responses.
struct NettskjemaForm: ToolBinding {
  static let tool = "nettskjema"
  let kind = "responses"

  enum Identifier: String, CaseIterable {
    case personID = "person_id"
    case email, name
  }

  /// Columns every report has.
  private enum Own {
    static let submission = "$submission_id"
    static let created = "$created"
    static let time = "$answer_time_ms"
  }

  var programme: BoundText
  var instrument: BoundText
  var version: BoundText?
  var wave: BoundText?
  var subject: (column: BoundText, identifier: Identifier)?
  /// Header and the item it answers.
  var columns: [(header: BoundText, item: BoundText)]
  var drop: [BoundText]

  init(_ reader: inout BindingReader) throws {
    _ = reader.text("kind", oneOf: ["responses"])
    let programme = reader.bound("programme")
    let instrument = reader.bound("instrument")
    version = reader.bound("version", required: false)
    wave = reader.bound("wave", required: false)
    columns = reader.pairs("columns").map { (header: $0.key, item: $0.value) }
    drop = reader.list("drop")
    var answered: Set<String> = []
    for column in columns where !answered.insert(column.item.text).inserted {
      reader.report(
        .bindingKey, column.item, "item '\(column.item.text)' is answered by two columns",
        hint: "one of them belongs to another item, or under 'drop:'")
    }
    let person = reader.pairs("subject", required: false)
    let column = person.first { $0.key.text == "column" }?.value
    let identifier = person.first { $0.key.text == "identifier" }?.value
    for entry in person where !["column", "identifier"].contains(entry.key.text) {
      reader.report(.bindingKey, entry.key, "key '\(entry.key.text)' is not known in 'subject'")
    }
    if let column {
      let kind = identifier.map { Identifier(rawValue: $0.text) } ?? .personID
      if kind == nil {
        reader.report(
          .bindingKey, identifier, "'identifier': '\(identifier?.text ?? "")' is not known",
          hint: "known are " + Identifier.allCases.map(\.rawValue).joined(separator: ", "))
      }
      subject = kind.map { (column, $0) }
    } else if !person.isEmpty {
      reader.report(.bindingKey, person[0].key, "'subject' names no column")
    }
    try reader.close()
    guard let programme, let instrument else { throw InputError(reader.found) }
    self.programme = programme
    self.instrument = instrument
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try check(against: setting.register, setting.sessions, binding: setting.binding)
    var kind = ResponseKind()
    kind.emptyCell = .unknown
    kind.programme = programme.text
    kind.version = version?.text
    let input = try OpenedInput(file, setting.options)
    let header = try input.header()
    let (layout, hasInstant) = try layout(header: header, kind: kind, file: file)
    kind.hasInstant = hasInstant
    return BoundInput(
      source: input.source, reader: input.reader, layout: layout, kind: kind,
      header: layout.ownHeader(header, input.reader.delimiter))
  }

  static func draft(for sample: FileSample) -> String? { nil }

  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws {
    var found: [Diagnostic] = []
    func miss(_ place: BoundText, _ what: String, among known: some Sequence<String>) {
      let hint = nearest(to: place.text, among: known).map { "did you mean '\($0)'?" }
      found.append(
        Diagnostic(
          .bindingReference, file: file, line: place.line, column: place.column,
          message: "\(what) '\(place.text)' is not known", hint: hint))
    }
    if register.programmes[programme.text] == nil {
      miss(programme, "programme", among: register.programmes.keys)
    } else if let known = register.instrument(
      instrument.text, version: version?.text, programme: programme.text)
    {
      let items = known.items.map(\.code)
      for column in columns where !items.contains(column.item.text) {
        miss(column.item, "item", among: items)
      }
      let waves = register.waves.filter { $0.programme == programme.text }.map(\.code)
      if let wave, !waves.contains(wave.text) { miss(wave, "wave", among: waves) }
    } else if register.instrument(instrument.text, programme: programme.text) != nil,
      let version
    {
      miss(version, "version", among: [])
    } else {
      miss(instrument, "instrument", among: register.instruments.keys)
    }
    if !found.isEmpty { throw InputError(found) }
  }

  /// Which cell is what; throws every column that is in one of the two places only.
  func layout(
    header: RowBatch, kind: ResponseKind, file: String
  ) throws -> (layout: Layout, hasInstant: Bool) {
    let cells = Array(header.cells(of: header.rows[0]))
    let names = cells.map { Composition.composed(CellTrim.trimmed(header.text($0))) }
    var layout = Layout(columns: kind.columns.count, width: cells.count)
    var report = HeaderReport(header: header, file: file)
    var free = Set(names.indices)
    func take(_ name: String) -> Int? {
      let index =
        names.firstIndex(of: name) ?? names.firstIndex { $0.lowercased() == name.lowercased() }
      if let index { free.remove(index) }
      return index
    }
    func need(_ name: BoundText) -> Int? {
      let index = take(name.text)
      if index == nil { report.lacking(name.text, names) }
      return index
    }
    if let index = take(Own.submission) {
      layout.sources[ResponseKind.At.response] = index
    } else {
      report.lacking(Own.submission, names)
    }
    let created = take(Own.created)
    if let created { layout.sources[ResponseKind.At.on] = created }
    _ = take(Own.time)
    layout.fix(ResponseKind.At.instrument, to: instrument.text)
    if let wave { layout.fix(ResponseKind.At.wave, to: wave.text) }
    if let subject, let index = need(subject.column) {
      layout.sources[subject.identifier.column] = index
      layout.identifying.insert(index)
    }
    for column in columns {
      if let index = need(column.header) { layout.items.append((column.item.text, index)) }
    }
    for name in drop {
      if let index = need(name) { layout.identifying.insert(index) }
    }
    for index in free.sorted() {
      if Layout.rejectColumns.contains(names[index].lowercased()) {
        layout.reasons.insert(index)
      } else {
        report.unmapped(cells[index], names[index], near: columns.map(\.header.text))
      }
    }
    if !report.found.isEmpty { throw InputError(report.found) }
    return (layout, created != nil)
  }
}

extension NettskjemaForm.Identifier {
  fileprivate var column: Int {
    switch self {
    case .personID: ResponseKind.At.personID
    case .email: ResponseKind.At.email
    case .name: ResponseKind.At.name
    }
  }
}

extension HeaderReport {
  fileprivate mutating func lacking(_ name: String, _ names: [String]) {
    let near = nearest(to: name, among: names).map { "did you mean '\($0)'?" }
    found.append(
      diagnostic(.bindingColumn, at: nil, "the file has no column '\(name)'", near))
  }

  fileprivate mutating func unmapped(_ cell: RowBatch.Cell, _ name: String, near: [String]) {
    let near = nearest(to: name, among: near).map { "did the binding mean this by '\($0)'?" }
    found.append(
      diagnostic(
        .unmappedColumn, at: cell, "column '\(name)' is neither mapped nor dropped", near))
  }
}
