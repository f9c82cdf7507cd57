internal import Events

/// Which months, terms and waves are wanted.
public enum PeriodFilter: Sendable, Equatable {
  case all
  /// The periods with these codes and every month or term that shares a day with one of them:
  /// what has to be computed anew when something in them has changed.
  case touching(Set<String>)

  func select(_ periods: [Period]) -> [Period] {
    guard case .touching(let codes) = self else { return periods }
    // A month after the last one there are figures for can lie in a term there are figures for.
    let named =
      periods.filter { codes.contains($0.code) }
      + codes.compactMap { CivilDate("\($0)-01") }.map { Period.month(of: $0) }
    return periods.filter { period in named.contains { $0.overlaps(period) } }
  }

  func includes(wave: String) -> Bool {
    guard case .touching(let codes) = self else { return true }
    return codes.contains(wave)
  }
}
