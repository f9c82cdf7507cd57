import Projection

/// What a worker tells over HTTP: `/metrics`, `/healthz` and `/readyz`.
struct WorkerPages: Sendable {
  /// A worker whose facts are further behind than this many seconds is not ready.
  static let readyLag = 30.0
  /// A thread that takes longer than this for one round is stuck.
  static let stuckAfter = Duration.seconds(600)
  /// A worker whose server is away for longer is of no use; whoever runs it may know more.
  static let awayAfter = Duration.seconds(300)

  let pulse: WorkerPulse
  let lookout: Lookout

  func page(_ path: String) -> Page? {
    switch path {
    case "/metrics": metrics
    case "/healthz":
      verdict(
        pulse.complaints(
          stuckAfter: WorkerPages.stuckAfter, awayAfter: WorkerPages.awayAfter))
    case "/readyz": verdict(excuses)
    default: nil
    }
  }

  private var metrics: Page {
    let sight = lookout.look()
    let metrics = OpenMetrics(
      sight.watching, isUp: sight.watching != nil || sight.isFull, of: pulse.reading,
      version: Version.text)
    return Page(
      type: "application/openmetrics-text; version=1.0.0; charset=utf-8", text: metrics.rendered)
  }

  private var excuses: [String] {
    let sight = lookout.look()
    let reasons = pulse.excuses + [sight.problem].compactMap(\.self)
    guard let lag = sight.watching?.factLag, lag > WorkerPages.readyLag else { return reasons }
    return reasons + ["facts are \(Int(lag)) s behind"]
  }

  /// One reason a line.
  private func verdict(_ reasons: [String]) -> Page {
    guard !reasons.isEmpty else { return Page(text: "ok\n") }
    let lines = reasons.map { $0.split(separator: "\n").joined(separator: " ") + "\n" }
    return Page(status: 503, text: lines.joined())
  }
}
