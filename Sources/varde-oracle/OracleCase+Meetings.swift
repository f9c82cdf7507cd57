internal import FoundationEssentials
internal import Statistics

/// People and their presences: two files of the set, or two lists of rows in the case.
extension OracleCase {
  func meetings(dated: Bool) throws(CaseError) -> Meetings {
    let ids = try cells("participants", "participant")
    let units = try cells("participants", "unit")
    var people: [Meetings.Person] = []
    for (index, id) in ids.enumerated() {
      guard let id else { throw .malformed("participant \(index + 1) without an id") }
      people.append(Meetings.Person(id: id, unit: units[index] ?? ""))
    }
    let sessions = try cells("attendance", "session")
    let present = try cells("attendance", "participant")
    let dates = dated ? try cells("attendance", "date") : []
    var presences: [Meetings.Presence] = []
    presences.reserveCapacity(sessions.count)
    // Rows of a session follow each other, and so do sessions of a day.
    var last: (text: String, day: Int)?
    for (index, person) in present.enumerated() {
      guard let session = sessions[index] else {
        throw .malformed("attendance row \(index + 1) without a session")
      }
      if dated, last == nil || last?.text != dates[index] {
        let text = dates[index] ?? ""
        last = (text, try dayNumber(text))
      }
      // A presence of nobody still says when the session was.
      presences.append(
        Meetings.Presence(session: session, day: last?.day ?? 0, person: person ?? ""))
    }
    return Meetings(people: people, presences: presences)
  }

  func dayNumber(_ text: String) throws(CaseError) -> Int {
    guard let day = CalendarDay(text) else { throw .malformed("'\(text)' is no date") }
    return day.number
  }

  /// One column of the rows that the input gives or names.
  private func cells(_ rows: String, _ column: String) throws(CaseError) -> [String?] {
    if let inline = (input["inline"]?[rows] ?? input[rows])?.array {
      return inline.map { row in row[column].flatMap { $0 == .null ? nil : $0.string ?? $0.text } }
    }
    return try table(rows).column(column)
  }

  private func table(_ rows: String) throws(CaseError) -> Table {
    let path = folder + "/" + (try text(input, rows))
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(validating: data, as: UTF8.self)
    else { throw .unreadable(path) }
    return Table(text)
  }
}
