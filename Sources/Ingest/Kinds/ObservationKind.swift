internal import Events
internal import FoundationEssentials

/// One step of a cycle of observing each other's teaching. Natural key: cycle and step.
struct ObservationKind: CheckedKind {
  let name = "observations"
  let eventType = "observation_recorded"
  let people = [PersonColumns(id: At.observed), PersonColumns(id: At.observer)]

  private enum At {
    static let cycle = 0
    static let group = 1
    static let step = 2
    static let on = 3
    static let observed = 4
    static let observer = 5
    static let minutes = 6
    static let teachingForm = 7
  }

  let columns = [
    Column("cycle", ["syklus"], required: true, example: "OPM-1-C1"),
    Column("group", ["gruppe"], required: true, example: "OPM-1"),
    Column("step", ["steg"], required: true, example: "observation", norwegian: "observasjon"),
    Column("on", ["dato", "date"], required: true, example: "2025-03-04"),
    Column("observed", ["observert"], required: true, identifying: true, example: "F1001"),
    Column(
      "observer", ["observatoer", "observatør", "observator"], identifying: true,
      example: "F1002"),
    Column("minutes", ["minutter"], number: true, example: "90"),
    Column(
      "teaching_form", ["undervisningsform"], example: "seminar", norwegian: "seminar"),
  ]

  static let steps = Choices([
    ("opened", ["åpnet", "aapnet"]), ("pre_meeting", ["formøte", "formoete"]),
    ("observation", ["observasjon"]), ("feedback", ["tilbakemelding"]),
    ("reflection", ["refleksjon"]), ("closed", ["avsluttet"]), ("abandoned", ["avbrutt"]),
  ])
  static let forms = Choices([
    ("lecture", ["forelesning"]), ("seminar", ["seminar"]), ("lab", ["lab"]),
    ("supervision", ["veiledning"]), ("online", ["nett", "digitalt"]),
  ])

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let cycle = row.newCode(At.cycle)
    let group = row.group(At.group)
    let step = row.choice(At.step, ObservationKind.steps)
    let day = row.date(At.on)
    let observed = try row.person(PersonColumns(id: At.observed), group: nil)
    let observer = try row.person(PersonColumns(id: At.observer), group: nil, required: false)
    let minutes = row.whole(At.minutes, in: 0...1440)
    let form = row.choice(At.teachingForm, ObservationKind.forms)
    row.expect(day, within: group, At.on)
    row.expectPast(day, At.on)
    if let observed, let observer,
      row.register.isOne(observed.subject, observer.subject)
    {
      row.report(.contradiction, At.observer, "'\(row.shown(At.observer))' observes themselves")
    }
    for (person, column) in [(observed, At.observed), (observer, At.observer)] {
      row.expectConsent(of: person?.subject, to: name, in: group?.programme, on: day, at: column)
    }
    guard !row.isRejected, let cycle, let group, let step, let day, let observed else {
      return nil
    }
    var body = JSONWriter()
    body.string("programme", group.programme)
    body.string("group", group.code)
    body.string("cycle", cycle)
    body.string("step", step)
    body.date("on", day)
    body.string("observer", observer?.subject.uuidString.lowercased())
    body.integer("minutes", minutes)
    body.string("teaching_form", form)
    body.string("match", observed.method.rawValue)
    body.string("observer_match", observer?.method.rawValue)
    return EventDraft(
      type: eventType, occurredAt: EventDraft.midnight(day), precision: .day,
      subject: observed.subject, naturalKey: NaturalKey.make("observation", cycle, step),
      body: body.finish())
  }
}
