/// How much any number of coders agree on units, missing codes allowed: 1 minus observed by
/// expected disagreement. 1 is full agreement, 0 chance, below 0 systematic disagreement.
///
/// Only units with two codes count. Values are counted, coders are not compared one by one, so a
/// million units take a few passes and four bytes a code beside the codes themselves. For
/// `ratio` the time grows with the square of the number of distinct values, for the others with
/// the number of codes.
///
/// Status: `ok`; `no_denominator` when all values are the same, so that no disagreement is
/// expected; `insufficient_pairs` when no unit has two codes; `no_data` for no code at all;
/// `invalid_codes` when a code is not a usable number, or negative on a ratio scale.
///
/// Source: Krippendorff (2018), Content Analysis, 4th ed., ch. 12; Hayes & Krippendorff (2007),
/// doi:10.1080/19312450709336664.
public struct KrippendorffAlpha: ResultRecordConvertible, Equatable {
  /// What a difference between two codes means.
  public enum Level: String, Sendable, CaseIterable {
    /// Same or different.
    case nominal
    /// How many codes lie between them.
    case ordinal
    /// Their distance.
    case interval
    /// Their distance by their sum: 1 and 2 are as far apart as 10 and 20.
    case ratio
  }

  public let status: Status
  public let level: Level
  public let alpha: Double?
  /// Units with two codes or more.
  public let units: Int
  /// Codes in those units.
  public let codes: Int
  /// Entries without a code, and codes that stand alone in their unit.
  public let unpaired: Int

  /// `coders` holds one row per coder and in it one entry per unit, `nil` for missing. Needs
  /// rows of equal length.
  public init(coders: [[Double?]], level: Level) {
    let count = coders.first?.count ?? 0
    precondition(coders.allSatisfy { $0.count == count }, "one entry, or nil, per unit")
    self.level = level
    let isInvalid = coders.contains { row in
      row.contains { code in
        code.map { !$0.isUsable || (level == .ratio && $0 < 0) } ?? false
      }
    }
    let table = isInvalid ? CoincidenceTable() : CoincidenceTable(coders, unitCount: count)
    units = table.units
    codes = table.codes
    unpaired = coders.count * count - table.codes
    alpha = table.alpha(level)
    status =
      if isInvalid {
        .invalidCodes
      } else if table.units == 0 {
        table.isEmpty ? .noData : .insufficientPairs
      } else {
        alpha == nil ? .noDenominator : .ok
      }
  }

  /// As above for codes that are words; these have no order, so the level is `nominal`.
  public init(coders: [[String?]]) {
    var places: [String: Double] = [:]
    let rows = coders.map { row in
      row.map { code -> Double? in
        guard let code else { return nil }
        let place = places[code] ?? Double(places.count)
        places[code] = place
        return place
      }
    }
    self.init(coders: rows, level: .nominal)
  }

  /// Caveat `low_agreement` below .667, the least that tentative conclusions may rest on.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: alpha, method: "krippendorff_alpha_" + level.rawValue, n: units,
      missing: MissingCounts(skipped: unpaired),
      caveats: (alpha ?? 1) < 0.667 ? ["low_agreement"] : [])
  }
}
