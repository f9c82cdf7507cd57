internal import Events

/// The days a report tells, held against the day of its session. Reports of a team's meetings look
/// alike, and the one of another week is easily taken.
struct MeetingDay {
  /// From so many days apart on it is taken for another meeting: teams that meet every week have
  /// their next one then.
  static let farOff = 7

  private let day: CivilDate
  private let code: String

  /// `nil` for a session that has no day, or took place on none.
  init?(_ session: Register.SessionEntry) {
    guard session.status != "cancelled", let day = session.heldOn ?? session.plannedOn else {
      return nil
    }
    self.day = day
    code = session.code
  }

  /// What is to be said of a report that tells days, none of which is the session's; a day that may
  /// be read in two ways is the one nearer to the session.
  func complaint(about report: MeetingReport) -> Diagnostic? {
    var nearest: (apart: Int, words: String, line: Int)?
    var seen: Set<String> = []
    let batch = report.batch
    for row in batch.rows {
      for cell in batch.cells(of: row) {
        guard let text = MeetingTime.moment(batch.text(cell))?.day, seen.insert(text).inserted
        else { continue }
        let readings = Set(MeetingDay.readings(of: text))
        for reading in readings {
          let apart = apart(from: reading)
          // Which of two days is meant nobody knows, so neither is named.
          let words = readings.count == 1 ? "\(reading)" : "'\(text)', read either way"
          if nearest.map({ apart < $0.apart }) ?? true { nearest = (apart, words, row.line) }
        }
      }
    }
    guard let nearest, let complaint = complaint(nearest.apart) else { return nil }
    let least = nearest.words.hasSuffix("either way") ? "at least " : ""
    return Diagnostic(
      complaint.code, file: report.file, line: nearest.line,
      message: "the report is of \(nearest.words), \(least)\(complaint.words)")
  }

  /// Days between another day and the session's.
  func apart(from other: CivilDate) -> Int { abs(other.daysSinceEpoch - day.daysSinceEpoch) }

  /// What is to be said of something that happened on that day; `nil` on the session's own.
  func complaint(about other: CivilDate) -> (code: IngestCode, words: String)? {
    complaint(apart(from: other))
  }

  private func complaint(_ apart: Int) -> (code: IngestCode, words: String)? {
    guard apart > 0 else { return nil }
    return (
      apart < MeetingDay.farOff ? .meetingOtherDay : .meetingFarOff,
      "\(apart == 1 ? "a day" : "\(apart) days") from session '\(code)' on \(day)"
    )
  }

  /// The days a text may mean: `2025-02-12`, `12.02.2025`, and `3/12/25` either way.
  static func readings(of text: String) -> [CivilDate] {
    let parts = text.split { !$0.isASCII || !$0.isNumber }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3, parts.count == 3 else { return [] }
    if parts[0].count == 4 {
      return [CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])].compactMap(\.self)
    }
    let year = parts[2].count == 2 ? 2000 + numbers[2] : numbers[2]
    let dayFirst = CivilDate(year: year, month: numbers[1], day: numbers[0])
    guard !text.contains(".") else { return [dayFirst].compactMap(\.self) }
    return [dayFirst, CivilDate(year: year, month: numbers[0], day: numbers[1])].compactMap(\.self)
  }
}
