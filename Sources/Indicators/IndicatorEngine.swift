import Events
public import Postgres

/// Computes the cells of one programme in one institution from the facts effective at a position
/// of its log.
///
/// The same position and day always give the same cells, whatever was recorded since.
public struct IndicatorEngine {
  /// The code of the scale `isolation_score` is made of.
  public static let isolationScale = "pit6"

  private let reader: FactReader
  private let outline: ProgrammeOutline
  private let people: People
  private let institutionCode: String
  private let asOf: CivilDate

  /// - Parameters:
  ///   - session: A connection that may read the facts.
  ///   - schema: Where they are, `fact` or a schema that is being built.
  ///   - institution: The institution's id.
  ///   - institutionCode: Its code, the scope of institution figures.
  ///   - position: What was recorded later is not known.
  ///   - asOf: Day of the cut, `YYYY-MM-DD`: what is planned for later is not due.
  /// - Throws: `IndicatorError` if the programme is unknown at the position; `PostgresError`.
  public init(
    session: Session, schema: String = "fact", institution: Int32, institutionCode: String,
    programme: String, at position: Int64, asOf: String
  ) throws {
    guard let day = CivilDate(asOf) else { throw IndicatorError.notADay(asOf) }
    reader = FactReader(
      session: session, schema: schema, institution: institution, programme: programme,
      position: position)
    outline = try reader.outline(asOf: day)
    people = try reader.people()
    self.institutionCode = institutionCode
    self.asOf = day
  }

  /// The months and terms there are figures for, from the programme's start to the last period
  /// with a fact. A new fact can open several at once.
  public var periods: [Period] { frame(.all).calendar.periods }

  /// Whether there are figures of hours received: where nobody meets in sessions, they are no 0 but
  /// no figure.
  public var hasDose: Bool { get throws { try !periods.isEmpty && reader.hasSessions() } }

  /// The cells of some families and periods, by indicator, scope, period and item.
  ///
  /// Months and terms run from the programme's start to the last period with a fact; waves are
  /// those with a response.
  /// - Parameters:
  ///   - focus: Whose figures; `nil` for everybody's. For families of sessions.
  ///   - usingKept: Trusts what `keepTallies` has kept instead of reading all attendance.
  public func cells(
    families: Set<Family> = Set(Family.allCases), periods filter: PeriodFilter = .all,
    focus: Focus? = nil, usingKept: Bool = false
  ) throws -> [Cell] {
    let frame = frame(filter, focus)
    let ahead = FiguresAhead()
    if families.contains(.attendance) || families.contains(.dose) {
      let tallies =
        try usingKept
        ? reader.keptTallies(in: frame.calendar, by: people)
        : reader.tallies(in: frame.calendar, by: people)
      if families.contains(.attendance) {
        ahead.begin { Figures.attendance(tallies.attendance, in: frame) }
      }
      if families.contains(.dose), try reader.hasSessions() {
        ahead.begin { Figures.dose(tallies.dose, in: frame) }
      }
    }
    if families.contains(.delivery) || families.contains(.regularity) {
      let sessions = try reader.sessions(in: frame.calendar)
      if families.contains(.delivery) {
        ahead.begin { Figures.delivery(sessions, in: frame) }
      }
      if families.contains(.regularity) {
        ahead.begin { Figures.regularity(sessions, in: frame) }
      }
    }
    if families.contains(.hours) {
      let hours = try reader.hours(by: people)
      ahead.begin { Figures.hours(hours, in: frame) }
    }
    if families.contains(.survey) {
      ahead.begin(try surveyFigures(filter, in: frame))
    }
    return Figures.sorted(ahead.finish())
  }

  /// Sums up anew what happened in some groups and periods, and keeps the sums in `fact.tally`, for
  /// `cells(usingKept:)`.
  /// - Parameters:
  ///   - groups: `nil` for all.
  ///   - filter: Also periods there are none of any more; their sums go.
  /// - Returns: the units of the people whose sums these are or were, with all units above them.
  public func keepTallies(
    of groups: Set<String>? = nil, in filter: PeriodFilter
  ) throws -> Set<String> {
    let calendar = frame(filter).calendar
    var codes: Set<String>?
    if case .touching(let named) = filter { codes = named.union(calendar.periods.map(\.code)) }
    return Set(
      try reader.keepTallies(in: calendar, insteadOf: codes, groups: groups)
        .flatMap(outline.units.lineage))
  }

  private func surveyFigures(
    _ filter: PeriodFilter, in frame: ProgrammeFrame
  ) throws -> @Sendable () -> [Cell] {
    let invited = try reader.invited()
    let scales = try reader.scales(named: Self.isolationScale)
    let answers = try reader.answers(filter)
    let items = try reader.items()
    let responses = try reader.responses(to: scales, filter)
    return {
      Figures.items(answers, items: items, invited: invited, in: frame)
        + Figures.isolation(responses, scales: scales, invited: invited, in: frame)
    }
  }

  private func frame(_ filter: PeriodFilter, _ focus: Focus? = nil) -> ProgrammeFrame {
    let calendar =
      if let lastFact = outline.lastFactOn {
        ProgrammeCalendar(
          terms: outline.terms, first: outline.startsOn, last: lastFact, filter: filter)
      } else {
        ProgrammeCalendar(periods: [])
      }
    return ProgrammeFrame(
      programme: reader.programme, institution: institutionCode, asOf: asOf,
      startsOn: outline.startsOn, endsOn: outline.endsOn, holidayMonths: outline.holidayMonths,
      calendar: calendar, groups: outline.groups, memberships: people.memberships,
      units: outline.units, focus: focus)
  }
}
