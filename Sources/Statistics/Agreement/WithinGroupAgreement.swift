/// How much the members of each group agree, against raters who answer at random: 1 minus the
/// observed variance by that of the null distribution, negative values set to 0.
///
/// Status: `ok`, also where the agreement of some group, or of every one, is undefined because
/// it has one rater (the record then says `insufficient_n`); `no_data` for no rating in a group;
/// `too_few_items` for no item; `invalid_codes` when a rating is not a usable number.
///
/// Source: James, Demaree & Wolf (1984), doi:10.1037/0021-9010.69.1.85.
public struct WithinGroupAgreement: ResultRecordConvertible, Equatable {
  /// One group's agreement.
  public struct Group: Sendable, Equatable {
    public let label: String
    /// Members with every rating that is used.
    public let raters: Int
    /// 0 to 1; `nil` for one rater.
    public let agreement: Double?
  }

  public let status: Status
  /// The variance under the null, in squared scale points.
  public let nullVariance: Double
  /// r_wg of the first item, by group in label order; raters who skipped it are left out.
  public let firstItem: [Group]
  /// r_wg(j) of all items together, raters with every item; `nil` for a single item.
  public let allItems: [Group]?
  private let incomplete: Int

  /// The variance of answers spread evenly over `options` steps: (A² − 1)/12.
  public static func uniformVariance(options: Int) -> Double {
    precondition(options > 1, "agreement needs two answers to choose from")
    return (Double(options) * Double(options) - 1) / 12
  }

  /// `items` holds one column per item and `groups` one label per rater, `nil` for missing.
  ///
  /// - Parameter nullVariance: of a rater who answers at random; above 0. The sensitivity
  ///   analysis puts a skewed distribution's here.
  public init(items: [[Double?]], groups: [String?], nullVariance: Double) {
    precondition(nullVariance > 0 && nullVariance.isFinite, "the null has a variance above 0")
    precondition(items.allSatisfy { $0.count == groups.count }, "one entry per rater")
    self.nullVariance = nullVariance
    let isUsable = items.allSatisfy { $0.allSatisfy { $0?.isUsable ?? true } }
    guard isUsable, let first = items.first else {
      status = isUsable ? .tooFewItems : .invalidCodes
      (firstItem, allItems, incomplete) = ([], nil, 0)
      return
    }
    let single = Self.agreements([first], groups, nullVariance)
    let several = items.count > 1 ? Self.agreements(items, groups, nullVariance) : nil
    firstItem = single
    allItems = several
    let headline = several ?? single
    incomplete = groups.count - headline.reduce(0) { $0 + $1.raters }
    status = headline.isEmpty ? .noData : .ok
  }

  /// Groups with at least one complete rater; others do not appear.
  private static func agreements(
    _ items: [[Double?]], _ groups: [String?], _ null: Double
  ) -> [Group] {
    var members: [String: [Int]] = [:]
    for (rater, label) in groups.enumerated() {
      guard let label, items.allSatisfy({ $0[rater] != nil }) else { continue }
      members[label, default: []].append(rater)
    }
    return inLabelOrder(members.keys).map { label in
      let raters = members[label] ?? []
      let variances = items.compactMap { item in variance(raters.compactMap { item[$0] }) }
      return Group(
        label: label, raters: raters.count,
        agreement: mean(variances).map { observed in
          // J(1 − s) / (J(1 − s) + s) with s the observed share of the null variance; for one
          // item that is 1 − s.
          let share = min(observed, null) / null
          let agreed = Double(items.count) * (1 - share)
          return items.count == 1 ? 1 - share : agreed / (agreed + share)
        })
    }
  }

  /// The median over groups, of all items if there are several.
  public var record: ResultRecord {
    let groups = allItems ?? firstItem
    let median = AgreementSummary(groups).median
    return ResultRecord(
      status: status == .ok && median == nil ? .insufficientN : status, value: median,
      method: allItems == nil ? "rwg" : "rwg_j", n: groups.reduce(0) { $0 + $1.raters },
      missing: MissingCounts(skipped: incomplete))
  }
}

/// Agreement over groups; what is undefined for a group stays out.
public struct AgreementSummary: Sendable, Equatable {
  /// Groups whose agreement is defined.
  public let groups: Int
  public let mean: Double?
  public let median: Double?
  /// Share of these groups at .70 or above, where a group mean may stand for its members.
  public let shareFromSeventy: Double?

  public init(_ groups: [WithinGroupAgreement.Group]) {
    let known = groups.compactMap(\.agreement)
    self.groups = known.count
    mean = Statistics.mean(known)
    median = SortedSample(known).median
    shareFromSeventy = known.isEmpty ? nil : Double(known.count { $0 >= 0.7 }) / Double(known.count)
  }
}
