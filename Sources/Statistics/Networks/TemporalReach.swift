/// Whom news could have reached through the sessions of a window, had everybody told it on.
///
/// News travels only forwards in time, and sessions of one day are held at once: who hears it at
/// one of them cannot carry it to another before the next day.
///
/// Status: `ok`; `no_denominator` for fewer than two people.
///
/// Source: Holme & Saramäki (2012), Temporal networks, Physics Reports 519, 97–125.
/// doi:10.1016/j.physrep.2012.03.001
public struct TemporalReach: Sendable, Equatable {
  public let status: Status
  /// For each person, how many others news from that person could reach.
  public let reachableCounts: [Int]
  /// Ordered pairs of people that news could travel between among all ordered pairs.
  public let ratio: Double?
  /// Median over those pairs of the days from the window's first day until it arrives; `nil`
  /// without any.
  public let medianDays: Double?
  /// Sessions of the window at which people met, by day.
  let sessions: [Meetings.Session]

  /// - Parameters: `first` and `last` day both belong to the window, counted as in the meetings.
  public init(_ meetings: Meetings, from first: Int, through last: Int) {
    sessions = meetings.sessions.filter {
      $0.day >= first && $0.day <= last && $0.present.count > 1
    }
    let spread = Spread(people: meetings.count, sessions: sessions)
    reachableCounts = spread.reached
    let people = Double(meetings.count)
    let pairs = reachableCounts.reduce(0, +)
    status = people > 1 ? .ok : .noDenominator
    ratio = people > 1 ? Double(pairs) / (people * (people - 1)) : nil
    medianDays = spread.medianDay.map { $0 - Double(first) }
  }

  /// The day on which news from `person` reaches each of the others at the earliest; `nil` where
  /// it never does, and for the person too.
  public func earliestArrival(from person: Int) -> [Int?] {
    var arrival = [Int?](repeating: nil, count: reachableCounts.count)
    arrival[person] = .min
    for session in sessions {
      let isTold = session.present.contains { arrival[Int($0)].map { $0 < session.day } ?? false }
      guard isTold else { continue }
      for other in session.present where arrival[Int(other)] == nil {
        arrival[Int(other)] = session.day
      }
    }
    arrival[person] = nil
    return arrival
  }
}

extension TemporalReach: ResultRecordConvertible {
  /// The reachability ratio; a description of what happened, so without an interval.
  public var record: ResultRecord {
    let people = reachableCounts.count
    return ResultRecord(
      status: status, value: ratio, method: "earliest_arrival",
      numerator: Double(reachableCounts.reduce(0, +)),
      denominator: Double(people) * Double(max(people - 1, 0)), n: people)
  }
}
