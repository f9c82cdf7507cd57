import Events
import Statistics

/// How regularly a group meets: the days between meetings, and the months that kept the plan.
enum RegularityFigures {
  static func cells(_ sessions: [SessionRecord], in frame: ProgrammeFrame) -> [Cell] {
    let days = Dictionary(grouping: sessions, by: \.group)
      .mapValues { $0.compactMap(\.day).sorted() }
    return intervals(days, in: frame) + conformity(days, in: frame)
  }

  // MARK: Days between meetings

  private static func intervals(_ days: [String: [CivilDate]], in frame: ProgrammeFrame) -> [Cell] {
    let definition = Catalogue.meetingInterval
    return frame.buckets(for: definition).compactMap { bucket in
      guard case .group(let group) = bucket.gathering else { return nil }
      let period = frame.calendar.periods[bucket.period]
      var cell = definition.cell(
        of: Scope(kind: .group, code: group), in: period, of: frame)
      cell.nPeople = Set(frame.active(in: bucket).map(\.person)).count
      fillInterval(&cell, days[group, default: []].filter(period.contains), period, frame.asOf)
      return cell
    }
  }

  private static func fillInterval(
    _ cell: inout Cell, _ held: [CivilDate], _ period: Period, _ asOf: CivilDate
  ) {
    let gaps = zip(held, held.dropFirst()).map { Double($1.daysSinceEpoch - $0.daysSinceEpoch) }
    let horizon = min(period.until.adding(days: -1), asOf)
    cell.n = held.count
    cell.nGroups = held.isEmpty ? 0 : 1
    cell.add(details: [
      "cv": variation(of: gaps),
      "gaps_over_45": Double(gaps.count { $0 > 45 }),
      "max_gap_days": gaps.max(),
      // The gap that is still open at the end says nothing about its final length.
      "open_gap_days": held.last.map {
        Double(max(0, horizon.daysSinceEpoch - $0.daysSinceEpoch))
      },
      "sessions_held": Double(held.count),
    ])
    cell.value = SortedSample(gaps).median
    if gaps.isEmpty { cell.mark(.noData) }
  }

  /// Standard deviation over mean, from two gaps on.
  private static func variation(of gaps: [Double]) -> Double? {
    guard let deviation = standardDeviation(gaps), let mean = mean(gaps), mean > 0 else {
      return nil
    }
    return deviation / mean
  }

  // MARK: Months that kept the plan

  private struct Months {
    var group: String
    var kept = 0
    var none = 0
    var above = 0
    var below = 0
    var all: Int { kept + none + above + below }
  }

  private static func conformity(
    _ days: [String: [CivilDate]], in frame: ProgrammeFrame
  ) -> [Cell] {
    let definition = Catalogue.planConformity
    let perMonth = days.mapValues { days in
      Dictionary(grouping: days, by: \.monthCode).mapValues(\.count)
    }
    let byCode = Dictionary(grouping: frame.groups, by: \.code)
    return frame.buckets(for: definition).flatMap { bucket in
      let period = frame.calendar.periods[bucket.period]
      let groups =
        if case .group(let code) = bucket.gathering { byCode[code, default: []] } else {
          frame.groups
        }
      let kept = groups.map {
        months(of: $0, held: perMonth[$0.code, default: [:]], in: period, of: frame)
      }.filter { $0.all > 0 }
      let people = Set(frame.active(in: bucket).map(\.person)).count
      return frame.scopes(of: bucket.gathering).map { scope in
        var cell = definition.cell(of: scope, in: period, of: frame)
        cell.nPeople = people
        fillConformity(&cell, kept, frame)
        return cell
      }
    }
  }

  /// Counts the months in which the group and the programme existed, that are over at the cut and
  /// are no holiday.
  private static func months(
    of group: GroupPlan, held: [String: Int], in period: Period, of frame: ProgrammeFrame
  ) -> Months {
    var months = Months(group: group.code)
    guard let plan = group.sessionsAMonth else { return months }
    var month = Period.month(of: period.from)
    while month.from < period.until {
      let counts =
        month.from >= period.from && month.until <= period.until
        && !frame.holidayMonths.contains(month.from.month) && group.exists(in: month)
        && month.overlaps(from: frame.startsOn, until: frame.endsOn)
        && month.until <= frame.asOf.adding(days: 1)
      if counts {
        let sessions = held[month.code, default: 0]
        if plan.contains(sessions) {
          months.kept += 1
        } else if sessions == 0 {
          months.none += 1
        } else if sessions > plan.upperBound {
          months.above += 1
        } else {
          months.below += 1
        }
      }
      month = Period.month(of: month.until)
    }
    return months
  }

  private static func fillConformity(
    _ cell: inout Cell, _ groups: [Months], _ frame: ProgrammeFrame
  ) {
    func sum(_ part: KeyPath<Months, Int>) -> Int { groups.reduce(0) { $0 + $1[keyPath: part] } }
    let (kept, all) = (sum(\.kept), sum(\.all))
    cell.n = all
    cell.nGroups = groups.count
    cell.numerator = Double(kept)
    cell.denominator = Double(all)
    cell.add(details: [
      "above": Double(sum(\.above)), "below": Double(sum(\.below)), "none": Double(sum(\.none)),
    ])
    guard all > 0 else {
      cell.mark(.noDenominator)
      return
    }
    cell.value = share(kept, of: all)
    if cell.scopeKind != .group {
      // The months of one group resemble each other; the groups are what varies.
      cell.estimateInterval(
        resampling: groups.map {
          Cluster(key: $0.group, numerator: Double($0.kept), denominator: Double($0.all))
        }, asOf: frame.asOf)
    } else if all >= 5 {
      cell.estimateWilson(kept, of: all)
    } else {
      cell.add(caveat: Caveat.descriptive)
    }
  }
}
