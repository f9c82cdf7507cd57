import Events
import Indicators
import Testing

/// The flat event log of the whole-programme oracles, read naively.
struct OracleLog {
  struct Event {
    let sequence: Int
    let type: String
    let on: CivilDate
    let unit: String
    let team: String
    let session: String
    let participant: String
    let key: String
    let number: Double?
    let text: String
  }

  struct Held {
    let session: String
    let team: String
    let day: CivilDate
    let minutes: Double?
  }

  private let events: [Event]
  /// Participants in UTF-8 byte order; a person is the place in it.
  private let people: [String]

  init(_ csv: String, asOf: CivilDate) throws {
    let lines = csv.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let known = lines.filter { CivilDate($0[4]).map { $0 <= asOf } ?? false }
    let gone = Set(known.map { $0[12] }).subtracting([""])
    events = try known.filter { !gone.contains($0[1]) && $0[2] != "event_retracted" }.map {
      Event(
        sequence: try #require(Int($0[0])), type: $0[2], on: try #require(CivilDate($0[3])),
        unit: $0[5], team: $0[6], session: $0[7], participant: $0[8], key: $0[9],
        number: Double($0[10]), text: $0[11])
    }.sorted { $0.sequence < $1.sequence }
    people = Set(events.filter { $0.type == "participant_enrolled" }.map(\.participant)).sorted()
  }

  private func of(_ types: String...) -> [Event] { events.filter { types.contains($0.type) } }

  private func person(_ participant: String) -> Int? { people.firstIndex(of: participant) }

  private func unit(of participant: String) -> String {
    of("participant_enrolled").last { $0.participant == participant }?.unit ?? ""
  }

  private func group(of participant: String) -> String {
    of("team_joined").first { $0.participant == participant }?.team ?? "none"
  }

  /// One per person and team; a person without a team is a member of none of the groups.
  func memberships() -> [Membership] {
    let left = Dictionary(
      of("participant_left").map { ($0.participant, $0.on) }, uniquingKeysWith: { _, last in last })
    return of("participant_enrolled").flatMap { enrolled -> [Membership] in
      let teams = of("team_joined").filter { $0.participant == enrolled.participant }
      let places = teams.isEmpty ? [("none", enrolled.on)] : teams.map { ($0.team, $0.on) }
      return places.map { team, joined in
        Membership(
          person: person(enrolled.participant) ?? -1, group: team, unit: enrolled.unit,
          joinedOn: joined, leftOn: left[enrolled.participant])
      }
    }
  }

  private var cancelled: Set<String> { Set(of("session_cancelled").map(\.session)) }

  func heldSessions() -> [Held] {
    let cancelled = cancelled
    return of("session_held").filter { !cancelled.contains($0.session) }.map {
      Held(session: $0.session, team: $0.team, day: $0.on, minutes: $0.number)
    }
  }

  func sessions() -> [SessionRecord] {
    let cancelled = cancelled
    let held = Dictionary(
      of("session_held").map { ($0.session, $0.on) }, uniquingKeysWith: { _, last in last })
    return of("session_planned").map { plan in
      let day = cancelled.contains(plan.session) ? nil : held[plan.session]
      return SessionRecord(
        group: plan.team,
        status: cancelled.contains(plan.session) ? .cancelled : day == nil ? .planned : .held,
        plannedOn: plan.on, heldOn: day)
    }
  }

  private func status(_ session: String) -> [String: Event] {
    Dictionary(
      of("attendance", "attendance_corrected").filter { $0.session == session }
        .map { ($0.participant, $0) }, uniquingKeysWith: { _, last in last })
  }

  func attendance(of held: Held, periods: [Int]) -> [AttendanceTally] {
    let status = status(held.session)
    return memberships()
      .filter {
        $0.group == held.team && $0.joinedOn <= held.day
          && ($0.leftOn.map { held.day < $0 } ?? true)
      }
      .map { member in
        let known = status[people[member.person]]?.text
        return AttendanceTally(
          person: member.person, group: held.team, unit: member.unit, periods: periods,
          expected: 1, recorded: known == nil ? 0 : 1, excused: known == "excused" ? 1 : 0,
          present: known == "present" || known == "late" ? 1 : 0)
      }
  }

  func dose(of held: Held, periods: [Int]) -> [DoseTally] {
    status(held.session).values.compactMap { event in
      guard let person = person(event.participant), ["present", "late"].contains(event.text) else {
        return nil
      }
      let minutes = event.number ?? held.minutes
      return DoseTally(
        person: person, group: held.team, unit: unit(of: event.participant), periods: periods,
        minutes: Int(minutes ?? 0), unmeasured: minutes == nil ? 1 : 0)
    }
  }

  /// The log's only term of hours, under the code of the period the case asks for.
  func hours(term: String) -> [HoursRecord] {
    people.indices.map { person in
      func last(_ type: String) -> Double? {
        of(type).last { $0.participant == people[person] && $0.key == "2025-1" }?.number
      }
      return HoursRecord(
        person: person, term: term, allocated: last("hours_allocated"), spent: last("hours_spent"))
    }
  }

  func survey(items: [String]) -> ([ItemTally], [ScaleResponse]) {
    var answers: [String: [String: [String: Double?]]] = [:]
    for event in of("survey_answer") {
      let key = event.key.split(separator: ":").map(String.init)
      answers[key[0], default: [:]][event.participant, default: [:]][key[1]] = .some(event.number)
    }
    var tallies: [ItemTally] = []
    var responses: [ScaleResponse] = []
    for (wave, respondents) in answers {
      for (participant, given) in respondents {
        let codes = items.map { (given[$0] ?? nil).map { Int($0) } }
        responses.append(
          ScaleResponse(
            wave: wave, instrument: "isolation", version: "1", unit: unit(of: participant),
            group: group(of: participant),
            minimum: 1, maximum: 7, scores: codes.map { $0 == 8 ? nil : $0 }))
        tallies += zip(items, codes).map { item, code in
          ItemTally(
            wave: wave, instrument: "isolation", item: item, unit: unit(of: participant),
            group: group(of: participant),
            state: code == nil ? .skipped : code == 8 ? .notRelevant : .answered,
            score: code == 8 ? nil : code, minimum: 1, maximum: 7, count: 1)
        }
      }
    }
    return (tallies, responses)
  }
}
