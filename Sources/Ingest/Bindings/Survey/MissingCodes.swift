internal import Events

/// Codes a statistics file counts as no answer, as far as one list in a binding can say it: that list
/// holds for all items.
struct MissingCodes {
  /// Codes that mean the question does not concern somebody, wherever they stand.
  private(set) var notRelevant: [String] = []
  /// Codes that are no answer wherever they stand; why there is none, nobody knows.
  private(set) var unknown: [String] = []
  /// Codes that one list may not speak of, and why.
  private(set) var doubts: [(code: String, why: String)] = []

  /// - Parameters:
  ///   - columns: those that may hold answers.
  ///   - items: those the columns may answer.
  ///   - values: what cells of a variable hold.
  init(
    _ variables: [Variable], _ columns: [ColumnLook], _ items: [Register.Item],
    values: (String) -> [String]
  ) {
    var seen: Set<String> = []
    for variable in variables where !variable.values.isEmpty || !variable.missing.isEmpty {
      let found = MissingCodes.declared(by: variable) + values(variable.name)
      for code in found where variable.countsAsMissing(code) && seen.insert(code).inserted {
        let labels = variables.filter { $0.countsAsMissing(code) }.compactMap { variable in
          variable.values.first { $0.code == code }.map { (variable.name, $0.label) }
        }
        let saysNotRelevant = labels.contains { MissingCodes.isNotRelevant($0.1) }
        if let why = MissingCodes.contradiction(labels)
          ?? MissingCodes.answer(code, in: columns, variables).map({
            "no answer in \(variable.name) and may be one in \($0)"
          })
          ?? MissingCodes.item(code, among: items, isNotRelevant: saysNotRelevant).map({
            "no answer in \(variable.name) and \($0)"
          })
        {
          doubts.append((code, why))
        } else if saysNotRelevant {
          notRelevant.append(code)
        } else {
          unknown.append(code)
        }
      }
    }
  }

  /// Single codes, of a range its whole numbers, and those with labels that Stata counts as missing.
  private static func declared(by variable: Variable) -> [String] {
    variable.missing.flatMap { range -> [String] in
      guard range.from != range.to else { return [range.from] }
      guard let from = Int(range.from), let to = Int(range.to), to > from, to - from < 20 else {
        return [range.from, range.to]
      }
      return (from...to).map(String.init)
    } + variable.values.map(\.code).filter(variable.countsAsMissing)
  }

  private static func isNotRelevant(_ label: String) -> Bool {
    ["relevant", "vet ikke", "veit ikkje", "don't know"].contains {
      label.lowercased().contains($0)
    }
  }

  /// What a code is called where variables call it different things.
  private static func contradiction(_ labels: [(name: String, label: String)]) -> String? {
    guard let one = labels.first(where: { isNotRelevant($0.label) }),
      let other = labels.first(where: { !isNotRelevant($0.label) })
    else { return nil }
    return "'\(one.label)' in \(one.name) and '\(other.label)' in \(other.name)"
  }

  /// A column in which the code has a meaning, or is found, without being declared as no answer.
  private static func answer(
    _ code: String, in columns: [ColumnLook], _ variables: [Variable]
  ) -> String? {
    columns.first { column in
      guard let variable = variables.first(where: { $0.name == column.name }),
        !variable.countsAsMissing(code)
      else { return false }
      return variable.values.contains { $0.code == code }
        || column.values.contains(code) && !column.isRunningNumber
    }?.name
  }

  /// What the code means for an item that can be answered with it. Cases beyond the sample may have it,
  /// and any column may turn out to be that item's.
  private static func item(
    _ code: String, among items: [Register.Item], isNotRelevant: Bool
  ) -> String? {
    guard let number = Int(code) else { return nil }
    if let item = items.first(where: { $0.allows(number) }) {
      return "on the scale of \(item.code)"
    }
    guard !isNotRelevant else { return nil }
    return items.first { $0.notRelevant == number }.map { "'not relevant' for \($0.code)" }
  }
}

extension Variable {
  /// Whether a code stands for no answer in this variable: declared so, or one of Stata's own (`.a`).
  func countsAsMissing(_ code: String) -> Bool {
    if code.count == 2, code.first == ".", code.last?.isLetter == true { return true }
    return missing.contains { range in
      if code == range.from || code == range.to { return true }
      guard let number = Double(code), let from = Double(range.from), let to = Double(range.to)
      else { return false }
      return (from...max(from, to)).contains(number)
    }
  }
}
