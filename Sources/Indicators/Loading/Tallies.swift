/// What happened in a calendar, summed up per person, group, unit and segment.
struct Tallies {
  var attendance: [AttendanceTally] = []
  var dose: [DoseTally] = []
}

/// Which days' sums are to be made anew.
public enum TallyDays: Sendable, Equatable {
  case all
  /// The months with these codes; what is no month is passed over.
  case months(Set<String>)
  /// The month with this code and everything later.
  case since(String)
}
