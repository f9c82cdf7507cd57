/// Whose figure a cell is.
struct Scope: Sendable, Hashable {
  let kind: Cell.ScopeKind
  let code: String
}

/// A set of rows a figure is made of. The rows of an institution and of the programme within
/// that institution are the same; they are gathered once and reported under both names.
enum Gathering: Sendable, Hashable {
  case group(String)
  case unit(String)
  case whole
}

/// The rows of one gathering in one period.
struct Bucket: Sendable, Hashable {
  let gathering: Gathering
  /// Index into the calendar's periods.
  let period: Int
}
