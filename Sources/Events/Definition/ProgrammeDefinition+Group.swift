import Yams

extension ProgrammeDefinition {
  /// The people who meet: a team, a pair, a group, and what was planned for them.
  public struct Group: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
      case team, pair, group
    }

    public var code: String
    public var kind: Kind
    public var name: BilingualText
    /// The unit all its members come from; absent for a group across units.
    public var unit: String?
    public var formedOn: CivilDate
    /// The first day it is gone.
    public var dissolvedOn: CivilDate?
    public var plan: Plan
  }

  /// What was planned for a group; a part that is absent was not planned.
  public struct Plan: Sendable, Equatable {
    public var sessionsAMonth: ClosedRange<Int>?
    public var minutes: ClosedRange<Int>?
    /// Number of members.
    public var size: ClosedRange<Int>?
  }
}

extension ProgrammeDefinition.Group {
  static func list(reading root: DefinitionMapping) -> [ProgrammeDefinition.Group] {
    let units = root.definedCodes("units")
    var seen = SeenCodes(what: "group")
    var groups: [ProgrammeDefinition.Group] = []
    for node in root.list("groups") {
      guard
        let mapping = DefinitionMapping(
          node, what: "group",
          keys: ["code", "kind", "name", "unit", "formed_on", "dissolved_on", "plan"],
          reader: root.reader)
      else { continue }
      let read = (
        seen.insert(codeOf: mapping), mapping.word("kind", Kind.self), mapping.bilingual("name"),
        mapping.date("formed_on")
      )
      let unit = mapping.unit("unit", among: units)
      let dissolvedOn = mapping.optionalDate("dissolved_on")
      mapping.requireOrder(read.3, dissolvedOn, ("formed_on", "dissolved_on"))
      let plan = mapping["plan"].flatMap { ProgrammeDefinition.Plan(reading: $0, root.reader) }
      guard case (let code?, let kind?, let name?, let formedOn?) = read else { continue }
      groups.append(
        .init(
          code: code, kind: kind, name: name, unit: unit, formedOn: formedOn,
          dissolvedOn: dissolvedOn, plan: plan ?? .init()))
    }
    return groups
  }
}

extension ProgrammeDefinition.Plan {
  init?(reading node: Node, _ reader: DefinitionReader) {
    guard
      let mapping = DefinitionMapping(
        node, what: "plan", keys: ["sessions_a_month", "minutes", "size"], reader: reader)
    else { return nil }
    sessionsAMonth = mapping.range("sessions_a_month", atLeast: 0)
    minutes = mapping.range("minutes", atLeast: 1)
    size = mapping.range("size", atLeast: 1)
  }
}
