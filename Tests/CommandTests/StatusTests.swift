import Foundation
import Postgres
import Testing

@Suite struct `Status` {
  @Test func `fits a terminal and names everything an operator watches`() throws {
    let varde = try Command.withProgrammes()
    let before = try varde.run("status").output
    // The first line names the database, wherever that is.
    let lines = before.components(separatedBy: "\n").dropFirst()
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(before)")
    #expect(before.contains("workers     0 seen within a minute"))
    #expect(before.contains("failures    0\n"))
    #expect(before.contains("checkpoint  fjordvik: never signed; varde checkpoint makes one"))
    #expect(before.contains("never"), "facts were never served: \(before)")
    try varde.run("worker", "--once")
    try varde.run("checkpoint")
    try varde.file("s.csv", "session;group;planned_on;status\nF-1;TST-1;2025-03-11;planned\n")
    try varde.run("ingest", "sessions", "s.csv")
    let after = try varde.run("status").output
    #expect(after.contains(" ago, 1 block since"), "\(after)")
    let facts = try #require(after.split(separator: "\n").first { $0.contains("facts") })
    let words = facts.split(separator: " ")
    #expect(words[3] == "1" && words[4] == "1" && words.last == "active", "\(facts)")
  }

  @Test func `as JSON has the members its help names`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("checkpoint")
    try varde.run("worker", "--once")
    let text = try varde.run("status", "--json").output
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      Set(object.keys).subtracting(["oldest_failure", "oldest_snapshot"])
        == [
          "read_models", "projections", "claims", "stale", "failures", "workers", "checkpoints",
          "sees_sessions", "readers", "is_swap_near",
        ])
    let projection = try #require((object["projections"] as? [[String: Any]])?.first)
    #expect(
      Set(projection.keys) == [
        "institution", "projection", "events", "blocks", "position", "events_behind",
        "blocks_behind", "seconds_behind", "seconds_since_served", "state", "attempts",
      ])
    let checkpoint = try #require((object["checkpoints"] as? [[String: Any]])?.first)
    #expect(checkpoint["blocks_since"] as? Int == 0)
    #expect((checkpoint["seconds_since"] as? Double).map { $0 >= 0 } == true)
    let help = try varde.run("help", "status").output
    for member in Set(object.keys).union(projection.keys).union(checkpoint.keys) {
      #expect(help.contains(member), "\(member)")
    }
  }
}
