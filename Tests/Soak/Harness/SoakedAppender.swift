import Postgres

/// Somebody who appends until a soak ends, tries again what failed, and remembers what the log
/// must hold.
protocol SoakedAppender: Sendable {
  /// As the diary calls it.
  var name: String { get }

  /// Makes what it needs, before anything is killed.
  func prepare() throws

  /// Appends until the ground's end; what was begun is brought to its end.
  func run()

  /// Kills the process that appends now; false if there is none.
  func strike() -> Bool

  /// Compares the log with what was promised.
  func account(_ session: Session) throws
}

extension Ground {
  /// Programme B with one group and members M0, M1, …
  func found(_ institution: String, members: Int) throws {
    let definition = """
      institution: {code: \(institution), name: Soak, time_zone: Europe/Oslo}
      programme: {code: B, title: {nb: Prøve, en: Soak}, models: [tst], purpose: to soak, formative_only: true, starts_on: 2020-01-01}
      units: [{code: U, kind: faculty, name: {nb: U, en: U}, valid_from: 2020-01-01}]
      groups: [{code: B-1, kind: team, name: {nb: B, en: B}, formed_on: 2020-01-01, plan: {sessions_a_month: [1, 2], minutes: [45, 60], size: [5, 7]}}]

      """
    try write(definition, to: "\(institution).yaml")
    try must("programme", "apply", "\(institution).yaml")
    let rows = (0..<members).map { "M\($0);U;B-1;2020-01-01\n" }.joined()
    try write("person_id;unit;group;joined\n" + rows, to: "\(institution)-members.csv")
    try must(
      "ingest", "enrolments", "--institution", institution, "\(institution)-members.csv")
  }

  /// The number by which the log knows an institution.
  func number(of institution: String, _ session: Session) throws -> Int64 {
    Int64(
      try session.query(
        "SELECT institution_id FROM ops.institution WHERE code = $1", [.text(institution)])[0]
        .int(0))
  }
}
