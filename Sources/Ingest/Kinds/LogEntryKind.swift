internal import Events
internal import FoundationEssentials

/// That a participant wrote in the log, how much and about what; never the text itself. Natural
/// key: person, programme and round.
struct LogEntryKind: CheckedKind {
  let name = "logs"
  let eventType = "log_submitted"
  let people = [PersonColumns(id: At.personID)]

  private enum At {
    static let personID = 0
    static let group = 1
    static let round = 2
    static let on = 3
    static let words = 4
    static let codes = 5
    static let shareable = 6
  }

  let columns = [
    Column(
      "person_id", ["ansattnr", "ansattnummer", "employee_id"], required: true, identifying: true,
      example: "F1001"),
    Column("group", ["gruppe"], example: "TST-1"),
    Column("round", ["runde"], required: true, example: "1"),
    Column("on", ["dato", "date"], required: true, example: "2025-05-20"),
    Column("words", ["ord"], required: true, number: true, example: "240"),
    Column("learning_codes", ["laeringskoder", "læringskoder"], example: "L1 L3"),
    Column("shareable", ["kan_deles"], example: "yes", norwegian: "ja"),
  ]

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let person = try row.person(PersonColumns(id: At.personID), group: nil)
    let group = row.group(At.group)
    let round = row.newCode(At.round)
    let day = row.date(At.on)
    let words = row.whole(At.words, in: 0...1_000_000)
    let shareable = row.yesNo(At.shareable)
    let codes = row.cell(At.codes).string
      .split(whereSeparator: { ",;|".contains($0) || $0.isWhitespace }).map(String.init)
    var programme = group?.programme
    if let person, row.cell(At.group).isEmpty {
      programme = self.programme(of: person.subject, &row)
    }
    if let group {
      row.expect(day, within: group, At.on)
    } else if let programme {
      row.expect(day, within: row.register.programmes[programme], At.on)
    }
    row.expectConsent(of: person?.subject, to: name, in: programme, on: day, at: At.personID)
    guard !row.isRejected, let person, let round, let day, let words, let programme else {
      return nil
    }
    var body = JSONWriter()
    body.string("programme", programme)
    body.string("group", group?.code)
    body.string("round", round)
    body.date("on", day)
    body.integer("words", words)
    body.strings("learning_codes", codes.isEmpty ? nil : codes)
    body.boolean("shareable", shareable)
    body.string("match", person.method.rawValue)
    return EventDraft(
      type: eventType, occurredAt: EventDraft.midnight(day), precision: .day,
      subject: person.subject,
      naturalKey: NaturalKey.make("log", programme, round, subject: person.subject),
      body: body.finish())
  }

  /// The programme of a row without a group: the one the user named, or the only one the person
  /// has been enrolled in.
  private func programme(of subject: UUID, _ row: inout RowCheck) -> String? {
    let own = Set(row.register.enrolments(of: subject).map(\.programme))
    if let named = row.context.programme { return named }
    if own.count == 1 { return own.first }
    row.report(
      .programmeUnclear, At.group,
      own.isEmpty
        ? "'\(row.shown(At.personID))' is in no programme"
        : "'\(row.shown(At.personID))' is in more than one programme")
    return nil
  }
}
