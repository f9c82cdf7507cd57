import Crypto
import Events
import Statistics

extension Cell {
  /// The Wilson interval of a share of independent units.
  mutating func estimateWilson(_ count: Int, of total: Int) {
    let share = Proportion(count, of: total)
    guard let low = share.lower, let high = share.upper else { return }
    setInterval(low, high, confidence: share.confidence, method: share.method.rawValue)
  }

  /// Mean and t interval of one number per person.
  mutating func estimateMean(of values: [Double]) {
    let mean = MeanInterval(values)
    value = mean.mean
    guard let low = mean.lower, let high = mean.upper else { return }
    setInterval(low, high, confidence: mean.confidence, method: "t")
  }

  /// The interval of a ratio of sums, from drawing whole clusters with replacement. The seed
  /// follows from what the figure is, so that making it again gives the same interval.
  mutating func estimateInterval(resampling clusters: [Cluster], asOf: CivilDate) {
    guard clusters.count >= 10 else {
      add(caveat: Status.intervalWithheldFewClusters.rawValue)
      return
    }
    let seed = bootstrapSeed(asOf: asOf)
    let bootstrap = BootstrapInterval.ratio(of: clusters, replicates: resamples, seed: seed)
    self.seed = String(seed)
    guard let limits = bootstrap.limits, let method = bootstrap.method else { return }
    setInterval(limits.lower, limits.upper, confidence: bootstrap.confidence, method: method)
  }

  private mutating func setInterval(
    _ low: Double, _ high: Double, confidence: Double, method: String
  ) {
    guard low < high else {
      add(caveat: Caveat.intervalWithheldNoVariation)
      return
    }
    lower = low
    upper = high
    self.confidence = confidence
    self.method = method
  }

  func bootstrapSeed(asOf: CivilDate) -> UInt64 {
    let key = BootstrapSeed.key(
      indicator: indicator, scope: "\(scopeKind.rawValue):\(scope)", period: period,
      asOf: asOf.description, replicates: resamples)
    return BootstrapSeed.seed(fromDigest: SHA256.hash(data: Array(key.utf8)))
  }
}

/// How many resamples a bootstrap draws.
private let resamples = 2000

extension Cluster {
  /// What one person adds; ordered by the rank of the person's id.
  init(person: Int, numerator: Double, denominator: Double) {
    let rank = String(person)
    let padding = String(repeating: "0", count: max(0, 10 - rank.utf8.count))
    self.init(key: padding + rank, numerator: numerator, denominator: denominator)
  }
}

/// A share from counts; `nil` where there is nothing to be a share of.
func share(_ part: Int, of whole: Int) -> Double? {
  whole == 0 ? nil : Double(part) / Double(whole)
}
