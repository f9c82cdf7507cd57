/// The words of a cell's caveats.
enum Caveat {
  static let ceilingEffect = "ceiling_effect"
  /// Too few months for an interval; the value only describes them.
  static let descriptive = "descriptive"
  static let floorEffect = "floor_effect"
  static let intervalWithheldFewClusters = "interval_withheld_few_clusters"
  /// Nothing varies: the interval would have no width and claim a certainty nobody has.
  static let intervalWithheldNoVariation = "interval_withheld_no_variation"
  static let lowCoverage = "low_coverage"
  /// Somebody was there, but neither the person's minutes nor the session's length are known.
  static let minutesUnknown = "minutes_unknown"
  /// Answers on another scale than most of the wave's are left out.
  static let otherScaleLeftOut = "other_scale_left_out"
  static let proratedScores = "prorated_scores"
  /// The period is open or ended less than 30 days before the cut.
  static let provisional = "provisional"
}
