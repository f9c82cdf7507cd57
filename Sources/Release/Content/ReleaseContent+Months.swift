import Events
import Indicators

extension ReleaseContent.Period {
  /// A wave from the first to the last day of its months. To the day it would tell when the first
  /// and the last person joined; months and terms are the calendar's own.
  var inWholeMonths: ReleaseContent.Period {
    guard kind == .wave, let first = CivilDate(from), let last = CivilDate(to) else { return self }
    var period = self
    period.from = first.adding(days: 1 - first.day).description
    // The 32nd of a month lies in the next one, whatever its length.
    let next = last.adding(days: 32 - last.day)
    period.to = next.adding(days: -next.day).description
    return period
  }
}
