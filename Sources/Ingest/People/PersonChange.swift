/// What a row has changed of who somebody is, masked: it is kept with the run's report.
public struct PersonChange: Sendable, Equatable, Codable {
  public enum What: String, Sendable, Codable {
    /// They are called otherwise from now on.
    case name
    /// One more e-mail address stands for them.
    case email
  }

  /// Line of the input it came from; 0 for a record given by hand.
  public var line: Int
  public var what: What
  /// The name they had; `nil` for an address.
  public var before: String?
  public var after: String
}

extension PersonChange: CustomStringConvertible {
  public var description: String {
    let place = line > 0 ? "line \(line): " : ""
    guard let before else { return place + "the person has one more e-mail address, \(after)" }
    return place + "the person's name \(before) → \(after)"
  }
}
