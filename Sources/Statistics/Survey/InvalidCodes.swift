/// Answers that are neither on the scale nor the "not relevant" code.
///
/// They are refused, not coerced and not left out: nothing is computed beside them. In the words
/// of the result record: `invalid_codes` for an item, `invalid_code` for one person's scale.
public struct InvalidCodes: Error, Equatable {
  /// The offending codes, ascending, each once.
  public let codes: [Int]
  /// Place of the first offending answer among those given.
  public let firstIndex: Int
}
