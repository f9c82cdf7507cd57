internal import Indicators

/// Cells as rows of `COPY fact.cell … (FORMAT csv)`.
enum CellRows {
  static func copyStatement(_ schema: String) -> String {
    """
    COPY \(schema).cell (institution_id, programme, indicator, scope_kind, scope, period_kind, period,
      item, definition_version, status, value, lower, upper, confidence, method, numerator,
      denominator, n, unit_of_count, n_people, n_groups, date_basis, coverage, caveats, details,
      seed)
    FROM STDIN (FORMAT csv)
    """
  }

  static func row(_ institution: Int32, _ cell: Cell) -> [UInt8] {
    let details = cell.details.map { "\(quoted($0.name)):\(number($0.value) ?? "null")" }
    let fields: [String?] = [
      String(institution), cell.programme, cell.indicator, cell.scopeKind.rawValue, cell.scope,
      cell.periodKind.rawValue, cell.period, cell.item, String(cell.definitionVersion),
      cell.status, number(cell.value), number(cell.lower), number(cell.upper),
      number(cell.confidence), cell.method, number(cell.numerator), number(cell.denominator),
      String(cell.n), cell.unitOfCount, String(cell.nPeople), String(cell.nGroups),
      cell.dateBasis, number(cell.coverage),
      "{" + cell.caveats.map(quoted).joined(separator: ",") + "}",
      "{" + details.joined(separator: ",") + "}", cell.seed,
    ]
    return Array((fields.map(field).joined(separator: ",") + "\n").utf8)
  }

  /// An unquoted empty field is NULL, a quoted one is the empty text.
  private static func field(_ text: String?) -> String {
    guard let text else { return "" }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  private static func quoted(_ word: String) -> String {
    var escaped = "\""
    for character in word {
      if character == "\"" || character == "\\" { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped + "\""
  }

  private static func number(_ value: Double?) -> String? {
    guard let value, value.isFinite else { return nil }
    return "\(value)"
  }
}
