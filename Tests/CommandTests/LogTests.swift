import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `The log can be read` {
  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func `a line an event, by range and type`() throws {
    let varde = try Command.withProgrammes()
    let all = try objects(try varde.run("log").output)
    #expect(all.map { $0["position"] as? Int } == Array(1...all.count))
    let first = try #require(all.first)
    #expect(
      Set(first.keys) == [
        "position", "append_no", "type", "schema_version", "occurred_at", "occurred_precision",
        "recorded_at", "recorded_by", "body",
      ])
    #expect((first["body"] as? [String: Any])?["programme"] as? String == "TST")
    let some = try objects(
      try varde.run("log", "--from", "2", "--to", "9", "--type", "unit_registered").output)
    #expect(!some.isEmpty)
    #expect(some.allSatisfy { $0["type"] as? String == "unit_registered" })
    #expect(some.allSatisfy { (2...9).contains($0["position"] as? Int ?? 0) })
    #expect(try varde.run("log", "--from", "100000").output.isEmpty)
  }

  @Test func `as CloudEvents`() throws {
    let varde = try Command.withProgrammes()
    let events = try objects(try varde.run("log", "--cloudevents", "--to", "3").output)
    #expect(events.count == 3)
    for (index, event) in events.enumerated() {
      #expect(event["specversion"] as? String == "1.0")
      #expect(event["id"] as? String == String(index + 1))
      #expect(event["source"] as? String == "urn:varde:fjordvik")
      #expect((event["type"] as? String)?.hasPrefix("varde.") == true)
      #expect((event["data"] as? [String: Any])?.isEmpty == false)
      let time = try #require(event["time"] as? String)
      let parser = ISO8601DateFormatter()
      parser.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
      #expect(parser.date(from: time) != nil, "\(time)")
      // Attribute names are lower-case letters and digits.
      #expect(event.keys.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber } })
      #expect((event["sequence"] as? String)?.count == 19)
    }
  }

  @Test func `and followed`() throws {
    let varde = try Command.withProgrammes()
    try varde.file(
      "s.csv", "session;group;planned_on;status\nF-1;TST-1;2025-03-11;planned\n")
    let outcome = try varde.shell(
      """
      "$binary" log --follow --type session_recorded > followed.ndjson &
      follower=$!
      sleep 0.5
      varde ingest sessions s.csv
      for _ in $(seq 100); do [ -s followed.ndjson ] && break; sleep 0.1; done
      kill $follower
      cat followed.ndjson
      """)
    #expect(outcome.output.contains(#""session":"F-1""#), "\(outcome.output)")
  }

  @Test func `what cannot be asked for is said`() throws {
    let varde = try Command.withProgrammes()
    let outcome = try varde.run("log", "--type", "sesion_recorded")
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("error[VD639]"))
    #expect(outcome.output.contains("did you mean 'session_recorded'?"))
    #expect(try varde.run("log", "--from", "0").exitCode == 1)
    #expect(try varde.run("log", "--from", "5", "--to", "4").exitCode == 1)
  }
}
