public import Events

/// What the figures of one programme in one institution have in common: its calendar, groups and
/// members, and the day the figures are told of.
public struct ProgrammeFrame: Sendable {
  public let programme: String
  public let institution: String
  /// Day of the cut: what was recorded later is not known.
  public let asOf: CivilDate
  public let startsOn: CivilDate
  /// The first day after the programme.
  public let endsOn: CivilDate?
  /// Months of the year without planned sessions, 1 to 12.
  public let holidayMonths: Set<Int>
  public let calendar: ProgrammeCalendar
  public let groups: [GroupPlan]
  public let memberships: [Membership]
  public let units: UnitTree
  /// Whose figures are asked for; `nil`: everybody's.
  public let focus: Focus?
  private let membersOfGroup: [String: [Membership]]
  private let membersOfUnit: [String: [Membership]]

  public init(
    programme: String, institution: String, asOf: CivilDate, startsOn: CivilDate,
    endsOn: CivilDate?, holidayMonths: Set<Int>, calendar: ProgrammeCalendar,
    groups: [GroupPlan], memberships: [Membership], units: UnitTree = UnitTree(),
    focus: Focus? = nil
  ) {
    self.programme = programme
    self.institution = institution
    self.asOf = asOf
    self.startsOn = startsOn
    self.endsOn = endsOn
    self.holidayMonths = holidayMonths
    self.calendar = calendar
    self.groups = groups.sorted { $0.code < $1.code }
    self.memberships = memberships.sorted {
      ($0.person, $0.joinedOn, $0.group, $0.unit) < ($1.person, $1.joinedOn, $1.group, $1.unit)
    }
    self.membersOfGroup = Dictionary(grouping: self.memberships, by: \.group)
    self.units = units
    self.focus = focus
    var membersOfUnit: [String: [Membership]] = [:]
    for membership in self.memberships {
      for unit in units.lineage(of: membership.unit) {
        membersOfUnit[unit, default: []].append(membership)
      }
    }
    self.membersOfUnit = membersOfUnit
  }

  /// Every gathering that what happened in a group, to a person of a unit, counts for: the group,
  /// the unit with all units above it, and the whole.
  func gatherings(group: String, unit: String) -> [Gathering] {
    inFocus([.group(group)] + units.lineage(of: unit).map { .unit($0) } + [.whole])
  }

  /// Under which names a gathering of rows is reported.
  func scopes(of gathering: Gathering) -> [Scope] {
    switch gathering {
    case .group(let code): [Scope(kind: .group, code: code)]
    case .unit(let code): [Scope(kind: .unit, code: code)]
    case .whole:
      [
        Scope(kind: .institution, code: institution),
        Scope(kind: .programme, code: programme),
      ]
    }
  }

  /// Every bucket that has a figure of this definition, also where nothing happened: each period
  /// with each group that existed in it and each unit that had members in it.
  func buckets(for definition: IndicatorDefinition) -> [Bucket] {
    calendar.periods.indices
      .filter { definition.periods.contains(calendar.periods[$0].kind) }
      .flatMap { index in
        gatherings(in: calendar.periods[index], for: definition).map {
          Bucket(gathering: $0, period: index)
        }
      }
  }

  private func gatherings(in period: Period, for definition: IndicatorDefinition) -> [Gathering] {
    var gatherings: [Gathering] = []
    if definition.scopes.contains(.group) {
      gatherings += groups.filter { $0.exists(in: period) }.map { .group($0.code) }
    }
    if definition.scopes.contains(.unit) {
      let direct = Set(memberships.lazy.filter { $0.isActive(in: period) }.map(\.unit))
      let all = Set(direct.flatMap(units.lineage))
      gatherings += all.sorted().map { .unit($0) }
    }
    if definition.scopes.contains(.programme) { gatherings.append(.whole) }
    return inFocus(gatherings)
  }

  private func inFocus(_ gatherings: [Gathering]) -> [Gathering] {
    guard let focus else { return gatherings }
    return gatherings.filter(focus.includes)
  }

  /// The memberships behind a bucket that were active at some time in the period, in the order
  /// of persons and joining.
  func active(in bucket: Bucket) -> [Membership] {
    let period = calendar.periods[bucket.period]
    let candidates =
      switch bucket.gathering {
      case .group(let code): membersOfGroup[code, default: []]
      case .unit(let code): membersOfUnit[code, default: []]
      case .whole: memberships
      }
    return candidates.filter { $0.isActive(in: period) }
  }

  /// Caveats every figure of a period carries: the period can still change by late records until
  /// 30 days after its end.
  func caveats(of period: Period) -> [String] {
    asOf < period.until.adding(days: 30) ? [Caveat.provisional] : []
  }
}
