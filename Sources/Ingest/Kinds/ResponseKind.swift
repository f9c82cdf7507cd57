internal import Events
internal import FoundationEssentials

/// One person's answers to a questionnaire, a column an item. Natural key: programme, instrument,
/// where the response comes from, and its id there.
struct ResponseKind: CheckedKind {
  let name = "responses"
  let eventType = "response_submitted"
  let people = [ResponseKind.who]
  /// What stands for no answer. An empty cell of our template means that the item was shown; most
  /// tools cannot tell.
  var missing = MissingMarks(empty: .skipped)
  /// Set by a binding: the programme rows belong to.
  var programme: String?
  /// Set by a binding that names no version: those that have all it maps.
  var versions: Set<String>?
  /// Set by a binding: ids of responses are given once in the whole tool.
  var idsAreUnique = false
  /// Set by a binding: waves whose responses it would tell from its own by nothing but the wave.
  var otherWaves: [OtherWave] = []
  /// Set by a binding: whose numbering the response's id belongs to. Every tool has its own, and some
  /// begin anew in every survey.
  var source = ""
  /// Set by a binding: `on` holds a time of day, too, and not only the day.
  var clock: Clock?
  /// Set by a binding: the cells that together are the id of the response, where one is not enough.
  var responseCells: [Int] = []
  /// Set by a binding: it says where the row tells who answered.
  var hasSubject = false
  /// Set by a binding: the wave by what the column `wave` holds.
  var waves: AnswerWaves?

  enum At {
    static let response = 0
    static let instrument = 1
    static let wave = 2
    static let personID = 3
    static let on = 4
    // Only bindings fill this.
    static let email = 5
    static let version = 6
  }

  private static let who = PersonColumns(id: At.personID, email: At.email)

  let columns = [
    Column("response", ["svar"], required: true, example: "R-0001"),
    Column("instrument", ["skjema", "instrument"], required: true, example: "pit"),
    Column("wave", ["boelge", "bølge", "bolge"], example: "W0"),
    Column(
      "person_id", ["ansattnr", "ansattnummer", "employee_id"], identifying: true,
      example: "F1001"),
    Column("on", ["dato", "date"], example: "2025-01-20"),
    Column("email", ["epost", "e-post", "e-mail"], identifying: true, example: ""),
    Column("version", ["versjon", "utgave"], example: ""),
  ]

  func openColumns(_ register: Register) -> [String: String] {
    var items: [String: String] = [:]
    for versions in register.instruments.values {
      for item in versions.flatMap(\.items) { items[ColumnName.folded(item.code)] = item.code }
    }
    return items
  }

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let response = self.response(&row)
    let (instrument, isSaid) = self.instrument(&row)
    let person = try row.person(ResponseKind.who, group: nil, required: false)
    let (day, instant) = clock?.read(&row, At.on) ?? (row.date(At.on), nil)
    let programme = instrument.flatMap { row.register.programmes[$0.programme] }
    row.expect(day, within: programme, At.on)
    let wave = self.wave(instrument, person?.subject, day, &row)
    let answers = instrument.map { self.answers($0, &row) }
    row.expectConsent(
      of: person?.subject, to: name, in: instrument?.programme, on: day, at: At.personID)
    guard !row.isRejected, let response, let instrument, let answers else { return nil }
    if hasSubject, person == nil { row.context.unnamed.note(line: row.row.line) }
    if !isSaid { row.context.responses.note(instrument, line: row.row.line) }
    var body = JSONWriter(reservingCapacity: 768)
    body.string("programme", instrument.programme)
    body.string("instrument", instrument.code)
    body.string("version", instrument.version)
    body.string("response", shownID(row))
    body.string("wave", wave?.code)
    body.date("on", day)
    body.raw("answers", answers)
    body.string("match", person?.method.rawValue)
    let time = occurrence(day, instant, wave, programme)
    return EventDraft(
      type: eventType, occurredAt: time.at, precision: time.precision, subject: person?.subject,
      naturalKey: key(response, instrument), body: body.finish())
  }

  private func response(_ row: inout RowCheck) -> String? {
    row.newCode(At.response) == nil ? nil : responseID(row)
  }

  /// The wave the row names, or else the one the person was in on that day.
  private func wave(
    _ instrument: Register.Instrument?, _ subject: UUID?, _ day: CivilDate?,
    _ row: inout RowCheck
  ) -> Register.Wave? {
    let code = waveCode(&row)
    guard let instrument, !row.isRejected || code != nil else { return nil }
    let waves = row.register.waves.filter {
      $0.programme == instrument.programme
        && ($0.instrument == nil || $0.instrument == instrument.code)
    }
    let joined = subject.map { row.register.enrolments(of: $0) }?
      .filter { $0.programme == instrument.programme }.map(\.joined).min()
    let since = day.flatMap { day in joined.map { day.daysSinceEpoch - $0.daysSinceEpoch } }
    if let code {
      if let wave = waves.first(where: { $0.code == code }) {
        if let since, since < wave.fromDay || since > wave.toDay {
          row.report(
            .outsideWave, At.on,
            "the answer came \(since) days after enrolment; wave '\(code)' is \(wave.fromDay) to"
              + " \(wave.toDay)")
        }
        return wave
      }
      row.report(
        .unknownWave, "wave", code, At.wave, among: waves.map(\.code),
        of: " of instrument '\(instrument.code)'")
      return nil
    }
    let wave = since.flatMap { since in
      waves.first { ($0.fromDay...max($0.fromDay, $0.toDay)).contains(since) }
    }
    if wave == nil {
      row.report(
        .noWave, At.wave,
        since.map { "no wave covers an answer that came \($0) days after enrolment" }
          ?? "nothing says which wave the answer belongs to")
    }
    return wave
  }

  /// The wave as the row names it, by way of the binding's list if there is one.
  private func waveCode(_ row: inout RowCheck) -> String? {
    guard let code = row.code(At.wave), let waves else { return row.code(At.wave) }
    if let wave = waves.byValue[code] { return wave }
    let shown = AnswerWaves.isEvent(code) ? code : row.shown(code)
    row.report(
      .unmappedCode, At.wave,
      "'\(waves.column)': '\(shown)' is none of the waves the binding maps",
      hint: row.context.suggestion(for: code, .unmappedCode, waves.byValue.keys).near
        .map { "did you mean '\($0)'?" }
        ?? "add it to the 'map:' of 'waves:', with the wave it stands for")
    return nil
  }

  /// An anonymous form stores no time at all: its answers are placed by their wave.
  private func occurrence(
    _ day: CivilDate?, _ instant: Int64?, _ wave: Register.Wave?, _ programme: Register.Programme?
  ) -> (at: Int64, precision: EventDraft.Precision) {
    if let instant { return (instant, .instant) }
    if let day { return (EventDraft.midnight(day), .day) }
    let start = programme?.startsOn ?? CivilDate(daysSinceEpoch: 0)
    return (EventDraft.midnight(start.adding(days: max(0, wave?.fromDay ?? 0))), .wave)
  }
}

/// Which wave a column's values stand for.
struct AnswerWaves: Sendable {
  var column: String
  var byValue: [String: String]

  /// Whether a value is the name of an event as REDCap makes them, `intake_arm_1`.
  static func isEvent(_ value: String) -> Bool {
    guard let arm = value.ranges(of: "_arm_").last else { return false }
    let number = value[arm.upperBound...]
    return value.utf8.count <= 60 && !number.isEmpty && number.utf8.allSatisfy(isDigit)
      && value.utf8.allSatisfy { isDigit($0) || (0x61...0x7A).contains($0) || $0 == 0x5F }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
