public import FoundationEssentials
internal import Postgres

/// What a person is and was called. Files from before a change of name, domain or employer's system
/// still find them.
extension IdentityVault {
  /// Something that stands for one person in files.
  public enum Alias: Sendable, Equatable {
    case personID(String)
    case email(String)

    var kind: Kind {
      switch self {
      case .personID: .personID
      case .email: .email
      }
    }

    /// As it was written.
    public var text: String {
      switch self {
      case .personID(let text), .email(let text): text
      }
    }
  }

  /// What became of the wish to add an alias.
  public enum AliasOutcome: Sendable, Equatable {
    case added
    /// It was theirs already.
    case known
    /// It stands for somebody else.
    case taken(by: UUID)
  }

  /// One alias of a person and the day it was noted.
  public struct NotedAlias: Sendable, Equatable {
    public let alias: Alias
    public let notedOn: String
  }

  /// Lets an employee id or address stand for a person from now on, beside those they have.
  public func add(_ alias: Alias, to subject: UUID) throws -> AliasOutcome {
    let value = normalised(alias.text, alias.kind)
    let added = try session.query(
      """
      INSERT INTO vault.identifier (institution_id, kind, value, subject_id)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (institution_id, kind, value) DO NOTHING
      RETURNING subject_id
      """, [id, .text(alias.kind.rawValue), .text(value), .uuid(subject)])
    guard added.isEmpty else { return .added }
    guard let owner = try lookUp(alias.kind, [alias.text])[alias.text] else {
      // Whoever had it has been forgotten meanwhile.
      return try add(alias, to: subject)
    }
    return owner == subject ? .known : .taken(by: owner)
  }

  /// Everything these ids are called, oldest first.
  public func aliases(of subjects: [UUID]) throws -> [NotedAlias] {
    try session.query(
      """
      SELECT kind, value, to_char(noted_at, 'YYYY-MM-DD') FROM vault.identifier
       WHERE institution_id = $1 AND subject_id = ANY ($2::uuid[])
       ORDER BY kind DESC, noted_at, value
      """, [id, .uuidArray(subjects)]
    ).map { row in
      let text = try row.text(1)
      return NotedAlias(
        alias: try row.text(0) == Kind.email.rawValue ? .email(text) : .personID(text),
        notedOn: try row.text(2))
    }
  }

  /// The person meant by an employee id, an address or a random id; `nil` for nobody.
  public func subject(calledAs who: String) throws -> UUID? {
    if let subject = try lookUp(personIDs: [who])[who] { return subject }
    if let subject = try lookUp(emails: [who])[who] { return subject }
    guard let subject = UUID(uuidString: who) else { return nil }
    let known = try session.query(
      "SELECT FROM vault.subject WHERE institution_id = $1 AND subject_id = $2",
      [id, .uuid(subject)])
    return known.isEmpty ? nil : subject
  }
}
