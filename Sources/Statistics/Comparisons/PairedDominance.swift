/// How often later measurements lie above earlier ones, less how often below; −1 to 1.
///
/// Source: Cliff (1993), doi:10.1037/0033-2909.114.3.494.
public struct PairedDominance: Sendable, Equatable {
  /// d_w: each person with themselves, (up − down) / n.
  public let within: Double?
  /// Each person's later measurement with everyone else's earlier one.
  public let between: Double?
  /// With everyone's, their own included.
  public let allPairs: Double?

  static let undefined = PairedDominance(within: nil, between: nil, allPairs: nil)

  private init(within: Double?, between: Double?, allPairs: Double?) {
    self.within = within
    self.between = between
    self.allPairs = allPairs
  }

  /// Of at least two pairs; `up` and `down` count rounded differences.
  init(_ pairs: PairedSample, up: Int, down: Int) {
    let n = Double(pairs.count)
    let all = Overlap(pairs.after, pairs.before).score
    // Comparing as they stand, as with other people's: no difference is taken that could be off.
    var own = 0
    for (one, two) in zip(pairs.before, pairs.after) where one != two { own += two > one ? 1 : -1 }
    within = Double(up - down) / n
    between = Double(all - own) / (n * (n - 1))
    allPairs = Double(all) / (n * n)
  }
}
