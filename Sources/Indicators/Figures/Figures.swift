/// From rows to cells, without a database: the same rows always give the same cells, in whatever
/// order they come.
public enum Figures {
  /// `attendance_rate` and `attendance_recording_coverage`.
  public static func attendance(
    _ tallies: [AttendanceTally], in frame: ProgrammeFrame
  ) -> [Cell] {
    sorted(AttendanceFigures.cells(tallies, in: frame))
  }

  /// `session_delivery_rate`.
  public static func delivery(_ sessions: [SessionRecord], in frame: ProgrammeFrame) -> [Cell] {
    sorted(DeliveryFigures.cells(sessions, in: frame))
  }

  /// `meeting_interval` and `plan_conformity_months`.
  public static func regularity(_ sessions: [SessionRecord], in frame: ProgrammeFrame) -> [Cell] {
    sorted(RegularityFigures.cells(sessions, in: frame))
  }

  /// `dose_hours`.
  public static func dose(_ tallies: [DoseTally], in frame: ProgrammeFrame) -> [Cell] {
    sorted(DoseFigures.cells(tallies, in: frame))
  }

  /// `hours_allocation_coverage` and `hours_compensation_ratio`.
  public static func hours(_ records: [HoursRecord], in frame: ProgrammeFrame) -> [Cell] {
    sorted(HoursFigures.cells(records, in: frame))
  }

  /// `item_profile`.
  ///
  /// - Parameter invited: How many were invited to a wave, where that is known.
  public static func items(
    _ tallies: [ItemTally], items: [SurveyItem], invited: [String: Int], in frame: ProgrammeFrame
  ) -> [Cell] {
    sorted(ItemFigures.cells(tallies, items: items, invited: invited, in: frame))
  }

  /// `isolation_score`.
  ///
  /// - Parameter scales: The scale in each version of an instrument that has it, the newest first.
  public static func isolation(
    _ responses: [ScaleResponse], scales: [SurveyScale], invited: [String: Int],
    in frame: ProgrammeFrame
  ) -> [Cell] {
    sorted(ScaleFigures.cells(responses, scales: scales, invited: invited, in: frame))
  }

  /// Cells by indicator, scope, period and item.
  static func sorted(_ cells: [Cell]) -> [Cell] {
    cells.map { (key: $0.sortKey, cell: $0) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map(\.cell)
  }
}

extension Cell {
  /// Code points compare the same everywhere; collations do not.
  fileprivate var sortKey: [UInt8] {
    [indicator, scopeKind.rawValue, scope, periodKind.rawValue, period, item]
      .flatMap { Array($0.utf8) + [0] }
  }
}
