import Statistics

extension IndicatorDefinition {
  /// A cell of this definition for a month or term, still without its figures.
  func cell(of scope: Scope, in period: Period, of frame: ProgrammeFrame) -> Cell {
    Cell(
      programme: frame.programme, indicator: id, definitionVersion: version,
      scopeKind: scope.kind, scope: scope.code, periodKind: period.kind, period: period.code,
      status: Status.ok.rawValue, unitOfCount: unitOfCount, dateBasis: dateBasis,
      caveats: frame.caveats(of: period))
  }

  /// A cell of this definition for a survey wave, still without its figures.
  func cell(of scope: Scope, wave: String, item: String, of frame: ProgrammeFrame) -> Cell {
    Cell(
      programme: frame.programme, indicator: id, definitionVersion: version,
      scopeKind: scope.kind, scope: scope.code, periodKind: .wave, period: wave, item: item,
      status: Status.ok.rawValue, unitOfCount: unitOfCount, dateBasis: dateBasis)
  }
}

extension Cell {
  mutating func mark(_ status: Status) { self.status = status.rawValue }

  /// Takes value and interval back, because they rest on too little; the denominator stays.
  mutating func withhold(as status: Status) {
    mark(status)
    value = nil
    lower = nil
    upper = nil
    confidence = nil
    method = nil
    seed = nil
  }

  mutating func add(caveat: String) {
    guard !caveats.contains(caveat) else { return }
    caveats.append(caveat)
    caveats.sort()
  }

  /// Marks a figure that rests on less than 80 % of what it is about.
  mutating func cautionLowCoverage() {
    if let coverage, coverage < 0.8 { add(caveat: Caveat.lowCoverage) }
  }

  mutating func add(details new: KeyValuePairs<String, Double?>) {
    details.append(contentsOf: new.map { Detail($0.key, $0.value) })
    details.sort { $0.name < $1.name }
  }
}
