import Yams

extension ProgrammeDefinition {
  /// How the year is cut into terms, and which months nobody is expected to meet in.
  public struct Calendar: Sendable, Equatable {
    public var terms: [Term]
    /// Months 1 to 12, ascending.
    public var holidayMonths: [Int]

    /// Spring to the end of July, autumn from August, July free.
    public static let norwegian = Calendar(
      terms: [
        Term(code: "V", from: MonthDay(month: 1, day: 1), to: MonthDay(month: 7, day: 31)),
        Term(code: "H", from: MonthDay(month: 8, day: 1), to: MonthDay(month: 12, day: 31)),
      ], holidayMonths: [7])
  }

  /// A stretch of every year, both days included. It does not run over New Year.
  public struct Term: Sendable, Equatable {
    public var code: String
    public var from: MonthDay
    public var to: MonthDay
  }

  /// A day of any year, written `MM-DD`.
  public struct MonthDay: Sendable, Equatable, Comparable, CustomStringConvertible {
    public var month: Int
    public var day: Int

    public var description: String {
      "\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    public static func < (left: MonthDay, right: MonthDay) -> Bool {
      (left.month, left.day) < (right.month, right.day)
    }
  }
}

extension ProgrammeDefinition.Calendar {
  init?(reading node: Node, _ reader: DefinitionReader) {
    guard
      let mapping = DefinitionMapping(
        node, what: "calendar", keys: ["terms", "holiday_months"], reader: reader)
    else { return nil }
    self = .norwegian
    if mapping["terms"] != nil {
      terms = ProgrammeDefinition.Term.list(reading: mapping)
    }
    if mapping["holiday_months"] != nil {
      let months = mapping.list("holiday_months").compactMap { month -> Int? in
        guard let number = mapping.integer(month, "holiday_months") else { return nil }
        guard (1...12).contains(number) else {
          reader.report(
            .outOfRange, at: month.mark, "'holiday_months' of calendar holds \(number)",
            hint: "months are 1 to 12")
          return nil
        }
        return number
      }
      holidayMonths = Set(months).sorted()
    }
  }
}

extension ProgrammeDefinition.Term {
  static func list(reading calendar: DefinitionMapping) -> [ProgrammeDefinition.Term] {
    let reader = calendar.reader
    var seen = SeenCodes(what: "term")
    var terms: [ProgrammeDefinition.Term] = []
    for node in calendar.list("terms") {
      guard
        let mapping = DefinitionMapping(
          node, what: "term", keys: ["code", "from", "to"], reader: reader)
      else { continue }
      let code = seen.insert(codeOf: mapping)
      let days = (monthDay("from", mapping), monthDay("to", mapping))
      guard let code, case (let from?, let to?) = days else { continue }
      guard from <= to else {
        reader.report(
          .endBeforeStart, at: mapping["to"]?.mark,
          "term '\(code)' ends on \(to), before it begins on \(from)")
        continue
      }
      if let other = terms.first(where: { from <= $0.to && $0.from <= to }) {
        reader.report(
          .overlappingTerms, at: mapping["from"]?.mark,
          "term '\(code)' shares days with term '\(other.code)'")
      }
      terms.append(ProgrammeDefinition.Term(code: code, from: from, to: to))
    }
    return terms
  }

  private static func monthDay(
    _ key: String, _ mapping: DefinitionMapping
  ) -> ProgrammeDefinition.MonthDay? {
    guard let text = mapping.text(key) else { return nil }
    // A leap year, so that a term may end on 29 February.
    guard let date = CivilDate("2024-\(text)") else {
      mapping.reader.report(
        .impossibleDate, at: mapping[key]?.mark, "'\(key)' of term is '\(text)', not a day",
        hint: "write a day of the year as MM-DD, for example 08-01")
      return nil
    }
    return ProgrammeDefinition.MonthDay(month: date.month, day: date.day)
  }
}
