import Foundation
import Postgres
import TestSupport
import Testing

/// The disk is full while a run writes: it says so, what was recorded stays, and sent again with room
/// the file ends as it would have at once.
@Suite struct `A full disk` {
  /// Ends what a process writes to any file after so many KiB, as a full disk does.
  private static func room(_ kibibytes: Int) -> String {
    "trap '' XFSZ; ulimit -f \(kibibytes);"
  }

  private static let isMountAllowed =
    (try? ChildProcess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"]))?.exitCode
    == 0

  /// Two people who are known and three thousand who are not.
  private static func strangers() throws -> Command {
    let varde = try Command.withTeam()
    let rows = (0..<3_000).map { "A;X\($0);Prøvesen \($0);present;5\n" }
    try varde.file(
      "a.csv",
      "session;person_id;name;status;minutes\nA;M1;;present;50\n" + rows.joined()
        + "A;M2;;present;50\n")
    return varde
  }

  private func expectToldAndKept(_ varde: Command, _ full: ChildProcess.Outcome) throws {
    #expect(full.exitCode == 2, "\(full.output)")
    // Seen although three thousand rows are told, too.
    let told = full.output.split(separator: "\n").filter { $0.contains("warning[VD241]") }
    #expect(told.count == 2, "the rejected rows, and who was not matched")
    #expect(told.allSatisfy { $0.contains("could not be written: ") })
    #expect(full.output.contains("read 3002: 2 new,"))
    #expect(!full.output.contains("rejected rows are in"))
    let again = try varde.run("ingest", "attendance", "a.csv")
    #expect(again.output.contains("read 3002: 0 new, 0 corrected, 2 unchanged,"))
    #expect(!again.output.contains("VD241"))
    for name in ["a.rejected.csv", "a.unmatched.csv"] {
      #expect(try varde.contents(name).split(whereSeparator: \.isNewline).count == 3_001)
    }
    #expect(try varde.run("verify").output.contains("clean"))
  }

  @Test func `no room for the rows that were turned down`() throws {
    let varde = try Self.strangers()
    let full = try varde.shell("\(Self.room(16)) varde ingest attendance a.csv")
    let left = try FileManager.default.contentsOfDirectory(atPath: varde.folder)
    #expect(!left.contains { $0.contains(".rejected") || $0.contains(".unmatched") }, "\(left)")
    try expectToldAndKept(varde, full)
  }

  @Test(.enabled(if: isMountAllowed, "a small disk can be mounted by root alone"))
  func `a disk that is full in truth`() throws {
    let varde = try Self.strangers()
    let full = try varde.shell(
      """
      export -f varde; export binary
      unshare -m bash -c 'mkdir tiny; mount -t tmpfs -o size=64k none tiny
        varde ingest attendance a.csv --rejects tiny/r.csv; code=$?
        ls -A tiny; echo "left in it: $(ls -A tiny | wc -l)"; exit $code'
      """)
    #expect(full.output.contains("No space left on device"))
    #expect(full.output.contains("left in it: 0\n"))
    try expectToldAndKept(varde, full)
  }

  @Test func `no room for what is put aside`() throws {
    let varde = try Command.withTeam()
    let pad = String(repeating: "x", count: 2_000)
    let statements = (0..<3_000).map { number in
      """
      {"id":"\(number)","actor":{"account":{"name":"M\(number % 6 + 1)"}},\
      "verb":{"id":"http://adlnet.gov/expapi/verbs/attended"},"pad":"\(pad)",\
      "object":{"id":"https://lrs.example.org/A"}}

      """
    }
    try varde.file("a.jsonl", statements.joined())
    try varde.file(
      "a.yaml", "tool: xapi\nkind: attendance\nsessions: {\"https://lrs.example.org/A\": A}\n")
    let before = try varde.recorded()
    let full = try varde.shell(
      "\(Self.room(64)) varde ingest attendance a.jsonl --binding a.yaml")
    #expect(full.exitCode == 3, "\(full.output)")
    #expect(full.output.contains("error[VD204]: parts of 'a.jsonl' could not be put aside: "))
    #expect(full.output.contains("hint: make room in the temporary folder"))
    #expect(try varde.recorded() == before)
    let again = try varde.run("ingest", "attendance", "a.jsonl", "--binding", "a.yaml")
    #expect(again.output.contains("read 6: 6 new,"), "\(again.output)")
  }

  @Test func `no room to say anything is no reason to lose anything`() throws {
    let varde = try Command.withTeam()
    try varde.file("a.csv", "session;person_id;status\nA;M1;present\nA;M9;present\n")
    let full = try varde.shell("varde ingest attendance a.csv >/dev/full 2>&1")
    #expect(full.exitCode < 128, "\(full.output)")
    let again = try varde.run("ingest", "attendance", "a.csv")
    #expect(
      again.output.contains("read 2: 0 new, 0 corrected, 1 unchanged, 0 duplicate, 1 rejected"))
  }
}
