import Events
public import Postgres

/// Computes the cells of one programme in one institution from the facts effective at a position
/// of its log.
///
/// The same position and day always give the same cells, whatever was recorded since.
public struct IndicatorEngine {
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

  /// The cells of some families and periods, by indicator, scope, period and item.
  ///
  /// Months and terms run from the programme's start to the last period with a fact; waves are
  /// those with a response.
  public func cells(
    families: Set<Family> = Set(Family.allCases), periods filter: PeriodFilter = .all
  ) throws -> [Cell] {
    let frame = frame(filter)
    var cells: [Cell] = []
    if families.contains(.attendance) {
      cells += Figures.attendance(
        try reader.attendance(in: frame.calendar, by: people), in: frame)
    }
    // Where nobody meets in sessions, hours received in them are no 0 but no figure.
    if families.contains(.dose), try !reader.sessions().isEmpty {
      cells += Figures.dose(try reader.dose(in: frame.calendar, by: people), in: frame)
    }
    if families.contains(.delivery) || families.contains(.regularity) {
      let sessions = try reader.sessions()
      if families.contains(.delivery) { cells += Figures.delivery(sessions, in: frame) }
      if families.contains(.regularity) { cells += Figures.regularity(sessions, in: frame) }
    }
    if families.contains(.hours) {
      cells += Figures.hours(try reader.hours(by: people), in: frame)
    }
    if families.contains(.survey) { cells += try surveyCells(filter, in: frame) }
    return Figures.sorted(cells)
  }

  private func surveyCells(_ filter: PeriodFilter, in frame: ProgrammeFrame) throws -> [Cell] {
    let invited = try reader.invited()
    let scales = try reader.scales(named: "pit6")
    return Figures.items(
      try reader.answers(filter), items: try reader.items(), invited: invited, in: frame)
      + Figures.isolation(
        try reader.responses(to: scales, filter), scales: scales, invited: invited, in: frame)
  }

  private func frame(_ filter: PeriodFilter) -> ProgrammeFrame {
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
      units: outline.units)
  }
}
