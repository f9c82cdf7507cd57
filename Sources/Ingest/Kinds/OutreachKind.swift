internal import Events

/// How many colleagues outside a team asked it for advice in a term. Zero says "none, and we
/// looked", which is why the cell may not be empty. Natural key: group and term.
struct OutreachKind: CheckedKind {
  let name = "outreach"
  let eventType = "outreach_recorded"

  private enum At {
    static let group = 0
    static let term = 1
    static let requests = 2
    static let held = 3
  }

  let columns = [
    Column("group", ["gruppe"], required: true, example: "TST-1"),
    Column("term", ["semester"], required: true, example: "2025V"),
    Column(
      "requests", ["foresporsler", "forespørsler", "forespoersler"], required: true, number: true,
      example: "0"),
    Column("held", ["gjennomfort", "gjennomført", "gjennomfoert"], number: true, example: "0"),
  ]

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let group = row.group(At.group)
    let term = row.term(At.term, of: group.flatMap { row.register.programmes[$0.programme] })
    let requests = row.whole(At.requests, in: 0...10_000)
    let held = row.whole(At.held, in: 0...10_000)
    if let requests, let held, held > requests {
      row.report(.contradiction, At.held, "\(held) held of only \(requests) requested")
    }
    guard !row.isRejected, let group, let term, let requests else { return nil }
    var body = JSONWriter()
    body.string("programme", group.programme)
    body.string("group", group.code)
    body.string("term", term.code)
    body.integer("requests", requests)
    body.integer("held", held)
    return EventDraft(
      type: eventType, occurredAt: EventDraft.midnight(term.start), precision: .term,
      naturalKey: NaturalKey.make("outreach", group.code, term.code), body: body.finish())
  }
}
