import Dispatch
import Ingest

/// Shows on a terminal how far the reading of a file has come, and hears Ctrl-C and SIGTERM.
final class ProgressLine: RunObserver {
  let stop: StopSignal
  private var file = ""
  private var began = DispatchTime.now()
  private var shown = DispatchTime.now()

  init(_ stop: StopSignal) { self.stop = stop }

  /// Another file begins.
  func begin(_ file: String) {
    self.file = file
    began = .now()
    shown = began
  }

  func reached(_ progress: RunProgress) {
    let now = DispatchTime.now()
    // Ten times a second is enough for any eye.
    guard now.uptimeNanoseconds - shown.uptimeNanoseconds >= 100_000_000 else { return }
    shown = now
    let seconds = Double(now.uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
    Console.progress("\(file): \(ProgressLine.text(progress, after: seconds))")
  }

  var wantsToStop: Bool { stop.isRaised }
  var stopDescriptor: Int32? { stop.descriptor }

  /// Rows, their rate, and, where the size of the file is known, how much of it and how long yet.
  static func text(_ progress: RunProgress, after seconds: Double) -> String {
    let rate = Int(Double(progress.rows) / max(seconds, 0.001))
    let text = "\(grouped(progress.rows)) rows, \(grouped(rate)) rows/s"
    guard let total = progress.totalBytes, total > 0, progress.bytes > 0 else { return text }
    let share = min(1, Double(progress.bytes) / Double(total))
    let left = Int((seconds / share * (1 - share)).rounded())
    return "\(text), \(Int(share * 100)) %, \(clock(left)) left"
  }

  /// Seconds as minutes and seconds.
  static func clock(_ seconds: Int) -> String {
    "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
  }

  static func grouped(_ number: Int) -> String {
    var digits = Substring(String(number))
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.append(digits.suffix(3))
      digits = digits.dropLast(3)
    }
    groups.append(digits)
    return groups.reversed().joined(separator: ",")
  }
}
