public import EventLog
public import Events
public import FoundationEssentials
public import Postgres
import Projection
import Vault

/// One institution's log in a database of its own.
public final class TestLog {
  public let conninfo: String
  public let institution: Institution
  /// The login that made the database.
  public let administrator: Session

  public init(readSide: Bool = false) throws {
    conninfo = try TestCluster.freshDatabase()
    administrator = try Session(conninfo: conninfo)
    institution = try Institution.register(administrator, code: "prøve", name: "Prøveskolen")
    if readSide { _ = try ReadSide(session: administrator).install() }
  }

  public func session(_ role: String) throws -> Session {
    try Session(conninfo: conninfo, role: role)
  }

  /// A recorder's writer for one run.
  public func writer(run: UUID = UUID(), dryRun: Bool = false) throws -> LogWriter {
    let session = try session("varde_recorder")
    let secret = try IdentityVault(session: session, institution: institution.id).sourceKeySecret()
    return try LogWriter(
      session: session, institution: institution.id, run: run, keySecret: secret, dryRun: dryRun)
  }

  /// A recorder that appends single events.
  public func appender() throws -> sending LogAppender {
    let session = try Session(conninfo: conninfo, role: "varde_recorder")
    let id = institution.id
    let secret = try IdentityVault(session: session, institution: id).sourceKeySecret()
    return LogAppender(session: session, institution: id, keySecret: secret)
  }

  public func verify() throws -> LogVerifier.Outcome {
    try LogVerifier(session: session("varde_projector"), institution: institution.id).verify()
  }

  /// Projects everything; the number of events.
  @discardableResult
  public func project() throws -> Int {
    try FactWorker(session: session("varde_projector")).runToEnd()
  }

  /// One number from the database, as administrator.
  public func number(_ sql: String) throws -> Int { try administrator.query(sql)[0].int(0) }
}

/// A session of group G1, held on a day; the smallest useful draft.
public func sessionDraft(
  _ session: String, heldOn day: CivilDate, minutes: Int = 45, programme: String = "TST"
) -> EventDraft {
  var body = JSONWriter()
  body.string("programme", programme)
  body.string("group", "G1")
  body.string("session", session)
  body.string("status", "held")
  body.date("held_on", day)
  body.integer("minutes", minutes)
  return EventDraft(
    type: "session_recorded", occurredAt: EventDraft.midnight(day), precision: .day,
    naturalKey: "session:\(session)", body: body.finish())
}

/// A reproducible stream of numbers: the seed is a test's argument, so a failure can be repeated.
public struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  public init(_ seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension TestLog {
  /// A recorder's way to say who is one person.
  public func people() throws -> SubjectLog {
    let session = try session("varde_recorder")
    let secret = try IdentityVault(session: session, institution: institution.id).sourceKeySecret()
    return SubjectLog(session: session, institution: institution.id, keySecret: secret)
  }

  /// Erases somebody under the law, as steward; the position of the event.
  @discardableResult
  public func erase(_ subject: UUID, key: UUID = UUID()) throws -> Int {
    try session("varde_steward").query(
      "SELECT o_position FROM log.erase($1, $2, $3, 'asked for it')",
      [.int(Int64(institution.id)), .uuid(subject), .uuid(key)])[0].int(0)
  }
}
