public import Postgres

/// Why a server that is there did not do what it was asked for, in words that help.
public enum Hindrance {
  static let projecting = "events were being turned into facts"
  static let computing = "figures were being computed"

  /// - Parameters:
  ///   - purpose: what the statement was for, as `figures were being computed`.
  ///   - session: on which it failed, to be asked for its limit; `nil` if it is gone.
  public static func text(
    _ error: PostgresError, while purpose: String, _ session: Session?
  ) -> String {
    guard !error.isFull else { return "\(error)" }
    guard error.isCancelled else { return "while \(purpose): \(error)" }
    let limit = session.flatMap { try? $0.query("SHOW statement_timeout")[0].text(0) } ?? "0"
    guard limit != "0" else { return "cancelled by somebody while \(purpose) [57014]" }
    return "cancelled while \(purpose): the login's statement_timeout of \(limit) is too short "
      + "for that [57014]"
  }
}
