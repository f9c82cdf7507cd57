/// What is watched as OpenMetrics text, the exposition format 1.0 that Prometheus reads.
///
/// Source: OpenMetrics specification, https://prometheus.io/docs/specs/om/open_metrics_spec/.
public struct OpenMetrics {
  private var text = ""

  public init(_ watching: Watching) {
    let projections = watching.projections
    let facts = projections.filter { $0.projection == "fact" }
    gauge("varde_log_events", "Events in the log.", facts.map { ([at($0)], Double($0.events)) })
    gauge("varde_log_blocks", "Blocks in the log.", facts.map { ([at($0)], Double($0.blocks)) })
    gauge(
      "varde_projection_position", "Position a projection has reached.",
      projections.map { (labels($0), Double($0.position)) })
    gauge(
      "varde_projection_lag_events", "Events a projection is behind the log.",
      projections.map { (labels($0), Double($0.eventsBehind)) })
    gauge(
      "varde_projection_lag_blocks", "Blocks a projection is behind the log.",
      projections.map { (labels($0), Double($0.blocksBehind)) })
    gauge(
      "varde_projection_lag_seconds", unit: "seconds",
      "Time since the first block a projection has not taken was appended.",
      projections.map { (labels($0), $0.secondsBehind) })
    gauge(
      "varde_projection_served_age_seconds", unit: "seconds",
      "Time since a worker advanced a projection.",
      projections.compactMap { each in each.secondsSinceServed.map { (labels(each), $0) } })
    gauge(
      "varde_projection_halted", "1 where a projection stands still at an event it cannot take.",
      projections.map { (labels($0), $0.state == "halted" ? 1 : 0) })
    gauge(
      "varde_projection_attempts", "Tries at an event that a projection cannot take.",
      projections.map { (labels($0), Double($0.attempts)) })
    gauge(
      "varde_stale_cells", "Groups of indicator cells to be computed anew.",
      watching.stale.sorted { $0.key < $1.key }.map {
        ([("institution", $0.key)], Double($0.value))
      })
    gauge(
      "varde_failures", "Places in a log that a projection could not take.",
      [([], Double(watching.failures))])
    gauge(
      "varde_oldest_failure_seconds", unit: "seconds", "Age of the oldest of them.",
      watching.oldestFailure.map { [([], $0)] } ?? [])
    gauge(
      "varde_workers", "Workers seen within the last minute.", [([], Double(watching.workers))])
    gauge(
      "varde_oldest_snapshot_seconds", unit: "seconds",
      "How long the oldest snapshot of the database has been held.",
      watching.oldestSnapshot.map { [([], $0)] } ?? [])
    text += "# EOF\n"
  }

  /// The exposition, ending in `# EOF`.
  public var rendered: String { text }

  private typealias Label = (name: String, value: String)

  private func at(_ projection: Watching.Projection) -> Label {
    ("institution", projection.institution)
  }

  private func labels(_ projection: Watching.Projection) -> [Label] {
    [at(projection), ("projection", projection.projection)]
  }

  private mutating func gauge(
    _ name: String, unit: String? = nil, _ help: String,
    _ samples: [(labels: [Label], value: Double)]
  ) {
    guard !samples.isEmpty else { return }
    text += "# TYPE \(name) gauge\n"
    if let unit { text += "# UNIT \(name) \(unit)\n" }
    text += "# HELP \(name) \(help)\n"
    for sample in samples {
      let labels = sample.labels.map { "\($0.name)=\"\(OpenMetrics.escaped($0.value))\"" }
      text += name + (labels.isEmpty ? "" : "{" + labels.joined(separator: ",") + "}")
      text += " \(sample.value)\n"
    }
  }

  private static func escaped(_ value: String) -> String {
    var escaped = ""
    for character in value {
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
