/// The Wilcoxon signed-rank test that changes are as likely up as down, and the rank-biserial
/// correlation as its effect size.
///
/// Status: `ok`; `all_zero` when nobody changed, or nobody has both measurements: p is 1 and
/// there is no effect size; `invalid_codes` for values that are no numbers.
///
/// Changes are rounded to ten decimals (see `PairedSample.differences`) and ranked by size; ties
/// share their mean rank.
///
/// Sources: Wilcoxon (1945), Biometrics Bulletin 1, 80–83, doi:10.2307/3001968; Pratt (1959),
/// Remarks on zeros and ties in the Wilcoxon signed rank procedures, JASA 54, 655–667,
/// doi:10.1080/01621459.1959.10501526; Kerby (2014), The simple difference formula,
/// Comprehensive Psychology 3, 1, doi:10.2466/11.IT.3.1.
public struct WilcoxonSignedRank: Sendable, Equatable {
  /// What becomes of people who did not change.
  public enum Zeros: String, Sendable {
    /// They are left out before ranking.
    case dropped
    /// They take the lowest ranks and are left out then.
    case pratt
  }

  public let status: Status
  public let zeros: Zeros
  /// People with both measurements.
  public let n: Int
  /// Of them, unchanged.
  public let zeroCount: Int
  /// People who lack one of the measurements.
  public let missing: Int
  /// Sums of the ranks of those who went up and down.
  public let rankSumUp: Double
  public let rankSumDown: Double
  /// Of `rankSumUp` if each change might as well have had the other sign.
  public let variance: Double?
  /// `rankSumUp` less its expectation, in standard deviations.
  public let z: Double?
  /// Two-sided p of the normal approximation, corrected for ties.
  public let asymptoticP: Double?
  /// As `asymptoticP`, also corrected for continuity.
  public let continuityP: Double?
  /// Two-sided p over all signs of the ranks as they are, ties included; `nil` when there are too
  /// many people to count (from about a thousand on).
  public let exactP: Double?
  /// (up − down) / (up + down) of the rank sums, −1 to 1.
  public let rankBiserial: Double?

  /// Most people for whom `pValue` is the exact one.
  public static let exactLimit = 200

  /// People whose change has a rank.
  public var used: Int { n - zeroCount }

  /// The p to report: exact up to `exactLimit` people, the asymptotic one beyond.
  public var pValue: Double? { used <= Self.exactLimit ? exactP : asymptoticP }

  public init(_ pairs: PairedSample, zeros: Zeros = .dropped) {
    self.zeros = zeros
    n = pairs.count
    missing = pairs.beforeOnly + pairs.afterOnly
    let ranks = SignedRanks(pairs.isMeasurable ? pairs.differences : [], zeros: zeros)
    zeroCount = ranks.zeroCount
    let (up, down) = (ranks.doubledUp, ranks.doubledDown)
    rankSumUp = Double(up) / 2
    rankSumDown = Double(down) / 2
    guard up + down > 0 else {
      status = pairs.isMeasurable ? .allZero : .invalidCodes
      let p: Double? = pairs.isMeasurable ? 1 : nil
      (asymptoticP, continuityP, exactP) = (p, p, p)
      (variance, z, rankBiserial) = (nil, nil, nil)
      return
    }
    status = .ok
    let variance = ranks.variance
    let spread = variance.squareRoot()
    let excess = Double(up - down) / 4
    self.variance = variance
    z = excess / spread
    asymptoticP = Distribution.normalTwoSided(excess / spread)
    // Half a rank towards the expectation.
    continuityP =
      excess == 0 ? 1 : Distribution.normalTwoSided((excess.magnitude - 0.5) / spread)
    exactP = ranks.exactTwoSided
    rankBiserial = Double(up - down) / Double(up + down)
  }
}

extension WilcoxonSignedRank: ResultRecordConvertible {
  /// The headline is the rank-biserial correlation.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: rankBiserial,
      method: zeros == .dropped ? "matched_rank_biserial" : "matched_rank_biserial_pratt", n: n,
      missing: MissingCounts(skipped: missing))
  }
}
