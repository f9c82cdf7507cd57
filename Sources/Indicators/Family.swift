/// Figures that are computed from the same rows.
public enum Family: String, Sendable, CaseIterable {
  /// `attendance_rate`, `attendance_recording_coverage`
  case attendance
  /// `session_delivery_rate`
  case delivery
  /// `meeting_interval`, `plan_conformity_months`
  case regularity
  /// `dose_hours`
  case dose
  /// `item_profile`, `isolation_score`
  case survey
  /// `hours_allocation_coverage`, `hours_compensation_ratio`
  case hours
}
