import Statistics

/// Hours received by everyone active in a period, those who never came included with 0.
///
/// A group's figure knows only its own sessions; unit and programme count the hours a person
/// received anywhere, also as a guest.
enum DoseFigures {
  private struct Sums {
    var minutes = 0
    var unmeasured = 0
  }

  static func cells(_ tallies: [DoseTally], in frame: ProgrammeFrame) -> [Cell] {
    let definition = Catalogue.doseHours
    var sums: [Bucket: [Int: Sums]] = [:]
    for tally in tallies {
      for period in tally.periods {
        for gathering in frame.gatherings(group: tally.group, unit: tally.unit) {
          let bucket = Bucket(gathering: gathering, period: period)
          sums[bucket, default: [:]][tally.person, default: Sums()].minutes += tally.minutes
          sums[bucket, default: [:]][tally.person, default: Sums()].unmeasured += tally.unmeasured
        }
      }
    }
    return frame.buckets(for: definition).flatMap { bucket in
      let members = frame.active(in: bucket)
      let groups = Set(members.map(\.group)).count
      let received = Set(members.map(\.person)).sorted()
        .map { sums[bucket]?[$0] ?? Sums() }
      return frame.scopes(of: bucket.gathering).map { scope in
        var cell = definition.cell(
          of: scope, in: frame.calendar.periods[bucket.period], of: frame)
        cell.nGroups = groups
        fill(&cell, received, minimum: definition.minimumN)
        return cell
      }
    }
  }

  private static func fill(_ cell: inout Cell, _ received: [Sums], minimum: Int) {
    cell.n = received.count
    cell.nPeople = received.count
    cell.denominator = Double(received.count)
    if received.contains(where: { $0.unmeasured > 0 }) { cell.add(caveat: Caveat.minutesUnknown) }
    guard !received.isEmpty else {
      cell.mark(.noData)
      return
    }
    guard received.count >= minimum else {
      cell.mark(.belowMinimumN)
      return
    }
    let hours = received.map { Double($0.minutes) / 60 }
    cell.numerator = Double(received.reduce(0) { $0 + $1.minutes }) / 60
    let sample = SortedSample(hours)
    cell.estimateMean(of: hours)
    cell.add(details: [
      "median": sample.median, "q1": sample.quantile(0.25), "q3": sample.quantile(0.75),
      "sd": standardDeviation(hours), "share_zero": share(hours.count { $0 == 0 }, of: hours.count),
    ])
  }
}
