import Yams

extension ProgrammeDefinition {
  /// Who runs the programme, and in which zone its days begin.
  public struct Institution: Sendable, Equatable {
    public var code: String
    public var name: String
    /// A zone of the time zone database, for example `Europe/Oslo`.
    public var timeZone: String

    init?(reading node: Node, _ reader: DefinitionReader) {
      guard
        let mapping = DefinitionMapping(
          node, what: "institution", keys: ["code", "name", "time_zone"], reader: reader)
      else { return nil }
      let read = (mapping.code(), mapping.text("name"), mapping.text("time_zone"))
      if let zone = read.2, !Institution.looksLikeZone(zone) {
        reader.report(
          .unknownWord, at: mapping["time_zone"]?.mark, "'time_zone' of institution is '\(zone)'",
          hint: "write an area and a city, for example Europe/Oslo, or UTC")
      }
      guard case (let code?, let name?, let timeZone?) = read else { return nil }
      self.code = code
      self.name = name
      self.timeZone = timeZone
    }

    /// Whether the zone exists is for the database to say; here only its shape is looked at.
    private static func looksLikeZone(_ text: String) -> Bool {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      let letters = parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
      }
      return text == "UTC" || (letters && (2...3).contains(parts.count))
    }
  }
}
