internal import Events

/// The wish to take back one record: it was sent by mistake or is missing from a full snapshot.
public struct Retraction: Sendable {
  /// Position of the event that no longer holds.
  public let position: Int64
  /// Its event type.
  public let type: String
  /// When the retraction became true, in microseconds after 1970.
  public let occurredAt: Int64

  public init(position: Int64, type: String, occurredAt: Int64) {
    self.position = position
    self.type = type
    self.occurredAt = occurredAt
  }

  var draft: EventDraft {
    var body = JSONWriter()
    body.string("type", type)
    return EventDraft(
      type: "record_retracted", occurredAt: occurredAt, precision: .instant, naturalKey: nil,
      body: body.finish())
  }
}
