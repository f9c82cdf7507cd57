internal import Events

/// An attendance report of a Teams meeting: a file of several tables with titles between them, in
/// the language of whoever downloaded it.
///
/// Titles and most column names are therefore no help. Which column is what is seen from what
/// stands in it. There have been three shapes: people with their durations, followed by every join
/// and leave; people with a join, a leave and a duration each; and a list of joins and leaves alone.
struct TeamsReport {
  private static let most = 5_000

  private let table: MeetingTable
  private var columns: MeetingReport.Columns
  private var times: [Int] = []
  /// Whether one of the columns is headed as a name.
  private var hasName = false
  private var action: Int?
  /// Columns that are none of these, and not what somebody was in the meeting.
  private var unread: [Int] = []
  private static let roles = ["role", "rolle", "roll", "rôle", "rol", "rooli"]

  /// Reads a report; throws when it has no people.
  static func read(_ input: OpenedInput) throws -> MeetingReport {
    let file = input.source.name
    let batch = input.reader.batch
    guard try input.reader.next() else {
      throw InputError(.noParticipants, file: file, message: "'\(file)' has no rows")
    }
    let tables = tables(in: batch)
    guard let people = tables.first, batch.rows.count < most else {
      throw InputError(
        .noParticipants, file: file,
        message: tables.isEmpty
          ? "'\(file)' has no table of participants with their durations"
          : "'\(file)' has \(most) lines or more; no meeting of a group is that large")
    }
    let details = tables.dropFirst().first { $0.times.count >= 2 }
    let stays = details?.stays()
    var report = MeetingReport(
      file: file, batch: batch, delimiter: input.reader.delimiter, header: people.table.header,
      columns: people.columns, people: people.attendees(stays ?? [:]), length: nil)
    report.unread = people.unread
    report.completeness = MeetingCompleteness(
      batch, header: people.table.header,
      tables: [people.table] + (details.map { [$0.table] } ?? []), reasons: people.columns.reasons)
    // Who came back has a line for each time in some reports; who has no address may be several.
    let addresses = Set(report.people.compactMap { $0.emails.first?.text })
    report.completeness.shown = addresses.count + report.people.count(where: \.emails.isEmpty)
    return report
  }

  /// The tables of people in a file.
  static func tables(in batch: RowBatch) -> [TeamsReport] {
    MeetingTable.all(in: batch, least: 3).map { TeamsReport($0) }
      .filter { $0.isOfPeople }
  }

  /// Whether some rows look like a report of Teams: a title above the people, or durations the way
  /// only Teams writes them.
  static func looksLikeOne(_ batch: RowBatch) -> Bool {
    tables(in: batch).contains { report in
      guard let duration = report.columns.duration else { return true }
      return report.table.header.start != batch.rows[0].start
        || report.table.texts(below: duration).contains { MeetingTime.seconds($0) != nil }
    }
  }

  /// Whether there are people with durations, or with their joins and leaves: any table may have a
  /// duration, or a time and a column of few words.
  private var isOfPeople: Bool {
    if action != nil { return table.width - columns.reasons.count <= 4 }
    return columns.duration != nil && (hasName || !times.isEmpty || !columns.emails.isEmpty)
  }

  /// Sees which column is what.
  private init(_ table: MeetingTable) {
    self.table = table
    columns = MeetingReport.Columns(width: table.width, name: 0)
    var rest: [Int] = []
    for (index, name) in table.names.enumerated() {
      let texts = table.texts(below: index)
      let all = { (test: (String) -> Bool) in !texts.isEmpty && texts.allSatisfy(test) }
      if Layout.rejectColumns.contains(name) {
        columns.reasons.insert(index)
      } else if ["duration", "varighet", "varaktighet"].contains(where: name.contains)
        || all({ MeetingTime.seconds($0) != nil })
      {
        if columns.duration == nil { columns.duration = index }
      } else if all({ MeetingTime.moment($0) != nil }) {
        times.append(index)
      } else if name.contains("mail") || name.contains("epost") || name.contains("e_post")
        || name.contains("upn") || all({ $0.contains("@") })
      {
        columns.emails.append(index)
      } else if ["name", "navn", "namn", "full_name", "fullt_navn"].contains(name) {
        columns.name = index
        hasName = true
      } else {
        rest.append(index)
      }
    }
    // One time and one more column of very few words: people joining and leaving.
    rest.removeAll { $0 == columns.name }
    // A column with nothing in it may be one that the tenant hides.
    unread = rest.filter { index in
      !TeamsReport.roles.contains(table.names[index]) && !table.names[index].isEmpty
        && !table.texts(below: index).isEmpty
    }
    if columns.duration == nil, times.count == 1, let words = rest.first,
      Set(table.texts(below: words)).count <= 4
    {
      action = words
      unread.removeAll { $0 == words }
    }
  }

  private typealias Attendee = MeetingReport.Attendee
  private typealias Stay = MeetingReport.Stay

  /// Everybody in the table; what `stays` knows of somebody counts instead of their duration.
  private func attendees(_ stays: [String: [Stay]]) -> [MeetingReport.Attendee] {
    if action != nil { return joinsAndLeaves() }
    var taken: Set<String> = []
    return table.rows.map { row in
      var person = attendee(row)
      let key = TeamsReport.key(person)
      if let known = stays[key] {
        // The same stays once, however many lines the person has here.
        person.stays = taken.insert(key).inserted ? known : []
        person.hasOtherStays = true
      } else {
        let seconds = columns.duration.flatMap { MeetingTime.seconds(table.text(row, $0)) }
        person.stays = [Stay(toldBy: seconds, span: span(row))]
      }
      return person
    }
  }

  private func attendee(_ row: RowBatch.Row) -> MeetingReport.Attendee {
    let name = table.text(row, columns.name)
    let emails = columns.emails.filter { !table.text(row, $0).isEmpty }.map {
      (text: table.text(row, $0).lowercased(), cell: $0)
    }
    return Attendee(
      row: row, name: name, emails: emails, stays: [],
      isGuest: TeamsReport.isGuest(name, hasEmail: !emails.isEmpty))
  }

  private func span(_ row: RowBatch.Row) -> MeetingTime.Span? {
    let moments = times.prefix(2).compactMap { MeetingTime.moment(table.text(row, $0)) }
    return moments.count == 2 ? MeetingTime.Span(join: moments[0], leave: moments[1]) : nil
  }

  /// Every join and leave of a table; nobody with a time that cannot be read.
  private func stays() -> [String: [MeetingReport.Stay]] {
    var stays: [String: [Stay]] = [:]
    var broken: Set<String> = []
    for row in table.rows {
      let key = TeamsReport.key(attendee(row))
      if let span = span(row), let covered = MeetingTime.covered([span]) {
        let told = columns.duration.flatMap { MeetingTime.seconds(table.text(row, $0)) }
        var stay = Stay(toldBy: told, span: span)
        stay.seconds = covered.seconds + stay.again
        stays[key, default: []].append(stay)
      } else {
        broken.insert(key)
      }
    }
    for key in broken { stays[key] = nil }
    return stays
  }

  /// The oldest shape, a line for each join and each leave. The words for it are in any language,
  /// but what somebody does first is always to join.
  private func joinsAndLeaves() -> [MeetingReport.Attendee] {
    var people: [Attendee] = []
    var places: [String: Int] = [:]
    var open: [String: MeetingTime.Moment] = [:]
    var joining: Set<String> = []
    for row in table.rows {
      let person = attendee(row)
      if let place = places[TeamsReport.key(person)] {
        people[place].further.append(row)
      } else {
        places[TeamsReport.key(person)] = people.count
        people.append(person)
        joining.insert(word(row))
      }
    }
    for row in table.rows {
      let key = TeamsReport.key(attendee(row))
      guard let place = places[key] else { continue }
      let moment = times.first.flatMap { MeetingTime.moment(table.text(row, $0)) }
      if joining.contains(word(row)) {
        if open[key] == nil { open[key] = moment }
        if moment == nil { people[place].stays.append(Stay()) }
      } else if let join = open.removeValue(forKey: key), let moment {
        let span = MeetingTime.Span(join: join, leave: moment)
        people[place].stays.append(
          Stay(seconds: MeetingTime.covered([span])?.seconds, span: span))
      } else {
        people[place].stays.append(Stay())
      }
    }
    // Somebody who never left, in a report taken during the meeting.
    for key in open.keys {
      if let place = places[key] { people[place].stays.append(Stay()) }
    }
    return people
  }

  private func word(_ row: RowBatch.Row) -> String {
    action.map { table.text(row, $0).lowercased() } ?? ""
  }

  private static func key(_ person: MeetingReport.Attendee) -> String {
    person.emails.first?.text ?? "name \(person.name.lowercased())"
  }

  private static func isGuest(_ name: String, hasEmail: Bool) -> Bool {
    let name = name.lowercased()
    if !hasEmail, ["guest", "gjest", "gäst"].contains(name) { return true }
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "(") else { return false }
    let mark = name[name.index(after: open)...].dropLast()
    return ["ekstern", "external", "extern", "guest", "gjest", "unverified", "ikke bekreftet"]
      .contains(String(mark))
  }
}
