import Events
import Statistics

/// Planned sessions that were held.
enum DeliveryFigures {
  private struct Counts {
    var planned = 0
    var held = 0
    var cancelled = 0
    /// Planned for a day after the cut: still in the denominator, and said.
    var notYetDue = 0
    /// Held in the period without having been planned.
    var unplanned = 0
    var groups: Set<String> = []

    mutating func add(_ session: SessionRecord, asOf: CivilDate) {
      groups.insert(session.group)
      guard let plannedOn = session.plannedOn else {
        unplanned += 1
        return
      }
      planned += 1
      if session.day != nil { held += 1 }
      if session.status == .cancelled { cancelled += 1 }
      if session.status == .planned, plannedOn > asOf { notYetDue += 1 }
    }
  }

  static func cells(_ sessions: [SessionRecord], in frame: ProgrammeFrame) -> [Cell] {
    let definition = Catalogue.sessionDelivery
    let counts = count(sessions, in: frame)
    return frame.buckets(for: definition).flatMap { bucket in
      let counts = counts[bucket] ?? Counts()
      let people = Set(
        frame.active(in: bucket).lazy.filter { counts.groups.contains($0.group) }.map(\.person))
      return frame.scopes(of: bucket.gathering).map { scope in
        var cell = definition.cell(
          of: scope, in: frame.calendar.periods[bucket.period], of: frame)
        cell.nPeople = people.count
        fill(&cell, counts, minimum: definition.minimumN)
        return cell
      }
    }
  }

  private static func count(
    _ sessions: [SessionRecord], in frame: ProgrammeFrame
  ) -> [Bucket: Counts] {
    var counts: [Bucket: Counts] = [:]
    for session in sessions {
      guard let day = session.plannedOn ?? session.day else { continue }
      for (index, period) in frame.calendar.periods.enumerated() where period.contains(day) {
        for gathering in [.group(session.group), Gathering.whole] {
          counts[Bucket(gathering: gathering, period: index), default: Counts()]
            .add(session, asOf: frame.asOf)
        }
      }
    }
    return counts
  }

  private static func fill(_ cell: inout Cell, _ counts: Counts, minimum: Int) {
    cell.n = counts.planned
    cell.nGroups = counts.groups.count
    cell.numerator = Double(counts.held)
    cell.denominator = Double(counts.planned)
    cell.add(details: [
      "cancelled": Double(counts.cancelled), "not_yet_due": Double(counts.notYetDue),
      "unplanned_held": Double(counts.unplanned),
    ])
    guard counts.planned > 0 else {
      cell.mark(.noDenominator)
      return
    }
    cell.value = share(counts.held, of: counts.planned)
    cell.estimateWilson(counts.held, of: counts.planned)
    if counts.planned < minimum { cell.withhold(as: .belowMinimumN) }
  }
}
