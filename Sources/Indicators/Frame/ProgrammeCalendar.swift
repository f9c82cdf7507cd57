public import Events

/// The months and terms figures are given for, from the programme's start to the last period
/// that has a fact.
public struct ProgrammeCalendar: Sendable {
  /// Months, then terms, each in order of time.
  public let periods: [Period]
  public let segments: [Segment]

  /// - Parameters:
  ///   - first: The first day of the programme; its month and its term are the first ones.
  ///   - last: The day of the last fact; its month and its term are the last ones.
  public init(
    terms: [TermRule], first: CivilDate, last: CivilDate, filter: PeriodFilter = .all
  ) {
    self.init(
      periods: filter.select(
        ProgrammeCalendar.months(first: first, last: last)
          + ProgrammeCalendar.terms(terms, first: first, last: last)))
  }

  init(periods: [Period]) {
    self.periods = periods
    let cuts = Set(periods.flatMap { [$0.from, $0.until] }).sorted()
    self.segments = zip(cuts, cuts.dropFirst()).compactMap { from, until in
      let inside = periods.indices.filter {
        periods[$0].from <= from && until <= periods[$0].until
      }
      return inside.isEmpty ? nil : Segment(from: from, until: until, periods: inside)
    }
  }

  /// The segment a day lies in.
  public func segment(of day: CivilDate) -> Int? {
    segments.firstIndex { $0.from <= day && day < $0.until }
  }

  private static func months(first: CivilDate, last: CivilDate) -> [Period] {
    var months: [Period] = []
    var month = Period.month(of: first)
    while month.from <= last {
      months.append(month)
      month = Period.month(of: month.until)
    }
    return months
  }

  private static func terms(_ rules: [TermRule], first: CivilDate, last: CivilDate) -> [Period] {
    guard first <= last else { return [] }
    // A term may have started in the year before.
    return (first.year - 1...last.year)
      .flatMap { year in rules.compactMap { $0.period(startingIn: year) } }
      .filter { first < $0.until && $0.from <= last }
      .sorted { ($0.from, $0.code) < ($1.from, $1.code) }
  }
}
