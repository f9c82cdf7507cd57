import ArgumentParser
import EventLog
import Events
import Ingest

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Look at one run.", subcommands: [Show.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the report of a run as it was printed then.",
      discussion: """
        Reports are kept for ever. A run is named by its number or its id; see varde runs.

        Example:
          $ varde run show 17
        """)

    @Argument(help: "Number or id of the run.")
    var reference: String

    @Option(help: "The institution, where the database holds several.")
    var institution: String?

    @Flag(help: "The report as JSON, byte for byte as it was kept.")
    var json = false

    func run() throws {
      let workplace = Workplace.current()
      let session = try workplace.session(as: .recorder)
      let institution = try workplace.institution(named: institution, session)
      let archive = RunArchive(session: session, institution: institution.id)
      guard let run = try archive.run(reference) else {
        throw Failure(
          code: "VD651", text: "there is no run '\(reference)'\n  hint: 'varde runs' lists them",
          status: .nothingWritten)
      }
      if let kept = try archive.report(of: run) {
        Console.line(json ? kept.json : kept.report.text())
      } else {
        Console.line(
          json
            ? "null"
            : "run \(run.number), \(run.kind) from \(run.file), began \(run.startedAt) and has"
              + " no report: it is under way, or was killed; sent again, the file goes on")
      }
    }
  }
}
