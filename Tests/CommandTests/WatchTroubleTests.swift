import Foundation
import Postgres
import TestSupport
import Testing

/// A drop folder in a world that is not as it should be.
@Suite struct `A drop folder in trouble` {
  private static let session = "session;group;status;held_on\\n%s;TST-1;held;2025-03-04\\n"

  private func files(_ folder: String, _ varde: Command) throws -> [String] {
    try varde.shell("cd '\(folder)' && find . -type f ! -name '.lock' | sort").output
      .split(separator: "\n").map { String($0.dropFirst(2)) }
  }

  @Test func `what is left alone is named once, and everything else is recorded`() throws {
    let varde = try Command.withProgrammes()
    let outcome = try varde.shell(
      #"""
      mkdir -p drop/notes drop/sessions/inner drop/.hidden
      printf '\#(Self.session)' A > drop/sessions/a.csv
      printf '\#(Self.session)' B > elsewhere.csv
      ln -s "$PWD/elsewhere.csv" drop/sessions-link.csv
      printf '\#(Self.session)' C > "$(printf 'drop/sessions-two\nlines.csv')"
      printf '\#(Self.session)' D > "$(printf 'drop/sessions-\377.csv')"
      printf '\#(Self.session)' E > "drop/sessions-$(head -c 230 /dev/zero | tr '\0' x).csv"
      printf '\#(Self.session)' F > "drop/sessions-æøå $(head -c 150 /dev/zero | tr '\0' x).csv"
      mkfifo drop/sessions-pipe.csv
      "$binary" watch drop --interval 1 > watch.log 2>&1 & pid=$!
      for _ in $(seq 300); do [ "$(ls drop/done | wc -l)" -ge 4 ] && break; sleep 0.1; done
      sleep 2.5; kill $pid; wait $pid; echo "ended with $?"; cat watch.log
      """#)
    #expect(outcome.output.contains("ended with 0"), "\(outcome.output)")
    for told in [
      "notes/: no kind of record is called so", "sessions/inner: it is a folder within a folder",
      "sessions-link.csv: it is a symbolic link", "lines.csv: its name has control characters",
      "sessions-\u{FFFD}.csv: its name is not UTF-8", "xxx.csv: its name is longer than 200 bytes",
      "sessions-pipe.csv: it is no file",
    ] {
      #expect(outcome.output.components(separatedBy: told).count == 2, "\(told) once")
    }
    #expect(!outcome.output.contains(".hidden"))
    #expect(try varde.number("SELECT count(*) FROM log.event WHERE type = 'session_recorded'") == 2)
    #expect(try files("drop/done", varde).count == 6)
    #expect(try varde.contents("elsewhere.csv").contains("B;"))
  }

  @Test func `a place that cannot be written to is told and tried again`() throws {
    let varde = try Command.withProgrammes()
    let outcome = try varde.shell(
      """
      mkdir -p drop/sessions drop/done; echo x > drop/done/sessions
      printf '\(Self.session)' A > drop/sessions/a.csv
      varde watch drop --once --interval 1; echo "once $?"
      "$binary" watch drop --interval 1 > watch.log 2>&1 & pid=$!
      for _ in $(seq 300); do grep -q 'trying again' watch.log && break; sleep 0.1; done
      rm drop/done/sessions
      for _ in $(seq 300); do [ -e drop/done/sessions/a.csv ] && break; sleep 0.1; done
      kill $pid; wait $pid; cat watch.log
      """)
    #expect(outcome.output.contains("error[VD608]: cannot make the folder"), "\(outcome.output)")
    #expect(outcome.output.contains("once 4"))
    #expect(outcome.output.contains("warning[VD223]: cannot make the folder"))
    #expect(outcome.output.contains("sessions/a.csv: read 1: 1 new"), "the report of the one run")
    #expect(
      try files("drop/done", varde) == [
        "sessions/a.csv", "sessions/a.report.json", "sessions/a.report.txt",
      ])
    #expect(try varde.number("SELECT count(*) FROM ops.ingest_run") == 1)
    #expect(try files("drop/working", varde) == [])
  }

  /// A drop folder as a watcher left it that was killed when its file was recorded and everything but
  /// the file itself had been moved.
  @Test func `killed while moving, rejects that are in their place stay there`() throws {
    let varde = try Command.withProgrammes()
    let next = try varde.shell(
      """
      mkdir -p drop/sessions
      printf 'session;group;status;held_on\\nA;TST-1;held;2025-03-04\\nB;TST-9;held;2025-03-04\\n' \
        > drop/sessions/s.csv
      varde watch drop --once --interval 1
      mkdir -p drop/working/dead/sessions
      mv drop/failed/sessions/s.csv drop/working/dead/sessions/
      printf '0\\nsessions/s.csv' > drop/working/dead/.claim
      # Another one was killed that had just begun, and left what is of no use.
      mkdir -p drop/working/newborn; printf '0\\nsessions/s.csv' > drop/working/newborn/.claim
      echo half > drop/working/newborn/.claim.part
      varde watch drop --once --interval 1
      """)
    #expect(next.exitCode == 2, "\(next.output)")
    #expect(
      try files("drop/failed", varde) == [
        "sessions/s.csv", "sessions/s.rejected.csv", "sessions/s.report.json",
        "sessions/s.report.txt",
      ])
    #expect(try varde.contents("drop/failed/sessions/s.rejected.csv").contains("B;TST-9"))
    #expect(try files("drop/working", varde) == [])
    #expect(try varde.shell("ls -A drop/working").output == ".lock\n")
    #expect(try varde.number("SELECT count(*) FROM ops.ingest_run") == 1)
  }

  private static let hasTracer = FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")

  /// At each move, and at the same move of the watcher that takes over.
  @Test(.enabled(if: hasTracer, "needs strace"), arguments: 1...9)
  func `killed at every move, nothing is lost and nothing is there twice`(step: Int) throws {
    let varde = try Command.withProgrammes()
    let kill =
      "strace -f -qq -o /dev/null -e trace=rename -e inject=rename:signal=KILL:when=\(step)"
    let outcome = try varde.shell(
      """
      mkdir -p drop/sessions
      { printf '\(Self.session)' A; echo 'B;TST-9;held;2025-03-04'; } > drop/sessions/s.csv
      \(kill) "$binary" watch drop --once --interval 1; echo "first $?"
      \(kill) "$binary" watch drop --once --interval 1; echo "second $?"
      varde watch drop --once --interval 1; echo; ls -A drop/working
      """)
    #expect(outcome.output.contains("first 137"), "there is a move \(step)")
    #expect(
      try files("drop", varde)
        == ["csv", "rejected.csv", "report.json", "report.txt"].map {
          "failed/sessions/s.\($0)"
        }, "\(outcome.output)")
    #expect(outcome.output.hasSuffix("\n.lock\n"))
    #expect(
      try varde.contents("drop/failed/sessions/s.report.txt").hasSuffix(
        "read 2: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected\n"))
    #expect(try varde.number("SELECT count(*) FROM ops.ingest_run") == 1)
  }

  @Test func `killed again and again, every file ends in one place once, with its report`() throws {
    let varde = try Command.withProgrammes()
    let outcome = try varde.shell(
      """
      mkdir -p drop/sessions
      for i in $(seq 24); do
        { printf '\(Self.session)' "K$i"; [ $((i % 3)) = 0 ] && echo "L$i;TST-9;held;2025-03-04"; } \
          > drop/sessions/$i.csv
      done
      for turn in $(seq 20); do
        "$binary" watch drop --interval 1 >> watch.log 2>&1 & pid=$!
        # Looking takes a second; then anything may be under way.
        sleep 1.$((RANDOM % 9))$((RANDOM % 9)); kill -9 $pid 2> /dev/null; wait $pid 2> /dev/null
        [ "$(find drop/sessions drop/working -name '*.csv' | wc -l)" = 0 ] && break
      done
      varde watch drop --once --interval 1; find drop/sessions -type f
      """)
    #expect(try files("drop/sessions", varde) == [], "\(outcome.output)")
    #expect(try varde.shell("ls -A drop/working").output == ".lock\n")
    let done = try files("drop/done", varde)
    let failed = try files("drop/failed", varde)
    let expected = (1...24).flatMap { number -> [String] in
      let stem = "sessions/\(number)"
      return ["\(stem).csv", "\(stem).report.json", "\(stem).report.txt"]
        + (number % 3 == 0 ? ["\(stem).rejected.csv"] : [])
    }
    #expect((done + failed).sorted() == expected.sorted())
    #expect(failed.count { $0.hasSuffix(".rejected.csv") } == 8 && failed.count == 32)
    #expect(
      try varde.number("SELECT count(*) FROM log.event WHERE type = 'session_recorded'") == 24)
    #expect(try varde.number("SELECT count(*) FROM ops.ingest_run WHERE finished_at IS NULL") == 0)
    #expect(try varde.number("SELECT count(*) FROM ops.ingest_run") == 24)
    #expect(try varde.run("verify").output.contains("clean"))
  }
}
