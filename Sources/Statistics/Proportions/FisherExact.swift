/// Fisher's exact test of a two by two table, given all four margins.
///
/// Source: Fisher (1922), On the interpretation of χ² from contingency tables, Journal of the
/// Royal Statistical Society 85, 87–94, doi:10.2307/2340521.
struct FisherExact {
  /// Sum of the probabilities of all tables that are no likelier than the one seen; `nil` when
  /// there are too many tables to go through, from a hundred billion people on.
  let twoSided: Double?

  init(_ count1: Int, of total1: Int, _ count2: Int, of total2: Int) {
    guard Double(total1) + Double(total2) < 1e11 else {
      twoSided = nil
      return
    }
    let margin = count1 + count2
    let lowest = max(0, margin - total2)
    let highest = min(margin, total1)
    // The likeliest table has weight 1. Each neighbour's follows by a ratio of whole numbers, out
    // to where weights vanish: no factorials, so nothing is lost with large counts.
    let steps = (Double(total1) + 1) * (Double(margin) + 1)
    let middle = Int(steps / (Double(total1) + Double(total2) + 2))
    let mode = min(max(middle, lowest), highest)
    func ratio(upTo k: Int) -> Double {
      Double(total1 - k + 1) * Double(margin - k + 1)
        / (Double(k) * Double(total2 - margin + k))
    }
    var rising: [Double] = []
    var weight = 1.0
    var k = mode
    while k < highest, weight > 0 {
      k += 1
      weight *= ratio(upTo: k)
      rising.append(weight)
    }
    var falling: [Double] = []
    weight = 1
    k = mode
    while k > lowest, weight > 0 {
      weight /= ratio(upTo: k)
      k -= 1
      falling.append(weight)
    }
    // Far out, where the list has ended, a weight is 0.
    let distance = count1 - mode
    let side = distance < 0 ? falling : rising
    let seen =
      distance == 0 ? 1 : distance.magnitude <= side.count ? side[abs(distance) - 1] : 0
    // Tables that are equally likely may differ by rounding.
    let limit = seen * (1 + 1e-7)
    let weights = [1] + rising + falling
    twoSided = min(1, exactSum(weights.lazy.filter { $0 <= limit }) / exactSum(weights))
  }
}
