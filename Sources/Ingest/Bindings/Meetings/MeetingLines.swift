internal import Events

/// The lines of a meeting's reports, to be given back: how long somebody was there, and how long that
/// is of the meeting, only all of them tell.
final class MeetingLines: WholeInput {
  /// Each with its attendees as they follow each other in all of them.
  private let reports: [MeetingReport]
  /// The row each attendee became part of, by their number.
  private let rows: [Int: Int]
  private let delimiter: Delimiter

  /// - Parameter rows: the row each attendee became part of; externals are in none.
  init(_ reports: [MeetingReport], rows: [Int: Int]) {
    self.reports = reports
    self.rows = rows
    delimiter = reports[0].delimiter
  }

  func giveBack(_ take: ([UInt8], Int, Int?) -> Void) {
    var number = 0
    for report in reports {
      let numbered = report.people.enumerated().flatMap { index, person in
        person.lines.map { (line: $0, person: person, number: number + index) }
      }
      for (line, person, number) in numbered.sorted(by: { $0.line.start < $1.line.start }) {
        let (text, lacking) = text(line, person, report)
        take(text, lacking, rows[number])
      }
      number += report.people.count
    }
  }

  /// The header of the people; above it how long the meeting was and how many took part, where the
  /// reports say so: what comes back mended shows as much of them.
  func header(_ length: Int?) -> [UInt8] {
    let first = reports[0]
    let own = first.batch.raw(
      first.header, without: first.columns.reasons, delimiter: first.delimiter)
    let completeness = reports.map(\.completeness)
    guard length != nil || completeness.contains(where: \.isToldAbove) else { return own }
    if reports.count == 1 {
      let above = first.batch.rows.filter { $0.line < first.header.line }
      return above.flatMap { first.batch.raw($0) + MeetingLines.end } + MeetingLines.end + own
    }
    // If one does not show everybody, neither do all of them together.
    let isShort = completeness.contains { $0.told ?? 0 > $0.shown }
    let told = isShort ? completeness.map { max($0.told ?? 0, $0.shown) }.reduce(0, +) : nil
    let block = [
      length.map { ("Duration", MeetingTime.text($0)) }, told.map { ("Participants", "\($0)") },
    ].compactMap(\.self)
    let lines =
      block.isEmpty
      ? [] : [block.map(\.0), block.map(\.1), []].map { CSVWriter.row($0, delimiter: delimiter) }
    let title = reports.lazy.compactMap { report in
      report.completeness.told == nil
        ? report.completeness.unclosed.map(report.batch.raw) : nil
    }.first
    return lines.flatMap { Array($0.utf8) + MeetingLines.end }
      + (title.map { $0 + MeetingLines.end } ?? []) + own
  }

  private static let end: [UInt8] = [0x0D, 0x0A]

  private func text(
    _ line: RowBatch.Row, _ person: MeetingReport.Attendee, _ report: MeetingReport
  ) -> (text: [UInt8], lacking: Int) {
    var layout = Layout(columns: 0, width: report.columns.width)
    layout.reasons = report.columns.reasons
    let counted = counted(line, person, report)
    guard layout.fits(line), line.fault == nil, counted != nil || report.delimiter != delimiter
    else {
      let row = report.batch.mendable(line, layout, report.delimiter)
      return (row.text, row.lacking)
    }
    var cells = report.batch.cells(of: line).map { report.batch.text($0) }
    if let counted, let place = report.columns.duration { cells[place] = counted }
    let kept = cells.indices.filter { !layout.reasons.contains($0) }.map { cells[$0] }
    return (Array(CSVWriter.row(kept, delimiter: delimiter).utf8), 0)
  }

  /// How long somebody was there by another table of the report, which is not given back; `nil`
  /// where the line itself says the same.
  private func counted(
    _ line: RowBatch.Row, _ person: MeetingReport.Attendee, _ report: MeetingReport
  ) -> String? {
    guard person.hasOtherStays, let place = report.columns.duration else { return nil }
    let seconds = MeetingReport.seconds(of: person.stays) ?? 0
    let told = report.batch.cells(of: line).dropFirst(place).first.flatMap {
      MeetingTime.seconds(report.batch.text($0))
    }
    return told == seconds ? nil : MeetingTime.text(seconds)
  }
}
