public import Indicators

/// Everything a release is made from, as plain values.
///
/// The content is the whole input: the same content gives the same bytes, wherever and whenever
/// the folder is written. It still holds figures that may not be published; only
/// ``Disclosure/publish(_:)`` decides which of them leave.
public struct ReleaseContent: Sendable, Equatable {
  /// A text in the two languages of the programme.
  public typealias Localised = IndicatorDefinition.Localised

  public var programme: Programme
  public var institution: Institution
  public var units: [Unit]
  public var groups: [Group]
  /// The period reported on; figures of earlier periods stand beside it for comparison.
  public var period: Period
  /// Dates of every period the cells speak of: months, terms, waves.
  public var periods: [Period]
  /// Position of the log the release was cut at.
  public var cut: Int64
  /// Hash of the block that ends at or holds the cut, lower-case hexadecimal.
  public var blockHash: String
  /// Date of the cut, `YYYY-MM-DD`: what was known on this day.
  public var asOf: String
  /// Events of the institution's log up to the cut that no fact was made of, by a steward's decision.
  public var quarantined: Int
  public var cells: [Cell]
  public var definitions: [IndicatorDefinition]
  public var items: [InstrumentItem]
  public var scales: [InstrumentScale]
  public var targets: [Target]
  public var flow: Flow
  public var acts: [ActCount]
  public var outreach: [OutreachCount]
  public var toolVersion: String
  public var options: ReleaseOptions

  public init(
    programme: Programme, institution: Institution, units: [Unit], groups: [Group],
    period: Period, periods: [Period], cut: Int64, blockHash: String, asOf: String,
    quarantined: Int = 0, cells: [Cell], definitions: [IndicatorDefinition],
    items: [InstrumentItem] = [],
    scales: [InstrumentScale] = [], targets: [Target] = [], flow: Flow, acts: [ActCount] = [],
    outreach: [OutreachCount] = [], toolVersion: String, options: ReleaseOptions = ReleaseOptions()
  ) {
    self.programme = programme
    self.institution = institution
    self.units = units
    self.groups = groups
    self.period = period
    self.periods = periods
    self.cut = cut
    self.blockHash = blockHash
    self.asOf = asOf
    self.quarantined = quarantined
    self.cells = cells
    self.definitions = definitions
    self.items = items
    self.scales = scales
    self.targets = targets
    self.flow = flow
    self.acts = acts
    self.outreach = outreach
    self.toolVersion = toolVersion
    self.options = options
  }

  /// Name of the release's folder, for example `varde_TST_2026V_p1234`.
  public var folderName: String {
    "varde_\(Self.fileSafe(programme.code))_\(Self.fileSafe(period.code))_p\(cut)"
  }

  /// Letters, digits and hyphens stay; anything else would be trouble in some file system.
  static func fileSafe(_ code: String) -> String {
    String(
      String.UnicodeScalarView(
        code.unicodeScalars.map { scalar in
          switch scalar {
          case "a"..."z", "A"..."Z", "0"..."9", "-": scalar
          default: "-"
          }
        }))
  }
}
