/// One line of a file of JSON lines, read: its members, or why it is no record.
struct RecordLine {
  let line: LineReader.Line
  private(set) var members: [JSONValue.Member] = []
  /// What is wrong with the line, and the offset in it where that shows.
  private(set) var fault: (kind: RowFault.Kind, detail: String?, offset: Int)?

  init(_ line: LineReader.Line) {
    self.line = line
    if line.isTooLong {
      fault = (.lineTooLong, nil, 0)
      return
    }
    do throws(JSONReader.Fault) {
      let value = try JSONReader.read(line.bytes)
      guard case .object(let members) = value.content else {
        fault = (.badJSON, "the line is no JSON object", 0)
        return
      }
      self.members = members
    } catch {
      fault = (.badJSON, "the line is not valid JSON: \(error.reason)", error.offset)
      return
    }
    var names: Set<String> = []
    for member in members where !names.insert(member.name).inserted {
      note(.badJSON, "\(RecordLine.shown(member)) stands twice", member)
    }
    for member in members {
      switch member.value.content {
      case .array, .object:
        note(.nestedMember, "\(RecordLine.shown(member)) holds a list or an object", member)
      case .null, .boolean, .number, .string: break
      }
    }
  }

  mutating func note(_ kind: RowFault.Kind, _ detail: String, _ member: JSONValue.Member) {
    if fault == nil { fault = (kind, detail, member.offset) }
  }

  static func shown(_ member: JSONValue.Member) -> String { "member '\(member.name.prefix(60))'" }

  /// Where an offset of the line stands in the file.
  func place(of offset: Int) -> SourcePosition { line.place(of: offset) }

  /// The line without the members a file of rejected rows adds.
  var original: [UInt8] {
    guard members.contains(where: RecordLine.isReason),
      let end = line.bytes.lastIndex(of: UInt8(ascii: "}"))
    else { return line.onOneLine }
    var kept: [[UInt8]] = []
    for (index, member) in members.enumerated() where !RecordLine.isReason(member) {
      let next = index + 1 < members.count ? members[index + 1].offset : end
      var text = line.bytes[member.offset..<next]
      while let last = text.last, last <= 0x20 || last == UInt8(ascii: ",") { text.removeLast() }
      kept.append(Array(text))
    }
    return [UInt8(ascii: "{")] + kept.joined(separator: Array(", ".utf8)) + [UInt8(ascii: "}")]
  }

  static func isReason(_ member: JSONValue.Member) -> Bool {
    Layout.rejectColumns.contains(member.name)
  }
}
