import ArgumentParser
import EventLog
import Postgres

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Re-compute the log: every leaf, root, link and length.",
    discussion: """
      Prints one line per institution; exit code 5 and one line per problem if something in the
      log cannot have come about by appending.

      Example:
        $ varde verify
        fjordvik: 1,204 events in 14 blocks, clean; head 9f2c…
      """)

  @Option(help: "Only this institution.")
  var institution: String?

  @Option(
    help: "Signed checkpoint the log must continue; its institution alone is verified.",
    completion: .file())
  var checkpoint: String?

  @Option(help: "Public key of the checkpoint; the one in VARDE_HOME/keys by default.")
  var key: String?

  @Flag(help: "One JSON object per institution.")
  var json = false

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .projector)
    let institutions =
      institution == nil && checkpoint == nil
      ? try Institution.allWithLog(session) : [try only(workplace, session)]
    var isClean = true
    for institution in institutions {
      var outcome = try LogVerifier(session: session, institution: institution.id).verify {
        Console.progress("\(institution.code): \($0) events checked")
      }
      Console.endProgress()
      if let problem = try contradiction(institution, workplace, session) {
        outcome.problems.append(problem)
      }
      isClean = isClean && outcome.problems.isEmpty
      Console.line(
        json ? jsonLine(institution, outcome) : textLines(institution, outcome))
    }
    guard isClean else { throw ExitStatus.tampering }
  }

  /// The institution said, or the one whose log the checkpoint is of.
  private func only(_ workplace: Workplace, _ session: Session) throws -> Institution {
    guard institution == nil, let checkpoint else {
      return try workplace.institution(named: institution, session)
    }
    let origin = try CheckpointFile.parse(checkpoint).checkpoint.origin
    let all = try Institution.all(session)
    if let own = all.first(where: { LogCheckpoint.origin(of: $0.code) == origin }) { return own }
    let name = all.count > 1 ? origin.split(separator: "/").last.map(String.init) : nil
    return try workplace.institution(named: name, session)
  }

  private func contradiction(
    _ institution: Institution, _ workplace: Workplace, _ session: Session
  ) throws -> LogVerifier.Problem? {
    guard let checkpoint else { return nil }
    let verifier =
      try key.map(CheckpointFile.verifier)
      ?? KeyRing(home: workplace.home).signer(for: institution.code).verifier
    return try CheckpointFile.read(checkpoint, trusting: verifier)
      .contradiction(with: institution, session)
  }

  private func textLines(_ institution: Institution, _ outcome: LogVerifier.Outcome) -> String {
    let summary =
      "\(institution.code): \(outcome.events) events in \(outcome.blocks) blocks, "
    guard let first = outcome.problems.first else {
      let redactions = outcome.redactions.map {
        "\n  \($0.events) events redacted under position \($0.position), recorded by \($0.recordedBy)"
      }
      return summary + "clean; head \(outcome.head)" + redactions.joined()
    }
    let lines = outcome.problems.prefix(50).map {
      "  position \($0.position) (block \($0.block)): \($0.what)"
    }
    return summary + "\(outcome.problems.count) problems, the first at position \(first.position)\n"
      + lines.joined(separator: "\n")
  }

  private func jsonLine(_ institution: Institution, _ outcome: LogVerifier.Outcome) -> String {
    let problems = outcome.problems.map {
      "{\"position\":\($0.position),\"block\":\($0.block),\"what\":\"\($0.what)\"}"
    }
    let redactions = outcome.redactions.map {
      "{\"position\":\($0.position),\"events\":\($0.events)}"
    }
    return "{\"institution\":\"\(institution.code)\",\"events\":\(outcome.events),"
      + "\"blocks\":\(outcome.blocks),\"head\":\"\(outcome.head)\","
      + "\"redactions\":[\(redactions.joined(separator: ","))],"
      + "\"problems\":[\(problems.joined(separator: ","))]}"
  }
}
