import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `varde rebuild` {
  private struct Report: Decodable {
    struct Fact: Decodable {
      var fact: String
      var is_equal: Bool
    }
    var is_swapped: Bool
    var is_resumed: Bool
    var rows: Int
    var events: Int
    var facts: [Fact]
    var seconds: [String: Double]
  }

  private func prepared() throws -> Command {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once")
    return varde
  }

  @Test func `says that nothing has changed, or what`() throws {
    let varde = try prepared()
    let same = try varde.run("rebuild", "--verify")
    #expect(same.exitCode == 0)
    #expect(same.output.contains("programme_group"))
    #expect(same.output.contains("facts are the same as before\nswapped in"))
    try varde.session().execute("UPDATE fact.programme_group SET formed_on = '2001-01-01'")
    let compared = try varde.run("rebuild", "--verify", "--no-swap")
    #expect(compared.exitCode == 5)
    #expect(compared.output.contains("programme_group.formed_on was 2001-01-01, is 20"))
    #expect(compared.output.contains("compared only"))
    #expect(try varde.run("rebuild").output.contains("not the same as before: programme_group"))
    #expect(try varde.run("rebuild", "--verify").exitCode == 0)
  }

  @Test func `tells programs the same, and shows no progress in a pipe`() throws {
    let varde = try prepared()
    let line = try varde.run("rebuild", "--json", "--jobs", "2").output
    let report = try JSONDecoder().decode(Report.self, from: Data(line.utf8))
    #expect(report.is_swapped && !report.is_resumed)
    #expect(report.rows > 10 && report.events > 10)
    #expect(report.facts.count >= 18 && report.facts.allSatisfy(\.is_equal))
    #expect(Set(report.seconds.keys).isSuperset(of: ["bulk", "index", "swapping"]))
    #expect(line.split(separator: "\n").count == 1)
  }

  @Test func `that waits for a reader says who that is, and counts all when it goes on`() throws {
    let varde = try prepared()
    let reader = try varde.session()
    try reader.execute(
      "SET application_name = 'a long look'; BEGIN; SELECT count(*) FROM fact.programme")
    let held = try varde.run("rebuild", "--patience", "1")
    #expect(held.exitCode == 4 && held.output.contains("error[VD672]"), "\(held.output)")
    #expect(held.output.contains(" (login varde, a long look)\n"), "\(held.output)")
    #expect(held.output.contains("'varde status'"))
    try reader.execute("COMMIT")
    let events = try varde.number("SELECT count(*) FROM log.event")
    let done = try varde.run("rebuild").output
    #expect(done.contains("went on where it was: "), "\(done)")
    #expect(done.contains(" rows of \(events) events, 0 of them in this run\n"), "\(done)")
  }

  @Test func `that was killed goes on, and a second one beside it does not begin`() throws {
    let varde = try prepared()
    // Held up while it fills the facts, which needs the list of types.
    let session = try varde.session()
    try session.execute("BEGIN; LOCK TABLE log.event_type IN ACCESS EXCLUSIVE MODE")
    let killed = try varde.shell(
      """
      "$binary" rebuild >/dev/null 2>&1 & first=$!
      sleep 3; varde rebuild; echo "second $?"; kill -9 $first; wait $first; echo "first $?"
      """)
    #expect(killed.output.contains("VD671"))
    #expect(killed.output.contains("second 4"))
    #expect(killed.output.contains("first 137"))
    try session.execute("ROLLBACK")
    let next = try varde.run("rebuild", "--verify")
    #expect(next.exitCode == 0)
    #expect(next.output.contains("same as before"))
    #expect(next.output.contains("went on where it was"))
  }

  @Test func `by a login that may not is told which may`() throws {
    let varde = try prepared()
    let login = "worker_\(UUID().uuidString.prefix(8).lowercased())"
    try varde.session().execute("CREATE ROLE \(login) LOGIN IN ROLE varde_projector")
    defer { try? varde.session().execute("DROP ROLE \(login)") }
    let url = varde.url.replacing("user='varde'", with: "user='\(login)'")
    let rebuild = try varde.run("rebuild", url: url)
    #expect(rebuild.exitCode == 4 && rebuild.output.contains("error[VD673]"), "\(rebuild.output)")
    #expect(rebuild.output.contains("varde init"))
    let quarantine = try varde.run("quarantine", "1", "--reason", "why", url: url)
    #expect(quarantine.exitCode == 4 && quarantine.output.contains("error[VD674]"))
    #expect(quarantine.output.contains("GRANT varde_steward"), "\(quarantine.output)")
    #expect(try varde.run("failures", url: url).exitCode == 0)
  }

  @Test(arguments: [("--jobs", "0"), ("--patience", "0"), ("--jobs", "many")])
  func `refuses what it cannot do`(option: String, value: String) throws {
    #expect(try Command().run("rebuild", option, value).exitCode == 1)
  }
}
