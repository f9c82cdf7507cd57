import Yams

extension ProgrammeDefinition {
  /// A questionnaire in one version: what is asked, and which answers make a score.
  public struct Instrument: Sendable, Equatable {
    public var code: String
    public var version: Int
    public var title: BilingualText
    public var items: [Item]
    public var scales: [Scale]
  }

  /// One question, answered by a whole number.
  public struct Item: Sendable, Equatable {
    public var code: String
    public var text: BilingualText
    /// The answers that count as a score.
    public var scale: ClosedRange<Int>
    /// The answer that means "not relevant or don't know"; never part of a mean.
    public var notRelevant: Int?
    /// What single answers are called, ascending by answer.
    public var labels: [Label]
  }

  /// What one answer is called.
  public struct Label: Sendable, Equatable {
    public var answer: Int
    public var text: BilingualText
  }

  /// Items whose mean is one score.
  public struct Scale: Sendable, Equatable {
    public var code: String
    public var title: BilingualText
    /// Item codes in the order of the file.
    public var items: [String]
    /// Items turned round (`min + max − answer`) before the mean.
    public var reversed: [String]
    /// Fewest valid answers for a score; absent: half of the items, rounded up.
    public var minValid: Int?
  }
}

extension ProgrammeDefinition.Instrument {
  static func list(reading root: DefinitionMapping) -> [ProgrammeDefinition.Instrument] {
    var seen = SeenCodes(what: "instrument")
    return root.list("instruments").compactMap { node in
      guard
        let mapping = DefinitionMapping(
          node, what: "instrument",
          keys: [
            "code", "version", "title", "scale", "not_relevant", "labels", "items", "scales",
          ], reader: root.reader)
      else { return nil }
      let read = (
        mapping.code(), mapping.integer("version", atLeast: 1), mapping.bilingual("title")
      )
      if let code = read.0, let version = read.1 {
        seen.insert("\(code)@\(version)", at: mapping["code"]?.mark, root.reader)
      }
      let items = ProgrammeDefinition.Item.list(reading: mapping)
      let scales = ProgrammeDefinition.Scale.list(reading: mapping)
      guard case (let code?, let version?, let title?) = read else { return nil }
      return .init(code: code, version: version, title: title, items: items, scales: scales)
    }
  }
}

extension ProgrammeDefinition.Scale {
  static func list(reading instrument: DefinitionMapping) -> [ProgrammeDefinition.Scale] {
    let known = instrument.definedCodes("items")
    var seen = SeenCodes(what: "scale")
    return instrument.list("scales").compactMap { node in
      guard
        let mapping = DefinitionMapping(
          node, what: "scale", keys: ["code", "title", "items", "reversed", "min_valid"],
          reader: instrument.reader)
      else { return nil }
      let read = (seen.insert(codeOf: mapping), mapping.bilingual("title"))
      let items = itemCodes(mapping, known)
      let reversed = reversedCodes(mapping, items)
      let minValid = mapping.optionalInteger("min_valid", atLeast: 1)
      if let minValid, minValid > items.count, !items.isEmpty {
        mapping.reader.report(
          .outOfRange, at: mapping["min_valid"]?.mark,
          "'min_valid' of scale is \(minValid), more than its \(items.count) items")
      }
      guard case (let code?, let title?) = read else { return nil }
      return .init(code: code, title: title, items: items, reversed: reversed, minValid: minValid)
    }
  }

  private static func itemCodes(_ mapping: DefinitionMapping, _ known: [String]) -> [String] {
    guard mapping.required("items") != nil else { return [] }
    var seen = SeenCodes(what: "item of scale")
    return mapping.codes("items").map { code, mark in
      if !known.contains(code) {
        mapping.reader.report(
          .unknownItem, at: mark, "scale names an unknown item '\(code)'",
          hint: DefinitionReader.suggestion(for: code, among: known))
      }
      seen.insert(code, at: mark, mapping.reader)
      return code
    }
  }

  private static func reversedCodes(_ mapping: DefinitionMapping, _ items: [String]) -> [String] {
    mapping.codes("reversed").map { code, mark in
      if !items.contains(code) {
        mapping.reader.report(
          .reversedOutsideScale, at: mark, "reversed item '\(code)' is not an item of its scale",
          hint: DefinitionReader.suggestion(for: code, among: items))
      }
      return code
    }
  }
}
