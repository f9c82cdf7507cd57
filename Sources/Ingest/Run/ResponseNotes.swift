internal import EventLog
internal import Events
internal import FoundationEssentials

/// What there is to say of a file of responses as a whole, once the log has answered for its rows.
struct ResponseNotes {
  private let kind: ResponseKind
  private let context: CheckContext
  private var repeated: RepeatedResponses
  private var coinciding = CoincidingResponses()
  private var elsewhere: ResponsesElsewhere

  /// `nil` for files of other kinds.
  init?(_ kind: any CheckedKind, _ context: CheckContext, _ run: IngestRun) {
    guard let kind = kind as? ResponseKind else { return nil }
    self.kind = kind
    self.context = context
    repeated = RepeatedResponses(
      run.records, context.register.merges, isDryRun: run.options.dryRun)
    elsewhere = ResponsesElsewhere(run.records, kind.otherWaves)
  }

  mutating func note(_ answer: RecordedOutcome, _ draft: EventDraft, line: Int) {
    switch answer {
    case .new, .restored:
      repeated.note(draft, isNew: true, line: line)
      elsewhere.note(draft, line: line)
    case .unchanged: coinciding.noteSame()
    case .corrected(_, let before, let subject, let occurredAt):
      repeated.note(draft, isNew: false, line: line)
      guard !kind.idsAreUnique else { return }
      coinciding.note(
        draft, before: before, occurredAt: occurredAt,
        isAnonymous: subject == nil && draft.subject == nil, line: line)
    case .erased, .duplicate, .conflicting: break
    }
  }

  /// Asks the log what it has beside the rows of a block.
  mutating func lookUp() throws {
    try repeated.lookUp()
    try elsewhere.lookUp()
  }

  func diagnostics(file: String) -> [Diagnostic] {
    context.responses.unsaid.diagnostics(file: file) + coinciding.diagnostics(file: file)
      + elsewhere.diagnostics(file: file) + repeated.diagnostics(file: file)
  }

  /// What to do where known ids come with other people, besides correcting the people.
  var otherSurvey: String? {
    kind.idsAreUnique ? nil : IngestCode.responsesCoincide.hint
  }
}
