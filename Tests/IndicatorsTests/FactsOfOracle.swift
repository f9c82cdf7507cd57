import Events
import Testing

/// The oracle's event log as bitemporal facts: a position for every event, in the order in which
/// they were recorded, and every version of a record closed by the next.
struct FactsOfOracle {
  private let facts: FactRows
  private let events: [[String]]
  private static let programme = "A"

  init(_ csv: String, into facts: FactRows) {
    self.facts = facts
    events = csv.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }.sorted { ($0[4], Int($0[0]) ?? 0) < ($1[4], Int($1[0]) ?? 0) }
  }

  /// The last position recorded on or before a day.
  func position(asOf day: CivilDate) -> Int { events.count { $0[4] <= day.description } }

  private struct Entry {
    let position: Int
    let fields: [String]
    var id: String { fields[1] }
    var type: String { fields[2] }
    var on: String { fields[3] }
    var key: String { fields[9] }
    var number: String? { fields[10].isEmpty ? nil : fields[10] }
  }

  private func entries(_ types: String..., by field: Int) -> [String: [Entry]] {
    Dictionary(
      grouping: events.enumerated().map { Entry(position: $0.offset + 1, fields: $0.element) }
        .filter { types.contains($0.type) }, by: { $0.fields[field] })
  }

  func write(people: [String]) throws {
    let subjects = Dictionary(
      uniqueKeysWithValues: people.enumerated().map { ($0.element, subject($0.offset)) })
    try writeEnrolments(subjects)
    try writeSessions()
    try writeAttendance(subjects)
    try writeHours(subjects)
    try writeResponses(subjects)
  }

  private func writeEnrolments(_ subjects: [String: String]) throws {
    let teams = entries("team_joined", by: 8)
    let left = entries("participant_left", by: 8)
    for (participant, enrolled) in entries("participant_enrolled", by: 8) {
      let entry = try #require(enrolled.first)
      let team = teams[participant]?.first
      let leaving = left[participant]?.first
      let place = team ?? entry
      try facts.enrolment(
        try #require(subjects[participant]), team?.fields[6] ?? "none", unit: entry.fields[5],
        of: Self.programme, joined: place.on, at: place.position, until: leaving?.position)
      if let leaving {
        try facts.enrolment(
          try #require(subjects[participant]), team?.fields[6] ?? "none", unit: entry.fields[5],
          of: Self.programme, joined: place.on, left: leaving.on, at: leaving.position)
      }
    }
  }

  private func writeSessions() throws {
    for (session, versions) in entries(
      "session_planned", "session_cancelled", "session_held", by: 7)
    {
      let plan = try #require(versions.first)
      for (index, version) in versions.enumerated() {
        let isHeld = version.type == "session_held"
        try facts.session(
          session, plan.fields[6], of: Self.programme,
          status: isHeld ? "held" : version.type == "session_cancelled" ? "cancelled" : "planned",
          planned: plan.on, held: isHeld ? version.on : nil,
          minutes: isHeld ? version.number.flatMap { Int($0) } : nil, at: version.position,
          until: index + 1 < versions.count ? versions[index + 1].position : nil)
      }
    }
  }

  private func writeAttendance(_ subjects: [String: String]) throws {
    let teams = entries("session_held", by: 7).compactMapValues { $0.first?.fields[6] }
    let own = entries("team_joined", by: 8).compactMapValues { $0.first?.fields[6] }
    let corrections = entries("attendance_corrected", by: 12).compactMapValues(\.first?.position)
    for entry in entries("attendance", "attendance_corrected", by: 2).values.joined() {
      let team = try #require(teams[entry.fields[7]])
      // The oracle's log leaves unsaid who came to another team as a guest.
      try facts.attendance(
        try #require(subjects[entry.fields[8]]), entry.fields[7], team, of: Self.programme,
        status: entry.fields[11], minutes: entry.number.flatMap { Int($0) },
        guest: own[entry.fields[8]] != team, at: entry.position, until: corrections[entry.id])
    }
  }

  private func writeHours(_ subjects: [String: String]) throws {
    for (participant, versions) in entries("hours_allocated", "hours_spent", by: 8) {
      var allocated: String?
      var spent: String?
      for (index, version) in versions.enumerated() {
        if version.type == "hours_spent" {
          spent = version.number
        } else {
          allocated = version.number
        }
        try facts.hours(
          try #require(subjects[participant]), of: Self.programme, term: "2025P",
          allocated: allocated, spent: spent, at: version.position,
          until: index + 1 < versions.count ? versions[index + 1].position : nil)
      }
    }
  }

  private func writeResponses(_ subjects: [String: String]) throws {
    for (participant, entries) in entries("survey_answer", by: 8) {
      for (wave, entries) in Dictionary(grouping: entries, by: { String($0.key.prefix(2)) }) {
        var answers: [String: Int?] = [:]
        for entry in entries {
          answers[String(entry.key.dropFirst(3))] = .some(entry.number.flatMap { Int($0) })
        }
        let last = try #require(entries.last)
        try facts.response(
          "isolation", wave: wave, of: Self.programme,
          subject: subjects[participant], on: last.on, answers, at: last.position)
      }
    }
  }
}
