import Foundation
import Postgres
import TestSupport
import Testing

extension Command {
  /// Two institutions whose programmes have one code.
  fileprivate static func withTwins() throws -> Command {
    let varde = try Command.withProgrammes()
    _ = try varde.shell(
      "sed 's/code: fjordvik/code: dal/; s/name: Fjordvik.*/name: Dal skole/' '\(demoData)/tst.yaml' > d.yaml"
    )
    #expect(try varde.run("programme", "apply", "d.yaml").exitCode == 0)
    for institution in ["fjordvik", "dal"] {
      try varde.run("ingest", "sessions", "\(demoData)/sessions.csv", "--institution", institution)
    }
    try varde.run("worker", "--once")
    return varde
  }
}

@Suite struct `With several institutions in a database` {
  @Test func `figures say whose they are, or are those of one`() throws {
    let varde = try Command.withTwins()
    let all = try varde.run("figures", "--programme", "TST").output
    let lines = all.split(separator: "\n")
    #expect(lines.first?.hasPrefix("institution  programme ") == true, "\(all)")
    #expect(lines.contains { $0.hasPrefix("dal ") } && lines.contains { $0.hasPrefix("fjordvik ") })
    let one = try varde.run("figures", "--programme", "TST", "--institution", "dal").output
    #expect(one.split(separator: "\n").first?.hasPrefix("programme ") == true, "\(one)")
    #expect(one.split(separator: "\n").count - 2 == (lines.count - 2) / 2)
    let json = try varde.run("figures", "--institution", "dal", "--json").output
    #expect(json.contains(#""institution":"dal""#) && !json.contains("fjordvik"), "\(json)")
    let nobody = try varde.run("figures", "--institution", "nix")
    #expect(nobody.exitCode == 3 && nobody.output.contains("error[VD611]"), "\(nobody.output)")
  }

  /// Rows lie in the table in another order than before.
  @Test func `figures stand in one order`() throws {
    let varde = try Command.withTwins()
    let before = try varde.run("figures", "--scope", "group", "--json").output
    try varde.session().execute(
      """
      CREATE TEMP TABLE kept AS SELECT * FROM fact.cell;
      DELETE FROM fact.cell;
      INSERT INTO fact.cell SELECT * FROM kept ORDER BY md5(kept::text)
      """)
    #expect(try varde.run("figures", "--scope", "group", "--json").output == before)
    #expect(before.contains("dal"))
  }

  @Test func `a checkpoint is held against its own log without asking`() throws {
    let varde = try Command.withTwins()
    let made = try varde.shell("varde checkpoint --institution dal > c")
    #expect(made.exitCode == 0, "\(made.output)")
    let verified = try varde.run("verify", "--checkpoint", "c")
    #expect(verified.exitCode == 0, "\(verified.output)")
    #expect(verified.output.hasPrefix("dal: ") && !verified.output.contains("fjordvik"))
    let other = try varde.run("verify", "--checkpoint", "c", "--institution", "fjordvik")
    #expect(other.exitCode != 0, "\(other.output)")
    let missing = try varde.run("verify", "--checkpoint", "none")
    #expect(missing.exitCode == 3 && missing.output.contains("error[VD634]"), "\(missing.output)")
  }
}
