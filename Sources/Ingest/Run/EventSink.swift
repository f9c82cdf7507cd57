public import EventLog
public import Events

/// Where drafts go: the log, or a stand-in. One block may be on its way while the next one is read
/// and checked.
public protocol EventSink: AnyObject {
  /// Sends up to 5,000 drafts on their way to become one block; answers for the drafts before.
  func submit(_ drafts: [EventDraft]) throws -> [RecordedOutcome]
  /// Waits for the drafts on their way; answers for each, in order.
  func collect() throws -> [RecordedOutcome]
}

extension LogPipeline: EventSink {}
