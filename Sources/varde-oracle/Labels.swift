/// Names of groups or persons, numbered in the order in which they are reported: as numbers if
/// all are, else by their UTF-8 bytes.
struct Labels {
  /// Different labels in order; numbers in their shortest form, so "1.0" and "1" are one.
  let names: [String]
  private let numbers: [String: Int]

  /// The labels among `cells`, where `nil` is missing.
  init(_ cells: [String?]) {
    let present = Set(cells.compactMap(\.self))
    let values = present.compactMap { text in Double(text).map { (text, $0) } }
    var numbers: [String: Int] = [:]
    if values.count == present.count, values.allSatisfy(\.1.isFinite) {
      let distinct = Set(values.map(\.1)).sorted()
      let place = Dictionary(uniqueKeysWithValues: zip(distinct, 0...))
      for (text, value) in values { numbers[text] = place[value] }
      names = distinct.map { JSON.number($0).text }
    } else {
      names = present.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for (index, name) in names.enumerated() { numbers[name] = index }
    }
    self.numbers = numbers
  }

  /// The place of a label in `names`.
  subscript(label: String) -> Int? { numbers[label] }
}
