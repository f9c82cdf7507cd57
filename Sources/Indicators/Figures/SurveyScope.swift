extension ProgrammeFrame {
  /// Which figures an answer enters: its unit's and those above it, if the unit is known, and the
  /// whole's. Never a group's: a group is too small to be asked how it feels.
  func surveyGatherings(unit: String?) -> [Gathering] {
    guard let unit else { return [.whole] }
    return units.lineage(of: unit).map { .unit($0) } + [.whole]
  }
}

/// One scope of survey figures in one wave.
struct WaveBucket: Hashable {
  let wave: String
  let gathering: Gathering
}

extension Cell {
  /// Responses over invitations, where the wave says how many were invited; it says so for the
  /// programme as a whole only.
  mutating func setCoverage(responses: Int, invited: Int?) {
    guard scopeKind == .programme || scopeKind == .institution, let invited, invited > 0,
      responses <= invited
    else { return }
    coverage = Double(responses) / Double(invited)
  }
}
