import Events
import Indicators
import Testing

/// The oracle's event log as it was known on a day, turned into the rows the figures take.
struct ReplayedProgramme {
  var memberships: [Membership] = []
  var sessions: [SessionRecord] = []
  var attendance: [AttendanceTally] = []
  var dose: [DoseTally] = []
  var hours: [HoursRecord] = []
  var answers: [ItemTally] = []
  var responses: [ScaleResponse] = []
  let frame: ProgrammeFrame

  static let isolationItems = ["ISO1", "ISO2", "ISO3", "ISO4"]

  /// - Parameter asOf: The day the figures are told of; the case's own unless said.
  init(_ oracle: ProgrammeCase, asOf: CivilDate? = nil) throws {
    let log = try OracleLog(oracle.events, asOf: oracle.asOf)
    let calendar = try Self.calendar(of: oracle)
    let period = try #require(calendar.periods.first { $0.code == "\(oracle.from.year)P" })
    memberships = log.memberships()
    sessions = log.sessions()
    for held in log.heldSessions() {
      guard let segment = calendar.segment(of: held.day) else { continue }
      let periods = calendar.segments[segment].periods
      attendance += log.attendance(of: held, periods: periods)
      dose += log.dose(of: held, periods: periods)
    }
    hours = log.hours(term: period.code)
    (answers, responses) = log.survey(items: Self.isolationItems)
    frame = ProgrammeFrame(
      programme: "A", institution: "fjordvik", asOf: asOf ?? oracle.asOf, startsOn: oracle.from,
      endsOn: nil, holidayMonths: [], calendar: calendar,
      groups: oracle.teams.map {
        GroupPlan(code: $0, formedOn: oracle.from, dissolvedOn: nil)
      },
      memberships: memberships)
  }

  /// The case's period as a term of its own, code `2025P`, beside the months in it.
  private static func calendar(of oracle: ProgrammeCase) throws -> ProgrammeCalendar {
    let last = oracle.until.adding(days: -1)
    let rule = try #require(
      TermRule(
        code: "P", from: String("\(oracle.from)".dropFirst(5)), to: String("\(last)".dropFirst(5)))
    )
    return ProgrammeCalendar(terms: [rule], first: oracle.from, last: last)
  }
}
