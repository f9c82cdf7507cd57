import Yams

extension ProgrammeDefinition {
  /// That one kind of record is made only with the person's consent, and to what.
  public struct ConsentRule: Sendable, Equatable {
    public var kind: ConsentedKind
    public var purpose: Purpose

    static func list(reading root: DefinitionMapping) -> [ConsentRule] {
      let kinds = ConsentedKind.allCases
      guard let node = root["consent"],
        let mapping = DefinitionMapping(
          node, what: "consent", keys: kinds.map(\.rawValue), reader: root.reader)
      else { return [] }
      return kinds.filter { mapping[$0.rawValue] != nil }.compactMap { kind in
        mapping.word(kind.rawValue, Purpose.self).map { ConsentRule(kind: kind, purpose: $0) }
      }
    }
  }

  /// Kinds of record that may need a person's consent, by the name of their files.
  public enum ConsentedKind: String, Sendable, CaseIterable {
    case attendance, observations, logs, responses
  }

  /// What people are asked to agree to.
  public enum Purpose: String, Sendable, CaseIterable {
    case attendance, survey, log, observation, interview, quote, archive
  }
}
