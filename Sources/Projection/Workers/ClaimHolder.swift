internal import FoundationEssentials
internal import Glibc

/// Who holds a claim, as its session tells while the claim's transaction lasts: the session's
/// `application_name`, which costs nothing and is gone with the transaction.
struct ClaimHolder: Equatable {
  /// `fact` or `cell`.
  let projection: String
  let institution: Int32
  /// Process id of the worker, on its host.
  let process: Int
  let host: String

  private static let mark = "varde claim"

  /// A claim of this process.
  init(_ projection: String, _ institution: Int32) {
    self.projection = projection
    self.institution = institution
    process = Int(getpid())
    host = ClaimHolder.thisHost
  }

  /// `nil` if the session of that name holds no claim.
  init?(applicationName name: String) {
    let words = name.split(separator: " ")
    guard words.count == 6, name.hasPrefix(ClaimHolder.mark + " "),
      let institution = Int32(words[3]), let process = Int(words[4])
    else { return nil }
    projection = String(words[2])
    self.institution = institution
    self.process = process
    host = String(words[5])
  }

  private static let thisHost = String(
    // PostgreSQL keeps 63 bytes of a session's name.
    ProcessInfo.processInfo.hostName.filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-")
    }.prefix(26))

  var applicationName: String {
    "\(ClaimHolder.mark) \(projection) \(institution) \(process) \(host)"
  }

  /// What a claim's transaction says first: who holds it, and how long the holder may be silent. A
  /// process that was stopped, or whose network is gone, must not hold up an institution for ever.
  /// - Parameter silence: as PostgreSQL writes time spans.
  func settings(silence: String) -> String {
    """
    SET LOCAL idle_in_transaction_session_timeout = '\(silence)';
    SET LOCAL application_name = '\(applicationName)';
    """
  }
}
