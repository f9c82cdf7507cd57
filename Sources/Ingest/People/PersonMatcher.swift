internal import EventLog
internal import FoundationEssentials

/// How a person was recognised, as the log stores it.
enum MatchMethod: String {
  case personID = "person_id"
  case email
  case name
  /// Not recognised but made known, by the enrolment that says it.
  case new
  /// By nothing the file says: a member of the group, where it was declared complete.
  case membership
}

/// Who a row is about, or why nobody can tell.
enum PersonMatch: Equatable {
  /// The row has no identifier at all.
  case absent
  case matched(UUID, MatchMethod)
  /// Matched, though a stronger identifier on the row is not known.
  case matchedWeakly(UUID, MatchMethod)
  case unknown
  case nameNotUnique
  /// Id and address are two persons'.
  case disagree
  /// The name beside the identifier is another person's; `known` is that of whom it stands for.
  case nameOfAnother(known: String)
}

/// Finds people by employee id, then e-mail address, then exact name within their group.
///
/// The answer is the id the person's records are kept under; `Register` knows which ids are one
/// person's. A block of rows asks for all its identifiers first and looks them up at once; answers are
/// remembered for the rest of the run, up to a bound.
final class PersonMatcher {
  private let resolver: any IdentityResolver
  private let register: Register
  private var merges: SubjectMerges { register.merges }
  private var ids: [String: UUID?] = [:]
  private var emails: [String: UUID?] = [:]
  private var wantedIDs: Set<String> = []
  private var wantedEmails: Set<String> = []
  private var namesOfGroups: [String: [String: [UUID]]] = [:]
  private var members: [String: UUID] = [:]
  private var book: NameBook?
  private static let bound = 100_000
  /// How often more may be asked in vain whether an id has lost its zeros: it is a question of its
  /// own for each.
  private var vainProbes = 200

  init(resolver: any IdentityResolver, register: Register) {
    self.resolver = resolver
    self.register = register
  }

  /// Notes what a row will ask for.
  func want(id: String?, email: String?) {
    if let id, members[id] == nil, ids.index(forKey: id) == nil { wantedIDs.insert(id) }
    if let email = email?.lowercased(), emails.index(forKey: email) == nil {
      wantedEmails.insert(email)
    }
  }

  /// An id for rows an adapter adds about a member of the group whom the file does not name.
  func id(ofMember subject: UUID) -> String {
    let id = subject.uuidString.lowercased()
    members[id] = subject
    return id
  }

  /// Looks up everything that was noted.
  func lookUp() throws {
    if ids.count > PersonMatcher.bound { ids.removeAll(keepingCapacity: true) }
    if emails.count > PersonMatcher.bound { emails.removeAll(keepingCapacity: true) }
    if !wantedIDs.isEmpty {
      let found = try resolver.lookUp(personIDs: Array(wantedIDs))
      for id in wantedIDs { ids.updateValue(found[id], forKey: id) }
      wantedIDs.removeAll(keepingCapacity: true)
    }
    if !wantedEmails.isEmpty {
      let found = try resolver.lookUp(emails: Array(wantedEmails))
      for email in wantedEmails { emails.updateValue(found[email], forKey: email) }
      wantedEmails.removeAll(keepingCapacity: true)
    }
  }

  /// How many zeros in front make a known id of one that is not known, if any do.
  func zerosMissing(from id: String) throws -> Int? {
    let length = id.utf8.count
    guard vainProbes > 0, length < 12, id.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    let longer = (1...12 - length).map { String(repeating: "0", count: $0) + id }
    let found = try resolver.lookUp(personIDs: longer)
    guard let index = longer.firstIndex(where: { found[$0] != nil }) else {
      vainProbes -= 1
      return nil
    }
    return index + 1
  }

  /// Whether an id that is not known is without the zeros it begins with, or without some of them.
  func isKnownWithoutZeros(_ id: String) throws -> Bool {
    let zeros = id.utf8.prefix { $0 == 0x30 }.count
    guard vainProbes > 0, zeros > 0, id.utf8.count <= 12,
      id.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return false }
    let shorter = (1...zeros).map { String(id.dropFirst($0)) }.filter { !$0.isEmpty }
    guard !shorter.isEmpty else { return false }
    if try !resolver.lookUp(personIDs: shorter).isEmpty { return true }
    vainProbes -= 1
    return false
  }

  /// Whether an id that is not known is when its letters are capitals, or none are.
  func isKnownInOtherCase(_ id: String) throws -> Bool {
    let others = [id.uppercased(), id.lowercased()].filter { $0 != id }
    guard vainProbes > 0, !others.isEmpty else { return false }
    if try !resolver.lookUp(personIDs: others).isEmpty { return true }
    vainProbes -= 1
    return false
  }

  /// Whether an address that was looked up is somebody's.
  func knows(email: String) -> Bool { (emails[email.lowercased()] ?? nil) != nil }

  /// Who it is, among the people looked up; by name only within `group`.
  func match(id: String?, email: String?, name: String?, group: String?) throws -> PersonMatch {
    if let member = id.flatMap({ members[$0] }) { return .matched(member, .membership) }
    let byID = id.flatMap { ids[$0] ?? nil }
    let byEmail = email.flatMap { emails[$0.lowercased()] ?? nil }
    if let byID {
      if let byEmail, merges.current(byEmail) != merges.current(byID) { return .disagree }
      return try anothers(name, byID) ?? .matched(byID, .personID)
    }
    if let byEmail {
      if let conflict = try anothers(name, byEmail) { return conflict }
      return id == nil ? .matched(byEmail, .email) : .matchedWeakly(byEmail, .email)
    }
    let isWeak = id != nil || email != nil
    guard let name else { return isWeak ? .unknown : .absent }
    guard let group else { return .unknown }
    let namesakes = try names(of: group)[PersonName.normalised(name)] ?? []
    switch namesakes.count {
    case 0: return .unknown
    case 1: return isWeak ? .matchedWeakly(namesakes[0], .name) : .matched(namesakes[0], .name)
    default: return .nameNotUnique
    }
  }

  private func anothers(_ name: String?, _ subject: UUID) throws -> PersonMatch? {
    guard let name, case .isAnothers(let known) = try nameBook().finding(name, of: subject) else {
      return nil
    }
    return .nameOfAnother(known: known)
  }

  /// Who is known by which name; read when the first row has a name beside an identifier.
  func nameBook() throws -> NameBook {
    if let book { return book }
    let book = NameBook(try resolver.allNames(), merges)
    self.book = book
    return book
  }

  /// Notes the name an enrolment gives somebody; `nil` for whom it makes known.
  func note(_ name: String, of subject: UUID?, id: String) throws {
    let book = try nameBook()
    if let subject, book.newcomer(id) == nil {
      book.note(name, of: subject)
    } else {
      book.note(name, ofNew: id)
    }
  }

  private func names(of group: String) throws -> [String: [UUID]] {
    if let known = namesOfGroups[group] { return known }
    var names: [String: [UUID]] = [:]
    let found = try resolver.names(of: register.members(of: group))
    // Ids of one person are one namesake: the id in use, or else always the same one.
    let subjects = found.keys.sorted {
      (merges.current($0) == $0 ? 0 : 1, $0.uuidString)
        < (merges.current($1) == $1 ? 0 : 1, $1.uuidString)
    }
    for subject in subjects {
      let name = PersonName.normalised(found[subject] ?? "")
      let isKnown = names[name, default: []].contains {
        merges.current($0) == merges.current(subject)
      }
      if !isKnown { names[name, default: []].append(subject) }
    }
    namesOfGroups[group] = names
    return names
  }

  /// Makes sure the people are known and answers who they are.
  func register(_ people: [PersonIdentity], dryRun: Bool) throws -> [UUID] {
    let subjects = try resolver.register(people, dryRun: dryRun)
    for (person, subject) in zip(people, subjects) {
      if let id = person.personID { ids.updateValue(subject, forKey: id) }
      if let email = person.email { emails.updateValue(subject, forKey: email.lowercased()) }
    }
    return subjects
  }
}

/// Names as they are compared.
enum PersonName {
  /// Lower case, single spaces, first name first (`Nordmann, Kari`), and without what a meeting
  /// tool hangs on in parentheses.
  static func normalised(_ name: String) -> String {
    var text = Composition.composed(name).lowercased()
    if let open = text.lastIndex(of: "("), text.last == ")" { text = String(text[..<open]) }
    let parts = text.split(separator: ",", maxSplits: 1)
    if parts.count == 2 { text = parts[1] + " " + parts[0] }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
