internal import Indicators
public import Postgres

/// Writes the catalogue of this binary into the read side, so that analysts read the definitions
/// of the very code that computed their figures.
public struct CatalogueWriter {
  private let session: Session

  public init(session: Session) { self.session = session }

  /// Replaces what is there, if it differs.
  public func write() throws {
    try session.transaction {
      try session.execute("DELETE FROM fact.catalogue")
      for entry in Catalogue.all {
        try session.query(
          """
          INSERT INTO fact.catalogue (indicator, definition_version, title_nb, title_en,
            question_nb, question_en, numerator_nb, numerator_en, denominator_nb, denominator_en,
            unit, unit_of_count, date_basis, minimum_n, interval_nb, interval_en, level, re_aim,
            reference_list)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            $19)
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
    }
  }
}
