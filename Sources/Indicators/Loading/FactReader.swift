import Events
import Postgres

/// Reads the facts of one programme in one institution, effective at a position.
///
/// Every statement is about one institution, and names it first: on a distributed database it
/// then runs on one node.
struct FactReader {
  let session: Session
  /// Where the facts are.
  let schema: String
  let institution: Int32
  let programme: String
  let position: Int64

  /// Which rows of a fact count: parameters 1 to 3 of every statement.
  static let effective = """
    institution_id = $1 AND programme = $2 AND position <= $3
    AND (superseded_by IS NULL OR superseded_by > $3)
    """

  /// Roles with a fixed place in a group.
  static let member = "role IN ('participant', 'facilitator', 'mentor', 'mentee')"

  func rows(_ sql: String, _ more: [Value?] = []) throws -> Rows {
    let common: [Value?] = [.int(Int64(institution)), .text(programme), .int(position)]
    return try session.query(sql, common + more)
  }
}

extension Row {
  func optionalDate(_ column: Int) -> CivilDate? { optionalText(column).flatMap { CivilDate($0) } }

  func date(_ column: Int) throws -> CivilDate {
    let text = try text(column)
    guard let date = CivilDate(text) else { throw IndicatorError.notADay(text) }
    return date
  }
}
