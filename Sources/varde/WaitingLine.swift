/// Says once, after a few seconds, for whose work a command waits.
final class WaitingLine {
  private static let patience = Duration.seconds(3)

  private let voice: WorkerVoice
  private var since: ContinuousClock.Instant?
  private var hasTold = false

  init(_ voice: WorkerVoice) { self.voice = voice }

  func show(_ institutions: [String]) {
    let began = since ?? .now
    since = began
    guard !hasTold, .now - began > WaitingLine.patience else { return }
    hasTold = true
    Console.endProgress()
    voice.line(
      "info",
      "waiting for other workers: \(institutions.joined(separator: ", ")); 'varde status' names them"
    )
  }
}
