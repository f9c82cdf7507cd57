internal import Indicators

/// Which cells of a programme a family of facts has made stale.
struct StaleMark {
  let families: Set<Family>
  let periods: PeriodFilter

  /// Everything there is.
  static let everything = StaleMark(families: Set(Family.allCases), periods: .all)

  private init(families: Set<Family>, periods: PeriodFilter) {
    self.families = families
    self.periods = periods
  }

  /// - Parameters:
  ///   - word: family as the projectors write it, see Schema/read/fact/base.sql.
  ///   - codes: periods; `*` stands for all.
  init(word: String, _ codes: Set<String>) {
    families =
      switch word {
      case "participation": [.attendance, .delivery, .regularity, .dose]
      case "survey": [.survey]
      case "hours": [.hours]
      default: Set(Family.allCases)
      }
    periods = codes.contains("*") ? .all : .touching(codes)
  }

  /// Ids of the indicators that are computed anew.
  var indicators: [String] { families.flatMap(\.indicators).sorted() }
}

extension Family {
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
