/// A variable of a statistics file: what the file says about one of its columns.
struct Variable: Equatable, Sendable {
  /// Codes that stand for no answer: a single one, or all from the first to the last.
  struct Missing: Equatable, Sendable {
    var from: String
    var to: String
  }

  var name: String
  /// The question's text, where the file has it.
  var label: String?
  /// What the codes mean, in the order of the file; codes as the cells have them.
  var values: [(code: String, label: String)] = []
  /// Codes the makers of the file count as no answer. They stay in the cells as they are: which of
  /// them means what is for a binding to say.
  var missing: [Missing] = []

  static func == (left: Variable, right: Variable) -> Bool {
    left.name == right.name && left.label == right.label && left.missing == right.missing
      && left.values.elementsEqual(right.values, by: ==)
  }
}
