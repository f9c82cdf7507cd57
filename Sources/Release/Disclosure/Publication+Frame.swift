import Indicators

extension Publication.Frame {
  /// Everything of the content that is no figure of people, in a fixed order.
  init(_ content: ReleaseContent) {
    programme = content.programme
    institution = content.institution
    units = content.units.sorted { utf8Precedes($0.code, $1.code) }
    groups = Self.kinds(content.groups)
    period = content.period
    periods = content.periods.sorted {
      ($0.from, $0.kind.rawValue, $0.code) < ($1.from, $1.kind.rawValue, $1.code)
    }
    cut = content.cut
    blockHash = content.blockHash
    asOf = content.asOf
    quarantined = content.quarantined
    definitions = content.definitions.sorted { utf8Precedes($0.id, $1.id) }
    items = content.items.sorted {
      ($0.instrument, $0.version, $0.code) < ($1.instrument, $1.version, $1.code)
    }
    scales = content.scales.sorted {
      ($0.instrument, $0.version, $0.code) < ($1.instrument, $1.version, $1.code)
    }
    targets = content.targets.sorted { ($0.indicator, $0.period) < ($1.indicator, $1.period) }
    acts = content.inTimeOrder(
      content.acts.sorted { utf8Precedes($0.kind, $1.kind) }, by: \.term)
    toolVersion = content.toolVersion
    options = content.options
    folderName = content.folderName
  }

  private static func kinds(_ groups: [ReleaseContent.Group]) -> [Publication.GroupKind] {
    var kinds: [Publication.GroupKind] = []
    for group in groups.sorted(by: { utf8Precedes($0.code, $1.code) }) {
      let same = kinds.firstIndex {
        $0.kind == group.kind && $0.sessionsAMonth == group.sessionsAMonth
          && $0.minutes == group.minutes && $0.size == group.size
      }
      if let same {
        kinds[same].count += 1
      } else {
        kinds.append(
          Publication.GroupKind(
            kind: group.kind, count: 1, sessionsAMonth: group.sessionsAMonth,
            minutes: group.minutes, size: group.size))
      }
    }
    return kinds.sorted { ($0.kind, $1.count) < ($1.kind, $0.count) }
  }
}
