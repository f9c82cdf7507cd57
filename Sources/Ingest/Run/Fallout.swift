public import EventLog
public import Events
public import FoundationEssentials

/// What a run has corrected or taken back that other records hang on: memberships, sessions, consents.
/// Attendance that lies outside a membership now, or at a session that is not held any more, is still in
/// the log and counts nowhere; whoever sent the file learns of it here.
public final class Fallout {
  /// A membership that says something else now, is new, or was taken back.
  struct Membership {
    var subject: UUID
    var enrolment: Register.Enrolment
    var isGone = false
    var line: Int?
  }

  /// A session as it was, and as it is; `nil` where it was taken back.
  struct Session {
    var before: Register.SessionEntry
    var after: Register.SessionEntry?
    var line: Int?
  }

  /// A consent as it was, and as it is; `nil` where it was taken back.
  struct Consent {
    var subject: UUID
    var before: Register.Consent
    var after: Register.Consent?
    var line: Int?
  }

  var memberships: [Membership] = []
  /// Which ids are one person's now, where that has changed.
  var merges: SubjectMerges?
  var sessions: [Session] = []
  var consents: [Consent] = []

  public init() {}

  /// Whether records of a type can have others that hang on them.
  public static func concerns(_ type: String) -> Bool {
    ["enrolment_recorded", "session_recorded", "consent_given", "consent_withdrawn"].contains(type)
  }

  /// Notes a record that says something else now.
  func note(_ draft: EventDraft, before: [UInt8], of subject: UUID?, line: Int) {
    guard Fallout.concerns(draft.type) else { return }
    note(draft.type, before: before, of: subject, after: draft.body, line: line)
  }

  /// Notes a record that was not there before: of a person with several ids it may count instead of
  /// another.
  func note(new draft: EventDraft, line: Int, _ register: Register) {
    guard draft.type == "enrolment_recorded", let subject = draft.subject,
      register.hasEnrolments(subject),
      let enrolment = Register.Enrolment(JSONMembers(draft.body))
    else { return }
    memberships.append(Membership(subject: subject, enrolment: enrolment, line: line))
  }

  /// Notes that other ids are one person's now.
  public func note(_ merges: SubjectMerges) { self.merges = merges }

  /// Notes a record that was taken back.
  public func note(retracted type: String, _ body: [UInt8], of subject: UUID?) {
    note(type, before: body, of: subject, after: nil, line: nil)
  }

  private func note(
    _ type: String, before: [UInt8], of subject: UUID?, after: [UInt8]?, line: Int?
  ) {
    switch type {
    case "enrolment_recorded":
      guard let subject, let enrolment = Register.Enrolment(JSONMembers(after ?? before)) else {
        return
      }
      memberships.append(
        Membership(subject: subject, enrolment: enrolment, isGone: after == nil, line: line))
    case "session_recorded":
      guard let was = Register.SessionEntry(JSONMembers(before)) else { return }
      let now = after.flatMap { Register.SessionEntry(JSONMembers($0)) }
      guard was.isHeld, !was.isSameMeeting(as: now) else { return }
      sessions.append(Session(before: was, after: now, line: line))
    default:
      guard let subject, let was = Register.Consent(before) else { return }
      let now = after.flatMap { Register.Consent($0) }
      guard was != now else { return }
      consents.append(Consent(subject: subject, before: was, after: now, line: line))
    }
  }

  /// One warning for each kind of consequence.
  /// - Parameters:
  ///   - register: what was known before the run.
  ///   - isDryRun: nothing was written.
  ///   - hint: what to do where attendance counts no longer, if not what the code says.
  public func diagnostics(
    file: String, _ register: Register, _ lookup: RecordLookup, isDryRun: Bool,
    hint: String? = nil
  ) throws -> [Diagnostic] {
    let attendance = try outsideMemberships(register, lookup) + atOtherSessions(register, lookup)
    let unconsented = try withoutConsent(register, lookup)
    return [
      Fallout.diagnostic(
        .attendanceUncounted, attendance, file,
        one: isDryRun
          ? "a recorded attendance would no longer count"
          : "a recorded attendance no longer counts",
        many: isDryRun
          ? "recorded attendances would no longer count" : "recorded attendances no longer count",
        hint: hint),
      Fallout.diagnostic(
        .consentGone, unconsented, file,
        one: "a record lies on a day without the consent it was made with",
        many: "records lie on days without the consent they were made with"),
    ].compactMap { $0 }
  }

  private static func diagnostic(
    _ code: IngestCode, _ lost: [Lost], _ file: String, one: String, many: String,
    hint: String? = nil
  ) -> Diagnostic? {
    guard let first = lost.min(by: { ($0.day, $0.position) < ($1.day, $1.position) }) else {
      return nil
    }
    let place = "on \(first.day), position \(first.position)"
    return Diagnostic(
      code, file: file, line: first.line,
      message: lost.count == 1
        ? "\(one): the one \(place), \(first.reason)"
        : "\(lost.count) \(many), the first \(place): \(first.reason)", hint: hint)
  }

  /// A record that has lost what it hangs on.
  struct Lost {
    var day: String
    var position: Int64
    var reason: String
    /// Of the row that did it.
    var line: Int?
  }
}

extension Register.SessionEntry {
  var isHeld: Bool { status == "held" && heldOn != nil }

  /// Whether attendance at the one is attendance at the other.
  fileprivate func isSameMeeting(as other: Register.SessionEntry?) -> Bool {
    guard let other else { return false }
    return status == other.status && heldOn == other.heldOn && group == other.group
      && programme == other.programme
  }
}
