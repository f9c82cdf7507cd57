public import Events
public import FoundationEssentials
public import Postgres

/// A block as the log has it.
public struct AppendedBlock: Sendable, Equatable {
  public let appendNo: Int64
  public let positions: ClosedRange<Int64>
  /// The block's hash, 32 bytes.
  public let hash: [UInt8]
  /// The key had made this block before; nothing was appended now.
  public let isReplay: Bool
}

/// Why an append was refused. The texts of the others are the server's.
public enum AppendRefusal: Error, Equatable, CustomStringConvertible {
  /// The append key has been used for other content; `digests` names both entries roots.
  case keyReused(digests: String)
  /// The log does not end where the caller thought.
  case unexpectedEnd(String)
  /// A row key among the drafts is in the log already: send a correction with `LogWriter`.
  case rowKeyKnown

  public var description: String {
    switch self {
    case .keyReused(let digests): "the append key was used for other content (\(digests))"
    case .unexpectedEnd(let message): message
    case .rowKeyKnown: "a record with this key is in the log already"
    }
  }
}

/// Appends a few new events in one round trip and one transaction, through `log.append`.
///
/// For one record typed by hand, or one written by the platform itself. Files go through
/// `LogWriter`, which knows corrections and is much faster for many events.
public final class LogAppender {
  private let session: Session
  private let institution: Int32
  private var keys: SourceKeyMaker
  private var announcer: LogAnnouncer

  public init(session: Session, institution: Int32, keySecret: [UInt8]) {
    self.session = session
    self.institution = institution
    keys = SourceKeyMaker(secret: keySecret)
    announcer = LogAnnouncer(session: session)
  }

  /// Appends 1 to 5,000 events as one block.
  /// - Parameters:
  ///   - key: made once for this append and kept for every attempt at it. The second attempt is
  ///     given the first one's answer.
  ///   - end: the position at which the log must end, where that matters.
  /// - Throws: `AppendRefusal`, or `PostgresError`.
  public func append(
    _ drafts: [EventDraft], key: UUID, expecting end: Int64? = nil
  ) throws -> AppendedBlock {
    do {
      let row = try session.query(
        """
        SELECT o_append_no, o_first, o_last, o_hash, o_replayed
          FROM log.append($1, $2, $3, $4, $5,
            ARRAY(SELECT timestamptz 'epoch' + t.microseconds * interval '1 microsecond'
                    FROM unnest($6::bigint[]) WITH ORDINALITY AS t(microseconds, i)
                   ORDER BY t.i),
            $7, $8, $9, $10, $11)
        """,
        [
          .int(Int64(institution)), .uuid(key), end.map(Value.int),
          .textArray(drafts.map(\.type)), .textArray(drafts.map { String($0.schemaVersion) }),
          .int64Array(drafts.map(\.occurredAt)),
          .textArray(drafts.map(\.precision.rawValue)),
          .textArray(drafts.map { $0.subject?.uuidString }),
          .textArray(drafts.map { $0.naturalKey.map { keys.key(for: $0).uuid.uuidString } }),
          .textArray(drafts.map { _ in nil }),
          .textArray(drafts.map { String(decoding: $0.body, as: UTF8.self) }),
        ])[0]
      announcer.appended()
      return AppendedBlock(
        appendNo: Int64(try row.int(0)), positions: Int64(try row.int(1))...Int64(try row.int(2)),
        hash: try row.bytes(3), isReplay: try row.bool(4))
    } catch let error as PostgresError {
      switch error.sqlstate {
      case "VL409": throw AppendRefusal.keyReused(digests: error.detail ?? "")
      case "VL412": throw AppendRefusal.unexpectedEnd(error.message)
      case _ where error.isDuplicateKey: throw AppendRefusal.rowKeyKnown
      default: throw error
      }
    }
  }
}
