internal import Events
internal import FoundationEssentials

/// A person's time in a group. Natural key: person and group, and the day of joining where that person
/// has been in that group before, see `Memberships`.
///
/// The only kind that makes new people known.
struct EnrolmentKind: CheckedKind {
  let name = "enrolments"
  let eventType = "enrolment_recorded"
  let registersPeople = true
  let people = [PersonColumns(id: At.personID, email: At.email)]
  private static let who = PersonColumns(id: At.personID, email: At.email, name: At.name)

  private enum At {
    static let personID = 0
    static let name = 1
    static let email = 2
    static let unit = 3
    static let group = 4
    static let role = 5
    static let joined = 6
    static let left = 7
    static let leaveReason = 8
    static let ftePercent = 9
    static let recruitedVia = 10
  }

  let columns = [
    Column(
      "person_id", ["ansattnr", "ansattnummer", "employee_id"], required: true, identifying: true,
      example: "F1001"),
    Column("name", ["navn"], identifying: true, example: "Eks Empelsen"),
    Column(
      "email", ["epost", "e-post", "e-mail"], identifying: true,
      example: "eks.empelsen@example.org"),
    Column("unit", ["enhet"], required: true, example: "HUM"),
    Column("group", ["gruppe"], required: true, example: "TST-1"),
    Column("role", ["rolle"], example: "participant", norwegian: "deltaker"),
    Column("joined", ["fra", "joined_on"], required: true, example: "2025-01-15"),
    Column("left", ["til", "left_on"], example: ""),
    Column("leave_reason", ["sluttaarsak", "sluttårsak", "sluttarsak"], example: ""),
    Column(
      "fte_percent", ["stillingsprosent"], number: true, example: "80", norwegian: "80,0"),
    Column(
      "recruited_via", ["rekruttert_via"], example: "colleague", norwegian: "kollega"),
  ]

  static let roles = Choices([
    ("participant", ["deltaker"]), ("facilitator", ["prosessleder", "fasilitator"]),
    ("mentor", ["veileder"]), ("mentee", ["veisøker", "veisoker"]),
    ("observer", ["observatør", "observatoer"]), ("leader", ["leder"]),
  ])
  static let leaveReasons = Choices([
    ("time", ["tid"]), ("moved_job", ["ny_jobb", "byttet_jobb"]),
    ("no_benefit", ["ikke_utbytte"]), ("leave", ["permisjon"]),
    ("resource_end", ["ressurs_slutt"]), ("completed", ["fullført", "fullfoert"]),
    ("other", ["annet"]),
  ])
  static let recruitment = Choices([
    ("leader", ["leder"]), ("colleague", ["kollega"]), ("intranet", ["intranett"]),
    ("meeting", ["møte", "moete"]), ("collective_decision", ["felles_vedtak"]),
    ("new_hire_offer", ["nyansatt_tilbud"]),
  ])

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let personID = row.newCode(At.personID)
    let match = try row.context.matcher.match(
      id: row.words(At.personID), email: row.words(At.email), name: row.words(At.name), group: nil)
    check(match, &row)
    // New people have new ids, unless a spreadsheet made them of known ones.
    if match == .unknown, personID != nil, try !row.reportDamage(At.personID) {
      try row.reportZerosApart(At.personID)
    }
    let unit = row.unit(At.unit)
    let group = row.group(At.group)
    let role = row.choice(At.role, EnrolmentKind.roles) ?? "participant"
    let joined = row.date(At.joined)
    let left = row.date(At.left)
    let reason = row.choice(At.leaveReason, EnrolmentKind.leaveReasons)
    let share = row.percent(At.ftePercent)
    let recruited = row.choice(At.recruitedVia, EnrolmentKind.recruitment)
    row.expect(joined, within: group, At.joined)
    if let joined, let left, left < joined {
      row.report(.leftBeforeJoined, At.left, "left on \(left), before joining on \(joined)")
    }
    if reason != nil, left == nil, row.cell(At.left).isEmpty {
      row.report(.neededHere, At.left, "'left' is empty although 'leave_reason' is given")
    }
    guard !row.isRejected, let personID, let unit, let group, let joined else { return nil }
    try row.noteChanges(match, EnrolmentKind.who)
    guard !row.isRejected else { return nil }
    var membership = Register.Enrolment(
      programme: group.programme, group: group.code, joined: joined, left: left, role: role)
    guard place(&membership, personID, match, &row) else { return nil }
    if match == .unknown { try row.expectNoNamesake(EnrolmentKind.who, in: group.code) }
    let method = if case .matched(_, let known) = match { known } else { MatchMethod.new }
    row.context.count(method)
    row.identity = PersonIdentity(
      personID: personID, email: row.words(At.email), name: row.words(At.name))
    var body = JSONWriter()
    body.string("programme", group.programme)
    body.string("group", group.code)
    body.string("unit", unit)
    body.string("role", role)
    body.date("joined", joined)
    body.date("left", left)
    body.string("leave_reason", reason)
    body.decimal("fte_percent", share?.text)
    body.string("recruited_via", recruited)
    body.string("stay", membership.stay)
    body.string("match", method.rawValue)
    return EventDraft(
      type: eventType, occurredAt: EventDraft.midnight(joined), precision: .day,
      naturalKey: EnrolmentKind.key(group: group.code, stay: membership.stay),
      body: body.finish())
  }

  /// - Parameter subject: `nil` where it is known later, see `NaturalKey.append`.
  static func key(group: String, stay: String?, subject: UUID? = nil) -> String {
    stay.map { NaturalKey.make("enrolment", group, $0, subject: subject) }
      ?? NaturalKey.make("enrolment", group, subject: subject)
  }

  /// Finds the membership the row is about, and notes what it says of it.
  /// - Returns: whether the person can be in the group on those days.
  private func place(
    _ membership: inout Register.Enrolment, _ personID: String, _ match: PersonMatch,
    _ row: inout RowCheck
  ) -> Bool {
    let known: UUID? = if case .matched(let subject, _) = match { subject } else { nil }
    let memberships = row.context.memberships
    let person = memberships.person(personID, known)
    let place = memberships.place(membership, of: person)
    if memberships.standing(person, in: membership.group).isEmpty {
      noteOtherGroup(membership, person, &row)
    }
    switch place {
    case .one(let stay): membership.stay = stay
    case .another(let stay, let other):
      membership.stay = stay
      row.report(
        .memberAgain, At.joined,
        "'\(row.shown(At.personID))' is also a member of group '\(membership.group)' \(other.span):"
          + " this is a membership of its own")
    case .overlapping(let other):
      row.report(
        .memberTwice, At.joined,
        "'\(row.shown(At.personID))' would be in group '\(membership.group)' twice at once: the"
          + " membership \(other.span) stands, too")
      return false
    }
    memberships.note(membership, of: person)
    return true
  }

  /// Notes a group of the same programme somebody is in who joins this one.
  private func noteOtherGroup(
    _ membership: Register.Enrolment, _ person: Memberships.Person, _ row: inout RowCheck
  ) {
    guard membership.isFixed, case .known(let subject) = person else { return }
    let other = row.register.enrolments(of: subject).first {
      $0.programme == membership.programme && $0.group != membership.group && $0.isFixed
        && $0.overlaps(membership)
    }
    guard let other else { return }
    row.context.otherGroups.note(
      line: row.row.line, person, in: other.group, shown: row.shown(At.personID))
  }

  /// An address stands for one person. Whoever comes with another employee id and the address of
  /// somebody who is known is either that person, who is not made anew, or the address is shared.
  private func check(_ match: PersonMatch, _ row: inout RowCheck) {
    let who = EnrolmentKind.who
    let id = row.words(At.personID)
    if case .nameOfAnother(let known) = match {
      row.reportNameOfAnother(known, who, mayRename: true)
    }
    if match == .disagree {
      row.report(
        .identifiersDisagree, At.email,
        "'\(row.shown(At.personID))' and '\(row.shown(At.email))' are two persons")
      row.noteUnmatched(.identifiersDisagree, who)
      return
    }
    guard let id, let email = row.words(At.email)?.lowercased() else { return }
    var isTaken = row.context.claim(email, by: id) != id
    if case .matchedWeakly = match { isTaken = true }
    guard isTaken else { return }
    row.report(
      .addressTaken, At.email,
      "'\(row.shown(At.email))' is the address of a person with another employee id")
    row.noteUnmatched(.addressTaken, who)
  }
}
