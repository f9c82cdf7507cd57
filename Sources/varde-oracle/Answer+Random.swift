internal import Crypto
internal import Statistics

/// The generator, its seed, and what is drawn with it.
extension OracleCase {
  func generator() throws(CaseError) -> JSON {
    let text = parameters["seed"].map { $0.string ?? $0.text } ?? ""
    guard let seed = UInt64(text) else { throw .malformed("seed '\(text)'") }
    var spread = SplitMix64(seed: seed)
    var random = Xoshiro256StarStar(seed: seed)
    var bounded = random
    let state = random.state
    return [
      "splitmix64_first_4": strings((0..<4).map { _ in spread.next() }),
      "xoshiro_state": strings([state.0, state.1, state.2, state.3]),
      "xoshiro256ss_first_6": strings((0..<6).map { _ in random.next() }),
      "bounded_7_first_20": .array((0..<20).map { _ in JSON(Int(bounded.next(below: 7))) }),
    ]
  }

  func generatorSeed() throws(CaseError) -> JSON {
    let digest = Self.digest(try text(parameters, "key"))
    let hex = digest.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return [
      "sha256": .string(hex.joined()),
      "seed": .string(String(BootstrapSeed.seed(fromDigest: digest))),
    ]
  }

  func bootstrap() throws(CaseError) -> JSON {
    let (seed, replicates) = try draw()
    let confidence = try confidence()
    let name = try text(parameters, "statistic")
    let interval =
      switch name {
      case "mean":
        BootstrapInterval.mean(
          of: try values().compactMap(\.self), replicates: replicates, confidence: confidence,
          seed: seed)
      case "median":
        BootstrapInterval.median(
          of: try values().compactMap(\.self), replicates: replicates, confidence: confidence,
          seed: seed)
      case "gini":
        BootstrapInterval.gini(
          of: try values().compactMap(\.self), replicates: replicates, confidence: confidence,
          seed: seed)
      default: throw .unknownStatistic("bootstrap_ci of \(name)")
      }
    return JSON(interval)
  }

  func clusterBootstrap() throws(CaseError) -> JSON {
    let (seed, replicates) = try draw()
    let table = try table()
    let keys = try table.column(try text(parameters, "cluster"))
    let numerators = try table.numbers(try text(input, "numerator"))
    let denominators = try table.numbers(try text(input, "denominator"))
    var clusters: [Cluster] = []
    for (index, key) in keys.enumerated() {
      guard let numerator = numerators[index], let denominator = denominators[index] else {
        throw .malformed("a cluster without numbers in data row \(index + 1)")
      }
      clusters.append(
        Cluster(key: key ?? "", numerator: numerator, denominator: denominator))
    }
    return JSON(
      BootstrapInterval.ratio(
        of: clusters, replicates: replicates, confidence: try confidence(), seed: seed))
  }

  private func draw() throws(CaseError) -> (seed: UInt64, replicates: Int) {
    let replicates = try integer(parameters, "B")
    guard replicates > 0, replicates <= 10_000_000 else {
      throw .malformed("\(replicates) replicates")
    }
    let digest = Self.digest(try text(parameters, "seed_key"))
    return (BootstrapSeed.seed(fromDigest: digest), replicates)
  }

  private static func digest(_ key: String) -> [UInt8] {
    var hash = SHA256()
    Array(key.utf8).withUnsafeBytes { hash.update(bufferPointer: $0) }
    return Array(hash.finalize())
  }

  private func strings(_ words: [UInt64]) -> JSON {
    .array(words.map { .string(String($0)) })
  }
}

extension JSON {
  fileprivate init(_ interval: BootstrapInterval) {
    self = [
      "status": JSON(interval.status), "seed": .string(String(interval.seed)),
      "estimate": JSON(interval.estimate), "B": JSON(interval.replicates),
      "undefined_replicates": JSON(interval.undefinedReplicates),
      "replicates_first_5": JSON(interval.firstReplicates),
      "boot_se": JSON(interval.standardError),
      "percentile_lower": JSON(interval.percentile?.lower),
      "percentile_upper": JSON(interval.percentile?.upper),
      "bca_z0": JSON(interval.bca?.z0), "bca_acceleration": JSON(interval.bca?.acceleration),
      "bca_lower": JSON(interval.bca?.limits.lower),
      "bca_upper": JSON(interval.bca?.limits.upper),
    ]
  }
}
