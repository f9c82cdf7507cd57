public import Events

/// What a part of a programme's definition says now that it did not say before. Definitions are about
/// nobody, so that all of it may be told.
public struct DefinitionCorrection: CustomStringConvertible {
  private let what: String
  private let changes: [String]

  /// - Parameter before: the body of the event the draft takes the place of.
  public init(_ draft: EventDraft, before: [UInt8]) {
    let (old, new) = (JSONMembers(before), JSONMembers(draft.body))
    what =
      ["wave", "group", "instrument", "unit"].lazy
      .compactMap { name in new.text(name).map { "\(name) \($0)" } }.first ?? draft.type
    let added = new.names.filter { old.values[$0] == nil }
    changes = (old.names + added).filter { old.values[$0] != new.values[$0] }.map { name in
      "\(name) \(DefinitionCorrection.shown(old.text(name)))"
        + " → \(DefinitionCorrection.shown(new.text(name)))"
    }
  }

  /// Lists are long, and stand in the file.
  private static func shown(_ text: String?) -> String {
    guard let text else { return "empty" }
    return text.count > 60 ? text.prefix(60) + "…" : text
  }

  public var description: String {
    "\(what): " + (changes.isEmpty ? "from another day on" : changes.joined(separator: ", "))
  }
}
