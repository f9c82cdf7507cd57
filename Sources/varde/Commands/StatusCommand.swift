import ArgumentParser
import FoundationEssentials
import Glibc
import Postgres
import Projection

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what is in the log and how far facts and figures have come.",
    discussion: """
      Behind is counted from the log itself: events, and seconds since the first block that was not
      taken was appended.

      Examples:
        $ varde status
        $ varde status --watch          # until Ctrl-C
        $ varde status --json | jq '.projections[] | select(.state == "halted")'
      """)

  @Flag(help: "One JSON object.")
  var json = false

  @Flag(help: "Show it again every second.")
  var watch = false

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .projector)
    let database = workplace.url == nil ? workplace.home : session.address
    while true {
      let watching = try Watching(session)
      let text = json ? try line(watching) : table(watching, database)
      // A person sees one page; a pipe gets one after the other.
      let isPage = watch && !json && isatty(1) == 1
      Console.line((isPage ? "\u{1B}[H\u{1B}[2J" : "") + text)
      guard watch else { return }
      sleep(1)
    }
  }

  private func line(_ watching: Watching) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(watching), as: UTF8.self)
  }

  private func table(_ watching: Watching, _ database: String) -> String {
    guard !watching.projections.isEmpty else {
      return "database  \(database)\n"
        + "no institution yet; apply a programme: varde programme apply FILE.yaml"
    }
    var table = TextTable(
      "institution", "projection", "events", "at", "behind", "seconds", "stale", "state")
    for each in watching.projections {
      let stale = each.projection == "cell" ? watching.stale[each.institution] ?? 0 : 0
      table.add([
        each.institution, each.projection == "fact" ? "facts" : "figures", String(each.events),
        String(each.position), String(each.eventsBehind), tenths(each.secondsBehind),
        each.projection == "cell" ? String(stale) : "", each.state,
      ])
    }
    var lines = ["database  \(database)", table.rendered()]
    lines += watching.projections.compactMap { each in
      each.reason.map { "\(each.institution): \($0)" }
    }
    lines.append("workers   \(watching.workers) seen within a minute")
    if let age = watching.oldestFailure {
      lines.append("failures  \(watching.failures), the oldest \(tenths(age)) s old")
    }
    if let age = watching.oldestSnapshot {
      lines.append("snapshot  the oldest held for \(tenths(age)) s")
    }
    return lines.joined(separator: "\n")
  }

  private func tenths(_ seconds: Double) -> String {
    let tenths = (seconds * 10).rounded() / 10
    return tenths == 0 ? "0" : "\(tenths)"
  }
}
