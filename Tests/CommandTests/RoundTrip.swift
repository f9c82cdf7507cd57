import Foundation
import Postgres
import TestSupport
import Testing

/// A file some of whose rows are wrong, and the same file had it been right at once.
struct RoundTrip: CustomTestStringConvertible {
  /// What stands in the right file, and what stands in the wrong one instead; in the file of
  /// rejected rows the wrong is made right again.
  struct Fault {
    var right: String
    var wrong: String
    init(_ right: String, _ wrong: String) { (self.right, self.wrong) = (right, wrong) }
  }

  var testDescription: String
  var kind = "attendance"
  /// Name of the file.
  var file: String
  var binding: String
  /// Text of the right file.
  var text: String
  var encoding = String.Encoding.utf8
  var faults: [Fault]
  /// Codes of what is wrong with the wrong file, in the order of the alphabet.
  var codes: [String]
  /// Files beside it, right or wrong like the file itself.
  var beside: [String: String] = [:]
  /// What the person who mends the file does to its text, other than putting right what is wrong.
  var resaved: @Sendable (String) -> String = { $0 }

  var wrong: String { broken(text) }

  func broken(_ text: String) -> String {
    faults.reduce(text) { $0.replacingOccurrences(of: $1.right, with: $1.wrong) }
  }

  func mended(_ text: String) -> String {
    resaved(faults.reduce(text) { $0.replacingOccurrences(of: $1.wrong, with: $1.right) })
  }

  /// Bytes of a text as the tool writes it; of UTF-16 with its mark.
  func bytes(_ text: String) -> Data {
    let mark = encoding == .utf16LittleEndian ? Data([0xFF, 0xFE]) : Data()
    return mark + (text.data(using: encoding) ?? Data())
  }

  func decoded(_ bytes: Data) throws -> String {
    let isMarked = encoding == .utf16LittleEndian
    if isMarked { #expect(bytes.starts(with: [0xFF, 0xFE]), "in the file's own encoding") }
    return try #require(String(data: isMarked ? bytes.dropFirst(2) : bytes, encoding: encoding))
  }
}

extension Command {
  /// A database with a team whose members are known, with three sessions.
  static func withTeam() throws -> Command {
    let varde = try Command.withProgrammes()
    let names = [
      "Åse Prøvesen", "Øyvind Demodal", "Ærlend Eksempelsen", "Kjærsti Liksomsen", "Bjørn Påfunn",
      "Sølvi Oppdiktet",
    ]
    let members = names.enumerated().map { index, name in
      "M\(index + 1);\(name);m\(index + 1)@example.org;HUM;TST-1;2025-01-20"
    }
    try varde.file(
      "members.csv",
      (["person_id;name;email;unit;group;joined"] + members
        + ["N1;Håkon Testmoen;n1@example.org;HUM;TST-2;2025-01-20"]).joined(separator: "\n") + "\n")
    try varde.file(
      "held.csv",
      """
      session;group;planned_on;status;held_on;minutes
      A;TST-1;2025-02-13;held;2025-02-13;60
      B;TST-1;2025-02-27;held;2025-02-27;
      C;TST-1;2025-03-13;held;2025-03-13;60

      """)
    for (kind, file) in [("enrolments", "members.csv"), ("sessions", "held.csv")] {
      let sent = try varde.run("ingest", kind, file)
      #expect(sent.exitCode == 0, "\(sent.output)")
    }
    return varde
  }

  /// What the log says now, people by the ids the institution gave them: one line an event.
  func recorded() throws -> [String] {
    try session().query(
      """
      SELECT concat_ws(' ', e.type, e.occurred_at, e.occurred_precision,
               (SELECT string_agg(i.value, ',' ORDER BY i.value) FROM vault.identifier AS i
                 WHERE i.institution_id = e.institution_id AND i.subject_id = e.subject_id),
               (e.body::jsonb - 'match')::text)
        FROM log.entry AS e
       WHERE NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = e.institution_id AND s.supersedes = e.position)
       ORDER BY 1
      """
    ).map { try $0.text(0) }
  }

  /// Puts a case's file and what lies beside it into the folder; sends it.
  func send(_ test: RoundTrip, isRight: Bool, as name: String? = nil) throws -> ChildProcess.Outcome
  {
    try file("binding.yaml", test.binding)
    for (other, text) in test.beside {
      try write(other, test.bytes(isRight ? text : test.broken(text)))
    }
    try write(name ?? test.file, test.bytes(isRight ? test.text : test.wrong))
    return try run("ingest", test.kind, name ?? test.file, "--binding", "binding.yaml")
  }

  func write(_ name: String, _ bytes: Data) throws {
    try bytes.write(to: URL(filePath: "\(folder)/\(name)"))
  }

  func read(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
  }
}
