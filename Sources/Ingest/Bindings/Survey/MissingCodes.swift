/// Codes a statistics file counts as no answer, as far as one list in a binding can say it: that list
/// holds for all items.
struct MissingCodes {
  /// Codes that are no answer wherever they stand, in the order of the file.
  private(set) var always: [String] = []
  /// Codes that are no answer in one variable and an answer in another.
  private(set) var sometimes: [(code: String, missing: String, answer: String)] = []

  /// - Parameter values: what cells of a variable hold.
  init(_ variables: [Variable], values: (String) -> [String]) {
    // What was asked with options; ids and days are no answers.
    let asked = variables.filter { !$0.values.isEmpty || !$0.missing.isEmpty }
    var seen: Set<String> = []
    for variable in asked {
      let found = MissingCodes.declared(by: variable) + values(variable.name)
      for code in found where variable.countsAsMissing(code) && seen.insert(code).inserted {
        let other = asked.first { other in
          !other.countsAsMissing(code)
            && (other.values.contains { $0.code == code } || values(other.name).contains(code))
        }
        if let other {
          sometimes.append((code, variable.name, other.name))
        } else {
          always.append(code)
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
