public import FoundationEssentials
internal import Postgres

extension IdentityVault {
  /// Whether a text says who somebody of the institution is: by an identifier, by a name in full, or,
  /// of those it is about, by any part of a name.
  public func mentions(in text: String, of concerned: [UUID]) throws -> Bool {
    if Mention.isTold(by: text) { return true }
    let tokens = Mention.tokens(of: text)
    let spellings = Set(tokens + tokens.map { $0.uppercased() } + tokens.map { $0.lowercased() })
    if try !lookUp(personIDs: Array(spellings)).isEmpty { return true }
    let words = Set(Mention.words(of: text))
    for name in try names(of: concerned).values
    where Mention.words(of: name).contains(where: { $0.count > 2 && words.contains($0) }) {
      return true
    }
    return try session.query(
      """
      SELECT name FROM vault.subject WHERE institution_id = $1 AND name IS NOT NULL
      """, [id]
    ).contains { row in
      let name = Mention.words(of: try row.text(0)).filter { $0.count > 1 }
      return name.count > 1 && name.allSatisfy(words.contains)
    }
  }
}

/// What a text may say of somebody.
enum Mention {
  /// Whether it says it by its shape: an address, or a number as long as a national identity number.
  static func isTold(by text: String) -> Bool {
    text.contains("@")
      || text.split { !$0.isNumber && $0 != " " }
        .contains { $0.count(where: \.isNumber) == 11 }
  }

  /// What may be an employee id: what stands between spaces, without the signs around it.
  static func tokens(of text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).compactMap { part in
      let start = part.drop { !$0.isLetter && !$0.isNumber }
      guard let end = start.lastIndex(where: { $0.isLetter || $0.isNumber }) else { return nil }
      return String(start[...end])
    }
  }

  static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter }.map(String.init)
  }
}
