import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `A drop folder` {
  private func exists(_ name: String, _ varde: Command) -> Bool {
    FileManager.default.fileExists(atPath: "\(varde.folder)/\(name)")
  }

  private func files(_ folder: String, _ varde: Command) throws -> [String] {
    try varde.shell("cd '\(folder)' && find . -type f ! -name '.lock' | sort").output
      .split(separator: "\n").map { String($0.dropFirst(2)) }
  }

  @Test func `files are recorded in order and moved with their reports`() throws {
    let varde = try Command.withProgrammes()
    let made = try varde.shell(
      """
      mkdir -p drop/attendance drop/bindings drop/notes
      cp \(demoData)/attendance.csv drop/attendance/a.csv
      cp \(demoData)/sessions.csv drop/sessions-2025.csv
      cp \(demoData)/enrolments.csv drop/enrolments.csv
      cp \(demoData)/survey-w0.csv drop/survey-w0-final.csv
      cp \(demoData)/survey-w0.binding.yaml drop/bindings/
      cp \(demoData)/hours.csv drop/timer.csv; cp \(demoData)/hours.csv drop/hours.csv.part
      cp \(demoData)/hours.csv 'drop/~$hours.csv'; cp \(demoData)/hours.csv drop/notes/hours.csv
      cd / && varde watch "$OLDPWD/drop" --once --interval 1
      """)
    #expect(made.exitCode == 2, "\(made.output)")
    #expect(made.output.contains("warning[VD222]: notes/: no kind of record is called so"))
    let order = made.output.split(separator: "\n").map { $0.prefix { $0 != ":" } }
      .filter { $0 != "varde" }
    #expect(
      order == [
        "enrolments.csv", "sessions-2025.csv", "attendance/a.csv", "survey-w0-final.csv",
        "timer.csv",
      ])
    #expect(
      try files("drop/done", varde) == [
        "enrolments.csv", "enrolments.report.json", "enrolments.report.txt", "sessions-2025.csv",
        "sessions-2025.report.json", "sessions-2025.report.txt", "survey-w0-final.csv",
        "survey-w0-final.report.json", "survey-w0-final.report.txt",
      ])
    #expect(
      try files("drop/failed", varde) == [
        "attendance/a.csv", "attendance/a.rejected.csv", "attendance/a.report.json",
        "attendance/a.report.txt", "attendance/a.unmatched.csv", "timer.csv", "timer.report.json",
        "timer.report.txt",
      ])
    #expect(try files("drop/working", varde) == [])
    let report = try varde.contents("drop/failed/attendance/a.report.txt")
    #expect(report.contains("attendance/a.csv:42:1: error[VD408]"))
    #expect(report.contains("rejected rows are in attendance/a.rejected.csv"))
    #expect(try varde.run("run", "show", "3").output == report)
    #expect(try varde.contents("drop/failed/timer.report.txt").contains("error[VD656]"))
    for left in ["hours.csv.part", "~$hours.csv", "notes/hours.csv"] {
      #expect(exists("drop/\(left)", varde))
    }

    // Mended rejects and a second file of the same name are dropped again.
    let again = try varde.shell(
      """
      cp drop/failed/attendance/a.rejected.csv drop/attendance/a.csv
      sed -i 's/presnt/present/; s/TST-9-/TST-1-/' drop/attendance/a.csv
      varde watch drop --once --interval 1
      """)
    #expect(again.output.contains("attendance/a-2.csv: read 3: "), "\(again.output)")
    #expect(exists("drop/failed/attendance/a-2.report.txt", varde))

    // Under the name they came back with, they are told from those that are still to be mended.
    let third = try varde.shell(
      """
      cp drop/failed/attendance/a.rejected.csv drop/attendance/; varde watch drop --once --interval 1
      cp drop/failed/attendance/a.mended.rejected.csv drop/attendance/a.rejected.csv
      varde watch drop --once --interval 1
      """)
    #expect(third.output.contains("attendance/a.mended.csv: read 3: "), "\(third.output)")
    #expect(third.output.contains("attendance/a.mended-2.csv: read 3: "), "\(third.output)")
    for name in ["mended.rejected.csv", "mended.unmatched.csv", "mended-2.rejected.csv"] {
      #expect(exists("drop/failed/attendance/a.\(name)", varde), "\(name)")
    }
    #expect(
      try varde.contents("drop/failed/attendance/a.mended.report.txt").contains(
        "rejected rows are in attendance/a.mended.rejected.csv"))
  }

  @Test func `a file that is still being written is left until it is complete`() throws {
    let varde = try Command.withProgrammes()
    let outcome = try varde.shell(
      """
      mkdir drop
      (head -n 20 \(demoData)/sessions.csv
       for _ in 1 2 3 4 5 6 7 8; do sleep 0.4; echo; done
       tail -n +21 \(demoData)/sessions.csv) > drop/sessions.csv & writer=$!
      sleep 0.2
      varde watch drop --once --interval 1; echo "first $?"
      wait $writer
      varde watch drop --once --interval 1; echo "second $?"
      """)
    #expect(outcome.output.contains("sessions.csv: is still being written; left"))
    #expect(outcome.output.contains("first 0"))
    #expect(outcome.output.contains("sessions.csv: read 92: 92 new"))
    #expect(outcome.output.contains("second 0"))
  }

  @Test(arguments: ["KILL", "TERM"])
  func `a watcher that is ended goes on where it stopped`(signal: String) throws {
    let varde = try Command.withAttendance(sessions: 600, people: 100)
    let ended = try varde.shell(
      """
      mkdir -p drop/attendance; mv a.csv drop/attendance/
      "$binary" watch drop --interval 1 2>&1 & pid=$!
      \(varde.afterTwoBlocks(signal: signal))
      """)
    #expect(ended.output.contains("ended with \(signal == "KILL" ? 137 : 130)"), "\(ended.output)")
    #expect((5_000..<60_000).contains(try varde.attended))
    #expect(try files("drop/working", varde).contains { $0.hasSuffix("/attendance/a.csv") })
    let next = try varde.run("watch", "drop", "--once", "--interval", "1")
    #expect(next.exitCode == 0)
    #expect(next.output.contains("attendance/a.csv: read 60000: 60000 new"), "\(next.output)")
    #expect(try varde.attended == 60_000)
    #expect(
      try files("drop/done", varde) == [
        "attendance/a.csv", "attendance/a.report.json", "attendance/a.report.txt",
      ])
    #expect(try files("drop/working", varde) == [])
    #expect(try varde.number("SELECT count(*) FROM ops.ingest_run WHERE kind = 'attendance'") == 1)
    #expect(try varde.run("verify").output.contains("clean"))
  }

  @Test func `killed after recording and before moving, the first report is kept`() throws {
    let varde = try Command.withProgrammes()
    try varde.file(
      "s.csv", "session;group;status;held_on\nA;TST-1;held;2025-03-04\nB;TST-9;held;2025-03-04\n")
    _ = try varde.shell(
      "mkdir -p drop/sessions; mv s.csv drop/sessions/; varde watch drop --once --interval 1")
    let report = try varde.contents("drop/failed/sessions/s.report.txt")
    // As it lay there when the run was finished and nothing was moved yet.
    let next = try varde.shell(
      """
      mkdir drop/working/dead; mv drop/failed/sessions drop/working/dead/
      rm drop/working/dead/sessions/s.report.json
      printf '0\\nsessions/s.csv' > drop/working/dead/.claim
      echo half > drop/working/dead/sessions/s.report.txt
      varde watch drop --once --interval 1
      """)
    #expect(next.exitCode == 2, "\(next.output)")
    #expect(try varde.contents("drop/failed/sessions/s.report.txt") == report)
    #expect(report.contains("read 2: 1 new") && report.contains("1 rejected"))
    #expect(
      try files("drop/failed", varde) == [
        "sessions/s.csv", "sessions/s.rejected.csv", "sessions/s.report.json",
        "sessions/s.report.txt",
      ])
    #expect(try files("drop/working", varde) == [])
    #expect(try varde.number("SELECT count(*) FROM ops.ingest_run") == 1)
  }

  @Test func `two watchers share a folder`() throws {
    let varde = try Command.withProgrammes()
    let outcome = try varde.shell(
      """
      mkdir -p drop/sessions
      for i in $(seq 20); do
        printf 'session;group;status;held_on\\nX%d;TST-1;held;2025-03-04\\n' $i > drop/sessions/$i.csv
      done
      "$binary" watch drop --once --interval 1 > one 2>&1 & one=$!
      "$binary" watch drop --once --interval 1 > two 2>&1 & two=$!
      wait $one && wait $two; echo "both $?"; cat one two
      """)
    #expect(outcome.output.contains("both 0"), "\(outcome.output)")
    #expect(outcome.output.components(separatedBy: "read 1: 1 new").count == 21)
    #expect(try varde.number("SELECT count(*) FROM ops.ingest_run") == 20)
    #expect(try files("drop/done", varde).count == 60)
    #expect(try files("drop/working", varde) == [])
  }

  @Test func `a folder that is not there`() throws {
    let missing = try Command.withProgrammes().run("watch", "nowhere", "--once")
    #expect(missing.exitCode == 3 && missing.output.contains("error[VD657]"))
  }
}

@Suite struct `A file that is not finished` {
  @Test func `is left alone while somebody has it open, however long they pause`() throws {
    let varde = try Command.withProgrammes()
    let outcome = try varde.shell(
      """
      mkdir drop
      (exec 3>drop/sessions-slow.csv
       printf 'session;group;planned_on;status\\nSL1;TST-1;2025-04-01;planned\\n' >&3
       sleep 5
       [ -e drop/sessions-slow.csv ] && echo left alone
       printf 'SL2;TST-1;2025-04-02;planned\\n' >&3) &
      "$binary" watch drop --interval 1 > watch.log 2>&1 &
      watcher=$!
      for _ in $(seq 150); do
        [ -e drop/done/sessions-slow.csv ] && break
        sleep 0.2
      done
      kill $watcher; wait $watcher
      "$binary" log --type session_recorded
      """)
    #expect(outcome.output.contains("left alone"), "\(outcome.output)")
    #expect(outcome.output.contains("SL1") && outcome.output.contains("SL2"), "\(outcome.output)")
  }

  @Test func `is no place for its own rejects`() throws {
    let varde = try Command.withProgrammes()
    try varde.file("c.csv", "session;group;planned_on;status\nX;NOPE;2025-04-01;planned\n")
    let outcome = try varde.run("ingest", "sessions", "c.csv", "--rejects", "./c.csv")
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("error[VD658]"))
    #expect(try varde.contents("c.csv").contains("NOPE"))
  }

  @Test func `capitals in names of folders, files and bindings make no difference`() throws {
    let varde = try Command.withProgrammes()
    let made = try varde.shell(
      """
      mkdir -p drop/Enrolments drop/bindings
      cp \(demoData)/enrolments.csv drop/Enrolments/liste.csv
      printf 'tool: table\nkind: hours\ncolumns: {person_id: ansattnr, term: semester, spent: brukt, programme: {value: TST}}\n' \
        > drop/bindings/Timer.yaml
      printf 'ansattnr;semester;brukt\nF1001;2025V;7,5\n' > drop/TIMER-mai.csv
      cp \(demoData)/sessions.csv drop/attendance-feil.csv
      varde watch drop --once --interval 1
      """)
    #expect(made.output.contains("Enrolments/liste.csv: read"), "\(made.output)")
    #expect(made.output.contains("TIMER-mai.csv: read 1: 1 new"), "\(made.output)")
    // What it is has to be said by its name, and by no command.
    let report = try varde.contents("drop/failed/attendance-feil.report.txt")
    #expect(
      report.contains("error[VD236]") && report.contains("begin the file's name with sessions"))
    #expect(!report.contains("varde ingest"))
  }
}
