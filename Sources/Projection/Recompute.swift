internal import Indicators
public import Postgres

/// Makes cells stale without a fact having changed: because their definition has, or because
/// somebody asks for it. A cell worker then computes those, and no others.
public struct Recompute {
  private let session: Session
  private let schema: String

  /// - Parameter session: acts as projector.
  public init(session: Session) { self.init(session: session, schema: "fact") }

  init(session: Session, schema: String) {
    self.session = session
    self.schema = schema
  }

  /// Marks the indicators that have cells of another version of their definition.
  /// - Parameter institution: code; `nil` for all.
  public func markOutdated(institution: String? = nil) throws {
    try session.query(
      """
      INSERT INTO \(schema).stale (institution_id, programme, family, group_code, period, position)
      SELECT DISTINCT c.institution_id, c.programme, c.indicator, '*', '*', 0
        FROM \(schema).cell AS c
        JOIN unnest($1::text[], $2::int[]) AS k(indicator, version) ON k.indicator = c.indicator
        JOIN ops.institution AS i ON i.institution_id = c.institution_id
       WHERE c.definition_version <> k.version AND ($3::text IS NULL OR i.code = $3)
       ORDER BY 1, 2, 3
      ON CONFLICT DO NOTHING
      """,
      [
        .textArray(Catalogue.all.map(\.id)),
        .textArray(Catalogue.all.map { String($0.version) }), institution.map { .text($0) },
      ])
  }

  /// Marks all cells of an indicator.
  /// - Parameters:
  ///   - indicator: id in the catalogue; `nil` for every indicator there is.
  ///   - institution: code; `nil` for all.
  public func mark(_ indicator: String?, institution: String? = nil) throws {
    try session.query(
      """
      INSERT INTO \(schema).stale (institution_id, programme, family, group_code, period, position)
      SELECT DISTINCT p.institution_id, p.programme, k.word, '*', '*', 0
        FROM \(schema).programme AS p
        JOIN ops.institution AS i ON i.institution_id = p.institution_id
       CROSS JOIN unnest($1::text[]) AS k(word)
       WHERE p.superseded_by IS NULL AND ($2::text IS NULL OR i.code = $2)
       ORDER BY 1, 2, 3
      ON CONFLICT DO NOTHING
      """,
      [
        .textArray(indicator.map { [$0] } ?? ["participation", "survey", "hours"]),
        institution.map { .text($0) },
      ])
  }
}
