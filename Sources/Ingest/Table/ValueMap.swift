/// What the values of a column are in our words, as a binding says: `x` is `present`.
///
/// Values are compared without regard to case and the spaces around them.
struct ValueMap {
  /// The values as the binding writes them.
  let values: [String]
  private let places: [String: Int]

  /// Each value and the place of its translation in `Layout.fixedRanges`.
  init(_ entries: [(value: String, place: Int)]) {
    values = entries.map(\.value)
    places = Dictionary(
      entries.map { (ValueMap.folded($0.value), $0.place) }, uniquingKeysWith: { first, _ in first }
    )
  }

  func place(of text: String) -> Int? { places[ValueMap.folded(text)] }

  static func folded(_ text: String) -> String {
    Composition.composed(CellTrim.trimmed(text)).lowercased()
  }
}

extension Layout {
  /// Makes the cells of a column read as what stands beside them in `entries`.
  mutating func translate(_ column: Int, _ entries: [(theirs: String, ours: String)]) {
    maps[column] = ValueMap(entries.map { (value: $0.theirs, place: hold($0.ours)) })
  }
}
