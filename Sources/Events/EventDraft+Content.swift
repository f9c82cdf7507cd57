extension EventDraft {
  /// What a body says of the matter itself: everything before the member `match`. That member, and
  /// those after it, tell how the people of the record were recognised. A file may name the same
  /// people by other identifiers next time; that corrects nothing.
  ///
  /// The mark cannot stand inside a text, where quotes are escaped.
  public static func content(of body: [UInt8]) -> ArraySlice<UInt8> {
    var start = body.count - mark.count
    // It stands near the end, so it is looked for from there.
    while start > 0 {
      if body[start] == mark[0], body[start..<(start + mark.count)].elementsEqual(mark) {
        return body[..<start]
      }
      start -= 1
    }
    return body.last == UInt8(ascii: "}") ? body.dropLast() : body[...]
  }

  private static let mark = Array(#","match":""#.utf8)
}
