/// Where the seed of a bootstrap comes from: from what the figure is, so that making it again
/// gives the same interval.
public enum BootstrapSeed {
  /// The text whose SHA-256 digest gives the seed: `id|scope|period|as_of|B`.
  public static func key(
    indicator: String, scope: String, period: String, asOf: String, replicates: Int
  ) -> String {
    "\(indicator)|\(scope)|\(period)|\(asOf)|\(replicates)"
  }

  /// The first eight bytes of the digest of the key's UTF-8 bytes, most significant first.
  ///
  /// The digest is the caller's: this module has no hash function.
  public static func seed(fromDigest digest: some Sequence<UInt8>) -> UInt64 {
    var seed: UInt64 = 0
    var taken = 0
    for byte in digest.prefix(8) {
      seed = seed << 8 | UInt64(byte)
      taken += 1
    }
    precondition(taken == 8, "a digest has at least eight bytes")
    return seed
  }
}
