import Events

/// What a programme's figures need to know about it before any figure is computed.
struct ProgrammeOutline {
  var startsOn: CivilDate
  var endsOn: CivilDate?
  var terms: [TermRule]
  var holidayMonths: Set<Int>
  var groups: [GroupPlan]
  var units: UnitTree
  /// The day of the last fact up to the cut; `nil` while there is none.
  var lastFactOn: CivilDate?
}
