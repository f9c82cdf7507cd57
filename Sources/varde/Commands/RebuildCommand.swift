import ArgumentParser
import Postgres
import Projection

struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Build the facts anew from the log and swap them in.",
    discussion: """
      The old facts and figures stay readable until the new ones are complete; then they change
      places by rename. Needs the login that made the database. With --verify the two are compared at the same position, and a difference ends with
      exit code 5 (the new facts are swapped in all the same: the log decides).
      """)

  @Flag(help: "Compare the new facts with the old ones.")
  var verify = false

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .administrator)
    let parity = try Rebuild(session: session).run {
      Console.progress("\($0) events projected")
    }
    Console.endProgress()
    guard verify else {
      Console.line("rebuilt \(parity.count) facts")
      return
    }
    var table = TextTable("fact", "rows before", "rows after", "same")
    for fact in parity {
      table.add([
        fact.fact, String(fact.rowsBefore), String(fact.rowsAfter), fact.isEqual ? "yes" : "NO",
      ])
    }
    Console.line(table.rendered())
    guard parity.allSatisfy(\.isEqual) else { throw ExitStatus.tampering }
  }
}
