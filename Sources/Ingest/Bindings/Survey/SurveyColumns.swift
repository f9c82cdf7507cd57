internal import Events

/// Which cell of a row is what, worked out from a header and a binding; collects all that is wrong.
struct SurveyColumns {
  private let binding: SurveyBinding
  private let traits: SurveyTraits
  private let header: SurveyHeader
  private let spelled: [String]
  private let folded: [String]
  private var report: HeaderReport
  private var isUsed: [Bool]
  private(set) var layout: Layout
  private(set) var kind: ResponseKind

  /// Throws every column that is in the file or in the binding only, and every one that may not be
  /// what the binding makes of it.
  init(
    _ binding: SurveyBinding, _ traits: SurveyTraits, _ header: SurveyHeader,
    _ setting: BindingSetting
  ) throws {
    self.binding = binding
    self.traits = traits
    self.header = header
    spelled = header.names.map(traits.spelling)
    folded = spelled.map { $0.lowercased() }
    report = HeaderReport(header: header.batch, row: header.row, file: header.file)
    isUsed = Array(repeating: false, count: header.names.count)
    kind = ResponseKind()
    layout = Layout(columns: kind.columns.count, width: header.names.count)
    layout.holdsAnswers = true
    try checkResemblance()
    kind.missing = traits.missing
    for mark in binding.missing {
      kind.missing.mark(Composition.composed(mark.text.text), as: mark.state)
    }
    kind.programme = binding.programme.text
    kind.source =
      traits.idsAreUnique
      ? traits.source
      : traits.source + " " + (binding.survey?.text ?? binding.wave?.text ?? "")
    if let version = binding.version {
      layout.fix(ResponseKind.At.version, to: version.text)
    } else {
      kind.versions = binding.fitting(setting.register)
    }
    kind.idsAreUnique = traits.idsAreUnique
    if !traits.idsAreUnique, binding.survey == nil, let wave = binding.wave {
      kind.otherWaves = setting.register.waves.filter {
        $0.programme == binding.programme.text && $0.code != wave.text
      }.map { OtherWave(wave: $0.code, source: traits.source + " " + $0.code, own: kind.source) }
    }
    layout.fix(ResponseKind.At.instrument, to: binding.instrument.text)
    bindResponse()
    bindSubject()
    bindWave()
    try bindTime(setting)
    bindAnswers()
    for name in binding.drop { if let index = need(name) { layout.identifying.insert(index) } }
    checkRest()
    if !report.found.isEmpty { throw InputError(report.found) }
  }

  /// A file with none of the columns is another file altogether: that is told once.
  private func checkResemblance() throws {
    let wanted = binding.columns + traits.response.prefix(1) + binding.response.map(\.text)
    guard wanted.allSatisfy({ index($0) == nil }) else { return }
    throw InputError(
      .headerRows, file: header.file,
      message: "'\(header.file)' has none of the columns of '\(binding.file)'",
      hint: "is it the right file, and from the tool the binding names?")
  }

  // MARK: Finding columns

  /// The column of that name.
  func index(_ name: String) -> Int? {
    let wanted = traits.spelling(name)
    return spelled.firstIndex(of: wanted) ?? folded.firstIndex(of: wanted.lowercased())
  }

  private mutating func take(_ name: String) -> Int? {
    let index = index(name)
    if let index { isUsed[index] = true }
    return index
  }

  /// The column of that name; reports where there is none.
  private mutating func need(_ name: BoundText) -> Int? {
    let index = take(Composition.composed(name.text))
    if index == nil { report.lacking(name.text, unnamed) }
    return index
  }

  /// Columns the binding does not name: one of them may be meant by a name the file lacks.
  private var unnamed: [String] {
    let named = Set((binding.columns + binding.drop.map(\.text)).map(traits.spelling))
    return zip(header.names, spelled).filter { !named.contains($1) }.map(\.0)
  }

  /// A column that becomes part of a record: not one that says who somebody is.
  private mutating func keep(_ name: BoundText) -> Int? {
    guard let index = need(name) else { return nil }
    if traits.isPersonal(header.names[index]) {
      report.found.append(
        report.diagnostic(
          .privateColumn, at: header.cells[index],
          "column '\(name.text)' says who or where somebody is and may not be mapped", nil))
    }
    return index
  }

  // MARK: The parts of a record

  private mutating func bindResponse() {
    var cells: [Int] = []
    if binding.response.isEmpty {
      cells = traits.response.compactMap { take($0) }
      if let first = traits.response.first, index(first) == nil {
        report.lacking(
          first, unnamed, hint: "say which column tells responses apart: 'response: COLUMN'")
      }
    } else {
      for name in binding.response { if let index = keep(name) { cells.append(index) } }
    }
    if let first = cells.first { layout.sources[ResponseKind.At.response] = first }
    kind.responseCells = cells
  }

  private mutating func bindSubject() {
    guard let subject = binding.subject, let index = need(subject.column) else { return }
    if traits.forbidden.contains(header.names[index].lowercased()) { _ = keep(subject.column) }
    kind.hasSubject = true
    layout.sources[subject.identifier.column] = index
    layout.identifying.insert(index)
  }

  private mutating func bindWave() {
    if let wave = binding.wave { layout.fix(ResponseKind.At.wave, to: wave.text) }
    guard let waves = binding.waves, let index = keep(waves.column) else { return }
    layout.sources[ResponseKind.At.wave] = index
    kind.waves = AnswerWaves(
      column: waves.column.text,
      byValue: Dictionary(
        waves.waves.map { (Composition.composed($0.value.text), $0.wave.text) },
        uniquingKeysWith: { first, _ in first }))
  }

  private mutating func bindTime(_ setting: BindingSetting) throws {
    let index: Int?
    if let time = binding.time {
      index = keep(time)
    } else {
      index = traits.time.lazy.compactMap { [self] in self.index($0) }.first
      for name in traits.time { _ = take(name) }
      if index == nil, traits.needsTime {
        report.lacking(traits.time[0], unnamed, hint: "say which column tells when: 'time: COLUMN'")
      }
    }
    guard let index else { return }
    layout.sources[ResponseKind.At.on] = index
    let zone = try binding.zoneRules(setting)
    kind.clock = Clock(
      column: header.names[index], zone: zone, home: try homeRules(setting, sameAs: zone))
  }

  /// The rules of the zone of the institution's clocks.
  private func homeRules(_ setting: BindingSetting, sameAs zone: ZoneRules?) throws -> ZoneRules? {
    guard let home = setting.register.programmes[binding.programme.text]?.timeZone else {
      return nil
    }
    if let zone, zone.name.lowercased() == home.lowercased() { return zone }
    return try setting.zones.rules(of: home)
  }

  private mutating func bindAnswers() {
    var answered: [Int: BoundText] = [:]
    for question in binding.questions {
      let cells = question.columns.map { keep($0) }
      for case (let cell?, let column) in zip(cells, question.columns) {
        // One column by two of its names.
        guard let other = answered.updateValue(column, forKey: cell) else { continue }
        report.found.append(
          Diagnostic(
            .columnUsedTwice, file: binding.file, line: column.line, column: column.column,
            message: "'\(column.text)' and '\(other.text)' are one column of the file"))
      }
      guard !cells.contains(nil) else { continue }
      let places = cells.compactMap(\.self)
      for (item, source) in question.sources(places) { layout.items.append((item, source)) }
    }
  }

  /// What is neither mapped nor dropped: the tool's own, the columns a file of rejected rows adds,
  /// nameless ones, which must be empty, and the rest, which is told.
  private mutating func checkRest() {
    for index in header.names.indices where !isUsed[index] {
      let name = header.names[index]
      if layout.takeReason(name.lowercased(), at: index) {
        continue
      } else if name.isEmpty {
        layout.nameless.append(index)
      } else if traits.isPersonal(name) {
        layout.identifying.insert(index)
      } else if !traits.isOwn(name) {
        report.unmapped(
          header.cells[index], name, near: binding.columns.filter { self.index($0) == nil })
      }
    }
  }
}

extension SurveyTraits {
  fileprivate func isPersonal(_ name: String) -> Bool {
    personal.contains(name.lowercased()) || forbidden.contains(name.lowercased())
  }

  fileprivate func isOwn(_ name: String) -> Bool {
    let name = name.lowercased()
    return own.contains(name) || ownPrefixes.contains { name.hasPrefix($0) }
      || (response + time).contains { $0.lowercased() == name }
  }
}

extension SurveyBinding {
  /// Every column it names, wherever.
  var named: [BoundText] {
    questions.flatMap(\.columns) + drop + response
      + [subject?.column, waves?.column, time].compactMap(\.self)
  }

  /// The columns it reads answers from.
  var columns: [String] { questions.flatMap(\.columns).map(\.text) }

  /// The rules of its zone, `nil` without one; throws for a zone nobody knows.
  func zoneRules(_ setting: BindingSetting) throws -> ZoneRules? {
    guard let zone else { return nil }
    if let rules = try setting.zones.rules(of: zone.text) { return rules }
    throw InputError([
      Diagnostic(
        .unknownZone, file: file, line: zone.line, column: zone.column,
        message: "time zone '\(zone.text)' is not known")
    ])
  }
}

extension SurveyBinding.Identifier {
  fileprivate var column: Int {
    switch self {
    case .personID: ResponseKind.At.personID
    case .email: ResponseKind.At.email
    }
  }
}

extension BoundQuestion {
  /// The items it answers and where; `cells` side by side with `columns`.
  fileprivate func sources(_ cells: [Int]) -> [(String, AnswerSource)] {
    switch self {
    case .single(let item, _, nil): return [(item.text, .number(cell: cells[0]))]
    case .single(let item, _, let map?):
      let values = Dictionary(
        map.map { (Composition.composed($0.code.text), $0.value) },
        uniquingKeysWith: { first, _ in first })
      return [(item.text, .coded(cell: cells[0], AnswerCodes(values)))]
    case .oneHot(let item, let options, let marks):
      return [(item.text, .oneHot(zip(cells, options).map { ($0, $1.value) }, marks))]
    case .checkboxes(let boxes, let marks):
      return zip(cells, boxes).map { ($1.item.text, .box(cell: $0, of: cells, marks)) }
    case .delimited(_, let separator, let options):
      let list = OptionList(separator: separator, options: options.map(\.code))
      return options.map { ($0.item.text, .listed(option: $0.code, cell: cells[0], list)) }
    }
  }
}

extension HeaderReport {
  fileprivate mutating func lacking(_ name: String, _ names: [String], hint: String? = nil) {
    let near = nearest(to: name, among: names).map { "did you mean '\($0)'?" }
    found.append(
      diagnostic(.bindingColumn, at: nil, "the file has no column '\(name)'", near ?? hint))
  }

  fileprivate mutating func unmapped(_ cell: RowBatch.Cell, _ name: String, near: [String]) {
    let near = nearest(to: name, among: near).map { "did the binding mean this by '\($0)'?" }
    found.append(
      diagnostic(
        .unmappedColumn, at: cell, "column '\(name)' is neither mapped nor dropped", near))
  }
}
