import ArgumentParser
import EventLog
import FoundationEssentials
import Ingest

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List what was ever sent, the newest first.",
    discussion: """
      One line a run: its number, when it began (UTC), and what became of the rows. A run is finished, \
      refused (nothing of the file was recorded), interrupted (by Ctrl-C or SIGTERM), or unfinished \
      (under way, or killed). Sent again, an interrupted file goes on where it stopped.

      Example:
        $ varde runs --kind attendance --limit 3
        run  began (UTC)       kind        file            read  new  corrected  …  state
      """)

  @Option(help: "How many.")
  var limit = 20

  @Option(help: "Only this kind.", completion: .list(RecordKinds.all.map(\.name)))
  var kind: String?

  @Option(help: "The institution, where the database holds several.")
  var institution: String?

  @Flag(help: "A list of JSON objects.")
  var json = false

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
  }

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .recorder)
    let institution = try workplace.institution(named: institution, session)
    let kind = try kind.map { try RecordKinds.known($0).name }
    let runs = try RunArchive(session: session, institution: institution.id)
      .runs(limit: limit, kind: kind)
    guard !json else { return Console.line(try inJSON(runs)) }
    guard !runs.isEmpty else { return Console.line("nothing was sent yet") }
    var table = TextTable(
      "run", "began (UTC)", "kind", "file", "read", "new", "corrected", "unchanged", "duplicate",
      "rejected", "state")
    for run in runs {
      table.add(
        [String(run.number), minutes(run.startedAt), run.kind, run.file]
          + run.counts.map { $0.map { String($0) } ?? "" } + [run.state.rawValue])
    }
    Console.line(table.rendered())
  }

  /// A moment as the table shows it, whose heading says that it is UTC.
  private func minutes(_ moment: String) -> String {
    String(moment.prefix(16)).replacing("T", with: " ")
  }

  /// Members are called as in a report.
  private struct Line: Encodable {
    let number: Int
    let run, began, kind, file, state: String
    let read, new, corrected, unchanged, duplicate, rejected: Int?
  }

  private func inJSON(_ runs: [KeptRun]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    let lines = runs.map { run in
      Line(
        number: run.number, run: run.id.uuidString, began: run.startedAt, kind: run.kind,
        file: run.file, state: run.state.rawValue, read: run.counts[0], new: run.counts[1],
        corrected: run.counts[2], unchanged: run.counts[3], duplicate: run.counts[4],
        rejected: run.counts[5])
    }
    return String(decoding: try encoder.encode(lines), as: UTF8.self)
  }
}
