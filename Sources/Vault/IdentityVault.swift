public import FoundationEssentials
public import Postgres

/// Who the random subject ids stand for, in one institution.
///
/// Files name people by employee id, e-mail or name; the log knows only subject ids. The vault
/// lies between them, in its own schema, and can forget.
public final class IdentityVault {
  /// A person as a file names them.
  public struct Identity: Sendable, Equatable {
    public var personID: String?
    public var email: String?
    public var name: String?

    public init(personID: String?, email: String?, name: String?) {
      self.personID = personID
      self.email = email
      self.name = name
    }
  }

  enum Kind: String {
    case personID = "person_id"
    case email
  }

  let session: Session
  let institution: Int32
  /// Identifiers this session has seen; people of one institution fit into memory.
  var cache: [Kind: [String: UUID]] = [.personID: [:], .email: [:]]

  public init(session: Session, institution: Int32) throws {
    self.session = session
    self.institution = institution
  }

  /// The key under which this institution's row keys are digested.
  public func sourceKeySecret() throws -> [UInt8] {
    let rows = try session.query(
      "SELECT source_key_secret FROM vault.secret WHERE institution_id = $1", [id])
    guard let row = rows.first else {
      throw PostgresError(sqlstate: "VL404", message: "institution \(institution) has no vault")
    }
    return try row.bytes(0)
  }

  /// Subjects of the employee ids that are known; unknown ones are absent from the answer.
  public func lookUp(personIDs: [String]) throws -> [String: UUID] {
    try lookUp(.personID, personIDs)
  }

  /// Subjects of the e-mail addresses that are known, whatever their case.
  public func lookUp(emails: [String]) throws -> [String: UUID] { try lookUp(.email, emails) }

  /// Names of subjects, as last registered.
  public func names(of subjects: [UUID]) throws -> [UUID: String] {
    var names: [UUID: String] = [:]
    for row in try session.query(
      """
      SELECT subject_id, name FROM vault.subject
       WHERE institution_id = $1 AND subject_id = ANY ($2::uuid[]) AND name IS NOT NULL
      """, [id, .uuidArray(subjects)])
    {
      names[try row.uuid(0)] = try row.text(1)
    }
    return names
  }

  /// Names of all the institution's people who have one, as last registered.
  public func allNames() throws -> [UUID: String] {
    let rows = try session.query(
      "SELECT subject_id, name FROM vault.subject WHERE institution_id = $1 AND name IS NOT NULL",
      [id])
    var names: [UUID: String] = [:]
    names.reserveCapacity(rows.count)
    for row in rows { names[try row.uuid(0)] = try row.text(1) }
    return names
  }

  /// Registers people not known yet, and new identifiers of known people.
  ///
  /// Only enrolments call this: nobody is created because a name was misspelt elsewhere.
  /// - Returns: the subject of each person, in order. In a dry run new people get ids that are
  ///   forgotten afterwards.
  public func register(_ people: [Identity], dryRun: Bool) throws -> [UUID] {
    guard !dryRun else { return try provisional(people) }
    return try session.transaction {
      // Who is known by e-mail only until now keeps their subject when an id comes along.
      let byEmail = try withoutID(try lookUp(.email, people.compactMap(\.email)))
      let ids = try settle(
        .personID,
        people.map { person in
          person.personID.map { ($0, person.email.flatMap { byEmail[$0] } ?? UUID()) }
        })
      var identified: [String: UUID] = [:]
      for (person, id) in zip(people, ids) {
        if let email = person.email, let id { identified[normalised(email, .email)] = id }
      }
      let emails = try settle(
        .email,
        people.map { person in
          person.email.map { ($0, identified[normalised($0, .email)] ?? UUID()) }
        })
      let subjects = people.indices.map { ids[$0] ?? emails[$0] ?? UUID() }
      try write(subjects, names: people.map(\.name))
      return subjects
    }
  }

  /// Those who have no employee id yet. An address that two people share makes no one of them.
  private func withoutID(_ found: [String: UUID]) throws -> [String: UUID] {
    let taken = try session.query(
      """
      SELECT DISTINCT subject_id FROM vault.identifier
       WHERE institution_id = $1 AND kind = 'person_id' AND subject_id = ANY ($2::uuid[])
      """, [id, .uuidArray(Array(Set(found.values)))]
    ).map { try $0.uuid(0) }
    return found.filter { !taken.contains($0.value) }
  }

  /// Claims identifiers for subjects and reads back whose they are. Another session may claim the
  /// same ones at the same time: one of the two waits, and both go on with the same subject.
  private func settle(_ kind: Kind, _ claims: [(String, UUID)?]) throws -> [UUID?] {
    let wanted = claims.map { claim in claim.map { (normalised($0.0, kind), $0.1) } }
    var first: [String: UUID] = [:]
    for case (let value, let subject)? in wanted where first[value] == nil {
      first[value] = subject
    }
    // In one order everywhere, or two sessions could wait for each other.
    let values = first.keys.sorted()
    try session.query(
      """
      INSERT INTO vault.identifier (institution_id, kind, value, subject_id)
      SELECT $1, $2, u.value, u.subject_id
        FROM unnest($3::text[], $4::uuid[]) WITH ORDINALITY AS u(value, subject_id, place)
       ORDER BY u.place
      ON CONFLICT (institution_id, kind, value) DO NOTHING
      """,
      [
        id, .text(kind.rawValue), .textArray(values),
        .uuidArray(values.compactMap { first[$0] }),
      ])
    cache[kind] = [:]
    let settled = try lookUp(kind, values)
    return wanted.map { claim in claim.flatMap { settled[$0.0] } }
  }

  /// Known people as they are, new ones with ids that are forgotten when the run ends.
  private func provisional(_ people: [Identity]) throws -> [UUID] {
    _ = try lookUp(.personID, people.compactMap(\.personID))
    _ = try lookUp(.email, people.compactMap(\.email))
    return people.map { person in
      let personID = person.personID.map { normalised($0, .personID) }
      let email = person.email.map { normalised($0, .email) }
      let subject =
        personID.flatMap { cache[.personID]?[$0] } ?? email.flatMap { cache[.email]?[$0] }
        ?? UUID()
      if let personID { cache[.personID]?[personID] = subject }
      if let email, cache[.email]?[email] == nil { cache[.email]?[email] = subject }
      return subject
    }
  }

  private func write(_ subjects: [UUID], names: [String?]) throws {
    var named: [UUID: String] = [:]
    for case (let subject, let name?) in zip(subjects, names) { named[subject] = name }
    let distinct = Set(subjects).sorted { $0.uuidString < $1.uuidString }
    try session.query(
      """
      INSERT INTO vault.subject AS s (institution_id, subject_id, name)
      SELECT $1, u.subject_id, u.name
        FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS u(subject_id, name, place)
       ORDER BY u.place
      ON CONFLICT (institution_id, subject_id)
      DO UPDATE SET name = coalesce(excluded.name, s.name)
      """,
      [id, .uuidArray(distinct), .textArray(distinct.map { named[$0] })])
  }

  func lookUp(_ kind: Kind, _ values: [String]) throws -> [String: UUID] {
    let unknown = Set(values.map { normalised($0, kind) }).filter { cache[kind]?[$0] == nil }
    if !unknown.isEmpty {
      for row in try session.query(
        """
        SELECT value, subject_id FROM vault.identifier
         WHERE institution_id = $1 AND kind = $2 AND value = ANY ($3::text[])
        """, [id, .text(kind.rawValue), .textArray(Array(unknown))])
      {
        cache[kind]?[try row.text(0)] = try row.uuid(1)
      }
    }
    var found: [String: UUID] = [:]
    for value in values { found[value] = cache[kind]?[normalised(value, kind)] }
    return found
  }

  func normalised(_ value: String, _ kind: Kind) -> String {
    kind == .email ? value.lowercased() : value
  }

  var id: Value { .int(Int64(institution)) }
}
