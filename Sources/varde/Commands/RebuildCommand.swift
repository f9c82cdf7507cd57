import ArgumentParser
import Dispatch
import FoundationEssentials
import Postgres
import Projection

struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Build the facts anew from the log and swap them in.",
    discussion: """
      The old facts and figures stay readable, and files may be read in, until the new ones are \
      complete and have caught up; then they change places by rename. Needs the login that made the \
      database.

      New and old are compared at the same position of every log. With --verify that is printed, \
      with the first differences, and a difference ends with exit code 5; the new facts are swapped \
      in all the same, because the log decides. With --no-swap they are compared and dropped.

      A rebuild that was interrupted, by Ctrl-C or SIGTERM (exit code 130) or otherwise, goes on where
      it was when the next one begins; 'varde status' shows one that was left.

      What the site has made of the schemas fact and evaluation stays: rights given and taken, \
      default privileges, indexes, and comments on what Varde explains as before. What cannot stay \
      (views, tables, functions, columns, triggers, constraints of others) is named before anything \
      is done (VD640). The swap waits for transactions that began to look before the new facts were \
      complete, where it may see them.

      An event that older facts have and these cannot take ends the rebuild (VD670): see 'varde help \
      quarantine'.

      Examples:
        $ varde rebuild --verify
        $ varde rebuild --no-swap --verify    # are the facts what the log says?
        $ varde rebuild --jobs 8 --json
      """)

  @Flag(help: "Print how the new facts compare with the old ones.")
  var verify = false

  @Flag(name: .customLong("no-swap"), help: "Build and compare only.")
  var noSwap = false

  @Option(help: "Sessions that work at the same time; as many as this machine has processors.")
  var jobs: Int?

  @Option(help: "Seconds the swap waits for those who read the old facts in one transaction.")
  var patience = 120

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    guard (1...64).contains(jobs ?? 1) else { throw ValidationError("--jobs is 1 to 64") }
    guard (1...86_400).contains(patience) else {
      throw ValidationError("--patience is 1 to 86400 seconds")
    }
  }

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .administrator)
    let line = RebuildLine()
    let report = try StopSignal().leaving(
      saying: { "varde: stopped; run it again, it goes on where it was" }
    ) {
      try Rebuild(session: session, jobs: jobs, patience: patience)
        .run(swapping: !noSwap) { line.show($0) }
    }
    Console.endProgress()
    if json {
      Console.line(try RebuildText.json(report))
    } else {
      Console.line(RebuildText.lines(report, withParity: verify).joined(separator: "\n"))
    }
    guard !verify || report.facts.allSatisfy(\.isEqual) else { throw ExitStatus.tampering }
  }
}
