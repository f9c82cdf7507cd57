import Foundation
import Soak
import TestSupport
import Testing

@Suite struct `Under blows` {
  /// The same as Scripts/soak, which takes minutes; here every kind of blow falls at least once or
  /// twice.
  @Test func `what was promised is in the log once, and facts and figures equal a rebuild`() throws
  {
    // Beside the test cluster's own data, and gone with them.
    let folder = try TestCluster.folder() + "/soak"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var plan = SoakPlan(
      varde: Command.binary, folder: folder, seed: .random(in: 0..<1_000_000))
    plan.seconds = 10
    plan.pause = 0.1...0.7
    plan.crashes = 4
    let diary = Diary()
    plan.tell = diary.note
    let outcome = try Soak.run(plan)
    let isGood = outcome.faults.isEmpty
    #expect(isGood, "\(outcome.faults.joined(separator: "\n"))\n\(diary.text)")
    // A soak in which nothing happened says nothing.
    #expect(outcome.counts["crashes of the server", default: 0] >= 1, "\(outcome.summary)")
    #expect(outcome.counts["workers killed", default: 0] >= 1, "\(outcome.summary)")
    #expect(outcome.counts["events in the logs", default: 0] > 500, "\(outcome.summary)")
    #expect(outcome.counts["tables equal", default: 0] > 15, "\(outcome.summary)")
  }
}
