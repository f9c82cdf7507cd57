import CNetwork
import Testing

@testable import Statistics

@Suite struct CoAttendanceTests {
  private static let seeds: ClosedRange<UInt64> = 1...60

  @Test(arguments: seeds) func `shuffled and doubled rows change nothing`(seed: UInt64) {
    let data = RandomMeetings(seed: seed)
    var random = Xoshiro256StarStar(seed: seed)
    let rows = (data.presences + data.presences.shuffled(using: &random)).shuffled(using: &random)
    let other = Meetings(people: data.people.shuffled(using: &random), presences: rows)
    #expect(other == data.meetings, "seed \(seed)")
    #expect(
      CoAttendanceNetwork(other) == CoAttendanceNetwork(data.meetings), "seed \(seed)")
  }

  @Test(arguments: seeds) func `a never-attender is one more isolate and no tie`(seed: UInt64) {
    let data = RandomMeetings(seed: seed)
    let before = CoAttendanceNetwork(data.meetings)
    let after = CoAttendanceNetwork(
      Meetings(
        people: data.people + [Meetings.Person(id: "zz", unit: "new")], presences: data.presences))
    #expect(after.edgeCount == before.edgeCount, "seed \(seed)")
    #expect(after.isolates.count == before.isolates.count + 1, "seed \(seed)")
    #expect(after.crossUnitContactShare == before.crossUnitContactShare, "seed \(seed)")
    #expect(after.nodes.last?.isIsolate == true && after.nodes.last?.core == 0)
  }

  @Test(arguments: seeds) func `guests are nobody`(seed: UInt64) {
    let data = RandomMeetings(seed: seed)
    let guests = data.presences.map {
      Meetings.Presence(session: $0.session, day: $0.day, person: "guest")
    }
    #expect(
      Meetings(people: data.people, presences: data.presences + guests) == data.meetings,
      "seed \(seed)")
  }

  @Test(arguments: seeds) func `strength is the number of sessions in company`(seed: UInt64) {
    let data = RandomMeetings(seed: seed)
    let network = CoAttendanceNetwork(data.meetings)
    for (index, node) in network.nodes.enumerated() {
      let graph = network.graph
      let sum = graph.newman[graph.start[index]..<graph.start[index + 1]].reduce(0, +)
      #expect(abs(sum - node.strengthNewman) < 1e-12, "seed \(seed)")
      let company = data.meetings.sessions.count {
        $0.present.count > 1 && $0.present.contains(Int32(index))
      }
      #expect(node.strengthNewman == Double(company), "seed \(seed)")
    }
  }

  @Test(arguments: seeds) func `ties are those of the definition`(seed: UInt64) {
    let meetings = RandomMeetings(seed: seed).meetings
    var weight: [[Int]: Double] = [:]
    var shared: [[Int]: Int] = [:]
    for session in meetings.sessions {
      for first in session.present {
        for second in session.present where first != second {
          let pair = [Int(first), Int(second)]
          weight[pair, default: 0] += 1 / Double(session.present.count - 1)
          shared[pair, default: 0] += 1
        }
      }
    }
    let graph = TieGraph(meetings)
    #expect(graph.neighbours.count == weight.count, "seed \(seed)")
    for node in 0..<graph.nodeCount {
      for place in graph.start[node]..<graph.start[node + 1] {
        let pair = [node, Int(graph.neighbours[place])]
        #expect(shared[pair] == Int(graph.shared[place]), "seed \(seed)")
        #expect(abs((weight[pair] ?? 0) - graph.newman[place]) < 1e-12, "seed \(seed)")
      }
    }
    let crossing = weight.filter { pair, _ in
      meetings.people[pair[0]].unit != meetings.people[pair[1]].unit
    }
    let share = CoAttendanceNetwork(meetings).crossUnitContactShare
    let all = weight.values.reduce(0, +)
    #expect(
      weight.isEmpty
        ? share == nil : abs((share ?? 2) - crossing.values.reduce(0, +) / all) < 1e-12,
      "seed \(seed)")
  }

  @Test(arguments: seeds) func `brokerage and transitivity are igraph's`(seed: UInt64) {
    let network = CoAttendanceNetwork(RandomMeetings(seed: seed).meetings)
    let graph = network.graph
    var weights: [Double] = []
    for node in 0..<graph.nodeCount {
      for place in graph.start[node]..<graph.start[node + 1]
      where graph.neighbours[place] > Int32(node) {
        weights.append(graph.newman[place])
      }
    }
    var betweenness = [Double](repeating: 0, count: graph.nodeCount)
    var constraint = betweenness
    var transitivity = 0.0
    let code = cnetwork_reference(
      graph.nodeCount, graph.edgeCount, graph.ends, weights, &betweenness, &constraint,
      &transitivity)
    #expect(code == 0)
    #expect(abs(network.transitivity - transitivity) < 1e-12, "seed \(seed)")
    let brokerage = Brokerage(network)
    let pairs = Double((graph.nodeCount - 1) * (graph.nodeCount - 2)) / 2
    for node in 0..<graph.nodeCount {
      if let own = brokerage.constraint[node] {
        #expect(abs(own - constraint[node]) < 1e-12, "seed \(seed)")
      } else {
        #expect(constraint[node].isNaN, "seed \(seed)")
      }
      let own = brokerage.betweenness[node]
      #expect(
        pairs == 0 ? own == nil : abs((own ?? -1) - betweenness[node] / pairs) < 1e-12,
        "seed \(seed)")
    }
  }

  @Test(arguments: seeds) func `the whole is the sum of its parts`(seed: UInt64) {
    let network = CoAttendanceNetwork(RandomMeetings(seed: seed).meetings)
    #expect(network.componentSizes.reduce(0, +) == network.nodeCount)
    #expect(network.componentSizes == network.componentSizes.sorted(by: >))
    for (index, size) in network.componentSizes.enumerated() {
      #expect(network.nodes.count { $0.component == index + 1 } == size, "seed \(seed)")
    }
    #expect(network.nodes.reduce(0) { $0 + $1.degree } == 2 * network.edgeCount)
    for share in [
      network.density, network.crossUnitTieShare, network.crossUnitContactShare,
      network.crossUnitShareExpected, network.degreeCentralization, network.transitivity,
    ] {
      #expect((share ?? 0) >= 0 && (share ?? 0) <= 1, "seed \(seed)")
    }
    for unit in Set(network.nodes.map(\.person.unit)) {
      let index = network.externalInternalIndex(ofUnit: unit) ?? 0
      #expect(index >= -1 && index <= 1, "seed \(seed)")
    }
  }

  @Test func `a star and a clique are as the books have them`() {
    func network(_ sessions: [[Int]], people: Int) -> CoAttendanceNetwork {
      let presences = sessions.enumerated().flatMap { index, people in
        people.map { Meetings.Presence(session: "\(index)", person: "p\($0)") }
      }
      return CoAttendanceNetwork(
        Meetings(
          people: (0..<people).map { Meetings.Person(id: "p\($0)", unit: "u\($0 % 2)") },
          presences: presences))
    }
    let star = network([[0, 1], [0, 2], [0, 3], [0, 4]], people: 5)
    #expect(star.degreeCentralization == 1 && star.transitivity == 0 && star.maximumCore == 1)
    #expect(Brokerage(star).betweenness == [1, 0, 0, 0, 0])
    #expect(Brokerage(star).constraint == [0.25, 1, 1, 1, 1])
    #expect(star.externalInternalIndex(ofUnit: "u1") == 1)
    #expect(star.externalInternalIndex(ofUnit: "nobody's") == nil)
    let clique = network([[0, 1, 2, 3]], people: 4)
    #expect(clique.density == 1 && clique.transitivity == 1 && clique.maximumCore == 3)
    #expect(clique.degreeCentralization == 0)
    #expect(Brokerage(clique).betweenness == [0, 0, 0, 0])
    #expect(clique.crossUnitTieShare == 4.0 / 6 && clique.crossUnitShareExpected == 4.0 / 6)
  }

  @Test func `two spellings of a letter are two people`() {
    let meetings = Meetings(
      people: [
        Meetings.Person(id: "\u{E9}", unit: "a"), Meetings.Person(id: "e\u{301}", unit: "a"),
      ],
      presences: [
        Meetings.Presence(session: "1", person: "\u{E9}"),
        Meetings.Presence(session: "1", person: "e\u{301}"),
      ])
    #expect(meetings.count == 2 && CoAttendanceNetwork(meetings).edgeCount == 1)
  }

  @Test func `nobody is a network too`() {
    let nobody = CoAttendanceNetwork(Meetings(people: [], presences: []))
    #expect(nobody.status == .ok && nobody.nodeCount == 0 && nobody.componentSizes == [])
    #expect(nobody.density == nil && nobody.maximumCore == nil && nobody.transitivity == 0)
    #expect(nobody.record.status == .noDenominator && nobody.record.value == nil)
    #expect(Brokerage(nobody).betweenness == [])
    let alone = CoAttendanceNetwork(
      Meetings(people: [Meetings.Person(id: "a", unit: "u")], presences: []))
    #expect(alone.record.value == 1 && alone.record.n == 1 && alone.record.method == "wilson")
    #expect(alone.density == nil && alone.crossUnitShareExpected == nil)
    #expect(Brokerage(alone).betweenness == [nil] && Brokerage(alone).constraint == [nil])
  }
}
