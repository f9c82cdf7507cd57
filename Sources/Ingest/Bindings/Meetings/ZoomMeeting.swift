/// A meeting in Zoom that was a session: its list of participants becomes attendance.
struct ZoomMeeting: ToolBinding {
  static let tool = "zoom"
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
    try meeting.open(file, setting, [nil], read: ZoomReport.read)
  }

  static func draft(for sample: FileSample) -> String? {
    let table = ZoomReport.participants(in: RowBatch(sample: sample))
    let names = table?.rows.names ?? []
    let isZoom = names.contains { $0.hasPrefix("name_(") || $0 == "guest" || $0 == "user_email" }
    guard isZoom else { return nil }
    return MeetingBinding.draft(tool, "The participants of a Zoom meeting")
  }
}
