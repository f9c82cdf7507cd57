import Statistics

/// Whether time was set aside, and whether it covered what the programme took.
enum HoursFigures {
  private struct Key: Hashable {
    let person: Int
    let term: String
  }

  /// What is known of one person active in a term; both `nil` when nothing was recorded.
  private struct Known {
    var allocated: Double?
    var spent: Double?
  }

  private struct Person {
    let person: Int
    let known: Known
  }

  static func cells(_ records: [HoursRecord], in frame: ProgrammeFrame) -> [Cell] {
    let known = Dictionary(
      records.map {
        (Key(person: $0.person, term: $0.term), Known(allocated: $0.allocated, spent: $0.spent))
      }, uniquingKeysWith: { _, last in last })
    let units = unitOfPersons(in: frame)
    return frame.buckets(for: Catalogue.hoursCoverage).flatMap { bucket in
      let period = frame.calendar.periods[bucket.period]
      // In a term a person belongs to one unit, also when there are enrolments in two.
      let members = frame.active(in: bucket).filter {
        bucket.gathering == .whole || units[period.code]?[$0.person] == $0.unit
      }
      let people = Set(members.map(\.person)).sorted()
        .map { Person(person: $0, known: known[Key(person: $0, term: period.code)] ?? Known()) }
      let groups = Set(members.map(\.group)).count
      return frame.scopes(of: bucket.gathering).flatMap { scope in
        [
          coverage(people, groups, Catalogue.hoursCoverage.cell(of: scope, in: period, of: frame)),
          compensation(
            people, groups, Catalogue.hoursCompensation.cell(of: scope, in: period, of: frame),
            frame),
        ]
      }
    }
  }

  /// The unit of a person's earliest membership that was active in a term, for each term.
  private static func unitOfPersons(in frame: ProgrammeFrame) -> [String: [Int: String]] {
    var units: [String: [Int: String]] = [:]
    for term in frame.calendar.periods where term.kind == .term {
      for membership in frame.memberships where membership.isActive(in: term) {
        if units[term.code]?[membership.person] == nil {
          units[term.code, default: [:]][membership.person] = membership.unit
        }
      }
    }
    return units
  }

  private static func coverage(_ people: [Person], _ groups: Int, _ template: Cell) -> Cell {
    var cell = template
    let allocated = people.compactMap(\.known.allocated)
    let positive = allocated.count { $0 > 0 }
    cell.n = allocated.count
    cell.nPeople = allocated.count
    cell.nGroups = groups
    cell.numerator = Double(positive)
    cell.denominator = Double(allocated.count)
    cell.coverage = share(allocated.count, of: people.count)
    cell.add(details: [
      "unknown": Double(people.count - allocated.count),
      "zero": Double(allocated.count - positive),
    ])
    cell.cautionLowCoverage()
    guard !allocated.isEmpty else {
      cell.mark(.noDenominator)
      return cell
    }
    cell.value = share(positive, of: allocated.count)
    cell.estimateWilson(positive, of: allocated.count)
    if allocated.count < Catalogue.hoursCoverage.minimumN {
      cell.withhold(as: .belowMinimumN)
    }
    return cell
  }

  private static func compensation(
    _ people: [Person], _ groups: Int, _ template: Cell, _ frame: ProgrammeFrame
  ) -> Cell {
    var cell = template
    let both = people.compactMap { person -> Cluster? in
      guard let allocated = person.known.allocated, let spent = person.known.spent else {
        return nil
      }
      return Cluster(person: person.person, numerator: allocated, denominator: spent)
    }
    let allocated = exactSum(both.map(\.numerator))
    let spent = exactSum(both.map(\.denominator))
    cell.n = both.count
    cell.nPeople = both.count
    cell.nGroups = groups
    cell.coverage = share(both.count, of: people.count)
    cell.add(details: ["unknown": Double(people.count - both.count)])
    cell.cautionLowCoverage()
    // Sums over one or two people are those people's hours.
    if (1..<Catalogue.hoursCompensation.minimumN).contains(both.count) {
      cell.mark(.belowMinimumN)
      return cell
    }
    let covered = Proportion(both.count { $0.numerator >= $0.denominator }, of: both.count)
    cell.numerator = allocated
    cell.denominator = spent
    cell.add(details: [
      "fully_covered": Double(covered.count), "fully_covered_lower": covered.lower,
      "fully_covered_share": covered.estimate, "fully_covered_upper": covered.upper,
      "median_gap_hours": SortedSample(both.map { $0.numerator - $0.denominator }).median,
    ])
    guard spent > 0 else {
      cell.mark(.noDenominator)
      return cell
    }
    cell.value = allocated / spent
    cell.estimateInterval(resampling: both, asOf: frame.asOf)
    return cell
  }
}
