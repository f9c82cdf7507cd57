internal import Postgres

/// What the server says of an event it cannot take, without the values it quotes: they are somebody's
/// data, and who reads of a failure need not be one who may read the log.
enum FailureText {
  private static let quotes: Set<Character> = ["\"", "'", "«", "»", "“", "”", "„", "‘", "’"]

  /// The message, in which everything from the first quotation mark to the last is left out. A broken
  /// constraint (class 23) quotes names of ours only; its values are in the detail, which nobody keeps.
  static func masked(_ error: PostgresError) -> String {
    let message = error.message
    guard !error.sqlstate.hasPrefix("23"),
      let first = message.firstIndex(where: quotes.contains),
      let last = message.lastIndex(where: quotes.contains), first < last
    else { return withoutBytes(message) }
    return withoutBytes(
      message[...first] + "…" + message[last...])
  }

  /// "invalid byte sequence … 0xe5 0x20" spells letters out.
  private static func withoutBytes(_ message: some StringProtocol) -> String {
    message.split(separator: " ", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("0x") ? "0x…" : $0 }.joined(separator: " ")
  }
}
