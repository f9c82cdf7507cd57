public import Events

/// A stretch of days that no month or term boundary cuts.
///
/// Facts are summed up once per segment; every month and term is a union of segments, so that
/// the numbers of the months of a term always add up to the term's.
public struct Segment: Sendable, Equatable {
  public let from: CivilDate
  public let until: CivilDate
  /// Indexes into the calendar's periods.
  public let periods: [Int]
}
