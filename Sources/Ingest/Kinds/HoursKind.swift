internal import Events

/// Hours a person was given for the programme in a term, and hours spent. An empty cell is
/// unknown, not zero. Natural key: person, programme and term.
struct HoursKind: CheckedKind {
  let name = "hours"
  let eventType = "hours_recorded"
  let people = [PersonColumns(id: At.personID)]

  private enum At {
    static let personID = 0
    static let programme = 1
    static let term = 2
    static let allocated = 3
    static let spent = 4
  }

  let columns = [
    Column(
      "person_id", ["ansattnr", "ansattnummer", "employee_id"], required: true, identifying: true,
      example: "F1001"),
    Column("programme", ["program"], required: true, example: "TST"),
    Column("term", ["semester"], required: true, example: "2025V"),
    Column(
      "allocated", ["avsatt", "avsatt_timer"], number: true, example: "22.5", norwegian: "22,5"),
    Column("spent", ["brukt", "brukt_timer"], number: true, example: "18.75", norwegian: "18,75"),
  ]

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let person = try row.person(PersonColumns(id: At.personID), group: nil)
    let programme = row.programme(At.programme)
    let term = row.term(At.term, of: programme)
    let allocated = row.decimal(At.allocated, in: 0...2000)
    let spent = row.decimal(At.spent, in: 0...2000)
    guard !row.isRejected, let person, let programme, let term else { return nil }
    let isMember = row.register.enrolments(of: person.subject).contains {
      $0.programme == programme.code && $0.isFixed && $0.joined < term.end
        && $0.left.map { term.start < $0 } ?? true
    }
    if !isMember {
      row.report(
        .outsideTerm, At.term,
        "'\(row.shown(At.personID))' is no member of \(programme.code) in \(term.code)")
    }
    var body = JSONWriter()
    body.string("programme", programme.code)
    body.string("term", term.code)
    body.decimal("allocated", allocated?.text)
    body.decimal("spent", spent?.text)
    body.string("match", person.method.rawValue)
    return EventDraft(
      type: eventType, occurredAt: EventDraft.midnight(term.start), precision: .term,
      subject: person.subject,
      naturalKey: NaturalKey.make("hours", programme.code, term.code, subject: person.subject),
      body: body.finish())
  }
}
