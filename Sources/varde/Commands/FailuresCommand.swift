import ArgumentParser
import FoundationEssentials
import Postgres
import Projection

struct FailuresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "failures",
    abstract: "List what facts and figures stand still at, and what to do about it.",
    discussion: """
      An event that cannot become a fact is tried five times, ever later; then the facts of its
      institution halt there, and those of others go on. Values of the event are not shown: `varde
      log` shows them to those who may read the log. Read models of another version, which no worker
      touches, are listed as one line for all institutions (*), in the state outdated.

      Exit codes: 0 nothing stands still; 2 something does, or is being tried again; 4 the system is
      at fault.

      Examples:
        $ varde failures
        $ varde failures --json | jq '.[] | select(.state == "halted") | .position'
      """)

  @Flag(help: "One JSON array.")
  var json = false

  func run() throws {
    let session = try Workplace.current().session(as: .projector)
    let failures = try Failures(session: session).all()
    if json {
      let encoder = JSONEncoder()
      encoder.keyEncodingStrategy = .convertToSnakeCase
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      Console.line(String(decoding: try encoder.encode(failures), as: UTF8.self))
    } else if failures.isEmpty {
      Console.line("nothing stands still")
    } else {
      Console.line(table(failures))
    }
    if !failures.isEmpty { throw ExitStatus.rejectedRows }
  }

  private func table(_ failures: [FailingProjection]) -> String {
    var table = TextTable(
      "institution", "projection", "position", "type", "state", "tries", "first", "last")
    for each in failures {
      table.add([
        each.institution, each.projection == "fact" ? "facts" : "figures",
        each.position.map(String.init) ?? "", each.type ?? "", each.state, String(each.attempts),
        each.firstAt ?? "", each.lastAt ?? "",
      ])
    }
    return ([table.rendered()] + failures.map(explanation)).joined(separator: "\n")
  }

  private func explanation(_ failure: FailingProjection) -> String {
    let place = failure.position.map { " at position \($0)" } ?? ""
    let code = failure.sqlstate.map { " [\($0)]" } ?? ""
    return "\n\(failure.institution)\(place): \(failure.message)\(code)\n  hint: \(hint(failure))"
  }

  private func hint(_ failure: FailingProjection) -> String {
    guard failure.state != "outdated" else { return "run 'varde rebuild'" }
    guard failure.projection == "fact" else {
      return
        "mend the programme's definition or update varde, then: varde retry \(failure.institution)"
    }
    guard let position = failure.position else { return hintWithoutEvent(failure) }
    let institution = "--institution \(failure.institution)"
    let look = "varde log --from \(position) --to \(position) \(institution) prints the event"
    guard failure.sqlstate != nil else {
      return look + ";\n    after an update of varde: varde retry \(failure.institution)"
    }
    if let constraint = failure.constraint {
      return
        "the constraint \(constraint) is not Varde's and stands in the way; once it is dropped: "
        + "varde retry \(failure.institution)"
    }
    return look + ";\n    after an update of varde that can take it: varde retry "
      + "\(failure.institution);\n    to leave it out: varde quarantine \(position) \(institution)"
      + " --reason \"…\", then send the record corrected"
  }

  private func hintWithoutEvent(_ failure: FailingProjection) -> String {
    guard failure.state != "halted" else {
      return "`varde verify` checks the log; after a restore: varde rebuild"
    }
    guard !failure.grants.isEmpty else {
      return failure.message.hasSuffix("[42501]")
        ? "who made the database may GRANT the role varde_projector what it lacks; it is tried again "
          + "by itself" : "it is tried again by itself"
    }
    return "who made the database gives back what was taken, and it goes on by itself:\n    "
      + failure.grants.map { $0 + ";" }.joined(separator: "\n    ")
  }
}
