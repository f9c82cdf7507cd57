import EventLog
import Foundation
import Ingest
import Postgres
import TestSupport
import Testing

@Suite struct `Runs` {
  private static let rows = """
    session;group;status;held_on;minutes
    A;TST-1;held;2025-03-04;45
    B;TST-9;held;2025-03-04;45

    """

  @Test func `a run is listed and its report printed as it was then`() throws {
    let varde = try Command.withProgrammes()
    #expect(try varde.run("runs").output == "nothing was sent yet\n")
    try varde.file("s.csv", Self.rows)
    try varde.file("h.csv", "person_id;hours\n")
    let first = try varde.run("ingest", "sessions", "s.csv")
    #expect(first.output.contains("\n  run 1\nread 2: 1 new,"))
    let json = try varde.run("ingest", "sessions", "s.csv", "--json")
    let refused = try varde.run("ingest", "hours", "h.csv")
    #expect(refused.exitCode == 3)
    try varde.run("ingest", "sessions", "s.csv", "--dry-run")
    let inJSON = try varde.run("ingest", "hours", "h.csv", "--json")
    #expect(inJSON.exitCode == 3)
    #expect(try varde.run("run", "show", "4", "--json").output == inJSON.output)

    #expect(try varde.run("run", "show", "1").output == first.output)
    #expect(try varde.run("run", "show", "2", "--json").output == json.output)
    #expect(try varde.run("run", "show", "3").output == refused.output)
    let id = try varde.session().query("SELECT run_id FROM ops.ingest_run WHERE run_no = 1")[0]
      .text(0)
    #expect(try varde.run("run", "show", id).output == first.output)
    let lines = try varde.run("runs").output.split(separator: "\n").dropFirst(2).map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(lines.map(\.first) == ["4", "3", "2", "1"], "a dry run is none")
    #expect(lines.map(\.last) == ["refused", "refused", "finished", "finished"])
    #expect(
      lines[2].dropFirst(3) == ["sessions", "s.csv", "2", "0", "0", "1", "0", "1", "finished"])
    let some = try varde.run("runs", "--kind", "sessions", "--limit", "1", "--json").output
    // Members are called as in a report, and times have their zone.
    let listed = try #require(
      try JSONSerialization.jsonObject(with: Data(some.utf8)) as? [[String: Any]])
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(listed.count == 1 && listed[0]["number"] as? Int == 2)
    for member in ["number", "run", "kind", "file", "read", "rejected"] {
      #expect("\(listed[0][member] ?? "none")" == "\(report[member] ?? "")", "\(member)")
    }
    let began = try #require(listed[0]["began"] as? String)
    #expect(try Date(began, strategy: .iso8601) <= Date())
    for wrong in ["5", "x", UUID().uuidString] {
      let none = try varde.run("run", "show", wrong)
      #expect(none.exitCode == 3 && none.output.contains("error[VD651]"))
    }
  }

  /// The top-level members of each line of JSON.
  private func members(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func `an input that cannot be used has a report like any other`() throws {
    let varde = try Command.withProgrammes()
    try varde.file("s.csv", Self.rows)
    try varde.file("h.csv", "person_id;hours\n")
    try varde.file("b.yaml", "tool: [\n")
    let good = try members(
      try varde.run("ingest", "sessions", "s.csv", "--dry-run", "--json").output)
    // What has no value is left out: these have none of bytes that were never looked at.
    let always = Set(try #require(good.first).keys)
      .subtracting(["encoding", "delimiter", "positions", "rejectsFile", "unmatchedFile"])
    for arguments in [
      ["hours", "h.csv"], ["hours", "h.csv", "--dry-run"], ["hours", "none.csv"],
      ["sessions", "s.csv", "h.csv", "--binding", "b.yaml"],
    ] {
      let result = try varde.shell("varde ingest \(arguments.joined(separator: " ")) --json")
      #expect(result.exitCode == 3)
      let reports = try members(result.output)
      #expect(reports.count == (arguments.contains("b.yaml") ? 2 : 1))
      for report in reports {
        #expect(Set(report.keys).subtracting(["number"]) == always)
        #expect(report["isUnusable"] as? Bool == true)
        #expect(report["read"] as? Int == 0)
        #expect(report["kind"] as? String == arguments[0])
        let found = try #require(report["diagnostics"] as? [[String: Any]])
        #expect(found.count == report["errorCount"] as? Int)
        #expect(found.allSatisfy { $0["code"] != nil && $0["message"] != nil && $0["hint"] != nil })
      }
    }
    // Kept as it was printed, and listed without numbers that would look counted.
    let told = try varde.run("ingest", "hours", "h.csv")
    #expect(told.output.contains("h.csv:1:11: error[VD213]"))
    let runs = try members(try varde.run("run", "show", "1", "--json").output)
    #expect(runs.first?["number"] as? Int == 1)
    #expect(try varde.run("run", "show", "3").output == told.output)
    let listed = try varde.run("runs", "--limit", "1").output
    #expect(try #require(listed.split(separator: "\n").last).hasSuffix("refused"))
    #expect(!listed.contains(" 0 "))
  }

  @Test func `runs of a database from before have numbers in their order`() throws {
    let log = try TestLog()
    let session = log.administrator
    try session.execute(
      """
      ALTER TABLE ops.ingest_run DROP COLUMN run_no, DROP COLUMN settings;
      DELETE FROM varde.migration WHERE name = '0008_run_numbers';
      INSERT INTO ops.ingest_run (institution_id, run_id, kind, file_name, started_at, finished_at,
        dry_run, report)
      SELECT \(log.institution.id), gen_random_uuid(), 'hours', i::text,
             timestamptz '2026-01-01' + make_interval(days => 100 - i), now(), false, '{}'
        FROM generate_series(1, 50) AS i
      """)
    #expect(try Migrator(session: session).migrate() == ["0008_run_numbers"])
    let wrong = try session.query(
      "SELECT FROM ops.ingest_run WHERE run_no <> 51 - file_name::int")
    #expect(wrong.isEmpty)
    #expect(throws: PostgresError.self) {
      try session.execute("UPDATE ops.ingest_run SET report = '1'")
    }
  }

  @Test func `two runs begun at once have two numbers`() throws {
    let varde = try Command.withProgrammes()
    for number in 1...8 {
      try varde.file("\(number).csv", Self.rows.replacingOccurrences(of: "A;", with: "A\(number);"))
    }
    let all = try varde.shell(
      "for i in 1 2 3 4 5 6 7 8; do \"$binary\" ingest sessions $i.csv > $i.txt 2>&1 & done; wait; cat *.txt"
    )
    #expect(all.output.components(separatedBy: "read 2: 1 new").count == 9, "\(all.output)")
    let numbers = try varde.session().query("SELECT run_no FROM ops.ingest_run ORDER BY run_no")
    #expect(try numbers.map { try $0.int(0) } == Array(1...8))
  }
}

@Suite struct `All or nothing` {
  private static let good = "session;group;status;held_on\nA;TST-1;held;2025-03-04\n"

  @Test func `one wrong row, and nothing of the file is recorded`() throws {
    let varde = try Command.withProgrammes()
    try varde.file("s.csv", Self.good + "B;TST-9;held;2025-03-04\n")
    let sessions = "SELECT FROM log.event WHERE type = 'session_recorded'"
    for arguments in [["--dry-run"], []] {
      let refused = try varde.shell(
        "varde ingest sessions s.csv --atomic all \(arguments.joined())")
      #expect(refused.exitCode == 3)
      #expect(refused.output.contains("s.csv: error[VD246]: nothing was recorded: 1 of 2 rows"))
      #expect(refused.output.contains("s.csv:3:3: error[VD407]"))
      #expect(try varde.session().query(sessions).isEmpty)
    }
    #expect(!FileManager.default.fileExists(atPath: "\(varde.folder)/s.rejected.csv"))
    #expect(try varde.run("runs").output.contains("refused"))
    try varde.file("s.csv", Self.good + "B;TST-2;held;2025-03-04\n")
    let done = try varde.run("ingest", "sessions", "s.csv", "--atomic", "all")
    #expect(done.exitCode == 0 && done.output.contains("read 2: 2 new"))
    #expect(try varde.session().query(sessions).count == 2)
  }

  @Test func `people a check has met are not made up twice`() throws {
    let varde = try Command.withProgrammes()
    let done = try varde.run(
      "ingest", "enrolments", "\(demoData)/enrolments.csv", "--atomic", "all")
    #expect(done.output.contains("read 37: 37 new"))
    let again = try varde.run("ingest", "enrolments", "\(demoData)/enrolments.csv")
    #expect(again.output.contains("37 unchanged"))
    let orphans = try varde.session().query(
      """
      SELECT FROM log.event AS e WHERE e.type = 'enrolment_recorded'
        AND NOT EXISTS (SELECT FROM vault.identifier AS i WHERE i.subject_id = e.subject_id)
      """)
    #expect(orphans.isEmpty)
  }

  @Test func `what can be read only once cannot be checked first`() throws {
    let varde = try Command.withProgrammes()
    try varde.file("s.csv", Self.good)
    for input in ["cat s.csv | varde ingest sessions -", "varde ingest sessions <(cat s.csv)"] {
      let refused = try varde.shell("\(input) --atomic all")
      #expect(refused.exitCode == 3 && refused.output.contains("error[VD245]"), "\(refused.output)")
    }
    let missing = try varde.run("ingest", "sessions", "none.csv", "--atomic", "all")
    #expect(missing.exitCode == 3 && missing.output.contains("error[VD201]"))
  }

  @Test func `reading stops after so many rejected rows; what came before stays`() throws {
    let varde = try Command.withProgrammes()
    try varde.file(
      "s.csv", Self.good + "B;TST-9;held;2025-03-04\nC;TST-1;held;2025-03-05\n")
    let stopped = try varde.run("ingest", "sessions", "s.csv", "--max-errors", "1")
    #expect(stopped.exitCode == 2)
    #expect(stopped.output.contains("error[VD243]"))
    #expect(stopped.output.contains("read 2: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rej"))
    #expect(try varde.run("ingest", "sessions", "s.csv", "--max-errors", "0").exitCode == 1)
  }

  @Test func `one file of rejected rows is not for several inputs`() throws {
    let varde = try Command.withProgrammes()
    let wrong = try varde.run("ingest", "sessions", "a.csv", "b.csv", "--rejects", "r.csv")
    #expect(wrong.exitCode == 1 && wrong.output.contains("error[VD653]"))
  }
}

@Suite struct `Recording by hand` {
  @Test func `new, unchanged, corrected, wrong`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("ingest", "enrolments", "\(demoData)/enrolments.csv")
    try varde.run("ingest", "sessions", "\(demoData)/sessions.csv")
    let last = try varde.session().query("SELECT max(position) FROM log.event")[0].int(0)
    func record(_ values: String) throws -> ChildProcess.Outcome {
      try varde.shell("varde record attendance session=TST-1-2025-02-11 \(values)")
    }
    let dry = try record("person_id=F1001 status=present minutes=60 --dry-run")
    #expect(dry.output.contains("1 new") && dry.output.contains("dry run"))
    let new = try record("person_id=F1001 status=present minutes=60")
    #expect(new.exitCode == 0)
    #expect(new.output.contains("recorded at position \(last + 1)\n"))
    #expect(new.output.contains("read 1: 1 new"))
    #expect(
      try record("ansattnr=F1001 status=til_stede minutter=60").output.contains("1 unchanged"))
    let corrected = try record("person_id=F1001 status=late minutes=60")
    #expect(
      corrected.output.contains("corrected (TST-1-2025-02-11): status present → late\n"))
    let wrong = try record("person_id=F1001 status=presnt minutes=60")
    #expect(wrong.exitCode == 2)
    #expect(wrong.output.contains("argument 3: error[VD308]"))
    #expect(try record("person_id=F1001 stauts=present").exitCode == 3)
    let noKey = try record("person_id=F1001 present")
    #expect(noKey.exitCode == 1 && noKey.output.contains("argument 3 is not KEY=VALUE"))
    for (argument, hint) in [
      ("status present", "write it as status=present"), ("status", "write it as status=VALUE"),
      ("name Åse Prøvesen", "write it as name=VALUE"), ("x", "write it as session=VALUE"),
    ] {
      let refused = try varde.run("record", "attendance", argument)
      #expect(refused.output.contains(hint), "\(refused.output)")
    }
    #expect(try varde.run("runs", "--kind", "attendance").output.contains("record"))
    #expect(try varde.run("verify").output.contains("clean"))
  }
}

@Suite struct `An interrupted run` {
  @Test func `is continued by the same file only if it is read in the same way`() throws {
    let varde = try Command.withProgrammes()
    let archive = RunArchive(session: try varde.session(), institution: 1)
    func begin(_ options: IngestOptions, _ file: UInt8 = 1) throws -> RunArchive.Begun {
      defer { archive.letGo() }
      return try #require(
        try archive.begin(
          kind: "sessions", file: "s.csv", digest: [file], settings: options.digest(with: nil)))
    }
    let first = try begin(IngestOptions())
    #expect(try begin(IngestOptions()).id == first.id)
    #expect(try begin(IngestOptions(), 2).id != first.id)
    for options in [
      IngestOptions(encoding: .utf8), IngestOptions(delimiter: .tab),
      IngestOptions(programme: "TST"), IngestOptions(sheet: "2"), IngestOptions(sheet: ""),
      IngestOptions(excelDates: .from1904),
    ] {
      #expect(try begin(options).id != first.id)
    }
    // What is said of the rows, not how they are read.
    #expect(try begin(IngestOptions(rejects: .nowhere, maxErrors: 3)).id == first.id)
  }
}
