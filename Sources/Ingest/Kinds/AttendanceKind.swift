internal import Events
internal import FoundationEssentials

/// Whether a person was at a session. Natural key: session and person.
///
/// The kind there is most of: its rows are read without work that is not needed.
struct AttendanceKind: CheckedKind {
  let name = "attendance"
  let eventType = "attendance_recorded"
  let people = [AttendanceKind.who]
  let sessionColumn: Int? = At.session

  enum At {
    static let session = 0
    static let personID = 1
    static let email = 2
    static let name = 3
    static let status = 4
    static let minutes = 5
    static let guest = 6
    static let reason = 7
  }

  private static let who = PersonColumns(id: At.personID, email: At.email, name: At.name)

  let columns = [
    Column(
      "session", ["moete", "møte", "mote"], required: true, example: "TST-1-2025-02-11"),
    Column(
      "person_id", ["ansattnr", "ansattnummer", "employee_id"], identifying: true,
      example: "F1001"),
    Column("email", ["epost", "e-post", "e-mail"], identifying: true, example: ""),
    Column("name", ["navn"], identifying: true, example: ""),
    Column(
      "status", ["status"], required: true, example: "present", norwegian: "til_stede"),
    Column("minutes", ["minutter"], number: true, example: "60"),
    Column("guest", ["gjest"], example: "no", norwegian: "nei"),
    Column("reason", ["grunn"], example: ""),
  ]

  static let statuses = Choices([
    ("present", ["til_stede", "tilstede"]),
    ("late", ["sen", "forsinket", "for_sent", "forsent", "sent"]),
    ("partial", ["delvis"]), ("excused", ["gyldig_fravær", "gyldig_fravaer", "meldt_fravær"]),
    ("absent", ["fravær", "fravaer", "ikke_til_stede"]), ("unknown", ["ukjent"]),
  ])
  static let reasons = Choices([
    ("teaching", ["undervisning"]), ("workload", ["arbeidsmengde"]), ("illness", ["sykdom"]),
    ("leave", ["permisjon"]), ("other", ["annet"]),
  ])

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let session = try row.session(At.session)
    let status = row.choice(At.status, AttendanceKind.statuses)
    let minutes = row.whole(At.minutes, in: 0...1440)
    let guest = row.yesNo(At.guest) ?? false
    let reason = row.choice(At.reason, AttendanceKind.reasons)
    let person = try row.person(
      AttendanceKind.who, group: session?.group, isGuest: guest)
    guard let session else { return nil }
    let day = session.heldOn ?? session.plannedOn
    check(session, &row)
    if let minutes { row.expectPlausible(minutes, status, session, at: At.minutes) }
    if let person, let day {
      if guest {
        expectGuest(person.subject, of: session.group, on: day, &row)
      } else {
        expectMember(person.subject, of: session.group, on: day, &row)
      }
    }
    row.expectConsent(of: person?.subject, to: name, in: session.programme, on: day, at: At.session)
    guard !row.isRejected, let status, let person, let day else { return nil }
    var body = JSONWriter()
    body.string("programme", session.programme)
    body.string("group", session.group)
    body.string("session", session.code)
    body.date("on", day)
    body.string("status", status)
    body.integer("minutes", minutes)
    body.boolean("guest", guest)
    body.string("reason", reason)
    body.string("match", person.method.rawValue)
    return EventDraft(
      type: eventType, occurredAt: EventDraft.midnight(day), precision: .day,
      subject: person.subject,
      naturalKey: NaturalKey.make("attendance", session.code, subject: person.subject),
      body: body.finish())
  }

  private func check(_ session: Register.SessionEntry, _ row: inout RowCheck) {
    switch session.status {
    case "held": break
    case "cancelled":
      row.report(.sessionCancelled, At.session, "session '\(session.code)' was cancelled")
    default:
      row.report(
        .sessionNotHeld, At.session, "session '\(session.code)' is not recorded as held")
    }
  }

  /// Where in this file, or its binding, it can be said that somebody was a guest.
  private func guestHint(_ row: RowCheck) -> String {
    let layout = row.layout
    let cell = layout.sources[At.guest]
    if cell >= 0, cell < layout.added { return "'visitors: guest' in the binding" }
    if row.wording == .keys { return "guest=yes" }
    if cell >= 0 { return "guest = yes in the row" }
    if layout.isMade { return "guest = yes for them in a file of our own template" }
    return "give the file a column for it, 'guest', or send the row in a file of our own template"
  }

  private func expectGuest(
    _ subject: UUID, of group: String, on day: CivilDate, _ row: inout RowCheck
  ) {
    let own = row.register.enrolments(of: subject).first {
      $0.group == group && $0.isFixed && $0.covers(day)
    }
    guard let own else { return }
    row.report(
      .memberAsGuest, At.guest, "on \(day) the person is a member of group '\(group)', \(own.span)")
  }

  private func expectMember(
    _ subject: UUID, of group: String, on day: CivilDate, _ row: inout RowCheck
  ) {
    let enrolments = row.context.register.enrolments(of: subject)
    if enrolments.contains(where: { $0.group == group && $0.isFixed && $0.covers(day) }) { return }
    let given: [Int] = [At.personID, At.email, At.name].filter { !row.cell($0).isEmpty }
    let column = given.first
    let shown = column.map { row.shown($0) } ?? ""
    let own = enrolments.filter { $0.group == group }
    if let role = own.first(where: { $0.covers(day) })?.role {
      row.report(
        .noFixedPlace, column,
        "'\(shown)' is \(role) of group '\(group)' and has no fixed place in it",
        hint: IngestCode.noFixedPlace.hint + " (" + guestHint(row) + ")")
      return
    }
    guard !own.isEmpty else {
      row.report(
        .notMember, column, "'\(shown)' is not a member of group '\(group)'",
        hint: "send the enrolment first, or say that it is a guest: " + guestHint(row))
      return
    }
    let spans = own.sorted { $0.joined < $1.joined }.map(\.span).joined(separator: ", and ")
    let ends = own.contains { $0.left != nil } ? "; 'left' is the first day outside" : ""
    row.report(
      .notMember, column, "'\(shown)' was not a member of group '\(group)' on \(day)",
      hint: "the membership runs " + spans + ends)
  }
}
