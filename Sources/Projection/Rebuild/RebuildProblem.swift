/// Why a rebuild ends without a swap. What people read is as it was.
public enum RebuildProblem: Error, CustomStringConvertible, Sendable {
  /// A process of the server that does not let go.
  public struct Holder: Sendable {
    let process: Int
    /// Empty where it is not to be seen.
    let login: String
    let application: String

    var description: String {
      let who = [login.isEmpty ? "" : "login \(login)", application].filter { !$0.isEmpty }
      return who.isEmpty ? "\(process)" : "\(process) (\(who.joined(separator: ", ")))"
    }
  }

  /// Things of others in or on our schemas, which would go with the old facts.
  case others([String])
  /// The new facts would end earlier than those that people read; `failing` is the event they cannot
  /// take, where an event is to blame that may be left out.
  case fallsBehind(
    institution: String, position: Int, live: Int, reason: String, failing: Int?)
  /// Another rebuild is at work in this database.
  case busy
  /// Somebody did not let go of the old facts, or of a snapshot in which the new ones are not
  /// complete; they are built and wait.
  case noSwap(seconds: Int, holders: [Holder])
  /// The login may not act as owner.
  case notOwner
  /// An index of the site's that the new facts cannot have.
  case index(String, reason: String)

  /// Stable code of the diagnostic.
  public var code: String {
    switch self {
    case .others: "VD640"
    case .fallsBehind: "VD670"
    case .busy: "VD671"
    case .noSwap: "VD672"
    case .notOwner: "VD673"
    case .index: "VD675"
    }
  }

  public var description: String {
    switch self {
    case .others(let names):
      "these are not Varde's, and would be lost with the old facts: "
        + names.joined(separator: ", ")
        + "\n  hint: drop them, rebuild, and make them again with their rights. Views on fact or "
        + "evaluation are among them wherever they are: keep their definitions (pg_dump "
        + "--schema-only -t NAME prints them, with owner, rights and comments); tables of your own "
        + "are best in another schema or database"
    case .fallsBehind(let institution, let position, let live, let reason, let failing):
      "the new facts of \(institution) end at position \(position), those that people read at "
        + "\(live): \(reason)\n  hint: nothing was swapped; install a varde that can take it"
        + Self.wayOut(institution, failing)
    case .busy:
      "another rebuild is at work in this database"
        + "\n  hint: wait for it; one that was killed is noticed within seconds"
    case .noSwap(let seconds, let holders):
      "the new facts are ready, and for \(seconds) seconds somebody has kept the old ones open in "
        + "one transaction" + Self.naming(holders)
        + "\n  hint: end it ('varde status' shows who has kept facts open for ten seconds), then run "
        + "'varde rebuild' again; it goes on from here"
    case .notOwner:
      "this login may not rebuild"
        + "\n  hint: use the login that ran varde init, or one with its rights (GRANT varde_owner)"
    case .index(let name, let reason):
      "the new facts cannot have your index \(name): \(reason)"
        + "\n  hint: drop it, rebuild, and make it anew as the facts are then"
    }
  }

  private static func wayOut(_ institution: String, _ failing: Int?) -> String {
    guard let failing else { return "" }
    return ", or leave the event out of all facts: varde quarantine \(failing) --institution "
      + "\(institution) --reason \"…\"; then 'varde rebuild' goes on from here"
  }

  private static func naming(_ holders: [Holder]) -> String {
    guard !holders.isEmpty else { return "" }
    return (holders.count == 1 ? ", process " : ", processes ")
      + holders.prefix(5).map(\.description).joined(separator: ", ")
  }

  /// Whether the facts built so far may serve the next try.
  var keepsBuilding: Bool {
    switch self {
    case .noSwap, .others: true
    case .fallsBehind(_, _, _, _, let failing): failing != nil
    case .busy, .notOwner, .index: false
    }
  }
}
