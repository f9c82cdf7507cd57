internal import Events

/// What a person agreed to, and whether they still do. Natural key: person, programme, document and
/// purposes; the row of a consent that is withdrawn is the same row with one more date.
///
/// A withdrawal holds from its day on. What was recorded before stays until somebody asks for that,
/// too.
struct ConsentKind: CheckedKind {
  let name = "consents"
  let eventType = "consent_given"
  let people = [ConsentKind.who]

  private enum At {
    static let personID = 0
    static let email = 1
    static let programme = 2
    static let document = 3
    static let purposes = 4
    static let givenOn = 5
    static let withdrawnOn = 6
    static let method = 7
  }

  private static let who = PersonColumns(id: At.personID, email: At.email)

  let columns = [
    Column(
      "person_id", ["ansattnr", "ansattnummer", "employee_id"], identifying: true,
      example: "F1001"),
    Column("email", ["epost", "e-post", "e-mail"], identifying: true, example: ""),
    Column("programme", ["program"], required: true, example: "TST"),
    Column(
      "document_version", ["dokumentversjon", "samtykkeskjema"], required: true, example: "2025-1"),
    Column(
      "purposes", ["formål", "formaal", "formal"], required: true, example: "survey log",
      norwegian: "spørreskjema logg"),
    Column("given_on", ["gitt", "gitt_dato"], required: true, example: "2025-01-15"),
    Column("withdrawn_on", ["trukket", "trukket_dato"], example: ""),
    Column("method", ["måte", "maate"], example: "paper", norwegian: "papir"),
  ]

  static let purposes = Choices([
    ("attendance", ["oppmøte", "oppmoete"]), ("survey", ["spørreskjema", "spoerreskjema"]),
    ("log", ["logg"]), ("observation", ["observasjon"]), ("interview", ["intervju"]),
    ("quote", ["sitat"]), ("archive", ["arkiv"]),
  ])
  static let methods = Choices([
    ("paper", ["papir"]), ("electronic", ["elektronisk", "digitalt"]), ("oral", ["muntlig"]),
  ])

  func draft(_ row: inout RowCheck) throws -> EventDraft? {
    let person = try row.person(ConsentKind.who, group: nil)
    let programme = row.programme(At.programme)
    let document = row.newCode(At.document)
    let purposes = row.choices(At.purposes, ConsentKind.purposes)
    let given = row.date(At.givenOn)
    let withdrawn = row.date(At.withdrawnOn)
    let method = row.choice(At.method, ConsentKind.methods)
    if let given, let withdrawn, withdrawn < given {
      row.report(.contradiction, At.withdrawnOn, "withdrawn on \(withdrawn), before it was given")
    }
    guard !row.isRejected, let person, let programme, let document, let purposes, let given else {
      return nil
    }
    var body = JSONWriter()
    body.string("programme", programme.code)
    body.string("document_version", document)
    body.strings("purposes", purposes)
    body.date("given_on", given)
    body.date("withdrawn_on", withdrawn)
    body.string("method", method)
    body.string("match", person.method.rawValue)
    return EventDraft(
      type: withdrawn == nil ? "consent_given" : "consent_withdrawn",
      occurredAt: EventDraft.midnight(withdrawn ?? given), precision: .day,
      subject: person.subject,
      naturalKey: NaturalKey.make(
        "consent", programme.code, document, purposes.joined(separator: " "),
        subject: person.subject),
      body: body.finish())
  }
}
