/// Who was together with whom: the people of a period, each with a unit, and the sessions at
/// which they were present.
///
/// Everybody who is enrolled belongs here, also those who never came. Presences of anyone else
/// are left out, as are repeated rows of one person at one session, so the order of the rows
/// and doubled rows change nothing.
public struct Meetings: Sendable, Equatable {
  /// Someone who could have come.
  public struct Person: Sendable, Hashable {
    public let id: String
    /// Where the person belongs, for ties across units.
    public let unit: String

    public init(id: String, unit: String) {
      self.id = id
      self.unit = unit
    }
  }

  /// One person's presence at one session.
  public struct Presence: Sendable, Hashable {
    public let session: String
    /// Date of the session, as days from any fixed day.
    public let day: Int
    public let person: String

    public init(session: String, day: Int = 0, person: String) {
      self.session = session
      self.day = day
      self.person = person
    }
  }

  /// A held session: its day and who was there, as places in `people`, ascending.
  struct Session: Sendable, Equatable {
    var day: Int
    var present: [Int32]
  }

  /// Everybody once, in the order of the UTF-8 bytes of their ids.
  public let people: [Person]
  /// Sessions at which somebody of `people` was, by day, then by size, then by who was there.
  let sessions: [Session]

  /// - Parameter people: of entries with the same id the last one counts.
  /// - Parameter presences: a session has one day, the one its last row says.
  public init(people: [Person], presences: some Sequence<Presence>) {
    // Keyed by bytes: to Swift, two spellings of "é" are the same string.
    var latest: [[UInt8]: Person] = [:]
    for person in people { latest[Array(person.id.utf8)] = person }
    let ordered = latest.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    self.people = ordered.map(\.value)
    var place: [[UInt8]: Int32] = [:]
    for (index, entry) in ordered.enumerated() { place[entry.key] = Int32(index) }

    var number: [[UInt8]: Int] = [:]
    var sessions: [Session] = []
    for presence in presences {
      let index = number[Array(presence.session.utf8), default: sessions.count]
      if index == sessions.count {
        number[Array(presence.session.utf8)] = index
        sessions.append(Session(day: presence.day, present: []))
      }
      sessions[index].day = presence.day
      if let person = place[Array(presence.person.utf8)] { sessions[index].present.append(person) }
    }
    self.sessions =
      sessions.filter { !$0.present.isEmpty }
      .map { Session(day: $0.day, present: Self.distinct($0.present)) }
      .sorted(by: Self.precedes)
  }

  /// How many people there are.
  public var count: Int { people.count }

  private static func distinct(_ people: [Int32]) -> [Int32] {
    var kept: [Int32] = []
    for person in people.sorted() where person != kept.last { kept.append(person) }
    return kept
  }

  private static func precedes(_ first: Session, _ second: Session) -> Bool {
    if first.day != second.day { return first.day < second.day }
    if first.present.count != second.present.count {
      return first.present.count < second.present.count
    }
    return first.present.lexicographicallyPrecedes(second.present)
  }
}
