/// Enrolments from statements: one row a person and group, from the first registration to the last
/// word of having left.
final class XAPIEnrolments: XAPIRows {
  let columns = ["group", "person_id", "email", "name", "joined", "left"]
  private let statements: XAPIStatements
  private let zone: LocalDay
  private var entries: [Entry]?
  private var made = 0

  private enum Entry {
    case told([XAPIStatements.Told])
    case broken(XAPIStatements.Broken)

    var line: Int {
      switch self {
      case .told(let told): told.first?.line ?? 0
      case .broken(let broken): broken.line
      }
    }

    var original: [Range<Int>] {
      switch self {
      case .told(let told): told.map(\.original)
      case .broken(let broken): [broken.original]
      }
    }
  }

  init(_ statements: XAPIStatements, _ zone: LocalDay) {
    self.statements = statements
    self.zone = zone
  }

  func takeNotes() -> ReaderNotes { statements.takeNotes() }

  func next() throws -> MadeRow? {
    let entries = try entries ?? fold(statements.all())
    self.entries = entries
    guard made < entries.count else { return nil }
    made += 1
    switch entries[made - 1] {
    case .told(let told): return try row(told)
    case .broken(let broken): return try XAPIAttendance.row(broken, statements, columns.count)
    }
  }

  func giveBack(_ take: ([UInt8], Int, Int?) -> Void) throws {
    try statements.giveBack(entries?.map(\.original) ?? [], take)
  }

  private func fold(_ told: [XAPIStatements.Told]) -> [Entry] {
    var order: [String] = []
    var grouped: [String: [XAPIStatements.Told]] = [:]
    for statement in told {
      if let id = statement.id, statements.voided[id] != nil {
        statements.silence(statement)
        continue
      }
      if grouped[statement.key] == nil { order.append(statement.key) }
      grouped[statement.key, default: []].append(statement)
    }
    let rows = order.compactMap { grouped[$0].map { Entry.told($0) } }
    return (rows + statements.broken.map { .broken($0) })
      .sorted { $0.line < $1.line }
  }

  private func row(_ told: [XAPIStatements.Told]) throws -> MadeRow {
    // Stores give their newest statement first, or their oldest.
    let ordered = told.map { (at: LocalDay.instant($0.time.text) ?? 0, told: $0) }
      .sorted { $0.at < $1.at }.map(\.told)
    let (first, last) = (told[0], ordered[ordered.count - 1])
    let joined = ordered.first { $0.verb == .registered }?.time
    let left = last.verb == .unregistered ? last.time : nil
    func day(_ time: MadeRow.Cell?) -> MadeRow.Cell {
      MadeRow.Cell(
        text: time.map { zone.day(of: $0.text) } ?? "", place: time?.place ?? first.time.place)
    }
    return MadeRow(
      cells: [
        first.object, first.account, first.email, first.name, day(joined), day(left),
      ], line: first.line, original: try statements.original(told.map(\.original)),
      objections: first.objections)
  }
}
