import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `What cannot be done is said clearly` {
  @Test func `a server that is not there`() throws {
    let outcome = try Command().run("status", url: "host=/nowhere/at/all dbname=x")
    #expect(outcome.exitCode == 4)
    #expect(outcome.output.contains("error[VD600]"))
  }

  @Test func `a database without a log`() throws {
    let outcome = try Command().run("status")
    #expect(outcome.exitCode == 4)
    #expect(outcome.output.contains("error[VD601]"))
    #expect(outcome.output.contains("hint: run `varde init`"))
  }

  @Test func `a database from the future`() throws {
    let varde = try Command.withProgrammes()
    try varde.session().execute(
      "INSERT INTO varde.migration VALUES ('9999_from_the_future', '\\x00', now())")
    let outcome = try varde.run("status")
    #expect(outcome.exitCode == 4)
    #expect(outcome.output.contains("error[VD603]"))
  }

  @Test func `a database from the past`() throws {
    let varde = try Command.withProgrammes()
    try varde.session().execute("DELETE FROM varde.migration WHERE name LIKE '0004%'")
    let outcome = try varde.run("ingest", "hours", "\(demoData)/hours.csv")
    #expect(outcome.exitCode == 4)
    #expect(outcome.output.contains("error[VD602]"))
  }

  @Test func `a kind that does not exist`() throws {
    let outcome = try Command.withProgrammes().run("ingest", "sesions", "x.csv")
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("did you mean 'sessions'?"))
  }

  @Test func `no institution yet`() throws {
    let varde = try Command()
    try varde.run("init")
    let outcome = try varde.run("ingest", "hours", "\(demoData)/hours.csv")
    #expect(outcome.exitCode == 3)
    #expect(outcome.output.contains("error[VD612]"))
  }

  @Test(arguments: [
    ("", "VD"), ("session;grup;status\n", "grup"), ("session;group;status;x\n1;2;3;4\n", "'x'"),
  ])
  func `a file that is no such file`(text: String, named: String) throws {
    let varde = try Command.withProgrammes()
    try varde.file("sessions.csv", text)
    let outcome = try varde.run("ingest", "sessions", "sessions.csv")
    #expect(outcome.exitCode == 3)
    #expect(outcome.output.contains("sessions.csv"))
    #expect(outcome.output.contains(named))
  }

  @Test func `a folder, a missing file`() throws {
    let varde = try Command.withProgrammes()
    for name in [".", "missing.csv"] {
      let outcome = try varde.run("ingest", "sessions", name)
      #expect(outcome.exitCode == 3)
      #expect(outcome.output.contains("error[VD2"))
    }
  }

  @Test func `a definition with faults writes nothing`() throws {
    let varde = try Command()
    try varde.run("init")
    try varde.file("bad.yaml", "programme: {code: X}\nunits: [{kode: A}]\n")
    let outcome = try varde.run("programme", "apply", "bad.yaml")
    #expect(outcome.exitCode == 3)
    #expect(outcome.output.contains("bad.yaml:2:"))
    #expect(try varde.session().query("SELECT FROM log.event").isEmpty)
  }

  @Test func `a binding that answers one item twice, a survey sent under another wave`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("ingest", "enrolments", "\(demoData)/enrolments.csv")
    let twice = try varde.shell(
      "sed s/pit6_2/pit6_1/ \(demoData)/survey-w0.binding.yaml > twice.yaml;"
        + " varde ingest responses \(demoData)/survey-w0.csv --binding twice.yaml")
    #expect(twice.exitCode == 3)
    #expect(twice.output.contains("item 'pit6_1' is answered by two columns"))
    let wrongWave = try varde.run(
      "ingest", "responses", "\(demoData)/survey-w0.csv", "--dry-run", "--binding",
      "\(demoData)/survey-w2.binding.yaml")
    #expect(wrongWave.output.contains("warning[VD423]"))
    let right = try varde.run(
      "ingest", "responses", "\(demoData)/survey-w0.csv", "--dry-run", "--binding",
      "\(demoData)/survey-w0.binding.yaml")
    #expect(!right.output.contains("VD423"))
  }

  @Test func `good rows are not lost with bad ones, and the rejects can be mended`() throws {
    let varde = try Command.withProgrammes()
    try varde.file(
      "sessions.csv",
      """
      session;group;status;held_on;minutes
      A;TST-1;held;2025-03-04;45
      B;TST-9;held;2025-03-04;45
      C;TST-1;held;2025-02-30;45

      """)
    let first = try varde.run("ingest", "sessions", "sessions.csv")
    #expect(first.exitCode == 2)
    #expect(
      first.output.contains("read 3: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 2 rejected"))
    #expect(first.output.contains("sessions.csv:3:3: error[VD"))
    #expect(first.output.contains("sessions.csv:4:14: error[VD"))
    let rejects = try varde.contents("sessions.rejected.csv")
    try varde.file(
      "mended.csv",
      rejects.replacingOccurrences(of: "TST-9", with: "TST-2")
        .replacingOccurrences(of: "2025-02-30", with: "2025-02-28"))
    let second = try varde.run("ingest", "sessions", "mended.csv")
    #expect(second.exitCode == 0)
    #expect(second.output.contains("read 2: 2 new"))
  }
}

@Suite struct `The command line` {
  @Test(arguments: [
    "init", "programme", "template", "ingest", "worker", "rebuild", "status", "figures", "psql",
    "release", "verify", "checkpoint", "prove", "check-proof", "down", "log", "metrics", "binding",
    "record", "watch", "runs", "run", "subject", "codes",
  ])
  func `every command explains itself and is in the README`(name: String) throws {
    let help = try Command().run(name, "--help")
    #expect(help.exitCode == 0)
    #expect(help.output.contains("OVERVIEW"))
    let readme = try String(contentsOfFile: repository + "/README.md", encoding: .utf8)
    #expect(readme.contains("varde \(name)"))
  }

  @Test func `wrong usage ends with 1`() throws {
    #expect(try Command().run("ingets").exitCode == 1)
    #expect(try Command().run("ingest").exitCode == 1)
  }

  @Test func `a reader that leaves early is no error`() throws {
    let outcome = try Command().shell("varde --help | head -n 1")
    #expect(
      outcome.output == "OVERVIEW: Evaluate programmes in which teachers support each other.\n")
  }

  @Test(arguments: [
    "enrolments", "sessions", "attendance", "observations", "logs", "responses", "hours",
    "support-acts", "outreach",
  ])
  func `a template can be sent back`(kind: String) throws {
    let varde = try Command.withProgrammes()
    for language in ["en", "nb"] {
      let made = try varde.shell("varde template \(kind) --language \(language) > t.csv")
      #expect(made.exitCode == 0)
      // Its example row is about nobody the log knows; its header must be right.
      let outcome = try varde.shell("varde ingest \(kind) t.csv --rejects r.csv")
      #expect(outcome.output.contains("read 1:"), "\(outcome.output)")
    }
  }
}
