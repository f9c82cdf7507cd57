import ArgumentParser

import EventLog
import FoundationEssentials
import Postgres

struct FiguresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures",
    abstract: "Print key figures as a table.",
    discussion: """
      Figures of a whole programme by term and wave, each with its interval and n. They are for use
      inside the institution; what leaves it is made with varde release. Where the database holds
      several institutions and none is said, a column says whose a figure is.

      Example:
        $ varde figures --programme TST --scope unit
      """)

  @Option(help: "Only this institution.")
  var institution: String?

  @Option(help: "Programme code.")
  var programme: String?

  @Option(help: "group, unit, institution or programme.")
  var scope = "programme"

  @Option(help: "Only this indicator.")
  var indicator: String?

  @Flag(help: "One JSON object a line, all columns of evaluation.indicator.")
  var json = false

  func run() throws {
    let kinds = ["group", "unit", "institution", "programme"]
    guard kinds.contains(scope) else {
      throw Failure(
        code: "VD642",
        text: "'\(scope)' is no scope\n  hint: scopes are \(kinds.joined(separator: ", "))",
        status: .usage)
    }
    let workplace = Workplace.current()
    let session = try workplace.session(as: .analyst)
    let named = try institution.map { try workplace.institution(named: $0, session).code }
    try requireKnown(session)
    let conditions = """
      WHERE ($1::text IS NULL OR i.programme = $1) AND i.scope_kind = $2
        AND ($3::text IS NULL OR i.indicator = $3)
        AND ($4::text IS NULL OR i.institution = $4)
      """
    let order = """
      ORDER BY i.institution, i.programme, i.indicator, i.scope, i.item, i.period_kind, i.period
      """
    let parameters: [Value?] = [
      programme.map { .text($0) }, .text(scope), indicator.map { .text($0) },
      named.map { .text($0) },
    ]
    guard !json else {
      for row in try session.query(
        "SELECT row_to_json(i) FROM evaluation.indicator AS i \(conditions) \(order)", parameters)
      {
        Console.line(try row.text(0))
      }
      return
    }
    let rows = try session.query(
      """
      SELECT i.programme, i.scope, i.indicator, i.item, i.period, i.value, i.lower, i.upper, i.n,
             i.unit_of_count, i.status, array_to_string(i.caveats, ', '), i.institution
        FROM evaluation.indicator AS i \(conditions)
         AND i.period_kind IN ('term', 'wave') \(order)
      """, parameters)
    guard !rows.isEmpty else {
      Console.line("no figures yet; run: varde worker --once")
      return
    }
    Console.line(try table(rows, isOfOne: named != nil || Institution.all(session).count == 1))
  }

  /// - Parameter isOfOne: whether it goes without saying whose the figures are.
  private func table(_ rows: Rows, isOfOne: Bool) throws -> String {
    var table = TextTable(
      (isOfOne ? [] : ["institution"]) + [
        "programme", "scope", "indicator", "item", "period", "value", "95 % interval", "n", "of",
        "status",
      ])
    for row in rows {
      let status = try row.text(10)
      let caveats = try row.text(11)
      let cells = [
        try row.text(0), try row.text(1), try row.text(2), try row.text(3), try row.text(4),
        number(row.optionalDouble(5)), interval(row), try row.text(8), try row.text(9),
        caveats.isEmpty ? status : "\(status) (\(caveats))",
      ]
      table.add((isOfOne ? [] : [try row.text(12)]) + cells)
    }
    return table.rendered()
  }

  private func requireKnown(_ session: Session) throws {
    for (word, name, source) in [
      ("programme", programme, "SELECT programme FROM evaluation.programme ORDER BY 1"),
      ("indicator", indicator, "SELECT indicator FROM evaluation.catalogue ORDER BY 1"),
    ] {
      guard let name else { continue }
      let known = try session.query(source).map { try $0.text(0) }
      guard known.isEmpty || known.contains(name) else {
        throw Failure(
          code: "VD642",
          text: "there is no \(word) '\(name)'\n  hint: known are \(known.joined(separator: ", "))",
          status: .usage)
      }
    }
  }

  private func interval(_ row: Row) -> String {
    guard let lower = row.optionalDouble(6), let upper = row.optionalDouble(7) else { return "" }
    return "\(number(lower))–\(number(upper))"
  }

  private func number(_ value: Double?) -> String {
    guard let value else { return "" }
    return decimal(value, places: 3)
  }
}
