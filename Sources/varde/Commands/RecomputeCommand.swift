import ArgumentParser
import Indicators
import Postgres
import Projection

struct RecomputeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recompute",
    abstract: "Compute figures anew without a fact having changed.",
    discussion: """
      Without --indicator or --all: the figures whose definition this varde has in another version
      than the one they were computed by, and no others. A worker that starts does the same by
      itself. Facts stay as they are; those are made anew by varde rebuild. Ctrl-C and SIGTERM end it
      (exit code 130); what is left is marked, and whoever works next goes on with it.

      Examples:
        $ varde recompute                               # after a new version of varde
        $ varde recompute --indicator attendance_rate
        $ varde recompute --all --institution fjordvik
      """)

  @Option(help: "All figures of this indicator, whatever version they are of.")
  var indicator: String?

  @Flag(help: "All figures of all indicators.")
  var all = false

  @Option(help: "Only those of this institution.")
  var institution: String?

  func validate() throws {
    guard indicator == nil || !all else {
      throw ValidationError("--all and --indicator exclude each other")
    }
  }

  func run() throws {
    if let indicator, Catalogue.definition(indicator) == nil {
      let known = Catalogue.all.map(\.id).joined(separator: ", ")
      throw Failure(
        code: "VD642", text: "there is no indicator '\(indicator)'\n  hint: known are \(known)",
        status: .usage)
    }
    let workplace = Workplace.current()
    let cells = try StopSignal().leaving(
      saying: { "varde: stopped; run it again, or a worker, it goes on" }
    ) { try recompute(workplace) }
    Console.line("\(cells) cells computed")
  }

  private func recompute(_ workplace: Workplace) throws -> Int {
    let session = try workplace.session(as: .projector)
    try ReadSide(session: session).check()
    if let institution { _ = try workplace.institution(named: institution, session) }
    let recompute = Recompute(session: session)
    if all || indicator != nil {
      try recompute.mark(indicator, institution: institution)
    } else {
      try recompute.markOutdated(institution: institution)
    }
    return try CellWorker(session: session, isStopped: { true }).runToEnd()
  }
}
