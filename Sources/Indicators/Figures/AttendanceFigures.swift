import Statistics

/// Attendance of the fixed members, and how much of it is recorded.
enum AttendanceFigures {
  /// Sums of one person, or of all persons, in a bucket.
  private struct Sums {
    var expected = 0
    var recorded = 0
    var excused = 0
    var present = 0
    /// Recorded and not excused: the person could have come and it is known whether.
    var counted: Int { recorded - excused }

    mutating func add(_ tally: AttendanceTally) {
      expected += tally.expected
      recorded += tally.recorded
      excused += tally.excused
      present += tally.present
    }
  }

  private struct Gathered {
    var total = Sums()
    var persons: [Int: Sums] = [:]
    var groups: Set<String> = []

    mutating func add(_ tally: AttendanceTally) {
      total.add(tally)
      persons[tally.person, default: Sums()].add(tally)
      groups.insert(tally.group)
    }
  }

  static func cells(_ tallies: [AttendanceTally], in frame: ProgrammeFrame) -> [Cell] {
    let gathered = gather(tallies, in: frame)
    return frame.buckets(for: Catalogue.attendanceRate).concurrentMap { bucket in
      let rows = gathered[bucket] ?? Gathered()
      let period = frame.calendar.periods[bucket.period]
      return frame.scopes(of: bucket.gathering).flatMap { scope in
        [
          rate(rows, Catalogue.attendanceRate.cell(of: scope, in: period, of: frame), frame),
          coverage(rows, Catalogue.attendanceCoverage.cell(of: scope, in: period, of: frame)),
        ]
      }
    }.flatMap(\.self)
  }

  private static func gather(
    _ tallies: [AttendanceTally], in frame: ProgrammeFrame
  ) -> [Bucket: Gathered] {
    var gathered: [Bucket: Gathered] = [:]
    for tally in tallies {
      for period in tally.periods {
        for gathering in frame.gatherings(group: tally.group, unit: tally.unit) {
          let bucket = Bucket(gathering: gathering, period: period)
          gathered[bucket, default: Gathered()].add(tally)
        }
      }
    }
    return gathered
  }

  private static func rate(_ rows: Gathered, _ template: Cell, _ frame: ProgrammeFrame) -> Cell {
    var cell = template
    let total = rows.total
    let clusters = rows.persons.sorted { $0.key < $1.key }
      .filter { $0.value.counted > 0 }
      .map { person, sums in
        Cluster(
          person: person, numerator: Double(sums.present), denominator: Double(sums.counted))
      }
    cell.n = clusters.count
    cell.nPeople = rows.persons.values.count { $0.recorded > 0 }
    cell.nGroups = rows.groups.count
    cell.coverage = share(total.recorded, of: total.expected)
    cell.add(details: [
      "excused": Double(total.excused), "expected_pairs": Double(total.expected),
      "recorded_pairs": Double(total.recorded),
    ])
    cell.cautionLowCoverage()
    guard total.counted > 0 else {
      cell.numerator = 0
      cell.denominator = 0
      cell.mark(.noDenominator)
      return cell
    }
    // Withheld whole: with numerator and denominator the value would still be there.
    if let coverage = cell.coverage, coverage < 0.5 {
      cell.mark(.lowCoverage)
      return cell
    }
    cell.numerator = Double(total.present)
    cell.denominator = Double(total.counted)
    cell.value = share(total.present, of: total.counted)
    cell.estimateInterval(resampling: clusters, asOf: frame.asOf)
    return cell
  }

  private static func coverage(_ rows: Gathered, _ template: Cell) -> Cell {
    var cell = template
    cell.n = rows.persons.count
    cell.nPeople = rows.persons.count
    cell.nGroups = rows.groups.count
    cell.numerator = Double(rows.total.recorded)
    cell.denominator = Double(rows.total.expected)
    cell.value = share(rows.total.recorded, of: rows.total.expected)
    cell.coverage = cell.value
    cell.cautionLowCoverage()
    if cell.value == nil { cell.mark(.noDenominator) }
    return cell
  }
}
