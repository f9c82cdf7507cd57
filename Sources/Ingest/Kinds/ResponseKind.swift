internal import Events
internal import FoundationEssentials

/// One person's answers to a questionnaire, a column an item. Natural key: instrument and
/// response.
struct ResponseKind: CheckedKind {
  /// Why an item has no number.
  enum Missing: String, Sendable {
    case skipped
    case notShown = "not_shown"
    case unknown
  }

  let name = "responses"
  let eventType = "response_submitted"
  let people = [ResponseKind.who]
  /// What an empty cell means: in our template the item was shown; most tools cannot tell.
  var emptyCell = Missing.skipped
  /// Set by a binding: the programme and version rows belong to.
  var programme: String?
  var version: String?
  /// Whether `on` holds an instant with its offset.
  var hasInstant = false

  enum At {
    static let response = 0
    static let instrument = 1
    static let wave = 2
    static let personID = 3
    static let on = 4
    // Only bindings fill these two.
    static let email = 5
    static let name = 6
  }

  private static let who = PersonColumns(id: At.personID, email: At.email, name: At.name)

  let columns = [
    Column("response", ["svar"], required: true, example: "R-0001"),
    Column("instrument", ["skjema", "instrument"], required: true, example: "pit"),
    Column("wave", ["boelge", "bølge", "bolge"], example: "W0"),
    Column(
      "person_id", ["ansattnr", "ansattnummer", "employee_id"], identifying: true,
      example: "F1001"),
    Column("on", ["dato", "date"], example: "2025-01-20"),
    Column("email", ["epost", "e-post", "e-mail"], identifying: true, example: ""),
    Column("name", ["navn"], identifying: true, example: ""),
  ]

  func openColumns(_ register: Register) -> [String: String] {
    var items: [String: String] = [:]
    for versions in register.instruments.values {
      for item in versions.flatMap(\.items) { items[ColumnName.folded(item.code)] = item.code }
    }
    return items
  }

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let response = row.code(At.response)
    let instrument = self.instrument(&row)
    let person = try row.person(ResponseKind.who, group: nil, required: false)
    let (day, instant) = moment(&row)
    let programme = instrument.flatMap { row.register.programmes[$0.programme] }
    row.expect(day, within: programme, At.on)
    let wave = self.wave(instrument, person?.subject, day, &row)
    let answers = instrument.map { self.answers($0, &row) }
    row.expectConsent(
      of: person?.subject, to: name, in: instrument?.programme, on: day, at: At.personID)
    guard !row.isRejected, let response, let instrument, let answers else { return nil }
    var body = JSONWriter(reservingCapacity: 768)
    body.string("programme", instrument.programme)
    body.string("instrument", instrument.code)
    body.string("version", instrument.version)
    body.string("wave", wave?.code)
    body.date("on", day)
    body.raw("answers", answers)
    body.string("match", person?.method.rawValue)
    let time = occurrence(day, instant, wave, programme)
    return EventDraft(
      type: eventType, occurredAt: time.at, precision: time.precision, subject: person?.subject,
      naturalKey: NaturalKey.make("response", instrument.code, response), body: body.finish())
  }

  private func instrument(_ row: inout RowCheck) -> Register.Instrument? {
    guard let code = row.code(At.instrument) else { return nil }
    let programme = self.programme ?? row.context.programme
    let known = row.register.instrument(code, version: version, programme: programme)
    if known == nil {
      row.report(
        .unknownInstrument, "instrument", code, At.instrument,
        among: row.register.instruments.keys)
    }
    return known
  }

  private func moment(_ row: inout RowCheck) -> (CivilDate?, Int64?) {
    guard hasInstant else { return (row.date(At.on), nil) }
    let moment = row.instant(At.on)
    return (moment?.day, moment?.microseconds)
  }

  /// The wave the row names, or else the one the person was in on that day.
  private func wave(
    _ instrument: Register.Instrument?, _ subject: UUID?, _ day: CivilDate?,
    _ row: inout RowCheck
  ) -> Register.Wave? {
    let code = row.code(At.wave)
    guard let instrument else { return nil }
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
    guard let since else { return nil }
    return waves.first { ($0.fromDay...max($0.fromDay, $0.toDay)).contains(since) }
  }

  /// The answers as a JSON object, items in the instrument's order.
  private func answers(_ instrument: Register.Instrument, _ row: inout RowCheck) -> [UInt8] {
    var cells: [String: Int] = [:]
    for (item, cell) in row.layout.items { cells[item] = cell }
    var json = JSONWriter(reservingCapacity: 640)
    for item in instrument.items {
      let cell = cells.removeValue(forKey: item.code)
      json.raw(dynamic: item.code, answer(item, cell, &row))
    }
    for (item, cell) in cells.sorted(by: { $0.value < $1.value }) where !row.cell(at: cell).isEmpty
    {
      row.report(
        .foreignItem, cell: cell,
        "instrument '\(instrument.code)' has no item '\(item)'")
    }
    return json.finish()
  }

  private func answer(_ item: Register.Item, _ cell: Int?, _ row: inout RowCheck) -> [UInt8] {
    var answer = JSONWriter(reservingCapacity: 40)
    guard let cell else {
      answer.string("s", Missing.notShown.rawValue)
      return answer.finish()
    }
    let scale = "\(item.minimum) to \(item.maximum)"
    let exception = item.notRelevant.map { " or \($0) (not relevant)" } ?? ""
    switch row.cell(at: cell).whole() {
    case .empty: answer.string("s", emptyCell.rawValue)
    case .value(let value) where value == item.notRelevant:
      answer.integer("v", value)
      answer.string("s", "not_relevant")
    case .value(let value) where (item.minimum...max(item.minimum, item.maximum)).contains(value):
      answer.integer("v", value)
      answer.string("s", "answered")
    case .value(let value):
      row.report(
        .offScale, cell: cell, "'\(item.code)': \(value) is not on the scale \(scale)",
        hint: "'\(item.code)' takes \(scale)\(exception); leave the cell empty for no answer")
    case .wrong(let code, let hint):
      let text = String(row.cell(at: cell).string.prefix(60))
      row.report(
        code, cell: cell, "'\(item.code)': '\(text)' is \(code.complaint)",
        hint: hint ?? "'\(item.code)' takes \(scale)\(exception)")
    }
    return answer.finish()
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
