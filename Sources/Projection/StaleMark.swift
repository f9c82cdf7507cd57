internal import Indicators

/// A mark as it was read from `fact.stale`; marked anew, it has a later position.
struct Mark {
  let programme: String
  /// Family, or one indicator, as the projectors write it; see Schema/read/fact/base.sql.
  let word: String
  /// Group and period; `*` stands for all.
  let group: String
  let period: String
  let position: Int64
}

/// Which cells of a programme are to be computed anew together.
struct StaleMark {
  let families: Set<Family>
  /// Ids of the indicators, sorted.
  let indicators: [String]
  let periods: PeriodFilter
  /// Groups in which something happened; `nil` where it concerns all.
  let groups: Set<String>?

  /// Beyond so many groups, asking for each costs more than asking for all.
  private static let manyGroups = 64

  /// Everything there is.
  static let everything = StaleMark(families: Set(Family.allCases), periods: .all)

  /// All hours received.
  static let dose = StaleMark(families: [.dose], periods: .all)

  /// Periods that have opened or closed, for everybody.
  static func changed(_ periods: Set<String>) -> StaleMark {
    StaleMark(families: Set(Family.allCases).subtracting([.survey]), periods: .touching(periods))
  }

  private init(
    families: Set<Family>, indicators: [String]? = nil, periods: PeriodFilter,
    groups: Set<String>? = nil
  ) {
    self.families = families
    self.indicators = indicators ?? families.flatMap(\.indicators).sorted()
    self.periods = periods
    self.groups = groups
  }

  /// The marks of one programme, put together.
  static func all(_ marks: [Mark]) -> [StaleMark] {
    Dictionary(grouping: marks, by: \.word).sorted { $0.key < $1.key }.map { word, marks in
      StaleMark(word: word, marks)
    }
  }

  private init(word: String, _ marks: [Mark]) {
    let periods = Set(marks.map(\.period))
    let groups = Set(marks.map(\.group))
    let only = Family.allCases.first { $0.indicators.contains(word) }
    self.init(
      families: only.map { [$0] } ?? Family.named(word), indicators: only.map { _ in [word] },
      periods: periods.contains("*") ? .all : .touching(periods),
      groups: groups.contains("*") || groups.count > Self.manyGroups ? nil : groups)
  }

  /// Whether sums over attendance are behind these cells.
  var needsTallies: Bool { !families.isDisjoint(with: [.attendance, .dose]) }

  var isEverything: Bool {
    groups == nil && periods == .all && families.count == Family.allCases.count
  }
}

extension Family {
  /// Families by the word of a mark.
  fileprivate static func named(_ word: String) -> Set<Family> {
    switch word {
    case "participation": [.attendance, .delivery, .regularity, .dose]
    case "survey": [.survey]
    case "hours": [.hours]
    default: Set(Family.allCases)
    }
  }

  /// Catalogue ids of the family's figures.
  var indicators: [String] {
    switch self {
    case .attendance: ["attendance_rate", "attendance_recording_coverage"]
    case .delivery: ["session_delivery_rate"]
    case .regularity: ["meeting_interval", "plan_conformity_months"]
    case .dose: ["dose_hours"]
    case .survey: ["item_profile", "isolation_score"]
    case .hours: ["hours_allocation_coverage", "hours_compensation_ratio"]
    }
  }
}
