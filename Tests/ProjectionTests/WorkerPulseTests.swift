import Testing

@testable import Projection

@Suite struct `The pulse of a worker` {
  private let bounds = (stuck: Duration.seconds(600), away: Duration.seconds(300))

  private func complaints(_ pulse: WorkerPulse, after seconds: Int) -> [String] {
    pulse.complaints(
      stuckAfter: bounds.stuck, awayAfter: bounds.away, now: .now + .seconds(seconds))
  }

  @Test func `a thread that does not come round is told, and only that one`() {
    let pulse = WorkerPulse()
    pulse.expect("facts 0")
    pulse.expect("cells")
    #expect(pulse.excuses.count == 2, "none has come round yet")
    pulse.beat("facts 0")
    pulse.beat("cells")
    #expect(pulse.excuses.isEmpty)
    #expect(complaints(pulse, after: 590).isEmpty)
    #expect(complaints(pulse, after: 610).count == 2)
    let never = WorkerPulse()
    never.expect("house")
    #expect(complaints(never, after: 590).isEmpty)
    #expect(complaints(never, after: 610).count == 1, "one that never began is stuck as well")
  }

  @Test func `a server that is away too long is told until it is back`() {
    let pulse = WorkerPulse()
    pulse.serverIsAway()
    #expect(pulse.excuses == ["the server is away"])
    #expect(complaints(pulse, after: 290).isEmpty)
    #expect(complaints(pulse, after: 310).count == 1)
    pulse.serverIsBack()
    #expect(pulse.excuses.isEmpty && complaints(pulse, after: 10_000).isEmpty)
  }

  @Test func `claims are counted in every bucket they fit into`() {
    let pulse = WorkerPulse()
    pulse.claimed(5, in: .milliseconds(5))
    pulse.claimed(7, in: .milliseconds(30))
    pulse.claimed(1, in: .seconds(60))
    let claims = pulse.reading.claims
    #expect(claims.upTo == [1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3])
    #expect(claims.count == 3 && abs(claims.sum - 60.035) < 1e-9)
    #expect(pulse.reading.events == 13)
  }
}
