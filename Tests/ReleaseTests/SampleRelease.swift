import Indicators

@testable import Release

/// An invented programme shaped like the published teacher support teams: 24 teachers in 4 teams,
/// two faculties, three terms, three survey waves, hours that are withdrawn in the last term.
enum SampleRelease {
  static let terms = [
    period("2025V", .term, "2025-01-01", "2025-07-31"),
    period("2025H", .term, "2025-08-01", "2025-12-31"),
    period("2026V", .term, "2026-01-01", "2026-07-31"),
  ]
  static let waves = [
    period("W0", .wave, "2024-12-21", "2025-02-12"),
    period("W2", .wave, "2025-08-18", "2025-10-20"),
    period("W3", .wave, "2026-03-31", "2026-07-02"),
  ]
  static let months: [ReleaseContent.Period] = (0..<18).map { index in
    let (year, month) = (2025 + index / 12, index % 12 + 1)
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let code = "\(year)-\(month < 10 ? "0" : "")\(month)"
    return period(code, .month, "\(code)-01", "\(code)-\(days[month - 1])")
  }

  static func content(language: ReleaseOptions.Language = .en) -> ReleaseContent {
    ReleaseContent(
      programme: .init(
        code: "TST", title: .init(nb: "Kollegastøtteteam", en: "Teacher support teams"),
        models: ["tst"],
        purpose: """
          Formative only: the teams and the programme learn from these figures. They are not used \
          to assess, rank or reward anybody.
          """, formativeOnly: true, startsOn: "2025-01-15", endsOn: "2026-07-31"),
      institution: .init(code: "fjordvik", name: "Fjordvik universitet"),
      units: [
        .init(
          code: "HUM", kind: "faculty",
          name: .init(nb: "Det humanistiske fakultet", en: "Faculty of Humanities")),
        .init(
          code: "REA", kind: "faculty",
          name: .init(nb: "Det realfaglige fakultet", en: "Faculty of Science")),
      ],
      groups: (1...4).map {
        .init(
          code: "TST-\($0)", kind: "team", formedOn: "2025-01-20", sessionsAMonth: .init(1, 2),
          minutes: .init(45, 60), size: .init(5, 7))
      }, period: terms[2], periods: terms + waves + months, cut: 1234,
      blockHash: "9f2c4be1a7d05e3368c1f04a5d7be2903c6a18f7e4d2b0915a3c8e7f60d1b24a",
      asOf: "2026-06-30", cells: cells(), definitions: Catalogue.all, items: items,
      scales: scales,
      targets: [
        .init(indicator: "attendance_rate", period: "2025V", value: 0.8, rationale: "four of five"),
        .init(indicator: "attendance_rate", period: "2025H", value: 0.8, rationale: "as before"),
        .init(indicator: "attendance_rate", period: "2026V", value: 0.8, rationale: "as before"),
        .init(
          indicator: "session_delivery_rate", period: "2026V", value: 0.9,
          rationale: "one cancelled"),
        .init(
          indicator: "plan_conformity_months", period: "2026", value: 0.9, rationale: "nine of ten"),
        .init(indicator: "hours_allocation_coverage", period: "", value: 1, rationale: "everybody"),
      ],
      flow: .init(
        enrolled: 25, active: 18,
        left: ["time": 7, "moved_job": 0, "resource_end": 0]),
      acts: [
        .init(term: "2025V", kind: "dept_meeting_agenda", count: 3),
        .init(term: "2025V", kind: "budget", count: 1),
        .init(term: "2025V", kind: "leader_attended", count: 2),
        .init(term: "2025H", kind: "project_group_meeting", count: 1),
        .init(term: "2025H", kind: "dept_meeting_agenda", count: 1),
        .init(term: "2026V", kind: "project_group_meeting", count: 1),
      ],
      outreach: ["2025V", "2025H", "2026V"].map {
        .init(term: $0, groupsReporting: 4, requests: 0, held: 0)
      }, toolVersion: "0.1.0", options: ReleaseOptions(language: language))
  }

  // MARK: Questionnaire

  private static let wording: [(String, String, String)] = [
    (
      "pit6_1",
      "Jeg blir stående alene med vanskelige situasjoner i undervisning eller veiledning.",
      "I am left alone with difficult situations in my teaching or supervision."
    ),
    (
      "pit6_2", "Jeg har kolleger jeg går til når undervisningen ikke går som jeg håpet.",
      "I have colleagues I turn to when teaching does not go as I hoped."
    ),
    (
      "pit6_3", "Det som skjer i undervisningen min, blir hos meg; det snakkes sjelden om.",
      "What happens in my teaching stays with me; it is seldom talked about."
    ),
    (
      "gain_1",
      "Jeg forstår hvorfor undervisningen min virker, og hvorfor den noen ganger ikke gjør det.",
      "I understand why my teaching works, and why it sometimes does not."
    ),
    (
      "gain_2", "Jeg er trygg i rollen som underviser.", "I feel confident in my role as a teacher."
    ),
    (
      "lead_1",
      "Lederen min setter av tid slik at jeg kan utvikle undervisningen sammen med andre.",
      "My leader sets time aside so that I can develop my teaching together with others."
    ),
  ]

  static let items = wording.map { code, nb, en in
    ReleaseContent.InstrumentItem(
      instrument: "teach7", version: "1", code: code, text: .init(nb: nb, en: en), minimum: 1,
      maximum: 7, notRelevant: 8)
  }

  static let scales: [ReleaseContent.InstrumentScale] = [
    .init(
      instrument: "teach7", version: "1", code: "pit6",
      title: .init(nb: "Faglig ensomhet i undervisning", en: "Professional isolation in teaching"),
      items: ["pit6_1", "pit6_2", "pit6_3"], reversed: ["pit6_2"], minimumValid: 2),
    .init(
      instrument: "teach7", version: "1", code: "gains4",
      title: .init(nb: "Utbytte", en: "Gains"), items: ["gain_1", "gain_2"], minimumValid: 1),
    .init(
      instrument: "teach7", version: "1", code: "lead2",
      title: .init(nb: "Støtte fra leder", en: "Support from the leader"), items: ["lead_1"],
      minimumValid: 1),
  ]

  private static func period(
    _ code: String, _ kind: Cell.PeriodKind, _ from: String, _ to: String
  ) -> ReleaseContent.Period {
    ReleaseContent.Period(code: code, kind: kind, from: from, to: to)
  }
}
