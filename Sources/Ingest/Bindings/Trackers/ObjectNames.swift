/// What objects of a tracker are called here: an id, or a beginning of ids that ends in `*`.
struct ObjectNames: Sendable {
  private let entries: [(key: BoundText, value: BoundText)]

  init(_ entries: [(key: BoundText, value: BoundText)]) { self.entries = entries }

  /// The name of an object; a `*` in it is what the `*` of the id stands for.
  func name(of id: String) -> String? {
    if let entry = entries.first(where: { $0.key.text == id }) { return entry.value.text }
    for entry in entries {
      guard let rest = ObjectNames.rest(of: id, after: entry.key.text) else { continue }
      return entry.value.text.replacing("*", with: rest)
    }
    return nil
  }

  /// What follows in an id after a pattern's beginning.
  static func rest(of id: String, after pattern: String) -> Substring? {
    guard pattern.hasSuffix("*"), id.hasPrefix(pattern.dropLast()) else { return nil }
    return id.dropFirst(pattern.count - 1)
  }

  var ids: [String] { entries.map(\.key.text) }

  /// Names that are the same whatever the object.
  var fixed: [BoundText] { entries.map(\.value).filter { !$0.text.contains("*") } }
}
