internal import Events

/// The day a time of a tracker means where the programme is.
struct LocalDay: Sendable {
  private let rules: ZoneRules?

  /// Times with an offset are read in that zone; without one they are local already.
  init(_ rules: ZoneRules?) { self.rules = rules }

  /// `2023-02-12T23:00:00Z`, `2023-02-13T00:00:00.000` and `2023-02-13` as `2023-02-13`; any other
  /// text as it is.
  func day(of text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count > 10, bytes[10] == 0x54 || bytes[10] == 0x20, bytes[4] == 0x2D else {
      return text
    }
    guard let instant = LocalDay.instant(text), let rules else { return String(text.prefix(10)) }
    let seconds = instant.quotientRoundedDown(by: 1_000_000)
    let offset = rules.changes.last { $0.from <= seconds }?.offset ?? 0
    let days = (seconds + Int64(offset)).quotientRoundedDown(by: 86_400)
    return CivilDate(daysSinceEpoch: Int(days)).description
  }

  /// Microseconds after 1970 in UTC of a time with its offset.
  static func instant(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      guard case .value(let moment) = CellText(bytes).instant() else { return nil }
      return moment.microseconds
    }
  }
}

extension Int64 {
  fileprivate func quotientRoundedDown(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

extension BoundText {
  /// The rules of the zone of this name; throws when nobody knows it.
  func rules(_ setting: BindingSetting) throws -> ZoneRules {
    if let rules = try setting.zones.rules(of: text) { return rules }
    throw InputError([
      Diagnostic(
        .bindingReference, file: setting.binding, line: line, column: column,
        message: "time zone '\(text)' is not known", hint: "zones look like Europe/Oslo")
    ])
  }
}
