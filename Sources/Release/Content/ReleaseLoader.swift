internal import EventLog
internal import Events
internal import Indicators
public import Postgres

/// Reads everything a release is made from, as it was known at one position of the log.
///
/// The same position gives the same content for ever: facts keep their versions, and what was
/// recorded later is not looked at.
public struct ReleaseLoader {
  /// Why there is nothing to release.
  public enum Problem: Error, Equatable, CustomStringConvertible {
    case emptyLog
    case unknownProgramme(String, known: [String])
    case unknownPeriod(String, known: [String])
    case factsBehind(facts: Int64, cut: Int64)
    /// At an event they cannot take.
    case factsStandStill(facts: Int64, cut: Int64)

    public var description: String {
      switch self {
      case .emptyLog: "the log is empty\n  hint: apply a programme and ingest its files first"
      case .unknownProgramme(let code, let known):
        "there is no programme '\(code)' at this position\n  hint: known are "
          + known.joined(separator: ", ")
      case .unknownPeriod(let code, let known):
        "there are no figures for period '\(code)'\n  hint: terms with figures are "
          + known.joined(separator: ", ")
      case .factsBehind(let facts, let cut):
        "the facts have come to position \(facts), the release asks for \(cut)"
          + "\n  hint: run `varde worker --once` first"
      case .factsStandStill(let facts, let cut):
        "the facts stand still at position \(facts), before an event they cannot take; the release "
          + "asks for \(cut)\n  hint: `varde failures` tells which event it is and what to do"
          + (facts > 0 ? "; or release what is known before it: --cut \(facts)" : "")
      }
    }
  }

  let session: Session
  let institution: Int32
  let institutionCode: String
  let institutionName: String
  let programme: String

  /// - Parameter session: may read the log and the facts.
  public init(
    session: Session, institution: Int32, code: String, name: String, programme: String
  ) {
    self.session = session
    self.institution = institution
    institutionCode = code
    institutionName = name
    self.programme = programme
  }

  /// The last position that is not itself the record of a release: the default cut, so that making
  /// a release does not make the next one differ.
  public func defaultCut() throws -> Int64 {
    let rows = try session.query(
      """
      SELECT position FROM log.entry
       WHERE institution_id = $1 AND type <> 'release_issued'
       ORDER BY position DESC LIMIT 1
      """, [.int(Int64(institution))])
    guard let row = rows.first else { throw Problem.emptyLog }
    return Int64(try row.int(0))
  }

  /// - Parameters:
  ///   - period: code of the term reported on, for example `2026V`.
  ///   - cut: what was recorded after this position is not known.
  public func load(
    period code: String, cut: Int64, toolVersion: String, options: ReleaseOptions
  ) throws -> ReleaseContent {
    // One snapshot: facts that arrive meanwhile belong to the next release.
    try session.transaction(repeatableRead: true) {
      try requireFacts(upTo: cut)
      let facts = ReleaseFacts(
        session: session, institution: institution, programme: programme, cut: cut)
      guard let described = try facts.definition() else {
        throw Problem.unknownProgramme(programme, known: try facts.programmes())
      }
      let block = try block(of: cut)
      let engine = try IndicatorEngine(
        session: session, institution: institution, institutionCode: institutionCode,
        programme: programme, at: cut, asOf: block.asOf)
      let calendar = engine.periods.map(ReleaseContent.Period.init)
      guard let period = calendar.first(where: { $0.code == code }) else {
        throw Problem.unknownPeriod(
          code, known: calendar.filter { $0.kind == .term }.map(\.code))
      }
      let periods = (calendar + (try facts.waves())).filter { $0.from <= period.to }
      let told = Set(periods.map(\.code))
      return ReleaseContent(
        programme: described,
        institution: .init(code: institutionCode, name: institutionName),
        units: try facts.units(), groups: try facts.groups(), period: period, periods: periods,
        cut: cut, blockHash: block.hash, asOf: block.asOf,
        quarantined: try quarantined(upTo: cut),
        cells: try engine.cells().filter { told.contains($0.period) },
        definitions: Catalogue.all, items: try facts.items(), scales: try facts.scales(),
        targets: try facts.targets(), flow: try facts.flow(until: period.to),
        acts: try facts.acts(calendar, until: period.to),
        outreach: try facts.outreach().filter { told.contains($0.term) },
        toolVersion: toolVersion, options: options)
    }
  }

  private func requireFacts(upTo cut: Int64) throws {
    let reached = try session.query(
      """
      SELECT c.position, c.reason IS NOT NULL
        FROM ops.checkpoint AS c
        JOIN ops.read_side AS r ON r.generation = c.generation AND r.live
       WHERE c.institution_id = $1 AND c.projection = 'fact'
      """, [.int(Int64(institution))]
    ).first
    let position = Int64(try reached?.int(0) ?? 0)
    guard position < cut else { return }
    throw try reached?.bool(1) == true
      ? Problem.factsStandStill(facts: position, cut: cut)
      : Problem.factsBehind(facts: position, cut: cut)
  }

  /// A decision may stand behind the cut; it was made before the facts passed the event, so the
  /// number for a cut is always the same.
  private func quarantined(upTo cut: Int64) throws -> Int {
    try session.query(
      "SELECT count(*) FROM log.quarantined($1) AS q(position) WHERE q.position <= $2",
      [.int(Int64(institution)), .int(cut)])[0].int(0)
  }

  private func block(of cut: Int64) throws -> (hash: String, asOf: String) {
    let rows = try session.query(
      """
      SELECT hash, (recorded_at AT TIME ZONE 'UTC')::date
        FROM log.append
       WHERE institution_id = $1 AND $2 BETWEEN first_position AND last_position
      """, [.int(Int64(institution)), .int(cut)])
    guard let row = rows.first else { throw Problem.emptyLog }
    return (hexadecimal(try row.bytes(0)), try row.text(1))
  }
}

extension ReleaseContent.Period {
  fileprivate init(_ period: Period) {
    self.init(
      code: period.code, kind: period.kind, from: period.from.description,
      to: period.until.adding(days: -1).description)
  }
}
