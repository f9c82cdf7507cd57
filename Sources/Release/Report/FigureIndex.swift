import Indicators

/// Finds published cells, and the periods the report walks through.
struct FigureIndex {
  let publication: Publication
  private let byKey: [String: PublishedCell]

  init(_ publication: Publication) {
    self.publication = publication
    byKey = Dictionary(
      publication.cells.map {
        (Self.key($0.indicator, $0.scopeKind, $0.scope, $0.periodKind, $0.period, $0.item), $0)
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func key(
    _ indicator: String, _ scopeKind: Cell.ScopeKind, _ scope: String,
    _ periodKind: Cell.PeriodKind, _ period: String, _ item: String
  ) -> String {
    [indicator, scopeKind.rawValue, scope, periodKind.rawValue, period, item]
      .joined(separator: "|")
  }

  /// The programme's figure.
  func programme(
    _ indicator: String, _ period: ReleaseContent.Period, item: String = ""
  ) -> PublishedCell? {
    byKey[
      Self.key(
        indicator, .programme, publication.frame.programme.code, period.kind, period.code, item)]
  }

  func unit(
    _ code: String, _ indicator: String, _ period: ReleaseContent.Period, item: String = ""
  ) -> PublishedCell? {
    byKey[Self.key(indicator, .unit, code, period.kind, period.code, item)]
  }

  func definition(_ indicator: String) -> IndicatorDefinition? {
    publication.frame.definitions.first { $0.id == indicator }
  }

  func unitOfValue(_ indicator: String) -> String { definition(indicator)?.unit ?? "" }

  /// Periods of one kind, in order of time, up to the end of the reporting period.
  func periods(_ kind: Cell.PeriodKind) -> [ReleaseContent.Period] {
    let frame = publication.frame
    let all = frame.periods.filter { $0.kind == kind }
    // Waves are told by time since enrolment; a last one may still be open.
    return kind == .wave ? all : all.filter { $0.from <= frame.period.to }
  }

  /// The term of the key figures: the reporting period, or the last term in it.
  var currentTerm: ReleaseContent.Period? {
    let terms = periods(.term)
    return terms.first { $0.code == publication.frame.period.code } ?? terms.last
  }

  func term(before term: ReleaseContent.Period) -> ReleaseContent.Period? {
    periods(.term).last { $0.from < term.from }
  }

  /// Whether the programme meets in sessions at all: pairs that observe each other do not, and
  /// figures about sessions would only say so in many zeros.
  var hasSessions: Bool {
    publication.cells.contains {
      $0.indicator == "session_delivery_rate" && $0.scopeKind == .programme
        && ($0.figure != nil || $0.flag == .hidden)
    }
  }

  /// The target for exactly this period, for its year, or for every period.
  func target(_ indicator: String, _ period: ReleaseContent.Period) -> ReleaseContent.Target? {
    let targets = publication.frame.targets.filter { $0.indicator == indicator }
    return targets.first { $0.period == period.code }
      ?? targets.first { $0.period == String(period.code.prefix(4)) && period.kind != .wave }
      ?? targets.first { $0.period.isEmpty }
  }

  /// Scale codes that have an isolation score.
  var isolationScales: [ReleaseContent.InstrumentScale] {
    let codes = Set(publication.cells.lazy.filter { $0.indicator == "isolation_score" }.map(\.item))
    return latest(publication.frame.scales.filter { codes.contains($0.code) })
  }

  /// The newest version of each scale.
  func latest(_ scales: [ReleaseContent.InstrumentScale]) -> [ReleaseContent.InstrumentScale] {
    var newest: [ReleaseContent.InstrumentScale] = []
    for scale in scales {
      newest.removeAll { $0.code == scale.code && $0.instrument == scale.instrument }
      newest.append(scale)
    }
    return newest
  }

  /// The newest wording of an item.
  func item(_ code: String) -> ReleaseContent.InstrumentItem? {
    publication.frame.items.last { $0.code == code || "\($0.instrument):\($0.code)" == code }
  }
}
