/// What a result is worth, in the words of the result record.
///
/// A number that is not defined is `nil`, never NaN, infinity or 0, and the status says why.
/// The raw values are what tables, codebooks and releases show.
public enum Status: String, Sendable, Equatable, CaseIterable {
  /// Everything the record promises was computed.
  case ok
  /// A scale score that rests on some, but enough, of its items.
  case prorated
  /// 0/0: there was nothing to take a share of. Never 0 %.
  case noDenominator = "no_denominator"
  /// Not one observation.
  case noData = "no_data"
  /// People were asked, but every answer is skipped or "not relevant".
  case noValidAnswers = "no_valid_answers"
  /// One observation: a value, but nothing to judge its spread by.
  case noVarianceEstimate = "no_variance_estimate"
  /// Everyone changed by exactly the same amount.
  case zeroVarianceOfChange = "zero_variance_of_change"
  /// Every value is zero, so a share of the total is undefined.
  case allZero = "all_zero"
  case insufficientN = "insufficient_n"
  case insufficientPairs = "insufficient_pairs"
  /// Fewer valid items than the scale's rule asks for.
  case tooFewItems = "too_few_items"
  /// One answer that is neither on the scale nor the "not relevant" code.
  case invalidCode = "invalid_code"
  /// As `invalidCode`, for a whole item.
  case invalidCodes = "invalid_codes"
  case singular
  case notConverged = "not_converged"

  // The publication layer puts these on afterwards; no function of this module answers them.

  /// Too few people for the number to be shown.
  case belowMinimumN = "below_minimum_n"
  /// The value stands, its interval does not: too few clusters to resample.
  case intervalWithheldFewClusters = "interval_withheld_few_clusters"
  /// Too little of what was expected has been recorded.
  case lowCoverage = "low_coverage"
  /// Hidden by disclosure control.
  case suppressed
}
