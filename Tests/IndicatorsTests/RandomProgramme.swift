import Events
import Indicators

/// An invented programme, the same for the same seed: rows in a random order, with everything in
/// them that makes figures difficult.
struct RandomProgramme {
  var attendance: [AttendanceTally] = []
  var dose: [DoseTally] = []
  var sessions: [SessionRecord] = []
  var hours: [HoursRecord] = []
  var answers: [ItemTally] = []
  var memberships: [Membership] = []
  let calendar: ProgrammeCalendar
  let groups: [GroupPlan]

  static let item = SurveyItem(instrument: "survey", item: "pit1", minimum: 1, maximum: 7)

  init(seed: UInt64) throws {
    var random = Generator(state: seed)
    let first = try day("2025-01-01")
    calendar = ProgrammeCalendar(
      terms: [
        TermRule(code: "V", from: "01-01", to: "07-31"),
        TermRule(code: "H", from: "08-01", to: "12-31"),
      ].compactMap(\.self), first: first, last: try day("2025-12-31"))
    groups = ["T-1", "T-2", "T-3"].map {
      GroupPlan(code: $0, formedOn: first, dissolvedOn: nil)
    }
    for person in 0..<Int.random(in: 8...30, using: &random) {
      addPerson(person, from: first, &random)
    }
    for _ in 0..<60 { addSession(from: first, &random) }
  }

  private mutating func addPerson(
    _ person: Int, from first: CivilDate, _ random: inout Generator
  ) {
    let group = groups[Int.random(in: 0..<3, using: &random)].code
    let unit = ["HUM", "REALFAG"][Int.random(in: 0..<2, using: &random)]
    memberships.append(
      Membership(
        person: person, group: group, unit: unit,
        joinedOn: first.adding(days: Int.random(in: 0..<40, using: &random)),
        leftOn: Int.random(in: 0..<5, using: &random) == 0 ? first.adding(days: 250) : nil))
    for segment in calendar.segments where Bool.random(using: &random) {
      let expected = Int.random(in: 0...3, using: &random)
      let recorded = Int.random(in: 0...expected, using: &random)
      let excused = Int.random(in: 0...recorded, using: &random)
      attendance.append(
        AttendanceTally(
          person: person, group: group, unit: unit, periods: segment.periods, expected: expected,
          recorded: recorded, excused: excused,
          present: Int.random(in: 0...(recorded - excused), using: &random)))
      dose.append(
        DoseTally(
          person: person, group: groups[Int.random(in: 0..<3, using: &random)].code, unit: unit,
          periods: segment.periods, minutes: Int.random(in: 0...120, using: &random), unmeasured: 0)
      )
    }
    for term in ["2025V", "2025H"] {
      hours.append(
        HoursRecord(
          person: person, term: term,
          allocated: Bool.random(using: &random) ? Double.random(in: 0...20, using: &random) : nil,
          spent: Bool.random(using: &random) ? Double.random(in: 0...20, using: &random) : nil))
    }
    let states: [ItemTally.State] = [.answered, .answered, .answered, .notRelevant, .skipped]
    let state = states[Int.random(in: 0..<5, using: &random)]
    answers.append(
      ItemTally(
        wave: "W0", instrument: "survey", item: "pit1", unit: unit, group: group, state: state,
        score: state == .answered ? Int.random(in: 1...7, using: &random) : nil, minimum: 1,
        maximum: 7, count: 1))
  }

  private mutating func addSession(from first: CivilDate, _ random: inout Generator) {
    let planned = first.adding(days: Int.random(in: 0..<365, using: &random))
    let status: SessionRecord.Status =
      [.held, .held, .cancelled, .planned][Int.random(in: 0..<4, using: &random)]
    sessions.append(
      SessionRecord(
        group: groups[Int.random(in: 0..<3, using: &random)].code, status: status,
        plannedOn: Int.random(in: 0..<8, using: &random) == 0 && status == .held ? nil : planned,
        heldOn: status == .held
          ? planned.adding(days: Int.random(in: 0..<9, using: &random)) : nil))
  }

  func frame(memberships: [Membership]? = nil) throws -> ProgrammeFrame {
    ProgrammeFrame(
      programme: "TST", institution: "fjordvik", asOf: try day("2026-03-01"),
      startsOn: try day("2025-01-01"), endsOn: nil, holidayMonths: [7], calendar: calendar,
      groups: groups, memberships: memberships ?? self.memberships)
  }

  /// All cells of the programme.
  func cells() throws -> [Cell] {
    let frame = try frame()
    return Figures.attendance(attendance, in: frame) + Figures.dose(dose, in: frame)
      + Figures.delivery(sessions, in: frame) + Figures.regularity(sessions, in: frame)
      + Figures.hours(hours, in: frame)
      + Figures.items(answers, items: [Self.item], invited: ["W0": 40], in: frame)
  }

  /// The same rows in another order.
  func shuffled(seed: UInt64) -> RandomProgramme {
    var random = Generator(state: seed)
    var other = self
    other.attendance.shuffle(using: &random)
    other.dose.shuffle(using: &random)
    other.sessions.shuffle(using: &random)
    other.hours.shuffle(using: &random)
    other.answers.shuffle(using: &random)
    other.memberships.shuffle(using: &random)
    return other
  }

  /// SplitMix64; small, seeded, good enough to invent data.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
