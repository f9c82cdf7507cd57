import ArgumentParser
import EventLog
import FoundationEssentials
import Glibc
import Postgres

struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Write a signed checkpoint: how long the log is and what its newest block is.",
    discussion: """
      Give checkpoints away, daily and with every release. Whoever holds one can tell later whether
      the log was cut, forked or rewritten, also by its owner: varde verify --checkpoint FILE.
      The key is made at the first checkpoint and kept in VARDE_HOME/keys; print its public half
      with --key and hand it to those who verify.

      Examples:
        $ varde checkpoint > fjordvik-2026-11-22.checkpoint
        $ varde checkpoint --key
        varde/fjordvik+1b2c3d4e+AZ…
      """)

  @Option(help: "The institution, where the database holds several.")
  var institution: String?

  @Flag(help: "Print the public key instead of a checkpoint.")
  var key = false

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .projector)
    let institution = try workplace.institution(named: institution, session)
    let signer = try KeyRing(home: workplace.home).signer(for: institution.code)
    guard !key else {
      Console.line(signer.verifier.rendered)
      return
    }
    guard let checkpoint = try LogCheckpoint(of: institution, session) else {
      throw Failure(
        code: "VD632", text: "the log is empty\n  hint: there is nothing to vouch for yet",
        status: .nothingWritten)
    }
    let note = try SignedNote(checkpoint.text, signedBy: signer)
    do {
      try checkpoint.keep(of: institution, session)
    } catch let error as PostgresError where error.sqlstate == "25006" {
      // A standby vouches as well; only `varde status` will not know of it.
    }
    Console.line(String(note.rendered.dropLast()))
  }
}

/// Where signing keys are kept: one file a log, readable by its owner only.
struct KeyRing {
  let home: String

  /// The log's key, made if there is none.
  func signer(for code: String) throws -> NoteSigner {
    let path = "\(home)/keys/\(code).key"
    if let stored = FileManager.default.contents(atPath: path) {
      guard let signer = NoteSigner(parsing: String(decoding: stored, as: UTF8.self)) else {
        throw Failure(
          code: "VD633", text: "\(path) is not a signing key\n  hint: restore it from a backup",
          status: .system)
      }
      return signer
    }
    let signer = NoteSigner(name: LogCheckpoint.origin(of: code))
    mkdir(home, 0o755)
    mkdir("\(home)/keys", 0o700)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else { throw SystemError("write \(path)", errno) }
    defer { close(descriptor) }
    let bytes = Array(signer.rendered.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      throw SystemError("write \(path)", errno)
    }
    return signer
  }
}

/// A checkpoint in a file.
enum CheckpointFile {
  /// The checkpoint, whose signature was checked.
  /// - Parameter verifier: the public key to trust.
  static func read(_ path: String, trusting verifier: NoteVerifier) throws -> LogCheckpoint {
    let (note, checkpoint) = try parse(path)
    guard note.isSigned(by: verifier) else {
      throw Failure(
        code: "VD635",
        text: "\(path): the signature is not that of \(verifier.rendered)"
          + "\n  hint: was the file changed, or is it another log's?",
        status: .tampering)
    }
    return checkpoint
  }

  /// What a file says, whoever signed it.
  static func parse(_ path: String) throws -> (note: SignedNote, checkpoint: LogCheckpoint) {
    guard let bytes = FileManager.default.contents(atPath: path),
      let note = SignedNote(parsing: String(decoding: bytes, as: UTF8.self)),
      let checkpoint = LogCheckpoint(parsing: note.text)
    else {
      throw Failure(
        code: "VD634",
        text: "\(path) is not a checkpoint\n  hint: varde checkpoint > FILE makes one",
        status: .nothingWritten)
    }
    return (note, checkpoint)
  }

  static func verifier(_ text: String) throws -> NoteVerifier {
    guard let verifier = NoteVerifier(parsing: text) else {
      throw Failure(
        code: "VD636",
        text: "'\(text)' is not a public key\n  hint: varde checkpoint --key prints it",
        status: .usage)
    }
    return verifier
  }
}
