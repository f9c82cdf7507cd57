internal import Events
public import FoundationEssentials

/// A record the log holds and a snapshot does not name.
public struct RetractedRecord: Sendable, Equatable, Codable {
  /// Where the log has it.
  public var position: Int64
  /// What it is, without saying whom it is about.
  public var record: String
  /// What it says, member by member.
  public var values: [Correction.Change]

  init(_ position: Int64, _ body: [UInt8], _ disclosure: Disclosure) {
    let members = JSONMembers(Array(EventDraft.content(of: body)) + [UInt8(ascii: "}")])
    self.position = position
    let names = Correction.naming(members)
    record = Correction.name(members, names, disclosure)
    // Answers are many; whoever wants them asks the log for the position.
    values = members.names.filter { !names.contains($0) && $0 != "answers" }.map { name in
      Correction.Change(
        member: name, before: Correction.told(name, of: members, disclosure), after: nil)
    }
  }
}

extension RetractedRecord: CustomStringConvertible {
  public var description: String {
    let list = values.map { "\($0.member) \($0.before ?? "empty")" }.joined(separator: ", ")
    return "position \(position) (\(record))" + (list.isEmpty ? "" : ": " + list)
  }
}

extension IngestReport {
  /// Lists what a snapshot does not name, as many records as a report keeps.
  /// - Parameter records: the first of the missing ones, in the order of the log.
  public mutating func list(
    _ records: [(position: Int64, body: [UInt8], subject: UUID?)], of missing: Int,
    _ register: Register, _ sessions: any SessionSource
  ) throws {
    self.missing = missing
    missingRecords = try RetractedRecord.telling(
      records.map { ($0.position, $0.body) }, register, sessions)
  }

  /// Refuses a snapshot without rows: it would take back all there is.
  public mutating func refuseEmptySnapshot(known: Int) {
    add(
      first: Diagnostic(
        .emptySnapshot, file: file,
        message: "nothing was retracted: the file has no rows, and as a snapshot it would retract"
          + " everything: all \(known) records of \(kind)"))
  }
}
