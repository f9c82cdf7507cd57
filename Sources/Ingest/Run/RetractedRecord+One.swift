extension RetractedRecord {
  /// What a single record says, as far as it may be told.
  public init(
    position: Int64, body: [UInt8], _ register: Register, _ sessions: any SessionSource
  ) throws {
    self = try RetractedRecord.telling([(position, body)], register, sessions)[0]
  }

  /// What records say, as far as it may be told; in their order.
  static func telling(
    _ records: [(position: Int64, body: [UInt8])], _ register: Register,
    _ sessions: any SessionSource
  ) throws -> [RetractedRecord] {
    let directory = SessionDirectory(sessions)
    for (_, body) in records {
      guard let code = JSONMembers(body).text("session") else { continue }
      var text = code
      text.withUTF8 { directory.want(CellText($0)) }
    }
    try directory.lookUp()
    let disclosure = Disclosure(register, directory)
    return records.map { RetractedRecord($0.position, $0.body, disclosure) }
  }
}
