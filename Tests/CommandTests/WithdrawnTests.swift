import Postgres
import Testing

/// Rows a tool withdraws after they were recorded.
@Suite struct `What a tool withdraws` {
  private func varde() throws -> Command {
    let varde = try Command.withProgrammes()
    try varde.file(
      "people.csv",
      "person_id;unit;group;joined\nF1;HUM;TST-1;2025-01-20\nF2;HUM;TST-1;2025-01-20\n")
    try varde.file(
      "sessions.csv",
      "session;group;planned_on;status;held_on;minutes\nA;TST-1;2025-02-11;held;2025-02-11;60\n")
    for (kind, file) in [("enrolments", "people"), ("sessions", "sessions")] {
      #expect(try varde.run("ingest", kind, "\(file).csv").exitCode == 0)
    }
    return varde
  }

  private func last(_ varde: Command) throws -> Int {
    try varde.session().query("SELECT max(position) FROM log.event")[0].int(0)
  }

  /// The event, of a person and with a status of one's choice.
  private static func event(
    _ id: String, person: String = "F1", status: String = "COMPLETED", deleted: Bool = false
  ) -> String {
    """
    {"trackedEntity": "tEi\(person)", "attributes": [{"attribute": "pErSoNiD001", "value": "\(person)"}],
     "enrollments": [{"enrollment": "eN\(person)", "events": [{"event": "\(id)", "status": "\(status)",
     "occurredAt": "2025-03-11T00:00:00.000", "deleted": \(deleted)}]}]}
    """
  }

  private static func binding(_ kind: String, _ columns: String) -> String {
    "tool: dhis2\nkind: \(kind)\nzone: Europe/Oslo\ncolumns: {\(columns)}\n"
  }

  /// Kinds whose records are named by themselves, by people, and by people they make known.
  @Test(arguments: [
    (
      "sessions",
      "session: event, group: {value: TST-1}, held_on: occurredAt, status: {value: held}"
    ),
    (
      "attendance",
      "session: {value: A}, person_id: attribute pErSoNiD001, status: {value: present}"
    ),
    (
      "enrolments",
      "person_id: attribute pErSoNiD001, unit: {value: HUM}, group: {value: TST-2}, joined: occurredAt"
    ),
  ])
  func `a deleted event that is recorded is told until it is taken back`(
    kind: String, columns: String
  ) throws {
    let varde = try varde()
    try varde.file("b.yaml", Self.binding(kind, columns))
    try varde.file("e.json", Self.event("dElEtEd0001"))
    try varde.file("gone.json", Self.event("dElEtEd0001", deleted: true))
    try varde.file("open.json", Self.event("dElEtEd0001", status: "ACTIVE"))
    func ingest(_ file: String, _ more: String...) throws -> String {
      try varde.shell(
        "varde ingest \(kind) \(file) --binding b.yaml " + more.joined(separator: " ")
      )
      .output
    }
    #expect(!(try ingest("gone.json").contains("VD452")))
    #expect(try ingest("e.json").contains("1 new"))
    let position = try last(varde)
    for output in [try ingest("gone.json", "--dry-run"), try ingest("gone.json")] {
      #expect(
        output.contains(
          "gone.json:2: warning[VD452]: a row that is left out is recorded, at position \(position)\n"
        ),
        "\(output)")
      #expect(output.contains("  left out, as the tool says: 1 deleted\n"))
    }
    let open = try ingest("open.json")
    #expect(open.contains("at position \(position)\n"))
    #expect(open.contains("  left out, as the binding says: 1 with status ACTIVE\n"))
    #expect(try last(varde) == position)
    #expect(try varde.run("retract", "\(position)").exitCode == 0)
    #expect(!(try ingest("gone.json").contains("VD452")))
  }

  private static let form = """
    tool: redcap
    kind: responses
    programme: TST
    instrument: teach7
    wave: W0
    form: peer
    zone: Europe/Oslo
    time: day
    survey: peer
    subject: {column: nr, identifier: person_id}
    items: {pit6_1: q1}

    """

  private static func rows(_ states: [Int]) -> String {
    "record_id,nr,day,q1,peer_complete\n"
      + states.enumerated().map { "\($0 + 1),F1,2025-01-25,\($1 == 2 ? "3" : ""),\($1)\n" }.joined()
  }

  @Test func `forms that are opened again are told, the first ones by their positions`() throws {
    let varde = try varde()
    try varde.file("b.yaml", Self.form)
    try varde.file("a.csv", Self.rows(Array(repeating: 2, count: 8)))
    try varde.file("b.csv", Self.rows([2] + Array(repeating: 1, count: 7)))
    let first = try varde.run("ingest", "responses", "a.csv", "--binding", "b.yaml")
    #expect(first.output.contains("8 new"), "\(first)")
    let start = try last(varde) - 6
    let places = (start..<start + 5).map(String.init).joined(separator: ", ")
    let again = try varde.run("ingest", "responses", "b.csv", "--binding", "b.yaml")
    #expect(
      again.output.contains(
        "b.csv:3: warning[VD452]: 7 of the rows that are left out are recorded, at positions \(places)"
          + " and 2 more\n"), "\(again)")
    #expect(again.output.contains("0 new, 0 corrected, 1 unchanged"))

    // A snapshot takes them back itself.
    let snapshot = try varde.run(
      "ingest", "responses", "b.csv", "--binding", "b.yaml", "--snapshot", "--yes")
    #expect(snapshot.output.contains("7 records retracted"), "\(snapshot)")
    #expect(!snapshot.output.contains("VD452"))
  }

  @Test func `rows of a record that lie apart are told of what comes through a pipe, too`() throws {
    let varde = try varde()
    try varde.file("b.yaml", Self.form)
    try varde.file(
      "s.csv",
      "record_id,nr,day,q1,peer_complete\n1,,2025-01-25,3,2\n2,F2,2025-01-25,3,2\n1,F1,2025-01-26,3,2\n"
    )
    let wrong = try varde.shell("cat s.csv | varde ingest responses - --binding b.yaml")
    #expect(wrong.exitCode == 3)
    #expect(wrong.output.contains("-:4:3: error[VD453]"), "\(wrong)")
    let right = try varde.shell("sed 2d s.csv | varde ingest responses - --binding b.yaml")
    #expect(right.exitCode == 0)
    #expect(right.output.contains("read 2: 2 new"), "\(right)")
  }
}
