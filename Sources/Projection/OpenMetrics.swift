/// What is watched, and what one worker process says of itself, as OpenMetrics text.
public struct OpenMetrics {
  /// The exposition, ending in `# EOF`.
  public let rendered: String

  /// What the database says.
  public init(_ watching: Watching) {
    var text = OpenMetricsText()
    OpenMetrics.add(watching, to: &text)
    rendered = text.finished
  }

  /// What a worker serves.
  /// - Parameters:
  ///   - watching: `nil` when there was nothing to be seen in the database.
  ///   - isUp: whether the server answered, if only that it has no room for one more session.
  ///   - version: of the binary.
  public init(
    _ watching: Watching?, isUp: Bool, of reading: WorkerPulse.Reading, version: String
  ) {
    var text = OpenMetricsText()
    text.info("varde_build", "The version that is at work.", [("version", version)])
    text.gauge(
      "varde_database_up",
      "1 when the server has answered this scrape, if only that it has no room for more sessions.",
      [([], isUp ? 1 : 0)])
    if let watching { OpenMetrics.add(watching, to: &text) }
    OpenMetrics.add(reading, to: &text)
    rendered = text.finished
  }

  private static func add(_ reading: WorkerPulse.Reading, to text: inout OpenMetricsText) {
    text.counter(
      "varde_worker_claims", "Claims of this process that projected something.",
      reading.claims.count)
    text.histogram(
      "varde_worker_claim_duration_seconds", "How long such a claim took, with its commit.",
      reading.claims)
    text.counter(
      "varde_worker_projected_events", "Events this process has turned into facts.",
      reading.events)
    text.counter(
      "varde_worker_computed_cells", "Indicator cells this process has computed.", reading.cells)
    text.counter(
      "varde_worker_connection_losses",
      "Sessions of this process that were lost.", reading.losses)
  }

  private static func add(_ watching: Watching, to text: inout OpenMetricsText) {
    let projections = watching.projections
    let facts = projections.filter { $0.projection == "fact" }
    text.gauge(
      "varde_log_events", "Events in the log.", facts.map { ([at($0)], Double($0.events)) })
    text.gauge(
      "varde_log_blocks", "Blocks in the log.", facts.map { ([at($0)], Double($0.blocks)) })
    text.gauge(
      "varde_projection_position", "Position a projection has reached.",
      projections.map { (labels($0), Double($0.position)) })
    text.gauge(
      "varde_projection_lag_events", "Events a projection is behind the log.",
      projections.map { (labels($0), Double($0.eventsBehind)) })
    text.gauge(
      "varde_projection_lag_blocks", "Blocks a projection is behind the log.",
      projections.map { (labels($0), Double($0.blocksBehind)) })
    text.gauge(
      "varde_projection_lag_seconds", unit: "seconds",
      "Time since the first block a projection has not taken was appended.",
      projections.map { (labels($0), $0.secondsBehind) })
    text.gauge(
      "varde_projection_served_age_seconds", unit: "seconds",
      "Time since a worker advanced a projection.",
      projections.compactMap { each in each.secondsSinceServed.map { (labels(each), $0) } })
    text.gauge(
      "varde_projection_halted", "1 where a projection stands still at an event it cannot take.",
      projections.map { (labels($0), $0.state == "halted" ? 1 : 0) })
    text.gauge(
      "varde_projection_attempts", "Tries at an event that a projection cannot take.",
      projections.map { (labels($0), Double($0.attempts)) })
    text.gauge(
      "varde_read_models_outdated",
      "1 when the read models are of another version and workers refuse them (VD605).",
      [([], watching.readModels == .outdated ? 1 : 0)])
    text.gauge(
      "varde_claim_age_seconds", unit: "seconds",
      "How long a worker has held a projection of an institution, where one does.",
      watching.claims.map {
        ([("institution", $0.institution), ("projection", $0.projection)], $0.seconds)
      })
    text.gauge(
      "varde_rebuild_age_seconds", unit: "seconds",
      "Time since a rebuild was begun that is not done; at_work is 0 where nobody is at it.",
      watching.rebuild.map { [([("at_work", $0.isAtWork ? "1" : "0")], $0.seconds)] } ?? [])
    text.gauge(
      "varde_stale_cells", "Groups of indicator cells to be computed anew.",
      watching.stale.sorted { $0.key < $1.key }.map {
        ([("institution", $0.key)], Double($0.value))
      })
    text.gauge(
      "varde_failures",
      "Places in a log that a projection could not take, and projections that something else hinders.",
      [([], Double(watching.failures))])
    text.gauge(
      "varde_oldest_failure_seconds", unit: "seconds", "Age of the oldest of these places.",
      watching.oldestFailure.map { [([], $0)] } ?? [])
    text.gauge(
      "varde_workers", "Workers seen within the last minute.", [([], Double(watching.workers))])
    text.gauge(
      "varde_oldest_snapshot_seconds", unit: "seconds",
      "How long the oldest snapshot of the database has been held; absent where that is not to see.",
      watching.seesSessions ? [([], watching.oldestSnapshot ?? 0)] : [])
    text.gauge(
      "varde_oldest_reader_seconds", unit: "seconds",
      "How long the oldest transaction that keeps facts open has; absent where that is not to see.",
      watching.seesSessions ? [([], watching.readers.first?.seconds ?? 0)] : [])
    text.gauge(
      "varde_checkpoint_age_seconds", unit: "seconds",
      "Time since a checkpoint of the log was signed.",
      watching.checkpoints.compactMap { each in
        each.secondsSince.map { ([("institution", each.institution)], $0) }
      })
    text.gauge(
      "varde_checkpoint_lag_blocks", "Blocks appended since a checkpoint of the log was signed.",
      watching.checkpoints.map { ([("institution", $0.institution)], Double($0.blocksSince)) })
  }

  private static func at(_ projection: Watching.Projection) -> OpenMetricsText.Label {
    ("institution", projection.institution)
  }

  private static func labels(_ projection: Watching.Projection) -> [OpenMetricsText.Label] {
    [at(projection), ("projection", projection.projection)]
  }
}
