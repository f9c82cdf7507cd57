/// The p-values of a declared family, each adjusted for the others, in the order they came in.
///
/// Status: `ok`; `no_data` when none is there; `invalid_codes` when one lies outside 0…1 or is no
/// number, and then nothing is adjusted. A missing p stays missing and does not count in the
/// family's size.
public struct AdjustedPValues: Sendable, Equatable {
  public let status: Status
  /// p-values that are there.
  public let n: Int
  /// Controls the chance of any false discovery. Holm (1979), Scandinavian Journal of Statistics
  /// 6, 65–70.
  public let holm: [Double?]
  /// Controls the expected share of false discoveries. Benjamini & Hochberg (1995), Journal of
  /// the Royal Statistical Society B 57, 289–300, doi:10.1111/j.2517-6161.1995.tb02031.x.
  public let benjaminiHochberg: [Double?]
  /// As Holm, simpler and never smaller.
  public let bonferroni: [Double?]

  public init(_ pValues: [Double?]) {
    let isValid = pValues.allSatisfy { p in p.map { $0 >= 0 && $0 <= 1 } ?? true }
    struct Place {
      var p: Double
      var index: Int
    }
    let places: [Place] =
      isValid
      ? pValues.enumerated().compactMap { index, p in p.map { Place(p: $0, index: index) } } : []
    let order = radixSorted(places) { $0.p.sortKey }
    let size = Double(order.count)
    var none = [Double?](repeating: nil, count: pValues.count)
    var (holm, hochberg) = (none, none)
    var largest = 0.0
    for (rank, place) in order.enumerated() {
      largest = max(largest, (size - Double(rank)) * place.p)
      holm[place.index] = min(1, largest)
      none[place.index] = min(1, size * place.p)
    }
    var smallest = 1.0
    for (rank, place) in order.enumerated().reversed() {
      smallest = min(smallest, size / Double(rank + 1) * place.p)
      hochberg[place.index] = smallest
    }
    status = !isValid ? .invalidCodes : order.isEmpty ? .noData : .ok
    n = order.count
    self.holm = holm
    benjaminiHochberg = hochberg
    bonferroni = none
  }
}
