/// What happened in a calendar, summed up per person, group, unit and stretch of days.
struct Tallies {
  var attendance: [AttendanceTally] = []
  var dose: [DoseTally] = []
}
