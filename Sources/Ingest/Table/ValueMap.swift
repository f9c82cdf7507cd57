/// What the values of a column are in our words, as a binding says: `x` is `present`.
///
/// Values are compared without regard to case and the spaces around them.
struct ValueMap {
  /// The values as the binding writes them.
  let values: [String]
  private let places: [String: Int]
  /// Where in the binding the values stand, in words.
  let key: String
  /// Whether a value the binding does not have is a code of the tool's, and nobody's name.
  let isCode: @Sendable (String) -> Bool

  /// Each value and the place of its translation in `Layout.fixedRanges`.
  init(
    _ entries: [(value: String, place: Int)], key: String,
    isCode: @escaping @Sendable (String) -> Bool
  ) {
    self.key = key
    self.isCode = isCode
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
  ///
  /// - Parameters:
  ///   - key: where in the binding they stand, in words.
  ///   - isCode: whether a text that is not among them is a code of the tool's and may be told.
  mutating func translate(
    _ column: Int, _ entries: [(theirs: String, ours: String)], key: String = "the column's 'map:'",
    isCode: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    maps[column] = ValueMap(
      entries.map { (value: $0.theirs, place: hold($0.ours)) }, key: key, isCode: isCode)
  }
}
