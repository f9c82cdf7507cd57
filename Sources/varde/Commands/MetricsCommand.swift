import ArgumentParser
import Postgres
import Projection

struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Print what varde status shows as OpenMetrics text.",
    discussion: """
      For a node exporter's text collector, or to look at. Read from the database, so one process on
      one host is enough, whether or not it runs a worker.

      Example:
        $ varde metrics > /var/lib/node-exporter/varde.prom
      """)

  func run() throws {
    let session = try Workplace.current().session(as: .projector)
    Console.write(Array(OpenMetrics(try Watching(session)).rendered.utf8))
  }
}
