import ArgumentParser

import FoundationEssentials
import Postgres

struct FiguresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures",
    abstract: "Print key figures as a table.",
    discussion: """
      Figures of a whole programme by term and wave, each with its interval and n. They are for use
      inside the institution; what leaves it is made with varde release.

      Example:
        $ varde figures --programme TST --scope unit
      """)

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
    let session = try Workplace.current().session(as: .analyst)
    try requireKnown(session)
    let conditions = """
      WHERE ($1::text IS NULL OR i.programme = $1) AND i.scope_kind = $2
        AND ($3::text IS NULL OR i.indicator = $3)
      """
    let order = "ORDER BY i.programme, i.indicator, i.scope, i.item, i.period_kind, i.period"
    let parameters: [Value?] = [
      programme.map { .text($0) }, .text(scope), indicator.map { .text($0) },
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
             i.unit_of_count, i.status, array_to_string(i.caveats, ', ')
        FROM evaluation.indicator AS i \(conditions)
         AND i.period_kind IN ('term', 'wave') \(order)
      """, parameters)
    guard !rows.isEmpty else {
      Console.line("no figures yet; run: varde worker --once")
      return
    }
    var table = TextTable(
      "programme", "scope", "indicator", "item", "period", "value", "95 % interval", "n", "of",
      "status")
    for row in rows {
      let status = try row.text(10)
      let caveats = try row.text(11)
      table.add([
        try row.text(0), try row.text(1), try row.text(2), try row.text(3), try row.text(4),
        number(row.optionalDouble(5)), interval(row), try row.text(8), try row.text(9),
        caveats.isEmpty ? status : "\(status) (\(caveats))",
      ])
    }
    Console.line(table.rendered())
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
