/// A meeting in Zoom that was a session: its list of participants becomes attendance.
struct ZoomMeeting: ToolBinding {
  static let tool = "zoom"
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
    try meeting.open(file, setting, [nil], read: ZoomReport.read)
  }

  static func draft(for sample: FileSample) -> String? {
    let table = ZoomReport.participants(in: RowBatch(sample: sample))
    let isZoom = (table?.rows.names ?? []).contains { name in
      ["name_(", "navn_("].contains(where: name.hasPrefix)
        || ["guest", "gjest", "user_email"].contains(name)
    }
    guard isZoom else { return nil }
    return MeetingBinding.draft(tool, "The participants of a Zoom meeting")
  }
}
