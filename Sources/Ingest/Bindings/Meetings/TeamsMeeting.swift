/// A meeting in Teams that was a session: its attendance report becomes attendance.
struct TeamsMeeting: ToolBinding {
  static let tool = "teams"
  static let isToldByLooks = true
  let kind = "attendance"
  private let meeting: MeetingBinding

  init(_ reader: inout BindingReader) throws {
    meeting = try MeetingBinding(&reader)
  }

  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws {
    try meeting.check(sessions, binding: file)
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    // A title stands in the first line; only a report saved again by Excel has no tabs.
    try meeting.open(file, setting, [.tab, .semicolon, .comma], read: TeamsReport.read)
  }

  static func draft(for sample: FileSample) -> String? {
    // Behind a title nothing tells what stands between the cells.
    let isReport = [Delimiter.tab, .semicolon, .comma].contains {
      TeamsReport.looksLikeOne(sample.batch(between: $0))
    }
    guard isReport else { return nil }
    return MeetingBinding.draft(tool, "An attendance report of a Teams meeting")
  }
}
