import Yams

extension ProgrammeDefinition {
  /// A round of asking, placed by the days since a person first enrolled in the programme.
  public struct Wave: Sendable, Equatable {
    public var code: String
    /// First day; negative: before the person enrolled.
    public var fromDay: Int
    /// Last day.
    public var toDay: Int
    /// Code of the questionnaire.
    public var instrument: String
    /// How many people were asked, where that is known.
    public var invited: Int?
  }
}

extension ProgrammeDefinition.Wave {
  static func list(reading root: DefinitionMapping) -> [ProgrammeDefinition.Wave] {
    let known = root.definedCodes("instruments")
    var seen = SeenCodes(what: "wave")
    return root.list("waves").compactMap { node in
      guard
        let mapping = DefinitionMapping(
          node, what: "wave", keys: ["code", "from_day", "to_day", "instrument", "invited"],
          reader: root.reader)
      else { return nil }
      let read = (
        seen.insert(codeOf: mapping), mapping.integer("from_day"), mapping.integer("to_day"),
        mapping.code("instrument")
      )
      if let from = read.1, let to = read.2, to < from {
        root.reader.report(
          .endBeforeStart, at: mapping["to_day"]?.mark,
          "'to_day' of wave is \(to), before 'from_day' \(from)")
      }
      if let instrument = read.3, !known.contains(instrument) {
        root.reader.report(
          .unknownInstrument, at: mapping["instrument"]?.mark,
          "wave names an unknown instrument '\(instrument)'",
          hint: DefinitionReader.suggestion(for: instrument, among: known))
      }
      let invited = mapping.optionalInteger("invited", atLeast: 0)
      guard case (let code?, let fromDay?, let toDay?, let instrument?) = read else { return nil }
      return .init(
        code: code, fromDay: fromDay, toDay: toDay, instrument: instrument, invited: invited)
    }
  }
}
