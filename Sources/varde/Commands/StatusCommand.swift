import ArgumentParser
import EventLog
import Postgres

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what is in the log and how far the facts have come.",
    discussion: """
        Example:
          $ varde status
          institution  events  blocks  facts at  behind  state
      """)

  @Flag(help: "One JSON object per institution.")
  var json = false

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .projector)
    let rows = try session.query(
      """
      SELECT i.code, h.last_position, h.append_no, coalesce(c.position, 0),
             h.last_position - coalesce(c.position, 0), coalesce(c.state, 'new'), c.reason,
             (SELECT count(*) FROM fact.stale AS s WHERE s.institution_id = i.institution_id)
        FROM ops.institution AS i
       CROSS JOIN LATERAL log.head(i.institution_id) AS h
        LEFT JOIN ops.read_side AS r ON r.live
        LEFT JOIN ops.checkpoint AS c
          ON c.institution_id = i.institution_id AND c.projection = 'fact'
         AND c.generation = r.generation
       ORDER BY i.code
      """)
    guard !json else {
      for row in rows {
        Console.line(
          """
          {"institution":"\(try row.text(0))","events":\(try row.int(1)),"blocks":\(try row.int(2)),\
          "facts_at":\(try row.int(3)),"behind":\(try row.int(4)),"state":"\(try row.text(5))",\
          "stale":\(try row.int(7))}
          """)
      }
      return
    }
    Console.line("database  \(workplace.url == nil ? workplace.home : session.address)")
    guard !rows.isEmpty else {
      Console.line("no institution yet; apply a programme: varde programme apply FILE.yaml")
      return
    }
    var table = TextTable(
      "institution", "events", "blocks", "facts at", "behind", "stale cells", "state")
    for row in rows {
      table.add([
        try row.text(0), try row.text(1), try row.text(2), try row.text(3), try row.text(4),
        try row.text(7), try row.text(5),
      ])
    }
    Console.line(table.rendered())
    for row in rows {
      if let reason = row.optionalText(6) { Console.line("\(try row.text(0)): \(reason)") }
    }
  }
}
