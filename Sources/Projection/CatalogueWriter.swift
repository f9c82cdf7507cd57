internal import Indicators
public import Postgres

/// Writes the catalogue of this binary into the read side, so that analysts read the definitions
/// of the very code that computed their figures.
public struct CatalogueWriter {
  private let session: Session
  private let schema: String

  public init(session: Session) { self.init(session: session, schema: "fact") }

  init(session: Session, schema: String) {
    self.session = session
    self.schema = schema
  }

  /// Makes the table what the binary says; touches nothing where it says so already, so that any
  /// number of workers may start at once. Cells of other versions of a definition, and all cells of
  /// a new indicator, become stale.
  public func write() throws { try session.transaction { try writeInTransaction() } }

  private func writeInTransaction() throws {
    let known = Set(
      try session.query("SELECT indicator FROM \(schema).catalogue").map { try $0.text(0) })
    try session.query(
      "DELETE FROM \(schema).catalogue WHERE indicator <> ALL ($1::text[])",
      [.textArray(Catalogue.all.map(\.id))])
    for entry in Catalogue.all {
      try session.query(
        """
        INSERT INTO \(schema).catalogue AS catalogue (indicator, definition_version, title_nb, title_en,
          question_nb, question_en, numerator_nb, numerator_en, denominator_nb, denominator_en,
          unit, unit_of_count, date_basis, minimum_n, interval_nb, interval_en, level, re_aim,
          reference_list)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
          $19)
        ON CONFLICT (indicator) DO UPDATE SET (definition_version, title_nb, title_en,
          question_nb, question_en, numerator_nb, numerator_en, denominator_nb, denominator_en,
          unit, unit_of_count, date_basis, minimum_n, interval_nb, interval_en, level, re_aim,
          reference_list) = (excluded.definition_version, excluded.title_nb, excluded.title_en,
          excluded.question_nb, excluded.question_en, excluded.numerator_nb,
          excluded.numerator_en, excluded.denominator_nb, excluded.denominator_en,
          excluded.unit, excluded.unit_of_count, excluded.date_basis, excluded.minimum_n,
          excluded.interval_nb, excluded.interval_en, excluded.level, excluded.re_aim,
          excluded.reference_list)
        WHERE catalogue IS DISTINCT FROM excluded
        """,
        [
          .text(entry.id), .int(Int64(entry.version)), .text(entry.title.nb),
          .text(entry.title.en), .text(entry.question.nb), .text(entry.question.en),
          .text(entry.numerator.nb), .text(entry.numerator.en), .text(entry.denominator.nb),
          .text(entry.denominator.en), .text(entry.unit), .text(entry.unitOfCount),
          .text(entry.dateBasis), .int(Int64(entry.minimumN)), .text(entry.interval.nb),
          .text(entry.interval.en), .text(entry.level), .text(entry.reAim),
          .textArray(entry.references),
        ])
    }
    let recompute = Recompute(session: session, schema: schema)
    try recompute.markOutdated()
    for entry in Catalogue.all where !known.contains(entry.id) { try recompute.mark(entry.id) }
  }
}
