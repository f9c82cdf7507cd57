internal import EventLog
internal import Events
internal import FoundationEssentials

/// What a corrected record says now that it did not say before.
public struct Correction: Sendable, Equatable, Codable {
  /// One member of the event's body; `nil` where it has no value.
  public struct Change: Sendable, Equatable, Codable {
    public var member: String
    public var before: String?
    public var after: String?
  }

  /// What became of whom the record is about.
  public enum Move: String, Sendable, Codable {
    case another
    /// It was about nobody, and is about somebody now.
    case linked
    /// It was about somebody, and is about nobody now.
    case unlinked

    /// `nil` for the same person, under whichever of their ids.
    init?(from before: UUID?, to after: UUID?, _ merges: SubjectMerges) {
      switch (before.map(merges.current), after.map(merges.current)) {
      case (nil, nil): return nil
      case (nil, _): self = .linked
      case (_, nil): self = .unlinked
      case (let before, let after):
        if before == after { return nil }
        self = .another
      }
    }
  }

  /// Line of the input the correction came from.
  public var line: Int
  /// What the record is, without saying whom it is about.
  public var record: String
  /// The position that is superseded.
  public var position: Int64
  public var changes: [Change]
  /// `nil` where it is about the same person as before, or still about nobody.
  public var person: Move?

  init(
    line: Int, draft: EventDraft, position: Int64, before: [UInt8], person: Move?,
    disclosure: Disclosure
  ) {
    self.person = person
    // How the people were recognised is no content.
    let old = JSONMembers(Array(EventDraft.content(of: before)) + [UInt8(ascii: "}")])
    let new = JSONMembers(Array(EventDraft.content(of: draft.body)) + [UInt8(ascii: "}")])
    self.line = line
    self.position = position
    let names = Correction.naming(new)
    record = Correction.name(new, names, disclosure)
    let added = new.names.filter { old.values[$0] == nil }
    changes = (old.names + added).flatMap { name -> [Change] in
      // How somebody was recognised says nothing of the matter.
      guard old.values[name] != new.values[name], name != "match" else { return [] }
      if name == "answers" { return Correction.answers(old.values[name], new.values[name]) }
      if name == "observer" {
        return [
          Change(
            member: name, before: old.text(name).map { _ in "somebody" },
            after: new.text(name).map { _ in old.text(name) == nil ? "somebody" : "somebody else" })
        ]
      }
      return [
        Change(
          member: name, before: Correction.told(name, of: old, disclosure),
          after: Correction.told(name, of: new, disclosure))
      ]
    }
  }

  /// What a record is called, by the members that name it. A session that is corrected is in the log,
  /// so that its code is known.
  static func name(_ members: JSONMembers, _ names: [String], _ disclosure: Disclosure) -> String {
    names.compactMap { name in
      members.text(name).map {
        name == "session" ? disclosure.shown(recorded: $0) : disclosure.shown(code: $0, among: [])
      }
    }.joined(separator: " ")
  }

  /// A member's value as it may be told; of a list each of its texts.
  static func told(
    _ name: String, of members: JSONMembers, _ disclosure: Disclosure
  ) -> String? {
    guard let text = members.text(name) else { return nil }
    guard text.hasPrefix("["), let list = try? JSONReader.read(Array(text.utf8)) else {
      return disclosure.shown(text)
    }
    return list.elements.map { disclosure.shown($0.text ?? "") }.joined(separator: " ")
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
    let list =
      (person.map { [$0.words] } ?? [])
      + changes.map { "\($0.member) \($0.before ?? "empty") → \($0.after ?? "empty")" }
    return place + (list.isEmpty ? "another time of day" : list.joined(separator: ", "))
  }

  /// A record given by hand stands in no line.
  private var place: String { (line > 0 ? "line \(line) " : "") + "(\(record)): " }
}

extension Correction.Move {
  fileprivate var words: String {
    switch self {
    case .another: "another person"
    case .linked: "nobody → a person"
    case .unlinked: "a person → nobody"
    }
  }
}
