internal import Glibc

/// Ties that fade: what two people's meetings are worth on a given day.
///
/// wᵢⱼ = Σ 2^(−age / halfLife) / (n − 1) over the sessions of n people that both attended and
/// that were not after the day; age is in days. An early warning for counts of people, not for
/// lists of names.
///
/// Status: `ok`; `no_data` for nobody at all.
public struct DecayedTies: Sendable, Equatable {
  /// One tie; the people as places in `Meetings.people`, the first before the second.
  public struct Tie: Sendable, Equatable {
    public let first: Int
    public let second: Int
    public let weight: Double
  }

  public let status: Status
  /// Everybody who met by the day, by first and then by second.
  public let ties: [Tie]
  /// For each person the sum of the ties: of 2^(−age / halfLife) over the sessions at which
  /// somebody else was. 0 for those who met nobody.
  public let strengths: [Double]
  public let day: Int
  /// Days in which a tie loses half of its weight.
  public let halfLife: Double

  /// How many people have no tie at all on the day.
  public var isolated: Int { strengths.count { $0 == 0 } }

  /// - Parameter day: counted as in the meetings; sessions after it are not yet known.
  /// - Parameter halfLife: in days, more than 0.
  public init(_ meetings: Meetings, at day: Int, halfLife: Double) {
    precondition(halfLife > 0, "a half-life lies above 0")
    self.day = day
    self.halfLife = halfLife
    status = meetings.people.isEmpty ? .noData : .ok
    let past = meetings.sessions.filter { $0.day <= day && $0.present.count > 1 }
    let worth = past.map { exp2(-Double(day - $0.day) / halfLife) }
    var attended = [[Int]](repeating: [], count: meetings.count)
    for (index, session) in past.enumerated() {
      for person in session.present { attended[Int(person)].append(index) }
    }
    strengths = attended.map { sessions in exactSum(sessions.lazy.map { worth[$0] }) }
    ties = Self.ties(past.map(\.present), worth, attended)
  }

  private static func ties(
    _ sessions: [[Int32]], _ worth: [Double], _ attended: [[Int]]
  ) -> [Tie] {
    var ties: [Tie] = []
    var sums = [ExactSum](repeating: ExactSum(), count: attended.count)
    var hasMet = [Bool](repeating: false, count: attended.count)
    var met: [Int32] = []
    for (person, own) in attended.enumerated() {
      for session in own {
        let weight = worth[session] / Double(sessions[session].count - 1)
        for other in sessions[session] where other > Int32(person) {
          if !hasMet[Int(other)] { met.append(other) }
          hasMet[Int(other)] = true
          sums[Int(other)].add(weight)
        }
      }
      for other in met.sorted() {
        ties.append(Tie(first: person, second: Int(other), weight: sums[Int(other)].value))
        sums[Int(other)].reset()
        hasMet[Int(other)] = false
      }
      met.removeAll(keepingCapacity: true)
    }
    return ties
  }
}
