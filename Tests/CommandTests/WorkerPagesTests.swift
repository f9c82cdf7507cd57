import Foundation
import Glibc
import Postgres
import Soak
import TestSupport
import Testing

extension Command {
  /// Waits until something has happened; records an issue when it does not within half a minute.
  func until(_ what: () throws -> Bool) throws {
    for _ in 0..<1_500 {
      if try what() { return }
      usleep(20_000)
    }
    Issue.record("it did not happen within half a minute")
  }

  /// A worker that serves its pages, and their port.
  func servingWorker(_ arguments: String..., output: String) throws -> (Child, port: Int) {
    let worker = try Child(
      [
        "env", "--chdir=\(folder)", "VARDE_DATABASE_URL=\(url)", Command.binary, "worker",
        "--metrics-port", "0", "--log-format", "json",
      ] + arguments, output: "\(folder)/\(output)")
    var port: Int?
    try until {
      let said = try contents(output)
      port = said.split(separator: "http://127.0.0.1:").dropFirst().first
        .flatMap { Int($0.prefix { $0.isNumber }) }
      return port != nil
    }
    return (worker, try #require(port))
  }

  /// Lets nobody in any more, and throws out who is.
  func shut() throws {
    let administrator = try Session(conninfo: TestCluster.conninfo())
    let name = try #require(url.split(separator: "dbname='").last?.split(separator: "'").first)
    try administrator.execute("ALTER DATABASE \(name) ALLOW_CONNECTIONS false")
    try administrator.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1",
      [.text(String(name))])
  }

  func reopen() throws {
    let name = try #require(url.split(separator: "dbname='").last?.split(separator: "'").first)
    try Session(conninfo: TestCluster.conninfo())
      .execute("ALTER DATABASE \(name) ALLOW_CONNECTIONS true")
  }
}

@Suite struct `What a worker serves` {
  /// The addresses at which somebody listens on a port, as the kernel writes them (state 0A).
  private func listeners(_ port: Int) throws -> [String] {
    let sockets = try String(contentsOf: URL(filePath: "/proc/net/tcp"), encoding: .utf8)
    var found: [String] = []
    for line in sockets.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 3, words[3] == "0A" else { continue }
      let place = words[1].split(separator: ":")
      if Int(place[1], radix: 16) == port { found.append(String(place[0])) }
    }
    return found
  }

  @Test func `metrics, health and readiness, on loopback, until it is told to end`() throws {
    let varde = try Command.withProgrammes()
    let (worker, port) = try varde.servingWorker(output: "out")
    try varde.until { RawHTTP.ask("/readyz", port: port).hasPrefix("HTTP/1.1 200") }
    let caughtUp = "varde_projection_lag_events{institution=\"fjordvik\",projection=\"fact\"} 0.0\n"
    try varde.until {
      let text = RawHTTP.ask("/metrics", port: port)
      return !text.contains("varde_worker_claims_total 0.0") && text.contains(caughtUp)
    }
    let metrics = RawHTTP.ask("/metrics", port: port)
    #expect(
      metrics.contains("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8"))
    #expect(metrics.hasSuffix("# EOF\n"))
    #expect(metrics.contains("varde_database_up 1.0\n"))
    #expect(metrics.contains(caughtUp))
    #expect(metrics.contains("varde_worker_claim_duration_seconds_bucket{le=\"+Inf\"} "))
    #expect(RawHTTP.ask("/healthz", port: port).hasSuffix("\r\n\r\nok\n"))
    #expect(RawHTTP.ask("/", port: port).hasPrefix("HTTP/1.1 404"))
    let posted = RawHTTP.ask("/metrics", method: "POST", port: port)
    #expect(posted.hasPrefix("HTTP/1.1 405") && posted.contains("Allow: GET, HEAD"))
    let head = RawHTTP.ask("/metrics", method: "HEAD", port: port)
    #expect(head.hasPrefix("HTTP/1.1 200") && head.hasSuffix("\r\n\r\n"))
    #expect(try listeners(port) == ["0100007F"])

    worker.send(SIGTERM)
    #expect(worker.wait() == .exit(0))
    #expect(RawHTTP(port: port) == nil)
    #expect(try varde.number("SELECT count(*) FROM ops.worker") == 0)
    var events = 0
    for line in try varde.contents("out").split(separator: "\n") {
      let parsed = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(parsed?["time"] != nil && parsed?["level"] != nil && parsed?["message"] != nil)
      events += parsed?["events"] as? Int ?? 0
    }
    #expect(try events == varde.number("SELECT count(*) FROM log.event"))
  }

  @Test func `a port that is taken is told before any work begins`() throws {
    let varde = try Command()
    let taken = try Command.withProgrammes()
    let (worker, port) = try taken.servingWorker(output: "out")
    let outcome = try varde.run(
      "worker", "--metrics-port", String(port), url: "host=/nowhere dbname=x")
    #expect(outcome.exitCode == 4 && outcome.output.contains("error[VD690]"), "\(outcome.output)")
    let json = try varde.run(
      "worker", "--log-format", "json", "--metrics-port", String(port), url: "host=/nowhere")
    #expect(json.exitCode == 4)
    #expect(json.output.hasPrefix(#"{"code":"VD690","hint":"choose another"#), "\(json.output)")
    let strange = try varde.run(
      "worker", "--metrics-port", "0", "--metrics-host", "203.0.113.7", url: "host=/nowhere")
    #expect(strange.exitCode == 4 && strange.output.contains("error[VD690]"), "\(strange.output)")
    #expect(try varde.run("worker", "--once", "--metrics-port", "0").exitCode == 1)
    worker.send(SIGKILL)
    #expect(worker.wait() == .signal(SIGKILL))
  }

  @Test func `clients who send nothing, or too much, or go away do not hold up the work`() throws {
    let varde = try Command.withProgrammes()
    let (worker, port) = try varde.servingWorker(output: "out")
    var silent = (0..<40).compactMap { _ in RawHTTP(port: port) }
    for connection in silent { connection.send("GET /metr") }
    try varde.file("s.csv", "session;group;planned_on;status\nF-1;TST-1;2025-03-11;planned\n")
    try varde.run("ingest", "sessions", "s.csv")
    try varde.until { try varde.number("SELECT count(*) FROM fact.session") == 1 }
    silent = []
    try varde.until { RawHTTP.ask("/healthz", port: port).hasPrefix("HTTP/1.1 200") }
    // A header without an end is not read to its end.
    let endless = try #require(RawHTTP(port: port))
    endless.send("GET /metrics HTTP/1.1\r\nX: ")
    var sent = 0
    while sent < 50, endless.send(String(repeating: "x", count: 1 << 20)) { sent += 1 }
    #expect(sent < 50)
    for _ in 0..<50 {
      RawHTTP(port: port)?.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
    }
    try varde.until { RawHTTP.ask("/metrics", port: port).hasSuffix("# EOF\n") }
    worker.send(SIGTERM)
    #expect(worker.wait() == .exit(0))
  }

  @Test func `a server that goes away is told once by many threads, and found again`() throws {
    let varde = try Command.withProgrammes()
    let (worker, port) = try varde.servingWorker("--concurrency", "4", output: "out")
    try varde.until { RawHTTP.ask("/readyz", port: port).hasPrefix("HTTP/1.1 200") }
    try varde.shut()
    try varde.until { RawHTTP.ask("/readyz", port: port).contains("the server is away") }
    #expect(RawHTTP.ask("/healthz", port: port).hasPrefix("HTTP/1.1 200"))
    try varde.until {
      RawHTTP.ask("/metrics", port: port).contains("varde_database_up 0.0\n")
    }
    try varde.reopen()
    try varde.until { RawHTTP.ask("/readyz", port: port).hasPrefix("HTTP/1.1 200") }
    #expect(try varde.number("SELECT count(*) FROM ops.worker") == 1)
    worker.send(SIGTERM)
    #expect(worker.wait() == .exit(0))
    let said = try varde.contents("out")
    #expect(said.components(separatedBy: "VD621").count == 2, "\(said)")
    #expect(said.components(separatedBy: "the server is back").count == 2, "\(said)")
  }
}
