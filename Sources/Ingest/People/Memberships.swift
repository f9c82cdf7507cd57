internal import Events
internal import FoundationEssentials

/// The memberships of people as the log and the rows so far have them, to tell which of them a row is
/// about: somebody may leave a group and come back.
///
/// A row is about the membership that begins on the same day, or else about the one it shares a day
/// with, whose days it corrects. A row that shares no day with any says that the person was, or is, a
/// member once more. The answer depends on nothing but the days that stand, so that files may come
/// again and in any order; and a person's memberships of one group never overlap.
final class Memberships {
  /// Whom a row enrols.
  enum Person: Hashable {
    case known(UUID)
    /// An employee id this run makes known: its subject comes when the block is recorded.
    case new(String)
  }

  /// Where a row belongs among a person's memberships of a group.
  enum Place: Equatable {
    /// It is the one of that stay, which stands already or is the first.
    case one(stay: String?)
    /// It is one more; `other` is the nearest of those that stand.
    case another(stay: String?, other: Register.Enrolment)
    /// With its days the person would be in the group twice at once.
    case overlapping(Register.Enrolment)
  }

  private struct Pair: Hashable {
    var person: Person
    var group: String
  }

  private let register: Register
  private var newcomers: Set<String> = []
  /// The memberships of each person and group that rows of this run are about.
  private var told: [Pair: Told] = [:]

  private struct Told {
    var standing: [Register.Enrolment]
    /// The stays that rows were about.
    var stays: Set<String?> = []
  }

  init(_ register: Register) { self.register = register }

  /// Who an employee id stands for; `subject` is `nil` for an id nobody has yet.
  func person(_ id: String, _ subject: UUID?) -> Person {
    if newcomers.contains(id) { return .new(id) }
    guard let subject else {
      newcomers.insert(id)
      return .new(id)
    }
    return .known(subject)
  }

  /// Those of a person in a group, as far as the rows have come.
  func standing(_ person: Person, in group: String) -> [Register.Enrolment] {
    if let told = told[Pair(person: person, group: group)] { return told.standing }
    guard case .known(let subject) = person else { return [] }
    return register.enrolments[subject]?.filter { $0.group == group } ?? []
  }

  /// Whether a row of this run was about a person's membership of a group.
  func isTold(_ person: Person, in group: String) -> Bool {
    told[Pair(person: person, group: group)] != nil
  }

  /// Which membership a row is about that says these days.
  func place(_ row: Register.Enrolment, of person: Person) -> Place {
    let standing = standing(person, in: row.group)
    let own = standing.first { $0.joined == row.joined } ?? standing.first { $0.overlaps(row) }
    if let other = standing.first(where: { $0 != own && $0.overlaps(row) }) {
      return .overlapping(other)
    }
    if let own { return .one(stay: own.stay) }
    guard let nearest = standing.min(by: { row.distance(to: $0) < row.distance(to: $1) }) else {
      return .one(stay: nil)
    }
    return .another(stay: Memberships.freeStay(row.joined, standing), other: nearest)
  }

  /// Notes what a row says of a membership. Of rows that contradict each other the first counts, as it
  /// does for the log.
  func note(_ row: Register.Enrolment, of person: Person) {
    let pair = Pair(person: person, group: row.group)
    var told = told[pair] ?? Told(standing: standing(person, in: row.group))
    guard told.stays.insert(row.stay).inserted else { return }
    told.standing.removeAll { $0.stay == row.stay }
    told.standing.append(row)
    self.told[pair] = told
  }

  /// What tells a new membership apart from those that stand: nothing where nothing is needed, or else
  /// the day it begins, which an earlier correction may have left to another.
  private static func freeStay(
    _ joined: CivilDate, _ standing: [Register.Enrolment]
  ) -> String? {
    let taken = Set(standing.map(\.stay))
    if !taken.contains(nil) { return nil }
    let day = joined.description
    guard taken.contains(day) else { return day }
    // One more than there are names taken is always free.
    return (2...taken.count + 2).lazy.map { "\(day)/\($0)" }.first { !taken.contains($0) }
  }
}

extension Register.Enrolment {
  /// Whether some day is in both.
  func overlaps(_ other: Register.Enrolment) -> Bool {
    begins(before: other.left) && other.begins(before: left)
  }

  private func begins(before end: CivilDate?) -> Bool { end.map { joined < $0 } ?? true }

  /// Days between two memberships that share none.
  func distance(to other: Register.Enrolment) -> Int {
    let (first, second) = joined < other.joined ? (self, other) : (other, self)
    return second.joined.daysSinceEpoch - (first.left ?? second.joined).daysSinceEpoch
  }
}

extension Register.Enrolment {
  /// Its days in words: `left` is the first day outside.
  var span: String { "from \(joined)" + (left.map { " until \($0)" } ?? "") }
}
