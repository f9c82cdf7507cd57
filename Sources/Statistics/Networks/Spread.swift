/// News from everybody at once, day by day. Who has heard whose news is a table of bits, so that
/// a session is a few machine words per person.
struct Spread {
  /// For each person, how many others their news has reached in the end.
  private(set) var reached: [Int]
  /// Median day of arrival over the pairs; `nil` without any.
  private(set) var medianDay: Double?

  private let words: Int
  /// For each person a row of bits: whose news they have heard.
  private var heard: [UInt64]
  /// Pairs that were first reached on a day, days ascending.
  private var arrivals: [(day: Int, pairs: Int)] = []

  /// Sessions must come by day.
  init(people: Int, sessions: [Meetings.Session]) {
    words = (people + 63) / 64
    heard = Array(repeating: 0, count: people * words)
    reached = Array(repeating: 0, count: people)
    for person in 0..<people { heard[person * words + person / 64] |= 1 << (person % 64) }
    var rest = sessions[...]
    while let day = rest.first?.day {
      let end = rest.firstIndex { $0.day != day } ?? rest.endIndex
      hold(rest[..<end], day)
      rest = rest[end...]
    }
    count(people)
    medianDay = median()
  }

  /// All sessions of one day: what is told at each is what was known the day before.
  private mutating func hold(_ sessions: ArraySlice<Meetings.Session>, _ day: Int) {
    let told = sessions.map { session in
      var told = [UInt64](repeating: 0, count: words)
      for person in session.present {
        for word in 0..<words { told[word] |= heard[Int(person) * words + word] }
      }
      return told
    }
    var pairs = 0
    for (session, told) in zip(sessions, told) {
      for person in session.present {
        for word in 0..<words {
          let place = Int(person) * words + word
          pairs += (told[word] & ~heard[place]).nonzeroBitCount
          heard[place] |= told[word]
        }
      }
    }
    arrivals.append((day, pairs))
  }

  private mutating func count(_ people: Int) {
    for person in 0..<people {
      for word in 0..<words {
        var bits = heard[person * words + word]
        while bits != 0 {
          reached[word * 64 + bits.trailingZeroBitCount] += 1
          bits &= bits - 1
        }
      }
    }
    for person in 0..<people { reached[person] -= 1 }
  }

  private func median() -> Double? {
    let total = arrivals.reduce(0) { $0 + $1.pairs }
    guard total > 0 else { return nil }
    func day(at rank: Int) -> Int {
      var passed = 0
      for arrival in arrivals {
        passed += arrival.pairs
        if rank < passed { return arrival.day }
      }
      return arrivals.last?.day ?? 0
    }
    return Double(day(at: (total - 1) / 2) + day(at: total / 2)) / 2
  }
}
