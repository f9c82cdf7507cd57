/// `rows` in the order of their keys' UTF-8 bytes, the order in which bootstraps draw.
///
/// Swift compares strings by canonical equivalence; a published interval must not depend on it.
/// Rows that share a key keep their order.
public func inKeyOrder<Row>(_ rows: [Row], by key: (Row) -> String) -> [Row] {
  let keyed = rows.map { (key: Array(key($0).utf8), row: $0) }
  return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.row)
}
