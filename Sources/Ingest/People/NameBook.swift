internal import EventLog
internal import FoundationEssentials

/// Who is known by which name: those the vault has, and those this run has taken in since.
///
/// A name somebody gives up in this run stays theirs until it ends: in a column of names that has slipped
/// by a row, each is free by the time it comes beside the next id. Names are compared as `PersonName`
/// writes them. Who is made known by this run gets an id of this
/// book's own, for that of the vault comes only when a block is recorded, and where blocks end must
/// not decide what is said of a row.
final class NameBook {
  private var names: [UUID: String] = [:]
  private var bearers: [String: [UUID]] = [:]
  private var newcomers: [String: UUID] = [:]
  private let merges: SubjectMerges

  init(_ known: [UUID: String], _ merges: SubjectMerges) {
    self.merges = merges
    names.reserveCapacity(known.count)
    for (subject, name) in known { add(name, of: subject) }
  }

  /// What is to be said of a name that stands beside somebody's identifier.
  enum Finding: Equatable {
    /// They are called so, or no name of theirs is known.
    case fits
    /// They are known by another name, and nobody is by this one.
    case differs(known: String)
    /// Somebody else is called so, and they are not.
    case isAnothers(known: String)
  }

  /// - Parameter subject: whose the identifier is.
  func finding(_ name: String, of subject: UUID) -> Finding {
    let own = merges.all(of: subject)
    guard let known = own.compactMap({ names[$0] }).first else { return .fits }
    let wanted = PersonName.normalised(name)
    let isOwn = own.contains { names[$0].map(PersonName.normalised) == wanted }
    if isOwn || wanted.isEmpty { return .fits }
    let current = merges.current(subject)
    let isAnothers = bearers[wanted]?.contains { merges.current($0) != current } ?? false
    return isAnothers ? .isAnothers(known: known) : .differs(known: known)
  }

  /// Whom an employee id stands for that came up in this run, if it did.
  func newcomer(_ id: String) -> UUID? { newcomers[id] }

  /// Those who are called so, or were when the run began.
  func bearers(of name: String) -> [UUID] { bearers[PersonName.normalised(name)] ?? [] }

  /// Notes what somebody is called from now on.
  func note(_ name: String, of subject: UUID) { add(name, of: subject) }

  /// As `note`, for an employee id this run makes known.
  func note(_ name: String, ofNew id: String) {
    let subject = newcomers[id] ?? UUID()
    newcomers[id] = subject
    note(name, of: subject)
  }

  private func add(_ name: String, of subject: UUID) {
    names[subject] = name
    let name = PersonName.normalised(name)
    if bearers[name]?.contains(subject) != true { bearers[name, default: []].append(subject) }
  }
}
