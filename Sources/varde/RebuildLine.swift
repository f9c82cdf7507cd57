import Dispatch
import Projection
import Synchronization

/// Shows on a terminal how far a rebuild has come; told from several threads.
final class RebuildLine: Sendable {
  private struct State {
    var phase: RebuildPhase?
    /// When the phase began, and what was there then.
    var began = DispatchTime.now()
    var before = 0
  }
  private let state = Mutex(State())

  func show(_ progress: RebuildProgress) {
    let (seconds, before) = state.withLock { state in
      if state.phase != progress.phase {
        state = State(phase: progress.phase, before: progress.events)
      }
      let elapsed = DispatchTime.now().uptimeNanoseconds - state.began.uptimeNanoseconds
      return (Double(elapsed) / 1e9, state.before)
    }
    Console.progress(RebuildLine.text(progress, since: before, after: seconds))
  }

  /// - Parameters:
  ///   - before: events that were there when the phase began.
  ///   - seconds: since then.
  static func text(_ progress: RebuildProgress, since before: Int, after seconds: Double) -> String
  {
    let events =
      "\(ProgressLine.grouped(progress.events)) of \(ProgressLine.grouped(progress.total)) events"
    switch progress.phase {
    case .index: return "\(events), making indexes"
    case .figures: return "\(events), computing figures"
    case .comparing: return "\(events), comparing"
    case .swapping: return "\(events), swapping"
    case .bulk, .following:
      let done = progress.events - before
      guard done > 0, seconds > 0 else { return events }
      let rate = Double(done) / seconds
      let left = Int((Double(progress.total - progress.events) / rate).rounded())
      return
        "\(events), \(ProgressLine.grouped(Int(rate))) events/s, \(ProgressLine.clock(left)) left"
    }
  }
}
