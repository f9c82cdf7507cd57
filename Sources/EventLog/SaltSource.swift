internal import Glibc

/// Sixteen random bytes for each event, drawn from the kernel sixteen salts at a time: a system call
/// an event would cost as much as the event's hash.
struct SaltSource {
  private var pool: [UInt64] = []

  mutating func next() -> (UInt64, UInt64) {
    if pool.count < 2 { refill() }
    return (pool.removeLast(), pool.removeLast())
  }

  private mutating func refill() {
    // getentropy gives at most 256 bytes a call, and those it gives whole.
    pool = [UInt64](repeating: 0, count: 32)
    let outcome = pool.withUnsafeMutableBytes { getentropy($0.baseAddress, $0.count) }
    precondition(outcome == 0, "the kernel has no randomness; a salt must never be guessable")
  }
}
