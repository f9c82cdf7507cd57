import Yams

extension ProgrammeDefinition {
  /// What the programme is, what its figures are for, and how long it runs.
  public struct Programme: Sendable, Equatable {
    public var code: String
    public var title: BilingualText
    public var models: [Model]
    /// What the evaluation may be used for, in the programme's own words.
    public var purpose: String
    /// True where no figure may be used to assess anybody.
    public var formativeOnly: Bool
    public var startsOn: CivilDate
    public var endsOn: CivilDate?

    init?(reading node: Node, _ reader: DefinitionReader) {
      let keys = [
        "code", "title", "models", "purpose", "formative_only", "starts_on", "ends_on",
      ]
      guard
        let mapping = DefinitionMapping(node, what: "programme", keys: keys, reader: reader)
      else { return nil }
      let read = (
        mapping.code(), mapping.bilingual("title"), mapping.text("purpose"),
        mapping.boolean("formative_only"), mapping.date("starts_on")
      )
      models = mapping.words("models", Model.self)
      endsOn = mapping.optionalDate("ends_on")
      mapping.requireOrder(read.4, endsOn, ("starts_on", "ends_on"))
      guard case (let code?, let title?, let purpose?, let formativeOnly?, let startsOn?) = read
      else { return nil }
      self.code = code
      self.title = title
      self.purpose = purpose
      self.formativeOnly = formativeOnly
      self.startsOn = startsOn
    }
  }

  /// The way colleagues work together.
  public enum Model: String, Sendable, CaseIterable {
    /// Problem-based peer mentoring.
    case ppm
    /// Observation-based peer mentoring.
    case opm
    /// Teacher support teams.
    case tst
    /// Peer-group mentoring.
    case pgm
    /// Mentor education that a whole workplace takes together.
    case mentorEducation = "mentor_education"
    /// Local peer learning.
    case peerLearning = "peer_learning"
  }
}
