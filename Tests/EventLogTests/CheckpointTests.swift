import EventLog
import Events
import FoundationEssentials
import Postgres
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `A checkpoint` {
  private let log: TestLog
  private let signer = NoteSigner(name: LogCheckpoint.origin(of: "prøve"))

  init() throws {
    log = try TestLog()
    for block in 0..<4 { try append(block) }
  }

  private func append(_ block: Int) throws {
    _ = try log.writer().record((0..<5).map { sessionDraft("s\(block)-\($0)", heldOn: day) })
  }

  private func checkpoint() throws -> LogCheckpoint {
    try #require(try LogCheckpoint(of: log.institution, log.session("varde_projector")))
  }

  private func contradiction(_ checkpoint: LogCheckpoint) throws -> String? {
    try checkpoint.contradiction(with: log.institution, log.session("varde_projector"))?.what
  }

  private func tamper(_ sql: String) throws {
    try log.administrator.execute(
      "SET session_replication_role = replica; \(sql); RESET session_replication_role")
  }

  @Test func `survives being written, signed and read`() throws {
    let checkpoint = try checkpoint()
    #expect(LogCheckpoint(parsing: checkpoint.text) == checkpoint)
    let note = try SignedNote(checkpoint.text, signedBy: signer)
    let read = try #require(SignedNote(parsing: note.rendered))
    #expect(read == note)
    #expect(read.isSigned(by: signer.verifier))
    #expect(NoteVerifier(parsing: signer.verifier.rendered) == signer.verifier)
    #expect(NoteSigner(parsing: signer.rendered)?.verifier == signer.verifier)
  }

  @Test func `is worth nothing once changed, or signed by another`() throws {
    let note = try SignedNote(try checkpoint().text, signedBy: signer)
    let changed = note.rendered.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0 == "20" ? "21" : $0 }.joined(separator: "\n")
    #expect(changed != note.rendered)
    #expect(SignedNote(parsing: changed)?.isSigned(by: signer.verifier) == false)
    let stranger = NoteSigner(name: LogCheckpoint.origin(of: "prøve"))
    #expect(!note.isSigned(by: stranger.verifier))
  }

  @Test func `agrees with a log that went on`() throws {
    let checkpoint = try checkpoint()
    #expect(checkpoint.position == 20)
    try append(9)
    #expect(try contradiction(checkpoint) == nil)
  }

  @Test func `finds a tail that was cut, which the chain alone cannot`() throws {
    let checkpoint = try checkpoint()
    try tamper(
      "DELETE FROM log.event WHERE append_no = 4; DELETE FROM log.append WHERE append_no = 4")
    #expect(try log.verify().problems.isEmpty)
    #expect(try contradiction(checkpoint)?.hasPrefix("the log was cut") == true)
  }

  @Test func `finds a chain that was rewritten, which the chain alone cannot`() throws {
    let checkpoint = try checkpoint()
    // Cut the last block and write another in its place: a well-formed chain with another history.
    try tamper(
      "DELETE FROM log.event WHERE append_no = 4; DELETE FROM log.append WHERE append_no = 4")
    try append(7)
    #expect(try log.verify().problems.isEmpty)
    #expect(try contradiction(checkpoint)?.hasPrefix("the log was rewritten") == true)
  }
}

@Suite struct `An inclusion proof` {
  private let log: TestLog
  private let checkpoint: LogCheckpoint

  init() throws {
    log = try TestLog()
    _ = try log.writer().record((0..<5).map { sessionDraft("a\($0)", heldOn: day) })
    _ = try log.writer().record([sessionDraft("a3", heldOn: day, minutes: 60)])
    _ = try log.writer().record((0..<3).map { sessionDraft("b\($0)", heldOn: day) })
    checkpoint = try #require(
      try LogCheckpoint(of: log.institution, log.session("varde_projector")))
    _ = try log.writer().record([sessionDraft("later", heldOn: day)])
  }

  private func proof(_ position: Int64) throws -> InclusionProof? {
    try InclusionProof(
      of: position, under: checkpoint, in: log.institution, log.session("varde_projector"))
  }

  @Test func `holds for every event the checkpoint covers, and for no other`() throws {
    for position in 1...checkpoint.position {
      let proof = try #require(try proof(position))
      #expect(proof.flaw(under: checkpoint) == nil)
    }
    #expect(try proof(checkpoint.position + 1) == nil)
  }

  /// Whatever is changed in the file, the proof fails.
  @Test func `fails when any part of it is changed`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let json = String(decoding: try encoder.encode(try proof(2)), as: UTF8.self)
    let changes = [
      (#"\"minutes\":45"#, #"\"minutes\":46"#), (#""version":1"#, #""version":2"#),
      (#""precision":"day""#, #""precision":"term""#), (#""position":2"#, #""position":3"#),
      (#""number":2"#, #""number":7"#), (#""recordedBy":"varde""#, #""recordedBy":"other""#),
      (#""last":6"#, #""last":7"#), (#""origin":"varde"#, #""origin":"vorde"#),
    ]
    for (old, new) in changes {
      let changed = json.split(separator: old, omittingEmptySubsequences: false)
        .joined(separator: new)
      #expect(changed != json, "\(old) does not occur")
      let proof = try JSONDecoder().decode(InclusionProof.self, from: Data(changed.utf8))
      #expect(proof.flaw(under: checkpoint) != nil, "\(old)")
    }
  }
}
