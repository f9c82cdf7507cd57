internal import EventLog
internal import Events
internal import FoundationEssentials

/// Unchanged records of people with several ids for which another one counts: of two records of the
/// same thing the one recorded later does, and a file from before the merge does not win it back. Of
/// memberships that overlap, the one that begins later may take days from the other.
struct DisplacedRecords {
  /// A record and those that may be the same one under the other ids of its person.
  private struct Unchanged {
    var key: String
    var others: [[String]]
    var body: [UInt8]
    var line: Int
  }

  private let source: any RecordSource
  private let register: Register
  private var unchanged: [Unchanged] = []
  private var rows = CountedRows()

  init(_ source: any RecordSource, _ register: Register) {
    self.source = source
    self.register = register
  }

  mutating func note(_ draft: EventDraft, line: Int) {
    guard !register.merges.isEmpty, let subject = draft.subject, let key = draft.naturalKey else {
      return
    }
    let ids = register.merges.all(of: subject).filter { $0 != subject }
    guard !ids.isEmpty else { return }
    let enrolment = Register.Enrolment(JSONMembers(draft.body))
    let others = ids.map { id in
      enrolment.map { keys(besides: $0, of: id) }
        ?? [NaturalKey.replacing(subject, by: id, in: key)].compactMap(\.self)
    }
    unchanged.append(Unchanged(key: key, others: others, body: draft.body, line: line))
  }

  /// The keys a person's memberships of that group may have under another id: stays are told apart for
  /// each id by itself.
  private func keys(besides enrolment: Register.Enrolment, of id: UUID) -> [String] {
    let known = register.enrolments[id]?.filter { $0.group == enrolment.group } ?? []
    return Set(known.map(\.stay) + [nil, enrolment.joined.description]).map {
      EnrolmentKind.key(group: enrolment.group, stay: $0, subject: id)
    }
  }

  /// Looks which records there are beside those of a block.
  mutating func lookUp() throws {
    guard !unchanged.isEmpty else { return }
    defer { unchanged.removeAll() }
    let known = try source.records(unchanged.flatMap { [$0.key] + $0.others.joined() })
    for own in unchanged {
      guard let found = known[own.key] else { continue }
      let others = own.others.map { $0.compactMap { known[$0] } }
      let isDisplaced =
        Register.Enrolment(found).map {
          DisplacedRecords.isDisplaced($0, found, others)
        } ?? others.joined().contains { $0.stands(before: found) }
      if isDisplaced { rows.note(line: own.line) }
    }
  }

  /// Whether a membership does not count, or not on all its days.
  private static func isDisplaced(
    _ own: Register.Enrolment, _ found: RecordLookup.Found, _ others: [[RecordLookup.Found]]
  ) -> Bool {
    let counting = Register.counting(
      [[own]] + others.map { $0.compactMap(Register.Enrolment.init) })
    if counting.contains(where: { $0.order == own.order }) {
      return Fallout.Change(before: [own], after: counting).losesDays
    }
    return others.joined().contains {
      Register.Enrolment($0)?.joined == own.joined && $0.stands(before: found)
    }
  }

  func diagnostics(file: String) -> [Diagnostic] {
    guard rows.count > 0 else { return [] }
    return [
      Diagnostic(
        .recordDisplaced, file: file, line: rows.line,
        message: rows.count == 1
          ? "this record is unchanged, and another of the same person, under another id, counts instead"
          : "\(rows.count) records are unchanged, and others of the same people, under other ids, count"
            + " instead, first in this row")
    ]
  }
}

extension RecordLookup.Found {
  /// Whether it was recorded later and says something else.
  fileprivate func stands(before other: RecordLookup.Found) -> Bool {
    position > other.position && content != other.content
  }

  /// What it says, without what tells a person's memberships apart.
  private var content: [String: ArraySlice<UInt8>] {
    JSONMembers(EventDraft.content(of: body) + [UInt8(ascii: "}")]).values
      .filter { $0.key != "stay" }
  }
}

extension Register.Enrolment {
  /// A membership as the log has it; `nil` of a record of another kind.
  fileprivate init?(_ found: RecordLookup.Found) {
    self.init(JSONMembers(found.body))
    order = found.position
  }
}
