import Indicators

/// Keeps the number of people who left out of the figures' bases.
///
/// Some figures rest on everybody who was a member in their period. Where the count of people who
/// left is hidden, the bases of two periods would give it away by subtraction: 24 members in
/// spring, 22 in autumn. There the bases are rounded down to a multiple of five, and numbers from
/// which they could be worked out are left out or given less exactly.
enum MembershipBases {
  static let caveat = "base_rounded_down"

  static func isNeeded(_ flow: Publication.Flow) -> Bool {
    flow.active == .hidden || flow.left == .hidden
  }

  static func round(_ cell: inout PublishedCell) {
    guard var figure = cell.figure else { return }
    switch cell.indicator {
    case "dose_hours":
      // The sum over the mean is the base, and the standard deviation tells it by the interval.
      figure.numerator = nil
      figure.denominator = nil
      figure.value = figure.value.map { rounded($0, to: 10) }
      figure.lower = figure.lower.map { rounded($0, to: 10) }
      figure.upper = figure.upper.map { rounded($0, to: 10) }
      figure.details = figure.details.filter { ["median", "q1", "q3"].contains($0.name) }
        .map { Cell.Detail($0.name, $0.value.map { rounded($0, to: 10) }) }
      roundBase(&figure)
    case "attendance_recording_coverage":
      // One session a group makes the expected pairs the members.
      figure.numerator = nil
      figure.denominator = nil
      figure.value = figure.value.map { rounded($0, to: 100) }
      figure.coverage = figure.coverage.map { rounded($0, to: 100) }
      roundBase(&figure)
    case "attendance_rate":
      figure.coverage = figure.coverage.map { rounded($0, to: 100) }
      figure.people = figure.people.map { $0 / 5 * 5 }
    case "hours_allocation_coverage", "hours_compensation_ratio":
      // Those with known hours over their share of the members is the members.
      // A lower limit, and never 1: all of them known would make n the members.
      figure.coverage = figure.coverage.map { min(0.9, ($0 * 10 + 1e-9).rounded(.down) / 10) }
      figure.isCoverageRounded = true
    default: return
    }
    cell.figure = figure
  }

  private static func roundBase(_ figure: inout PublishedCell.Figure) {
    figure.n = figure.n / 5 * 5
    figure.people = figure.people.map { $0 / 5 * 5 }
    figure.isBaseRounded = true
    figure.caveats.append(caveat)
    figure.caveats.sort(by: utf8Precedes)
  }

  /// Whether a cell still tells the members of its period.
  static func tells(_ cell: PublishedCell) -> Bool {
    guard let figure = cell.figure else { return false }
    switch cell.indicator {
    case "dose_hours", "attendance_recording_coverage":
      return !figure.isBaseRounded || figure.numerator != nil || figure.denominator != nil
        || figure.n % 5 != 0
    default: return false
    }
  }

  private static func rounded(_ value: Double, to parts: Double) -> Double {
    (value * parts).rounded(.toNearestOrAwayFromZero) / parts
  }
}
