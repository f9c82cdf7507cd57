import EventLog
import Events
import Foundation
import Postgres
import Projection
import TestSupport
import Testing

private let samples = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Fixtures/events").path

@Suite struct `Events of every version ever written` {
  private struct Sample: Decodable {
    var type: String
    var schema_version: Int
    var occurred_at: String
    var occurred_precision: String
    var subject_id: String?
    /// Type whose sample this one retracts.
    var supersedes: String?
  }

  /// Definitions first, then records, then what takes records back.
  private static let order = [
    "programme_registered", "unit_registered", "group_formed", "instrument_published",
    "wave_defined", "target_set", "enrolment_recorded", "session_recorded", "attendance_recorded",
    "observation_recorded", "log_submitted", "response_submitted", "hours_recorded",
    "support_act_recorded", "outreach_recorded", "release_issued", "record_retracted",
    "subject_erased", "subjects_merged", "consent_given", "consent_withdrawn", "event_quarantined",
  ]

  private static func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: samples)
      .filter { $0.hasSuffix(".json") && $0 != "facts.json" }
  }

  /// Appends the samples as they are, versions included; the position of each.
  private func append(to log: TestLog) throws -> [String: Int] {
    let session = try log.session("varde_recorder")
    var positions: [String: Int] = [:]
    for type in Self.order {
      for file in try Self.files().filter({ $0.hasPrefix("\(type).v") }).sorted() {
        let data = try Data(contentsOf: URL(filePath: "\(samples)/\(file)"))
        let sample = try JSONDecoder().decode(Sample.self, from: data)
        let row = try session.query(
          """
          SELECT o_first FROM log.append($1, gen_random_uuid(), NULL, ARRAY[$2],
            ARRAY[$3::smallint], ARRAY[$4::timestamptz], ARRAY[$5], ARRAY[$6::uuid], '{NULL}',
            ARRAY[$7::bigint], ARRAY[($8::json -> 'body')::text])
          """,
          [
            .int(Int64(log.institution.id)), .text(sample.type),
            .int(Int64(sample.schema_version)), .text(sample.occurred_at),
            .text(sample.occurred_precision), sample.subject_id.map(Value.text),
            sample.supersedes.flatMap { positions[$0] }.map { .int(Int64($0)) },
            .text(String(decoding: data, as: UTF8.self)),
          ])
        positions[type] = try row[0].int(0)
      }
    }
    return positions
  }

  /// Every fact's rows, without the times of this test.
  private func facts(_ log: TestLog) throws -> [String: [String]] {
    var facts: [String: [String]] = [:]
    for row in try log.administrator.query("SELECT fact FROM fact.projector") {
      let fact = try row.text(0)
      facts[fact] = try log.administrator.query(
        """
        SELECT (to_jsonb(f) - '{institution_id,recorded_at,superseded_at}'::text[])::text
          FROM fact.\(fact) AS f ORDER BY to_jsonb(f)::text
        """
      ).map { try $0.text(0) }
    }
    return facts
  }

  @Test func `each type and version has its sample`() throws {
    let log = try TestLog()
    let registered = try log.administrator.query(
      "SELECT type || '.v' || schema_version || '.json' FROM log.event_type"
    ).map { try $0.text(0) }
    #expect(Set(try Self.files()) == Set(registered))
    #expect(Set(Self.order) == Set(registered.map { String($0.prefix { $0 != "." }) }))
  }

  @Test func `become the facts they always became`() throws {
    let log = try TestLog(readSide: true)
    _ = try append(to: log)
    try log.project()
    let expected = try JSONDecoder().decode(
      [String: [String]].self, from: Data(contentsOf: URL(filePath: "\(samples)/facts.json")))
    let found = try facts(log)
    for (fact, rows) in expected { #expect(found[fact] == rows, "\(fact)") }
    #expect(Set(found.keys) == Set(expected.keys))
    #expect(expected.filter { $0.value.isEmpty }.isEmpty, "every fact has a row to lose")
    #expect(try log.verify().problems.isEmpty)
  }

  @Test func `of an older version are brought up in one place`() throws {
    let log = try TestLog(readSide: true)
    // As if hours had once been written in minutes: version 0 of today's type.
    try log.administrator.execute(
      """
      SET ROLE varde_owner;
      INSERT INTO log.event_type VALUES ('hours_recorded', 0);
      CREATE OR REPLACE FUNCTION fact.upcast(p_type text, p_version smallint, p_body json)
        RETURNS json LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN CASE WHEN p_type = 'hours_recorded' AND p_version = 0
          THEN json_build_object('programme', p_body -> 'programme', 'term', p_body -> 'term',
                                 'allocated', (p_body ->> 'allocated_minutes')::int / 60.0)
          ELSE p_body END;
      RESET ROLE
      """)
    let old = #"{"programme":"TST","term":"2025V","allocated_minutes":90}"#
    let draft = EventDraft(
      type: "hours_recorded", schemaVersion: 0, occurredAt: 0, precision: .term, subject: UUID(),
      naturalKey: "hours", body: Array(old.utf8))
    _ = try log.writer().record([draft])
    try log.project()
    let row = try log.administrator.query("SELECT allocated::text FROM fact.hours")[0]
    #expect(Double(try row.text(0)) == 1.5)
  }

  @Test(arguments: [("hours_recorded", 2), ("chess_played", 1)])
  func `that nobody knows halt the projection, and say what to do`(
    type: String, version: Int
  ) throws {
    let log = try TestLog(readSide: true)
    // As after an update that was taken back: the log has it, nobody reads it any more.
    try log.administrator.execute("INSERT INTO log.event_type VALUES ('\(type)', \(version))")
    _ = try log.writer().record([
      EventDraft(
        type: type, schemaVersion: Int16(version), occurredAt: 0, precision: .day,
        naturalKey: "a", body: Array("{}".utf8))
    ])
    try log.administrator.execute(
      "DELETE FROM log.event_type WHERE type = '\(type)' AND schema_version = \(version)")
    try log.project()
    let row = try log.administrator.query("SELECT state, reason, position FROM ops.checkpoint")[0]
    #expect(try row.text(0) == "halted")
    #expect(
      try row.text(1)
        == "position 1: event type \(type) version \(version) is unknown to this varde; install "
        + "the version that wrote it")
    #expect(try row.int(2) == 0)
  }

  /// Bodies may be read through `entry` alone, which brings them up to date.
  @Test func `reach no projector by another way`() throws {
    let folder = repositoryFolder("Schema/read/fact")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.count > 20)
    for file in files where file != "entry.sql" {
      let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      #expect(!text.contains("FROM log.entry AS e"), "\(file)")
      #expect(!text.contains("FROM log.event AS e"), "\(file)")
      if text.contains("CREATE FUNCTION project_") {
        #expect(text.contains("FROM entry AS e"), "\(file)")
      }
    }
  }

  private func repositoryFolder(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: name).path
  }
}
