import Statistics

/// Random programmes for property tests: some mix freely, some meet in fixed teams, some hardly
/// meet at all.
struct RandomMeetings {
  let people: [Meetings.Person]
  let presences: [Meetings.Presence]

  var meetings: Meetings { Meetings(people: people, presences: presences) }

  init(seed: UInt64, people count: Int? = nil) {
    var random = Xoshiro256StarStar(seed: seed)
    let count = count ?? Int.random(in: 1...40, using: &random)
    let units = Int.random(in: 1...4, using: &random)
    people = (0..<count).map { index in
      Meetings.Person(
        id: "p\(index)", unit: "u\(Int.random(in: 0..<units, using: &random))")
    }
    let team = Bool.random(using: &random) ? 5 : count
    var presences: [Meetings.Presence] = []
    for session in 0..<Int.random(in: 0...25, using: &random) {
      let day = Int.random(in: 0...20, using: &random)
      let base = Int.random(in: 0..<count, using: &random) / team * team
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let person = min(base + Int.random(in: 0..<team, using: &random), count - 1)
        presences.append(
          Meetings.Presence(session: "s\(session)", day: day, person: "p\(person)"))
      }
    }
    self.presences = presences
  }
}
