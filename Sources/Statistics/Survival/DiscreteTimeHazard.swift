/// The period, such as the term since enrolment, in which somebody was last seen.
public struct PeriodExit: Sendable, Equatable {
  /// 1 for the first period.
  public let period: Int
  /// Whether the event happened in it. If not, the person was not seen after it.
  public let isEvent: Bool

  public init(period: Int, isEvent: Bool) {
    self.period = period
    self.isEvent = isEvent
  }
}

/// The risk of an event in each period among those who reached it: the life table of time that
/// comes in periods.
///
/// Status: `ok`; `no_data` for nobody; `invalid_codes` for a period outside 1…100 000.
///
/// Source: Singer & Willett (1993), Journal of Educational Statistics 18, 155–195,
/// doi:10.3102/10769986018002155.
public struct DiscreteTimeHazard: Sendable, Equatable {
  /// One period. Those last seen in it were at risk in it.
  public struct Row: Sendable, Equatable {
    public let period: Int
    public let atRisk: Int
    public let events: Int
    public let censored: Int
    /// Events of those at risk, with its interval.
    public let hazard: Proportion
    /// √(h(1 − h)/n).
    public let hazardStandardError: Double
    /// Share without the event after the period, Π(1 − h).
    public let survival: Double
    /// Greenwood's; `nil` once survival is 0.
    public let survivalStandardError: Double?
  }

  /// Longer tables are taken for a mistake in the data.
  private static let lastPeriod = 100_000

  public let status: Status
  public let n: Int
  public let missing: Int
  /// From period 1 to the last in which anybody was seen.
  public let rows: [Row]

  /// The table of `people`, where `nil` is somebody whose period or outcome is not known.
  public init(
    _ people: [PeriodExit?], method: Proportion.Method = .wilson, confidence: Double = 0.95
  ) {
    requireConfidence(confidence)
    let present = people.compactMap(\.self)
    n = present.count
    missing = people.count - n
    guard present.allSatisfy({ $0.period >= 1 && $0.period <= Self.lastPeriod }) else {
      (status, rows) = (.invalidCodes, [])
      return
    }
    status = present.isEmpty ? .noData : .ok
    let last = present.map(\.period).max() ?? 0
    var events = Array(repeating: 0, count: last)
    var exits = Array(repeating: 0, count: last)
    for person in present {
      exits[person.period - 1] += 1
      if person.isEvent { events[person.period - 1] += 1 }
    }
    var rows: [Row] = []
    var (atRisk, survival, logVariance) = (n, 1.0, 0.0)
    for index in 0..<last {
      let hazard = Proportion(events[index], of: atRisk, method: method, confidence: confidence)
      let (people, left) = (Double(atRisk), Double(atRisk - events[index]))
      let share = Double(events[index]) / people
      survival *= 1 - share
      if left > 0 { logVariance += Double(events[index]) / (people * left) }
      rows.append(
        Row(
          period: index + 1, atRisk: atRisk, events: events[index],
          censored: exits[index] - events[index], hazard: hazard,
          hazardStandardError: (share * (1 - share) / people).squareRoot(), survival: survival,
          survivalStandardError: left > 0 ? survival * logVariance.squareRoot() : nil))
      atRisk -= exits[index]
    }
    self.rows = rows
  }
}
