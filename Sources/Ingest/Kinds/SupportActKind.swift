internal import Events

/// Something leadership did for the programme. Natural key: act.
struct SupportActKind: CheckedKind {
  let name = "support-acts"
  let eventType = "support_act_recorded"

  private enum At {
    static let act = 0
    static let programme = 1
    static let unit = 2
    static let kind = 3
    static let on = 4
    static let level = 5
  }

  let columns = [
    Column("act", ["tiltak"], required: true, example: "A-2025-01"),
    Column("programme", ["program"], required: true, example: "TST"),
    Column("unit", ["enhet"], required: true, example: "HUM"),
    Column(
      "kind", ["type"], required: true, example: "leader_attended", norwegian: "leder_deltok"),
    Column("on", ["dato", "date"], required: true, example: "2025-02-11"),
    Column("level", ["nivaa", "nivå", "niva"], example: "faculty", norwegian: "fakultet"),
  ]

  static let kinds = Choices([
    ("dept_meeting_agenda", ["instituttmøte", "instituttmoete"]),
    ("leader_attended", ["leder_deltok"]),
    ("leader_referred_new_hire", ["leder_henviste_nyansatt"]), ("budget", ["budsjett"]),
    ("room", ["rom"]), ("strategy_anchored", ["forankret_i_strategi"]),
    ("project_group_meeting", ["prosjektgruppemøte", "prosjektgruppemoete"]),
    ("recognition", ["anerkjennelse"]), ("intranet", ["intranett"]),
    ("newsletter", ["nyhetsbrev"]),
  ])
  static let levels = Choices([
    ("unit", ["enhet"]), ("faculty", ["fakultet"]), ("institution", ["institusjon"]),
  ])

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let act = row.newCode(At.act)
    let programme = row.programme(At.programme)
    let unit = row.unit(At.unit)
    let kind = row.choice(At.kind, SupportActKind.kinds)
    let day = row.date(At.on)
    let level = row.choice(At.level, SupportActKind.levels)
    row.expect(day, within: programme, At.on)
    guard !row.isRejected, let act, let programme, let unit, let kind, let day else { return nil }
    var body = JSONWriter()
    body.string("programme", programme.code)
    body.string("act", act)
    body.string("unit", unit)
    body.string("kind", kind)
    body.date("on", day)
    body.string("level", level)
    return EventDraft(
      type: eventType, occurredAt: EventDraft.midnight(day), precision: .day,
      naturalKey: NaturalKey.make("support-act", act), body: body.finish())
  }
}
