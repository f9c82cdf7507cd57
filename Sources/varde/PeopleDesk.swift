import EventLog
import Events
import FoundationEssentials
import Ingest
import Postgres
import Vault

/// Where vault and log are asked together who somebody is. Acts as recorder.
struct PeopleDesk {
  private let vault: IdentityVault
  private let log: SubjectLog
  private let session: Session
  private let institution: Institution

  init(institution code: String?) throws {
    let workplace = Workplace.current()
    session = try workplace.session(as: .recorder)
    institution = try workplace.institution(named: code, session)
    vault = try IdentityVault(session: session, institution: institution.id)
    log = SubjectLog(
      session: session, institution: institution.id, keySecret: try vault.sourceKeySecret())
  }

  /// The id somebody's records are kept under, by one of their identifiers.
  func subject(_ who: String) throws -> UUID {
    guard let subject = try vault.subject(calledAs: who) else {
      throw Failure(
        code: "VD643",
        text: "nobody is known as '\(who)'"
          + "\n  hint: give the employee id, the e-mail address or the random id of somebody enrolled",
        status: .nothingWritten)
    }
    return subject
  }

  /// The position of the merge, and what counts no longer by it.
  func merge(
    _ from: String, into: String, reason: String
  ) throws -> (position: Int64, warnings: [Diagnostic]) {
    let concerned = [try subject(from), try subject(into)]
    let before = try register()
    try ReasonCheck.check(reason, vault, concerned: concerned.flatMap { before.merges.all(of: $0) })
    do {
      let position = try log.merge(concerned[0], into: concerned[1], reason: reason)
      return (
        position,
        try warnings(
          before, position,
          "if that is not meant, send the membership with its right days under each of the person's"
            + " ids that has one: what was recorded is kept, and counts again then")
      )
    } catch let refusal as MergeRefusal {
      throw failure(refusal, from)
    }
  }

  /// The position of the merge that was taken back, and what counts no longer by that.
  func split(_ from: String) throws -> (position: Int64, warnings: [Diagnostic]) {
    do {
      let before = try register()
      let position = try log.split(try subject(from))
      return (
        position,
        try warnings(
          before, position,
          "if that is not meant, record the membership under the id the attendance has, or merge the"
            + " two again: what was recorded is kept, and counts again then")
      )
    } catch let refusal as MergeRefusal {
      throw failure(refusal, from)
    }
  }

  private func register() throws -> Register {
    var register = Register()
    try register.load(from: session, institution: institution.id)
    try register.loadPeople(from: session, institution: institution.id)
    return register
  }

  /// What no longer counts now that other ids are one person's.
  private func warnings(
    _ before: Register, _ position: Int64, _ hint: String
  ) throws -> [Diagnostic] {
    let fallout = Fallout()
    fallout.note(try SubjectMerges.load(from: session, institution: institution.id))
    let lookup = RecordLookup(
      session: session, institution: institution.id, keySecret: try vault.sourceKeySecret())
    return try fallout.diagnostics(
      file: "position \(position)", before, lookup, isDryRun: false, hint: hint)
  }

  /// Adds an alias; a sentence that says what came of it.
  func add(_ alias: IdentityVault.Alias, to who: String) throws -> String {
    let merges = try SubjectMerges.load(from: session, institution: institution.id)
    let subject = try subject(who)
    guard try !log.isErased(subject) else { throw failure(.erased(subject), who) }
    switch try vault.add(alias, to: subject) {
    case .added: return "\(alias.text) stands for \(who) from now on"
    case .known: return "\(alias.text) stands for \(who) already"
    case .taken(let owner) where merges.current(owner) == merges.current(subject):
      return "\(alias.text) stands for \(who) already"
    case .taken:
      throw Failure(
        code: "VD647",
        text: "'\(alias.text)' stands for somebody else"
          + "\n  hint: if they are one person: varde subject merge \(alias.text) \(who) --reason …",
        status: .nothingWritten)
    }
  }

  /// Says what somebody is called, whoever else is called so; a sentence that says it was done.
  func rename(_ who: String, to name: String) throws -> String {
    let subject = try subject(who)
    guard try !log.isErased(subject) else { throw failure(.erased(subject), who) }
    let merges = try SubjectMerges.load(from: session, institution: institution.id)
    try vault.rename(merges.all(of: subject), to: name)
    return "\(who) is called \(name) from now on"
  }

  /// What is known of somebody's identity, as lines of text.
  func description(of subject: UUID) throws -> [String] {
    let ids = try SubjectMerges.load(from: session, institution: institution.id).all(of: subject)
    let names = try vault.names(of: ids)
    var lines = [line("subject", ids[0].uuidString.lowercased(), try isErased(ids[0]))]
    lines += ids.compactMap { names[$0] }.map { line("name", $0, "") }
    lines += try vault.aliases(of: ids).map { noted in
      let isAddress = if case .email = noted.alias { true } else { false }
      return line(
        isAddress ? "email" : "person_id", noted.alias.text, "since \(noted.notedOn)")
    }
    lines += try log.merges(of: ids).map { merge in
      line(
        "merged", merge.from.uuidString.lowercased(),
        "on \(merge.recordedOn), position \(merge.position): \(merge.reason)")
    }
    return lines
  }

  private func line(_ label: String, _ text: String, _ note: String) -> String {
    let space = String(repeating: " ", count: max(1, 11 - label.count))
    return label + space + text + (note.isEmpty ? "" : "  (\(note))")
  }

  private func isErased(_ id: UUID) throws -> String { try log.isErased(id) ? "erased" : "" }

  private func failure(_ refusal: MergeRefusal, _ who: String) -> Failure {
    let (code, text, hint) =
      switch refusal {
      case .samePerson:
        ("VD644", "the two are one person already", "varde subject show \(who) prints how")
      case .alreadyMerged:
        (
          "VD645", "'\(who)' was merged into somebody else before",
          "take that back first: varde subject split \(who)"
        )
      case .erased:
        ("VD646", "the person was erased", "nothing can be said of somebody who was forgotten")
      case .notMerged:
        ("VD648", "'\(who)' is not merged into anybody", "varde subject show \(who) prints merges")
      }
    return Failure(code: code, text: "\(text)\n  hint: \(hint)", status: .nothingWritten)
  }
}
