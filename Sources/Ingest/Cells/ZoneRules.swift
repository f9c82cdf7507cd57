internal import Events

/// A time zone as it was and will be: when its offset from UTC changes.
///
/// PostgreSQL keeps the rules; they are asked for once a run. Foundation's are not at hand in every
/// build of this program.
public struct ZoneRules: Sendable, Equatable {
  /// From this instant on (seconds after 1970 in UTC) clocks are `offset` seconds ahead of UTC.
  public struct Change: Sendable, Equatable {
    public var from: Int64
    public var offset: Int

    public init(from: Int64, offset: Int) {
      self.from = from
      self.offset = offset
    }
  }

  /// What a local time means.
  enum Meaning: Equatable {
    case instant(Int64)
    /// Clocks showed it twice, as they were set back: the earlier instant and the later.
    case twice(Int64, Int64)
    /// Clocks never showed it, as they were set forward: what it would have been before.
    case never(Int64)
  }

  public let name: String
  /// In the order of time; the first is in force from the beginning.
  public let changes: [Change]

  public init(name: String, changes: [Change]) {
    self.name = name
    self.changes = changes
  }

  /// The instant when clocks in the zone showed that local time, both in seconds: of the local time
  /// as if it were UTC, and after 1970 in UTC.
  func meaning(of local: Int64) -> Meaning {
    var found: [Int64] = []
    for (index, change) in changes.enumerated() {
      let instant = local - Int64(change.offset)
      let isBegun = index == 0 || instant >= change.from
      let isOver = index + 1 < changes.count && instant >= changes[index + 1].from
      if isBegun, !isOver { found.append(instant) }
    }
    if found.count >= 2 { return .twice(found[0], found[1]) }
    if let only = found.first { return .instant(only) }
    let before = changes.last { local - Int64($0.offset) >= $0.from } ?? changes.first
    return .never(local - Int64(before?.offset ?? 0))
  }
}

extension ZoneRules {
  /// The day clocks in the zone showed at an instant, in seconds after 1970 in UTC.
  func day(of instant: Int64) -> CivilDate {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].from <= instant { low = middle + 1 } else { high = middle }
    }
    let local = instant + Int64(low > 0 ? changes[low - 1].offset : 0)
    let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    return CivilDate(daysSinceEpoch: Int(days))
  }
}

/// Somewhere the rules of time zones are known.
public protocol ZoneSource {
  /// `nil` for a zone nobody knows.
  func rules(of zone: String) throws -> ZoneRules?
}
