import CPostgreSQL

extension Session {
  /// Makes further sessions to the same database under the same login, for example on other threads.
  /// They act in no role.
  public func siblings() -> @Sendable () throws -> Session {
    var settings: [String] = []
    if let options = PQconninfo(connection) {
      defer { PQconninfoFree(options) }
      var option = options
      while let keyword = option.pointee.keyword {
        if let value = option.pointee.val {
          settings.append("\(String(cString: keyword))=\(Self.quoted(setting: value))")
        }
        option += 1
      }
    }
    let conninfo = settings.joined(separator: " ")
    return { try Session(conninfo: conninfo) }
  }

  /// As a value stands in a connection string.
  private static func quoted(setting: UnsafePointer<CChar>) -> String {
    var text = "'"
    for character in String(cString: setting) {
      if character == "'" || character == "\\" { text.append("\\") }
      text.append(character)
    }
    return text + "'"
  }
}
