import ArgumentParser
import EventLog
import FoundationEssentials
import Postgres

struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Write a proof that an event stands in the log.",
    discussion: """
      The proof holds the event itself and can be checked without the database, against any
      checkpoint that covers it.

      Example:
        $ varde checkpoint > log.checkpoint
        $ varde prove 412 --checkpoint log.checkpoint > 412.proof
        $ varde check-proof 412.proof --checkpoint log.checkpoint --key "$(varde checkpoint --key)"
        position 412 stands in varde/fjordvik under position 996
      """)

  @Argument(help: "Position of the event.")
  var position: Int64

  @Option(help: "Checkpoint to prove it under.", completion: .file())
  var checkpoint: String

  @Option(help: "The institution, where the database holds several.")
  var institution: String?

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .projector)
    let institution = try workplace.institution(named: institution, session)
    let key = try KeyRing(home: workplace.home).signer(for: institution.code).verifier
    let checkpoint = try CheckpointFile.read(checkpoint, trusting: key)
    guard
      let proof = try InclusionProof(of: position, under: checkpoint, in: institution, session)
    else {
      throw Failure(
        code: "VD637",
        text: "there is no event at position \(position) under this checkpoint"
          + "\n  hint: the checkpoint covers positions 1 to \(checkpoint.position)",
        status: .nothingWritten)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    Console.line(String(decoding: try encoder.encode(proof), as: UTF8.self))
  }
}

struct CheckProofCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-proof",
    abstract: "Check a proof against a checkpoint; needs no database.",
    discussion: "Exit code 5 if the event is not in the log of the checkpoint.")

  @Argument(help: "Proof that varde prove wrote.", completion: .file())
  var proof: String

  @Option(help: "Signed checkpoint.", completion: .file())
  var checkpoint: String

  @Option(help: "Public key of the log, as varde checkpoint --key prints it.")
  var key: String

  func run() throws {
    let checkpoint = try CheckpointFile.read(
      checkpoint, trusting: try CheckpointFile.verifier(key))
    guard let bytes = FileManager.default.contents(atPath: proof),
      let read = try? JSONDecoder().decode(InclusionProof.self, from: bytes)
    else {
      throw Failure(
        code: "VD638", text: "\(proof) is not a proof\n  hint: varde prove POSITION writes one",
        status: .nothingWritten)
    }
    if let flaw = read.flaw(under: checkpoint) {
      Console.line("\(proof): \(flaw)")
      throw ExitStatus.tampering
    }
    Console.line(
      "position \(read.position) stands in \(checkpoint.origin) under position "
        + "\(checkpoint.position)")
  }
}
