import Testing

@testable import Statistics

@Suite struct TemporalTests {
  private static let seeds: ClosedRange<UInt64> = 1...60

  @Test(arguments: seeds) func `news arrives as in a day-by-day replay`(seed: UInt64) {
    let meetings = RandomMeetings(seed: seed).meetings
    let reach = TemporalReach(meetings, from: 3, through: 17)
    var days: [Double] = []
    for source in 0..<meetings.count {
      // The naive way: who knows what on the evening of each day.
      var knows = [source: Int.min]
      for day in 3...17 {
        var fresh: Set<Int32> = []
        for session in meetings.sessions where session.day == day {
          if session.present.contains(where: { knows[Int($0)] != nil }) {
            fresh.formUnion(session.present)
          }
        }
        for person in fresh where knows[Int(person)] == nil { knows[Int(person)] = day }
      }
      knows[source] = nil
      let arrival = reach.earliestArrival(from: source)
      #expect((0..<meetings.count).map { knows[$0] } == arrival, "seed \(seed)")
      #expect(reach.reachableCounts[source] == knows.count, "seed \(seed)")
      days += knows.values.map { Double($0 - 3) }
    }
    #expect(reach.medianDays == SortedSample(days).median, "seed \(seed)")
    let pairs = meetings.count * (meetings.count - 1)
    #expect(
      reach.ratio == (pairs == 0 ? nil : Double(days.count) / Double(pairs)), "seed \(seed)")
    #expect(reach.record.value == reach.ratio && reach.record.n == meetings.count)
  }

  @Test(arguments: seeds) func `a longer window never reaches fewer`(seed: UInt64) {
    let meetings = RandomMeetings(seed: seed).meetings
    let short = TemporalReach(meetings, from: 5, through: 10)
    let long = TemporalReach(meetings, from: 2, through: 12)
    #expect(zip(short.reachableCounts, long.reachableCounts).allSatisfy { $0 <= $1 })
    let static_ = CoAttendanceNetwork(meetings)
    for (count, node) in zip(long.reachableCounts, static_.nodes) {
      let size = static_.componentSizes[(node.component ?? 1) - 1]
      #expect(count <= size - 1, "seed \(seed)")
    }
  }

  @Test func `news needs a night between two sessions`() {
    func reach(_ days: [Int]) -> [Int] {
      let presences = zip([["a", "b"], ["b", "c"]], days).enumerated().flatMap { index, session in
        session.0.map {
          Meetings.Presence(session: "\(index)", day: session.1, person: $0)
        }
      }
      let people = ["a", "b", "c"].map { Meetings.Person(id: $0, unit: "u") }
      let meetings = Meetings(people: people, presences: presences)
      return TemporalReach(meetings, from: 0, through: 9).reachableCounts
    }
    #expect(reach([1, 1]) == [1, 2, 1])
    #expect(reach([1, 2]) == [2, 2, 1])
    #expect(reach([2, 1]) == [1, 2, 2])
  }

  @Test(arguments: seeds) func `ties decay as the definition says`(seed: UInt64) {
    let meetings = RandomMeetings(seed: seed).meetings
    let decayed = DecayedTies(meetings, at: 12, halfLife: 4)
    var sums = [Double](repeating: 0, count: meetings.count)
    for tie in decayed.ties {
      #expect(tie.first < tie.second, "seed \(seed)")
      var weight = 0.0
      for session in meetings.sessions where session.day <= 12 {
        if session.present.contains(Int32(tie.first)) && session.present.contains(Int32(tie.second))
        {
          var factor = 1.0
          for _ in 0..<(12 - session.day) { factor /= 1.189207115002721 }
          weight += factor / Double(session.present.count - 1)
        }
      }
      #expect(abs(weight - tie.weight) < 1e-12, "seed \(seed)")
      sums[tie.first] += tie.weight
      sums[tie.second] += tie.weight
    }
    for (sum, strength) in zip(sums, decayed.strengths) {
      #expect(abs(sum - strength) < 1e-12, "seed \(seed)")
    }
    #expect(decayed.isolated == sums.count { $0 == 0 }, "seed \(seed)")
  }

  @Test(arguments: seeds) func `one half-life later everything is worth half`(seed: UInt64) {
    let meetings = RandomMeetings(seed: seed).meetings
    let now = DecayedTies(meetings, at: 30, halfLife: 8)
    let later = DecayedTies(meetings, at: 38, halfLife: 8)
    #expect(now.ties.map { $0.weight / 2 } == later.ties.map(\.weight), "seed \(seed)")
    #expect(now.strengths.map { $0 / 2 } == later.strengths, "seed \(seed)")
    // Ages of 0 and an endless half-life leave the Newman weights.
    let endless = DecayedTies(meetings, at: 30, halfLife: .infinity)
    let network = CoAttendanceNetwork(meetings)
    #expect(endless.strengths == network.nodes.map(\.strengthNewman), "seed \(seed)")
  }

  @Test func `what lies ahead does not count, and nothing can be counted of nobody`() {
    let meetings = RandomMeetings(seed: 4).meetings
    #expect(DecayedTies(meetings, at: -1, halfLife: 90).ties == [])
    #expect(TemporalReach(meetings, from: 9, through: 8).reachableCounts.allSatisfy { $0 == 0 })
    let nobody = Meetings(people: [], presences: [])
    #expect(DecayedTies(nobody, at: 0, halfLife: 1).status == .noData)
    let reach = TemporalReach(nobody, from: 0, through: 1)
    #expect(reach.status == .noDenominator && reach.ratio == nil && reach.medianDays == nil)
  }
}
