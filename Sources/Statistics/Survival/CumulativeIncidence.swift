/// When somebody left and by which of several causes that exclude one another.
public struct CompetingExit: Sendable, Equatable {
  /// From entry, in any unit.
  public let time: Double
  /// 1 for the first cause, 2 for the second …; 0 if last seen then without any.
  public let cause: Int

  public init(time: Double, cause: Int) {
    self.time = time
    self.cause = cause
  }
}

/// The share of people to whom each of several causes has happened, over time, when one cause
/// takes people out of reach of the others: the Aalen–Johansen estimate.
///
/// One minus the Kaplan–Meier curve of a cause is not that share: it answers what would happen
/// if the other causes did not exist.
///
/// Status: `ok`; `no_data` for nobody; `invalid_codes` for an impossible time (negative or not
/// finite) or a cause that does not exist, and then nothing is computed.
///
/// Source: Aalen & Johansen (1978), Scandinavian Journal of Statistics 5, 141–150.
public struct CumulativeIncidence: Sendable, Equatable {
  /// The shares at one time; they and `eventFree` add up to 1.
  public struct Value: Sendable, Equatable {
    public let time: Double
    /// In the order of the causes.
    public let incidence: [Double]
    /// Share with no event so far.
    public let eventFree: Double
  }

  public let status: Status
  public let n: Int
  public let missing: Int
  /// How many causes are told apart.
  public let causes: Int
  /// Times at which something happened, in order.
  public let times: [Double]
  private let eventFree: [Double]
  /// The shares after each time, cause by cause.
  private let incidences: [Double]

  /// The shares among `people`, where `nil` is somebody whose time or outcome is not known.
  public init(_ people: [CompetingExit?], causes: Int) {
    precondition(causes > 0, "something must be able to happen")
    self.causes = causes
    let present = people.compactMap(\.self)
    n = present.count
    missing = people.count - n
    let isKnown = present.allSatisfy { $0.cause >= 0 && $0.cause <= causes }
    let exits = isKnown ? present.map { ExitTable.Exit(time: $0.time, code: Int32($0.cause)) } : []
    guard isKnown, let table = ExitTable(exits) else {
      (status, times, eventFree, incidences) = (.invalidCodes, [], [], [])
      return
    }
    status = present.isEmpty ? .noData : .ok
    var times: [Double] = []
    var eventFree: [Double] = []
    var incidences: [Double] = []
    var shares = Array(repeating: 0.0, count: causes)
    var free = 1.0
    table.forEachMoment { moment in
      let events = moment.exits.count { $0.code > 0 }
      guard events > 0 else { return }
      let atRisk = Double(moment.atRisk)
      var counts = Array(repeating: 0, count: causes)
      for exit in moment.exits where exit.code > 0 { counts[Int(exit.code) - 1] += 1 }
      for cause in 0..<causes { shares[cause] += free * (Double(counts[cause]) / atRisk) }
      free *= Double(moment.atRisk - events) / atRisk
      times.append(moment.time)
      eventFree.append(free)
      incidences.append(contentsOf: shares)
    }
    (self.times, self.eventFree, self.incidences) = (times, eventFree, incidences)
  }

  /// The shares at `time`; after the last event they stay where they were. `nil` without people
  /// or for a time that is not finite.
  public func value(at time: Double) -> Value? {
    guard status == .ok, time.isFinite else { return nil }
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else {
      return Value(
        time: time, incidence: Array(repeating: 0, count: causes), eventFree: 1)
    }
    return Value(
      time: time, incidence: Array(incidences[(low - 1) * causes..<low * causes]),
      eventFree: eventFree[low - 1])
  }
}
