/// Why a rebuild ends without a swap. What people read is as it was.
public enum RebuildProblem: Error, CustomStringConvertible, Sendable {
  /// Somebody's own views stand on ours and would be dropped with them.
  case foreignViews([String])
  /// The new facts would end earlier than those that people read.
  case fallsBehind(institution: String, position: Int, live: Int, reason: String)
  /// Another rebuild is at work in this database.
  case busy
  /// Readers did not let go of the facts; they are built and wait.
  case noSwap(seconds: Int)

  /// Stable code of the diagnostic.
  public var code: String {
    switch self {
    case .foreignViews: "VD640"
    case .fallsBehind: "VD670"
    case .busy: "VD671"
    case .noSwap: "VD672"
    }
  }

  public var description: String {
    switch self {
    case .foreignViews(let names):
      "these views stand on Varde's: \(names.joined(separator: ", "))"
        + "\n  hint: drop them, rebuild, and make them again; or keep their tables in another database"
    case .fallsBehind(let institution, let position, let live, let reason):
      "the new facts of \(institution) end at position \(position), those that people read at "
        + "\(live): \(reason)\n  hint: nothing was swapped; this varde cannot take what another "
        + "could: install one that can, or decide what is to become of the event"
    case .busy:
      "another rebuild is at work in this database"
        + "\n  hint: wait for it; one that was killed is noticed within seconds"
    case .noSwap(let seconds):
      "the new facts are ready, and for \(seconds) seconds somebody has been reading the old ones in "
        + "one transaction\n  hint: end it (see ops.snapshot), then run 'varde rebuild' again; it "
        + "goes on from here"
    }
  }

  /// Whether the facts built so far may serve the next try.
  var keepsBuilding: Bool {
    if case .noSwap = self { true } else { false }
  }
}
