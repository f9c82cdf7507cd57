import ArgumentParser
import EventLog
import Postgres
import Projection

struct RetryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Let facts and figures that stand still be tried again.",
    discussion: """
      After the cause was mended, usually by a newer varde. Workers take it up by themselves; what
      still cannot be taken halts again after five tries.

      Exit codes: 0 done, also where nothing stood still; 3 there is no such institution; 4 the
      system is at fault.

      Examples:
        $ varde retry            # every institution
        $ varde retry UIX
      """)

  @Argument(help: "Institution; all of them unless given.")
  var institution: String?

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .projector)
    let institutions =
      try institution.map { [try workplace.institution(named: $0, session)] }
      ?? Institution.all(session)
    let failures = Failures(session: session)
    let woken = try institutions.filter { try failures.retry($0.id) }.map(\.code)
    Console.line(
      woken.isEmpty ? "nothing stood still" : "tried again: " + woken.joined(separator: ", "))
  }
}
