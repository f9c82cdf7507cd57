internal import EventLog
internal import Events
internal import FoundationEssentials

extension Fallout {
  /// What was recorded with a consent, for days on which it does not hold any more. It stays and counts:
  /// to take it back is a wish of its own.
  func withoutConsent(_ register: Register, _ lookup: RecordLookup) throws -> [Lost] {
    let concerned = consents.filter { !kinds(that: $0.before, register).isEmpty }
    guard !concerned.isEmpty else { return [] }
    let byPerson = Dictionary(grouping: concerned) { register.merges.current($0.subject) }
    let types = Set(concerned.flatMap { kinds(that: $0.before, register).map(\.type) })
    let subjects = byPerson.keys.flatMap { register.merges.all(of: $0) }
    return try lookup.records(of: subjects, types: types.sorted()).compactMap { record in
      guard let subject = record.subject, let day = CivilDate(record.day),
        let changed = byPerson[register.merges.current(subject)],
        let programme = JSONMembers(record.body).text("programme"),
        let purpose = kinds(in: programme, register).first(where: { $0.type == record.type })?
          .purpose
      else { return nil }
      // As it is known now, and with what the run has changed put back.
      var before = register.consents(of: subject)
      var after = before
      for change in changed {
        for known in [change.before, change.after].compactMap({ $0 }) {
          before.removeAll { $0 == known }
          after.removeAll { $0 == known }
        }
      }
      before += changed.map(\.before)
      after += changed.compactMap(\.after)
      guard before.allow(purpose, in: programme, on: day),
        !after.allow(purpose, in: programme, on: day)
      else { return nil }
      return Lost(
        day: record.day, position: record.position,
        reason: "the consent to '\(purpose)' does not hold on that day any more",
        line: changed[0].line)
    }
  }

  /// The kinds of record a programme takes only with consent, by their types.
  private func kinds(
    in programme: String, _ register: Register
  ) -> [(type: String, purpose: String)] {
    (register.programmes[programme]?.consent ?? [:]).sorted { $0.key < $1.key }
      .compactMap { name, purpose in
        RecordKinds.named(name).map { ($0.eventType, purpose) }
      }
  }

  private func kinds(
    that consent: Register.Consent, _ register: Register
  ) -> [(type: String, purpose: String)] {
    kinds(in: consent.programme, register).filter { consent.purposes.contains($0.purpose) }
  }
}
