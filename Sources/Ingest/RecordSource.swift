public import EventLog
public import FoundationEssentials
public import Postgres

/// Somewhere it is known what is recorded.
public protocol RecordSource {
  /// Records by their natural keys; what is not recorded is absent from the answer.
  func records(_ keys: [String]) throws -> [String: RecordLookup.Found]
  /// How many responses people have to an instrument in a wave, where they are as many or more.
  func responses(of people: [UUID], atLeast: Int) throws -> [ResponseCount]
}

/// How many responses of one person are recorded to one instrument in one wave.
public struct ResponseCount: Sendable, Equatable {
  public var subject: UUID
  public var programme: String
  public var instrument: String
  public var wave: String
  public var count: Int

  public init(subject: UUID, programme: String, instrument: String, wave: String, count: Int) {
    self.subject = subject
    self.programme = programme
    self.instrument = instrument
    self.wave = wave
    self.count = count
  }
}

/// The records of the log.
public struct LogRecords: RecordSource {
  private let session: Session
  private let institution: Int32
  private let lookup: RecordLookup

  /// - Parameter session: one that nobody uses while a file is read, in the recorder's part.
  public init(session: Session, institution: Int32, keySecret: [UInt8]) {
    self.session = session
    self.institution = institution
    lookup = RecordLookup(session: session, institution: institution, keySecret: keySecret)
  }

  public func records(_ keys: [String]) throws -> [String: RecordLookup.Found] {
    try lookup.records(of: keys)
  }

  public func responses(of people: [UUID], atLeast: Int) throws -> [ResponseCount] {
    guard !people.isEmpty else { return [] }
    return try session.query(
      """
      SELECT e.subject_id, e.body ->> 'programme', e.body ->> 'instrument', e.body ->> 'wave',
             count(*)
        FROM log.event AS e
       WHERE e.institution_id = $1 AND e.type = 'response_submitted'
         AND e.subject_id = ANY ($2::uuid[]) AND e.body IS NOT NULL
         AND e.position <= (SELECT h.last_position FROM log.head($1) AS h)
         AND NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = $1 AND s.supersedes = e.position)
       GROUP BY 1, 2, 3, 4
      HAVING count(*) >= $3
      """, [.int(Int64(institution)), .uuidArray(people), .int(Int64(atLeast))]
    ).map { row in
      ResponseCount(
        subject: try row.uuid(0), programme: try row.text(1), instrument: try row.text(2),
        wave: try row.text(3), count: try row.int(4))
    }
  }
}

/// Nothing at all, where nothing is recorded that a check could ask for.
struct NoRecords: RecordSource {
  func records(_ keys: [String]) -> [String: RecordLookup.Found] { [:] }
  func responses(of people: [UUID], atLeast: Int) -> [ResponseCount] { [] }
}
