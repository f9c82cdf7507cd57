internal import Events

/// A dated session of a group, planned, held or cancelled. Natural key: session.
struct SessionKind: CheckedKind {
  let name = "sessions"
  let eventType = "session_recorded"

  private enum At {
    static let session = 0
    static let group = 1
    static let plannedOn = 2
    static let status = 3
    static let heldOn = 4
    static let minutes = 5
    static let mode = 6
    static let cancelReason = 7
    static let sensitivity = 8
    static let identifyingProblem = 9
    static let analysis = 10
    static let actionAdvised = 11
  }

  let columns = [
    Column(
      "session", ["moete", "møte", "mote"], required: true, example: "TST-1-2025-02-11"),
    Column("group", ["gruppe"], required: true, example: "TST-1"),
    Column("planned_on", ["planlagt"], example: "2025-02-11"),
    Column("status", ["status"], required: true, example: "held", norwegian: "holdt"),
    Column("held_on", ["holdt"], example: "2025-02-11"),
    Column("minutes", ["minutter"], number: true, example: "60"),
    Column("mode", ["form"], example: "in_person", norwegian: "fysisk"),
    Column("cancel_reason", ["avlyst_grunn"], example: ""),
    Column("sensitivity", ["sensitivitet"], example: "yes", norwegian: "ja"),
    Column(
      "identifying_problem", ["problemidentifisering"], example: "yes", norwegian: "ja"),
    Column("analysis", ["analyse"], example: "partly", norwegian: "delvis"),
    Column("action_advised", ["handlingsråd", "handlingsraad"], example: "no", norwegian: "nei"),
  ]

  static let statuses = Choices([
    ("planned", ["planlagt"]), ("held", ["holdt", "gjennomført", "gjennomfoert"]),
    ("cancelled", ["avlyst", "canceled"]),
  ])
  static let modes = Choices([
    ("in_person", ["fysisk"]), ("online", ["digitalt", "digital", "nett"]), ("hybrid", ["hybrid"]),
  ])
  static let cancelReasons = Choices([
    ("no_time", ["ikke_tid"]), ("too_few", ["for_få", "for_faa"]),
    ("no_case", ["ingen_sak"]), ("illness", ["sykdom"]), ("room", ["rom"]),
  ])
  static let principle = Choices([
    ("yes", ["ja"]), ("partly", ["delvis"]), ("no", ["nei"]),
    ("not_applicable", ["ikke_aktuelt"]),
  ])

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let session = row.newCode(At.session)
    let group = row.group(At.group)
    let planned = row.date(At.plannedOn)
    let status = row.choice(At.status, SessionKind.statuses)
    // Where one column of days is both, it is the planned one of a session that was not held.
    let isHeld = status == "held" || !SessionKind.hasOneDay(row)
    let held = isHeld ? row.date(At.heldOn) : nil
    let minutes = row.whole(At.minutes, in: 0...1440)
    let mode = row.choice(At.mode, SessionKind.modes)
    let reason = row.choice(At.cancelReason, SessionKind.cancelReasons)
    let ratings = [At.sensitivity, At.identifyingProblem, At.analysis, At.actionAdvised].map {
      row.choice($0, SessionKind.principle)
    }
    row.expect(planned, within: group, At.plannedOn)
    row.expect(held, within: group, At.heldOn)
    row.expectPast(held, At.heldOn)
    checkStatus(status, &row)
    guard !row.isRejected, let session, let group, let status, let day = held ?? planned else {
      return nil
    }
    var body = JSONWriter()
    body.string("programme", group.programme)
    body.string("group", group.code)
    body.string("session", session)
    body.date("planned_on", planned)
    body.string("status", status)
    body.date("held_on", held)
    body.integer("minutes", minutes)
    body.string("mode", mode)
    body.string("cancel_reason", reason)
    body.string("sensitivity", ratings[0])
    body.string("identifying_problem", ratings[1])
    body.string("analysis", ratings[2])
    body.string("action_advised", ratings[3])
    return EventDraft(
      type: eventType, occurredAt: EventDraft.midnight(day), precision: .day,
      naturalKey: NaturalKey.make("session", session), body: body.finish())
  }

  func key(_ row: inout RowCheck) -> String? {
    row.words(At.session).map { NaturalKey.make("session", $0) }
  }

  /// Whether the file has one column for the planned day and the day the session was held.
  private static func hasOneDay(_ row: RowCheck) -> Bool {
    let source = row.layout.sources[At.heldOn]
    return source >= 0 && source == row.layout.sources[At.plannedOn]
  }

  /// What has to be there, and what cannot be, because of the status.
  private func checkStatus(_ status: String?, _ row: inout RowCheck) {
    guard let status else { return }
    let hasHeldOn =
      !row.cell(At.heldOn).isEmpty && (status == "held" || !SessionKind.hasOneDay(row))
    switch status {
    case "held":
      if !hasHeldOn { row.report(.neededHere, At.heldOn, "'held_on' is empty for a held session") }
      if !row.cell(At.cancelReason).isEmpty {
        row.report(.contradiction, At.cancelReason, "a held session has a reason to be cancelled")
      }
    default:
      if hasHeldOn {
        row.report(.contradiction, At.heldOn, "'held_on' is given for a \(status) session")
      }
      if row.cell(At.plannedOn).isEmpty {
        row.report(.neededHere, At.plannedOn, "'planned_on' is empty for a \(status) session")
      }
    }
  }
}
