internal import EventLog
internal import Events
internal import FoundationEssentials

extension Fallout {
  /// So many sessions are asked about at once.
  private static let sessionsAtOnce = 1_000

  /// Attendance on days that a membership covered before the run and none covers now.
  func outsideMemberships(_ register: Register, _ lookup: RecordLookup) throws -> [Lost] {
    let changes = changes(register)
    let groups = Set(changes.filter { $0.value.losesDays }.map(\.key.group))
    let held = try lookup.sessions(of: groups.sorted())
      .compactMap { Register.SessionEntry(JSONMembers($0.body)) }.filter(\.isHeld)
    let byGroup = Dictionary(grouping: changes.keys, by: \.group)
    // Who may have been at a session that lies outside their membership now.
    var wanted: [String: (session: Register.SessionEntry, people: Set<UUID>)] = [:]
    for session in held {
      guard let day = session.heldOn else { continue }
      let people = (byGroup[session.group] ?? []).filter { changes[$0]?.loses(day) == true }
      guard !people.isEmpty else { continue }
      wanted[session.code] = (session, Set(people.map(\.subject)))
    }
    return try attendance(at: wanted.keys.sorted(), lookup).compactMap { code, found in
      guard let (session, people) = wanted[code], let subject = found.subject,
        let day = session.heldOn, !found.isGuest, people.contains(subject)
      else { return nil }
      return Lost(
        day: day.description, position: found.position,
        reason: "the person has no fixed place in group '\(session.group)' on that day any more",
        line: changes[Place(subject: subject, group: session.group)]?.line)
    }
  }

  /// Attendance at sessions that were held before the run, and are not now, or not in that group and on
  /// that day.
  func atOtherSessions(_ register: Register, _ lookup: RecordLookup) throws -> [Lost] {
    let changed = Dictionary(sessions.map { ($0.before.code, $0) }) { first, _ in first }
    return try attendance(at: changed.keys.sorted(), lookup).compactMap { code, found in
      guard let session = changed[code], let subject = found.subject else { return nil }
      let own = register.enrolments(of: subject)
      func counts(_ at: Register.SessionEntry?) -> Bool {
        guard let at, at.isHeld, let day = at.heldOn, at.programme == found.programme else {
          return false
        }
        return found.isGuest
          || own.contains { $0.group == at.group && $0.isFixed && $0.covers(day) }
      }
      guard counts(session.before), !counts(session.after) else { return nil }
      let isHeld = session.after?.isHeld ?? false
      return Lost(
        day: session.before.heldOn?.description ?? "", position: found.position,
        reason: isHeld
          ? "the person has no fixed place in the session's group on its day now"
          : "its session is not held any more", line: session.line)
    }
  }

  private typealias Attendance = (
    position: Int64, subject: UUID?, programme: String?, isGuest: Bool
  )

  /// What is recorded of sessions, by their codes.
  private func attendance(
    at codes: [String], _ lookup: RecordLookup
  ) throws -> [(String, Attendance)] {
    var found: [(String, Attendance)] = []
    var rest = codes[...]
    while !rest.isEmpty {
      let part = rest.prefix(Fallout.sessionsAtOnce)
      rest = rest.dropFirst(part.count)
      for record in try lookup.family(of: part.map { NaturalKey.make("attendance", $0) })
      where record.type == "attendance_recorded" {
        let body = JSONMembers(record.body)
        guard let code = body.text("session") else { continue }
        found.append(
          (
            code,
            (
              record.position, record.subject, body.text("programme"), body.text("guest") == "true"
            )
          ))
      }
    }
    return found
  }

  /// The memberships of one person in one group, before and after.
  struct Change {
    var before: [Register.Enrolment]
    var after: [Register.Enrolment]
    /// Of the row that did it.
    var line: Int?

    func loses(_ day: CivilDate) -> Bool {
      before.contains { $0.isFixed && $0.covers(day) }
        && !after.contains { $0.isFixed && $0.covers(day) }
    }

    /// Whether there is such a day: where there is one, it is the first or the last of a membership, or
    /// the day after one.
    var losesDays: Bool {
      let ends = (before + after).flatMap { [$0.joined, $0.left].compactMap { $0 } }
      return ends.contains { loses($0) || loses(CivilDate(daysSinceEpoch: $0.daysSinceEpoch - 1)) }
    }
  }

  /// An id of a person, and a group.
  private struct Place: Hashable {
    var subject: UUID
    var group: String
  }

  /// What has changed for each id of the people concerned, as the memberships count.
  private func changes(_ register: Register) -> [Place: Change] {
    var now = register
    now.merges = merges ?? now.merges
    var lines: [Place: Int] = [:]
    var places: Set<Place> = []
    for changed in memberships {
      if changed.isGone {
        now.forget(changed.enrolment, of: changed.subject)
      } else {
        now.learn(changed.enrolment, of: changed.subject)
      }
      for id in register.merges.all(of: changed.subject) {
        let place = Place(subject: id, group: changed.enrolment.group)
        places.insert(place)
        lines[place] = lines[place] ?? changed.line
      }
    }
    if merges != nil {
      for (id, own) in register.enrolments
      where register.merges.all(of: id) != now.merges.all(of: id) {
        for other in register.merges.all(of: id) {
          places.formUnion(own.map { Place(subject: other, group: $0.group) })
        }
      }
    }
    return Dictionary(
      uniqueKeysWithValues: places.map { place in
        func own(_ register: Register) -> [Register.Enrolment] {
          register.enrolments(of: place.subject).filter { $0.group == place.group }
        }
        return (place, Change(before: own(register), after: own(now), line: lines[place]))
      })
  }
}
