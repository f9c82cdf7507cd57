/// Persons measured at the same times, by their straight lines.
struct SlopePattern: Sendable {
  private let design: Symmetric2
  private let determinant: Double
  private(set) var persons = 0.0
  private(set) var line = Pair.zero
  /// Of the persons' lines around their mean.
  private var scatter = Symmetric2.zero

  init(_ line: PersonLine) {
    design = line.design
    determinant = line.designDeterminant
  }

  mutating func add(_ other: PersonLine) {
    persons += 1
    let difference = Pair(first: other.level, second: other.slope) - line
    line = line + 1 / persons * difference
    scatter = scatter + (1 - 1 / persons) * Symmetric2.square(difference)
  }

  /// Z′V⁻¹Z and |V| of one person.
  func weight(_ factor: RelativeFactor) -> (Symmetric2, Double) {
    factor.weight(design, determinant: determinant)
  }

  /// Σ(b − β)(b − β)′ over the persons' lines b.
  func squares(around fixed: Pair) -> Symmetric2 {
    persons * Symmetric2.square(line - fixed) + scatter
  }
}
