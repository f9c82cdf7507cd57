internal import EventLog
internal import Events
internal import FoundationEssentials

/// Which memberships count where one person has several ids. The facts settle it likewise, see
/// `settle_collisions` in Schema/read/fact/merging.sql: what is checked here must be what counts there.
extension Register {
  /// A person's memberships as they count, under whichever of their ids they were recorded.
  func enrolments(of subject: UUID) -> [Enrolment] {
    let ids = merges.isEmpty ? [] : merges.all(of: subject)
    guard ids.count > 1 else { return enrolments[subject] ?? [] }
    return Register.counting(ids.map { enrolments[$0] ?? [] })
  }

  /// Of memberships of one group from the same day on, recorded under two ids, the one recorded later
  /// counts; of those that overlap, the earlier ends where the later begins.
  /// - Parameter own: what is recorded of one person, id by id.
  static func counting(_ own: [[Enrolment]]) -> [Enrolment] {
    let all = own.enumerated().flatMap { id, list in list.map { (id: id, enrolment: $0) } }
    let counting = all.filter { one in
      !all.contains { other in
        other.id != one.id && other.enrolment.isOfSameGroup(as: one.enrolment)
          && other.enrolment.joined == one.enrolment.joined
          && other.enrolment.order > one.enrolment.order
      }
    }
    return counting.map { one in
      var enrolment = one.enrolment
      for other in counting
      where other.id != one.id && other.enrolment.isOfSameGroup(as: enrolment)
        && other.enrolment.joined > enrolment.joined
      {
        enrolment.left = min(enrolment.left ?? other.enrolment.joined, other.enrolment.joined)
      }
      return enrolment
    }
  }

  /// The people who are or were in a group.
  func members(of group: String) -> [UUID] {
    enrolments.filter { $0.value.contains { $0.group == group } }.map(\.key)
  }

  /// The people with a fixed place in a group on that day, each under one id, in a fixed order.
  func members(of group: String, on day: CivilDate) -> [UUID] {
    var people: Set<UUID> = []
    return enrolments.keys
      .filter { enrolments(of: $0).contains { $0.group == group && $0.isFixed && $0.covers(day) } }
      .sorted { $0.uuidString < $1.uuidString }
      .filter { people.insert(merges.current($0)).inserted }
  }

  /// Whether anything is recorded of a person's memberships.
  func hasEnrolments(_ subject: UUID) -> Bool {
    merges.all(of: subject).contains { enrolments[$0] != nil }
  }

  mutating func learn(_ enrolment: Enrolment, of subject: UUID) {
    forget(enrolment, of: subject)
    var enrolment = enrolment
    learnt += 1
    enrolment.order = learnt
    enrolments[subject, default: []].append(enrolment)
  }

  /// Takes out the membership of the same key.
  mutating func forget(_ enrolment: Enrolment, of subject: UUID) {
    enrolments[subject]?.removeAll { $0.group == enrolment.group && $0.stay == enrolment.stay }
  }
}

extension Register.Enrolment {
  fileprivate func isOfSameGroup(as other: Register.Enrolment) -> Bool {
    group == other.group && programme == other.programme
  }
}
