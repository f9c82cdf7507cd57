import Yams

extension ProgrammeDefinition {
  /// What the programme set out to reach, and why that much. A target is for learning: it is
  /// shown beside the figure and never graded.
  public struct Target: Sendable, Equatable {
    /// Catalogue id of the indicator.
    public var indicator: String
    /// `2025-03`, `2025V`, `2025` or the code of a wave.
    public var period: String
    /// A decimal number in JSON's notation without closing zeros, so that equal targets are
    /// equal bytes.
    public var value: String
    public var rationale: String
  }
}

extension ProgrammeDefinition.Target {
  static func list(
    reading root: DefinitionMapping, terms: [ProgrammeDefinition.Term]
  ) -> [ProgrammeDefinition.Target] {
    let waves = root.definedCodes("waves")
    var seen = SeenCodes(what: "target")
    return root.list("targets").compactMap { node in
      guard
        let mapping = DefinitionMapping(
          node, what: "target", keys: ["indicator", "period", "value", "rationale"],
          reader: root.reader)
      else { return nil }
      let read = (
        mapping.code("indicator"), mapping.text("period"), decimal(mapping),
        mapping.text("rationale")
      )
      if let period = read.1, !isPeriod(period, terms: terms, waves: waves) {
        let term = terms.last?.code ?? "V"
        root.reader.report(
          .malformedPeriod, at: mapping["period"]?.mark,
          "'period' of target is '\(period)', not a period",
          hint: "write a month 2025-03, a term 2025\(term), a year 2025 or the code of a wave")
      }
      if let indicator = read.0, let period = read.1 {
        seen.insert("\(indicator)/\(period)", at: mapping["indicator"]?.mark, root.reader)
      }
      guard case (let indicator?, let period?, let value?, let rationale?) = read
      else { return nil }
      return .init(indicator: indicator, period: period, value: value, rationale: rationale)
    }
  }

  private static func isPeriod(
    _ text: String, terms: [ProgrammeDefinition.Term], waves: [String]
  ) -> Bool {
    if waves.contains(text) || CivilDate("\(text)-01") != nil { return true }
    guard CivilDate("\(text.prefix(4))-01-01") != nil else { return false }
    let rest = String(text.dropFirst(4))
    return rest.isEmpty || terms.contains { $0.code == rest }
  }

  private static func decimal(_ mapping: DefinitionMapping) -> String? {
    guard let text = mapping.text("value") else { return nil }
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let sound = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    guard sound, (1...2).contains(parts.count), digits.utf8.count <= 18 else {
      mapping.reader.report(
        .wrongType, at: mapping["value"]?.mark, "'value' of target is '\(text)', not a number",
        hint: text.contains(",") ? "write a decimal point, for example 0.8" : nil)
      return nil
    }
    let whole = String(parts[0].drop { $0 == "0" })
    var fraction = parts.count == 2 ? String(parts[1]) : ""
    while fraction.last == "0" { fraction.removeLast() }
    let number = (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : ".\(fraction)")
    return text.hasPrefix("-") && number != "0" ? "-\(number)" : number
  }
}
