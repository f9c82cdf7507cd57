import Indicators

/// All that may leave: the frame of the content, which names no figure of people, and the
/// figures that passed disclosure control. Every renderer takes this and never the content.
struct Publication: Equatable {
  struct Frame: Equatable {
    var programme: ReleaseContent.Programme
    var institution: ReleaseContent.Institution
    var units: [ReleaseContent.Unit]
    /// Groups by kind, with the plan they share.
    var groups: [GroupKind]
    var period: ReleaseContent.Period
    var periods: [ReleaseContent.Period]
    var cut: Int64
    var blockHash: String
    var asOf: String
    var quarantined: Int
    var definitions: [IndicatorDefinition]
    var items: [ReleaseContent.InstrumentItem]
    var scales: [ReleaseContent.InstrumentScale]
    var targets: [ReleaseContent.Target]
    var acts: [ReleaseContent.ActCount]
    var toolVersion: String
    var options: ReleaseOptions
    var folderName: String
  }

  /// Groups of one kind with the same plan, counted.
  struct GroupKind: Equatable {
    var kind: String
    var count: Int
    var sessionsAMonth: ReleaseContent.Group.Range
    var minutes: ReleaseContent.Group.Range
    var size: ReleaseContent.Group.Range
  }

  struct Flow: Equatable {
    var enrolled: PublishedCell.Count
    var active: PublishedCell.Count
    var left: PublishedCell.Count
    /// Every reason that was given, in code order.
    var reasons: [(code: String, count: PublishedCell.Count)]

    static func == (left: Flow, right: Flow) -> Bool {
      left.enrolled == right.enrolled && left.active == right.active && left.left == right.left
        && left.reasons.elementsEqual(right.reasons) { $0.code == $1.code && $0.count == $1.count }
    }
  }

  struct Outreach: Equatable {
    var term: String
    var groupsReporting: Int
    var requests: PublishedCell.Count
    var held: PublishedCell.Count
  }

  /// How much was hidden; counts only.
  struct Disclosure: Equatable {
    var published = 0
    var hiddenPrimary = 0
    var hiddenComplementary = 0
    var distributionsHiddenPrimary = 0
    var distributionsHiddenComplementary = 0
    var distributionsCollapsed = 0
    var countsHidden = 0
    /// Cells of scopes or periods that no release contains (groups, units by month).
    var withheldByScope = 0
    var lines = 0
  }

  var frame: Frame
  var cells: [PublishedCell]
  var flow: Flow
  var outreach: [Outreach]
  var disclosure: Disclosure
}
