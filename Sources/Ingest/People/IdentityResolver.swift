public import FoundationEssentials

/// What a row says about who somebody is, as it was written.
public struct PersonIdentity: Sendable, Equatable {
  public var personID: String?
  public var email: String?
  public var name: String?

  public init(personID: String? = nil, email: String? = nil, name: String? = nil) {
    self.personID = personID
    self.email = email
    self.name = name
  }
}

/// Whoever keeps the identities, seen from Ingest: the vault, or a stand-in.
public protocol IdentityResolver: AnyObject {
  /// Known subjects, by the ids as they were asked for.
  func lookUp(personIDs: [String]) throws -> [String: UUID]
  /// Known subjects, by the addresses as they were asked for (Ingest asks in lower case).
  func lookUp(emails: [String]) throws -> [String: UUID]
  /// The names of subjects, where they have one.
  func names(of subjects: [UUID]) throws -> [UUID: String]
  /// The names of all who have one.
  func allNames() throws -> [UUID: String]
  /// Registers people who are new and new identifiers of known ones; answers the subject of each,
  /// in order. A dry run writes nothing and hands out provisional ids.
  func register(_ people: [PersonIdentity], dryRun: Bool) throws -> [UUID]
}
