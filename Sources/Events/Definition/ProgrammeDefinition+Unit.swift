import Yams

extension ProgrammeDefinition {
  /// A part of the institution that people belong to, from one day and perhaps to another.
  public struct Unit: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
      case institution, faculty, department, centre, school, section, other
    }

    public var code: String
    public var kind: Kind
    public var name: BilingualText
    /// The unit above; absent at the top.
    public var parent: String?
    public var validFrom: CivilDate
    /// The first day it is gone.
    public var validTo: CivilDate?
  }
}

extension ProgrammeDefinition.Unit {
  static func list(reading root: DefinitionMapping) -> [ProgrammeDefinition.Unit] {
    let known = root.definedCodes("units")
    var seen = SeenCodes(what: "unit")
    var parents: [(code: String, parent: String, mark: Mark?)] = []
    var units: [ProgrammeDefinition.Unit] = []
    for node in root.list("units") {
      guard
        let mapping = DefinitionMapping(
          node, what: "unit",
          keys: ["code", "kind", "name", "parent", "valid_from", "valid_to"], reader: root.reader)
      else { continue }
      let read = (
        seen.insert(codeOf: mapping), mapping.word("kind", Kind.self), mapping.bilingual("name"),
        mapping.date("valid_from")
      )
      let parent = mapping.unit("parent", among: known)
      let validTo = mapping.optionalDate("valid_to")
      mapping.requireOrder(read.3, validTo, ("valid_from", "valid_to"))
      if let code = read.0, let parent { parents.append((code, parent, mapping["parent"]?.mark)) }
      guard case (let code?, let kind?, let name?, let validFrom?) = read else { continue }
      units.append(
        .init(
          code: code, kind: kind, name: name, parent: parent, validFrom: validFrom,
          validTo: validTo))
    }
    reportCycles(parents, root.reader)
    return units
  }

  /// Follows each unit upwards; one that comes back to itself is in a circle. Each circle is
  /// reported once, at its first unit in the file.
  private static func reportCycles(
    _ parents: [(code: String, parent: String, mark: Mark?)], _ reader: DefinitionReader
  ) {
    let above = Dictionary(parents.map { ($0.code, $0.parent) }) { first, _ in first }
    var reported: Set<String> = []
    for (code, parent, mark) in parents where !reported.contains(code) {
      var path = [code]
      var next: String? = parent
      while let unit = next, !path.contains(unit) {
        path.append(unit)
        next = above[unit]
      }
      guard next == code else { continue }
      reported.formUnion(path)
      let circle = (path + [code]).map { "'\($0)'" }.joined(separator: " in ")
      reader.report(
        .unitCycle, at: mark, "units stand in a circle: \(circle)",
        hint: "the unit at the top has no parent")
    }
  }
}

extension DefinitionMapping {
  /// A reference to a unit of the same file.
  func unit(_ key: String, among known: [String]) -> String? {
    guard let code = optionalCode(key) else { return nil }
    guard known.contains(code) else {
      reader.report(
        .unknownUnit, at: self[key]?.mark, "'\(key)' of \(what) names an unknown unit '\(code)'",
        hint: DefinitionReader.suggestion(for: code, among: known))
      return nil
    }
    return code
  }
}
