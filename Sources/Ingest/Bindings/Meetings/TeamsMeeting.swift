/// A meeting in Teams that was a session: its attendance report becomes attendance.
struct TeamsMeeting: ToolBinding {
  static let tool = "teams"
  let kind = "attendance"
  private let meeting: MeetingBinding

  init(_ reader: inout BindingReader) throws {
    meeting = try MeetingBinding(&reader)
  }

  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws {
    _ = try meeting.session(in: sessions, file: file)
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    // A title stands in the first line; only a report saved again by Excel has no tabs.
    try meeting.open(file, setting, [.tab, .semicolon, .comma], read: TeamsReport.read)
  }

  static func draft(for sample: FileSample) -> String? {
    // Any table may have a duration; these have tabs between their cells, or a title above.
    let isReport = sample.text.contains("\t") || sample.rows.first?.dropFirst().joined() == ""
    guard isReport, !TeamsReport.tables(in: RowBatch(sample: sample)).isEmpty else { return nil }
    return MeetingBinding.draft(tool, "An attendance report of a Teams meeting")
  }
}
