internal import EventLog
public import Events
internal import FoundationEssentials
public import Postgres

extension Register {
  /// What a person agreed to, as last recorded.
  public struct Consent: Sendable, Equatable {
    public var programme: String
    public var purposes: [String]
    public var givenOn: CivilDate
    public var withdrawnOn: CivilDate?
  }

  /// Takes in what the log says now of merged people and of consents.
  public mutating func loadPeople(from session: Session, institution: Int32) throws {
    merges = try SubjectMerges.load(from: session, institution: institution)
    let rows = try session.query(
      """
      SELECT e.type, e.body, e.subject_id
        FROM log.entry AS e
       WHERE e.institution_id = $1 AND e.type IN ('consent_given', 'consent_withdrawn')
         AND e.body IS NOT NULL
         AND NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = $1 AND s.supersedes = e.position)
       ORDER BY e.position
      """, [.int(Int64(institution))])
    for row in rows {
      learn(type: try row.text(0), body: row.utf8(1) ?? [], subject: row.optionalUUID(2))
    }
  }

  /// Whether two ids stand for one person.
  func isOne(_ first: UUID, _ second: UUID) -> Bool {
    merges.current(first) == merges.current(second)
  }

  /// Whether a consent to a purpose is in force on a day: given on it or before, and not withdrawn
  /// since. Without a day it must not have been withdrawn at all.
  ///
  /// A withdrawal counts from its day on. What was recorded for the days before stays.
  func hasConsented(
    _ subject: UUID, to purpose: String, in programme: String, on day: CivilDate?
  ) -> Bool {
    consents(of: subject).allow(purpose, in: programme, on: day)
  }

  /// A person's consents, under whichever of their ids they were recorded.
  func consents(of subject: UUID) -> [Consent] {
    merges.all(of: subject).flatMap { consents[$0] ?? [] }
  }

  mutating func learnMerge(_ body: JSONMembers, _ subject: UUID?) {
    guard let subject, let into = body.text("into").flatMap(UUID.init(uuidString:)) else { return }
    merges.learn(from: subject, into: into)
  }

  mutating func learnConsent(_ body: [UInt8], _ subject: UUID?) {
    guard let subject, let consent = Consent(body) else { return }
    consents[subject, default: []].append(consent)
  }
}

extension Register.Consent {
  private struct Body: Decodable {
    var programme: String
    var purposes: [String]
    var given_on: String
    var withdrawn_on: String?
  }

  init?(_ body: [UInt8]) {
    guard let read = try? JSONDecoder().decode(Body.self, from: Data(body)),
      let given = CivilDate(read.given_on)
    else { return nil }
    self.init(
      programme: read.programme, purposes: read.purposes, givenOn: given,
      withdrawnOn: read.withdrawn_on.flatMap { CivilDate($0) })
  }
}

extension [Register.Consent] {
  /// Whether one of them to that purpose is in force on a day, see `Register.hasConsented`.
  func allow(_ purpose: String, in programme: String, on day: CivilDate?) -> Bool {
    let own = filter { $0.programme == programme && $0.purposes.contains(purpose) }
    let isPast = { (other: CivilDate) in day.map { other <= $0 } ?? true }
    guard let given = own.map(\.givenOn).filter(isPast).max() else { return false }
    return !own.compactMap(\.withdrawnOn).contains { $0 >= given && isPast($0) }
  }
}
