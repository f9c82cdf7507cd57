/// One entry of the indicator catalogue: what a figure means, in words a funder can read.
///
/// The same entry fills `evaluation.catalogue`, the codebook and the documentation, so that a
/// definition can only be changed in one place, together with its version.
public struct IndicatorDefinition: Sendable, Equatable {
  /// Stable id, for example `attendance_rate`.
  public let id: String
  /// Raised whenever the same data could give another number.
  public let version: Int
  public let title: Localised
  /// The question the figure answers, one sentence.
  public let question: Localised
  /// What is counted above the line.
  public let numerator: Localised
  /// What is counted below the line, or the empty text for figures without one.
  public let denominator: Localised
  /// Unit of the value: `share`, `hours`, `days`, `scale 1-7`, `ratio`.
  public let unit: String
  /// `persons`, `sessions`, `answers`, `months`.
  public let unitOfCount: String
  /// `held_on`, `planned_on`, `term`, `wave`.
  public let dateBasis: String
  /// Below this n the value is not shown.
  public let minimumN: Int
  /// How the interval is made, in words.
  public let interval: Localised
  /// Which scopes and periods it is computed for.
  public let scopes: [Cell.ScopeKind]
  public let periods: [Cell.PeriodKind]
  /// Guskey level, RE-AIM dimension and other tags.
  public let level: String
  public let reAim: String
  /// Sources of the definition and its statistics.
  public let references: [String]

  /// A text in the two languages of the programme.
  public struct Localised: Sendable, Equatable {
    public let nb: String
    public let en: String
    public init(nb: String, en: String) {
      self.nb = nb
      self.en = en
    }
  }

  public init(
    id: String, version: Int, title: Localised, question: Localised, numerator: Localised,
    denominator: Localised, unit: String, unitOfCount: String, dateBasis: String, minimumN: Int,
    interval: Localised, scopes: [Cell.ScopeKind], periods: [Cell.PeriodKind], level: String,
    reAim: String, references: [String]
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.question = question
    self.numerator = numerator
    self.denominator = denominator
    self.unit = unit
    self.unitOfCount = unitOfCount
    self.dateBasis = dateBasis
    self.minimumN = minimumN
    self.interval = interval
    self.scopes = scopes
    self.periods = periods
    self.level = level
    self.reAim = reAim
    self.references = references
  }
}
