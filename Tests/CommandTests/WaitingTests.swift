import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// Whatever a run waits for, a signal ends it.
@Suite struct `A signal while waiting` {
  /// A shell line that ends `$pid` as soon as a condition holds, and tells how it ended. Who does not
  /// end is killed after a minute, so that the test ends.
  private func end(_ signal: String, when condition: String) -> String {
    """
    for _ in $(seq 600); do \(condition) && break; sleep 0.05; done
    sleep 0.3; kill -\(signal) $pid
    (sleep 60; kill -9 $pid) & guard=$!
    wait $pid; echo "ended with $?"; kill $guard
    """
  }

  /// A shell condition: a run was noted.
  private let isNoted = """
    [ "$(psql "$VARDE_DATABASE_URL" -XAtc 'SELECT count(*) FROM ops.ingest_run')" -ge 1 ]
    """

  @Test(arguments: ["INT", "TERM"], ["- < in", "in", "- < <(cat in)"])
  func `for input, ends the run at once`(signal: String, input: String) throws {
    let varde = try Command.withProgrammes()
    let ended = try varde.shell(
      """
      mkfifo in; exec 3<>in; printf 'session;group;status;held_on\\nA;TST-1;held;2025-03-04\\n' >&3
      "$binary" ingest sessions \(input) 2>&1 & pid=$!
      \(end(signal, when: isNoted))
      """)
    #expect(ended.output.contains("ended with 130"), "\(ended.output)")
    #expect(ended.output.contains("interrupted"))
    #expect(ended.output.contains("read 0: "), "half a file is no file")
    #expect(try varde.run("runs").output.contains("interrupted"))
    try varde.file("s.csv", "session;group;status;held_on\nA;TST-1;held;2025-03-04\n")
    #expect(try varde.shell("cat s.csv | varde ingest sessions -").output.contains("1 new"))
  }

  @Test func `for a named pipe nobody writes to, ends the run`() throws {
    let varde = try Command.withProgrammes()
    let ended = try varde.shell(
      "mkfifo in; \"$binary\" ingest sessions in 2>&1 & pid=$!; \(end("INT", when: isNoted))")
    #expect(ended.output.contains("ended with 130"), "\(ended.output)")
  }

  @Test func `for the log's lock, ends the run, and the next one goes on`() throws {
    let varde = try Command.withProgrammes()
    try varde.file("s.csv", "session;group;status;held_on\nA;TST-1;held;2025-03-04\n")
    let holder = try varde.session()
    try holder.execute("BEGIN; LOCK TABLE log.append IN ACCESS EXCLUSIVE MODE")
    let ended = try varde.shell(
      """
      "$binary" ingest sessions s.csv 2>&1 & pid=$!
      \(end("INT", when: """
        [ "$(psql "$VARDE_DATABASE_URL" -XAtc "SELECT count(*) FROM pg_stat_activity WHERE \
        datname = current_database() AND wait_event_type = 'Lock'")" -ge 1 ]
        """))
      """)
    #expect(ended.output.contains("ended with 130"), "\(ended.output)")
    try holder.execute("ROLLBACK")
    let again = try varde.run("ingest", "sessions", "s.csv")
    #expect(again.output.contains("continuing the run that began at"))
    #expect(again.output.contains("read 1: 1 new"))
    #expect(try varde.run("verify").output.contains("clean"))
  }

  @Test func `for a server that does not answer, ends the command`() throws {
    let varde = try Command()
    // Connections are taken by the kernel, and nobody ever says anything.
    let deaf = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(deaf) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
        bind(deaf, plain, length) == 0 && listen(deaf, 5) == 0
          && getsockname(deaf, plain, &length) == 0
      }
    }
    #expect(port)
    let url = "postgresql://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/x"
    try varde.file("s.csv", "session\n")
    let ended = try varde.shell(
      """
      VARDE_DATABASE_URL=\(url) "$binary" ingest sessions s.csv 2>&1 & pid=$!
      \(end("TERM", when: "ls -l /proc/$pid/fd 2>/dev/null | grep -c socket > /dev/null"))
      """)
    #expect(ended.output.contains("ended with 130"), "\(ended.output)")
  }
}

@Suite struct `Two processes and one file` {
  private func start(_ file: String, _ log: String) -> String {
    "\"$binary\" ingest attendance \(file) > \(log) 2>&1 &"
  }

  private let isWaited = "grep -q VD226 two.log"

  @Test func `the second waits for the first and finds everything recorded`() throws {
    let varde = try Command.withAttendance(sessions: 300, people: 100)
    let before = try varde.number("SELECT max(append_no) FROM log.append")
    let outcome = try varde.shell(
      """
      \(start("a.csv", "one.log")) one=$!
      until [ "$(psql "$VARDE_DATABASE_URL" -XAtc 'SELECT max(append_no) FROM log.append')" -gt \(before) ]
      do sleep 0.02; done
      \(start("a.csv", "two.log")) two=$!
      wait $one; echo "first $?"; wait $two; echo "second $?"; cat one.log; echo ----; cat two.log
      """)
    #expect(outcome.output.contains("first 0\nsecond 0"), "\(outcome.output)")
    let logs = outcome.output.components(separatedBy: "----")
    #expect(logs[0].contains("read 30000: 30000 new, 0 corrected, 0 unchanged"))
    #expect(logs[1].contains("warning[VD226]: another process is recording this file"))
    #expect(logs[1].contains("read 30000: 0 new, 0 corrected, 30000 unchanged"))
    #expect(try varde.attended == 30_000)
    #expect(
      try varde.number(
        "SELECT count(*) FROM ops.ingest_run WHERE kind = 'attendance' AND finished_at IS NULL")
        == 0)
  }

  @Test func `if the first is killed, the second goes on with its run`() throws {
    let varde = try Command.withAttendance(sessions: 600, people: 100)
    let outcome = try varde.shell(
      """
      \(start("a.csv", "one.log")) pid=$!
      \(start("a.csv", "two.log")) other=$!
      for _ in $(seq 600); do grep -q VD226 one.log two.log && break; sleep 0.02; done
      # Whichever came first is killed.
      if grep -q VD226 one.log; then first=$other; second=$pid; else first=$pid; second=$other; fi
      pid=$first
      \(varde.afterTwoBlocks(signal: "KILL"))
      wait $second; echo "second $?"; cat one.log two.log
      """)
    #expect(outcome.output.contains("ended with 137"), "\(outcome.output)")
    #expect(outcome.output.contains("second 0"))
    #expect(outcome.output.contains("continuing the run that began at"))
    #expect(outcome.output.contains("read 60000: 60000 new"))
    #expect(try varde.attended == 60_000)
    #expect(try varde.number("SELECT count(*) FROM ops.ingest_run WHERE kind = 'attendance'") == 1)
  }

  @Test func `begun at the same moment, one of them waits, and none reads half`() throws {
    let varde = try Command.withProgrammes()
    let rows = (0..<200).map { "X\($0);TST-1;held;2025-03-04\n" }.joined()
    try varde.file("s.csv", "session;group;status;held_on\n" + rows)
    let all = try varde.shell(
      "for i in 1 2 3 4 5 6; do \"$binary\" ingest sessions s.csv > $i.txt 2>&1 & done; wait; cat *.txt"
    )
    #expect(all.output.components(separatedBy: "read 200: 200 new, 0 corrected, 0 un").count == 2)
    #expect(all.output.components(separatedBy: "read 200: 0 new, 0 corrected, 200 un").count == 6)
  }

  @Test func `interrupted with rejects, the next run replaces them`() throws {
    let varde = try Command.withAttendance(sessions: 600, people: 100)
    let all = try varde.shell(
      """
      { echo 'session;person_id;status;minutes'; echo 'S0;M0;presnt;4'
        tail -n +2 a.csv; echo 'S1;M1;presnt;4'; } > b.csv
      "$binary" ingest attendance b.csv 2>&1 & pid=$!
      \(varde.afterTwoBlocks(signal: "INT"))
      wc -l < b.rejected.csv; varde ingest attendance b.csv; wc -l < b.rejected.csv; ls
      """)
    #expect(all.output.contains("ended with 130\n2\n"), "\(all.output)")
    #expect(all.output.contains("2 rejected\n3\n"))
    #expect(!all.output.contains("rejected-2") && !all.output.contains(".part"))
  }
}
