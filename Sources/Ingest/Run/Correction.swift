internal import Events

/// What a corrected record says now that it did not say before.
public struct Correction: Sendable, Equatable, Codable {
  /// One member of the event's body; `nil` where it has no value.
  public struct Change: Sendable, Equatable, Codable {
    public var member: String
    public var before: String?
    public var after: String?
  }

  /// Line of the input the correction came from.
  public var line: Int
  /// What the record is, without saying whom it is about.
  public var record: String
  /// The position that is superseded.
  public var position: Int64
  public var changes: [Change]

  init(
    line: Int, draft: EventDraft, position: Int64, before: [UInt8], disclosure: Disclosure
  ) {
    // How the people were recognised is no content.
    let old = JSONMembers(Array(EventDraft.content(of: before)) + [UInt8(ascii: "}")])
    let new = JSONMembers(Array(EventDraft.content(of: draft.body)) + [UInt8(ascii: "}")])
    self.line = line
    self.position = position
    let names = Correction.naming(new)
    record = names.compactMap { new.text($0).map(disclosure.shown) }.joined(separator: " ")
    let added = new.names.filter { old.values[$0] == nil }
    changes = (old.names + added).flatMap { name -> [Change] in
      guard old.values[name] != new.values[name] else { return [] }
      if name == "answers" { return Correction.answers(old.values[name], new.values[name]) }
      return [
        Change(
          member: name, before: old.text(name).map(disclosure.shown),
          after: new.text(name).map(disclosure.shown))
      ]
    }
  }

  /// Members that name a record; the first that are all there are used.
  private static let names = [
    ["session"], ["cycle", "step"], ["act"], ["instrument", "wave"], ["instrument"], ["round"],
    ["group", "term"], ["term"], ["group"], ["document_version"],
  ]

  /// The members that name a record.
  static func naming(_ members: JSONMembers) -> [String] {
    names.first { names in names.allSatisfy { members.values[$0] != nil } } ?? []
  }

  /// One change an item rather than one of all answers.
  private static func answers(_ old: ArraySlice<UInt8>?, _ new: ArraySlice<UInt8>?) -> [Change] {
    let old = JSONMembers(Array(old ?? []))
    let new = JSONMembers(Array(new ?? []))
    let items = old.names + new.names.filter { old.values[$0] == nil }
    return items.filter { old.values[$0] != new.values[$0] }.map { item in
      Change(member: item, before: value(old.values[item]), after: value(new.values[item]))
    }
  }

  private static func value(_ answer: ArraySlice<UInt8>?) -> String? {
    let answer = JSONMembers(Array(answer ?? []))
    return answer.text("v") ?? answer.text("s")
  }
}

extension Correction: CustomStringConvertible {
  public var description: String {
    if changes.isEmpty { return place + "another person, or another time of day" }
    let list = changes.map { "\($0.member) \($0.before ?? "empty") → \($0.after ?? "empty")" }
    return place + list.joined(separator: ", ")
  }

  /// A record given by hand stands in no line.
  private var place: String { (line > 0 ? "line \(line) " : "") + "(\(record)): " }
}
