import Events
import Postgres

extension FactReader {
  /// The sessions planned for or held in the calendar's periods.
  func sessions(in calendar: ProgrammeCalendar) throws -> [SessionRecord] {
    guard let first = calendar.segments.first, let last = calendar.segments.last else { return [] }
    return try rows(
      """
      SELECT group_code, status, planned_on, held_on
        FROM \(schema).session
       WHERE \(Self.effective)
         AND ((planned_on >= $4::date AND planned_on < $5::date)
              OR (held_on >= $4::date AND held_on < $5::date))
       ORDER BY position
      """, [.text(first.from.description), .text(last.until.description)]
    ).compactMap { row in
      guard let status = SessionRecord.Status(rawValue: try row.text(1)) else { return nil }
      return SessionRecord(
        group: try row.text(0), status: status, plannedOn: row.optionalDate(2),
        heldOn: row.optionalDate(3))
    }
  }

  /// Whether anybody meets in sessions here at all.
  func hasSessions() throws -> Bool {
    try rows("SELECT EXISTS (SELECT FROM \(schema).session WHERE \(Self.effective))")[0].bool(0)
  }
}
