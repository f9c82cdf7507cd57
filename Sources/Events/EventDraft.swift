public import FoundationEssentials

/// What happened, checked and ready to be appended, before the log gives it a position.
public struct EventDraft: Sendable, Equatable {
  /// How exactly `occurredAt` is known.
  public enum Precision: String, Sendable, CaseIterable {
    case instant, day, month, term, wave
  }

  /// Event type, past tense and snake_case, for example `attendance_recorded`.
  public var type: String
  public var schemaVersion: Int16
  /// When it was true, in microseconds after 1970-01-01T00:00:00Z. A civil day is stored as its
  /// midnight in UTC, with precision `day`.
  public var occurredAt: Int64
  public var precision: Precision
  /// The person it is about, by random id.
  public var subject: UUID?
  /// The institution's own key of the row, in clear; the log keeps only a keyed digest of it.
  /// Two drafts with the same key are the same record, at different times.
  public var naturalKey: String?
  /// UTF-8 JSON object, exactly the bytes that will be hashed. Keys in the order of the
  /// vocabulary, absent when empty, so that equal content has equal bytes.
  public var body: [UInt8]
  /// Whether the log may only find it unchanged, and never write it: the file says otherwise of the
  /// same record elsewhere.
  public var onlyIfKnown = false

  public init(
    type: String, schemaVersion: Int16 = 1, occurredAt: Int64, precision: Precision,
    subject: UUID? = nil, naturalKey: String?, body: [UInt8]
  ) {
    self.type = type
    self.schemaVersion = schemaVersion
    self.occurredAt = occurredAt
    self.precision = precision
    self.subject = subject
    self.naturalKey = naturalKey
    self.body = body
  }

  /// Microseconds of the midnight (UTC) that stands for a civil day.
  public static func midnight(_ day: CivilDate) -> Int64 {
    Int64(day.daysSinceEpoch) * 86_400_000_000
  }
}
