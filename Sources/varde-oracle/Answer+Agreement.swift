internal import Statistics

/// How far raters, coders and group members agree.
extension OracleCase {
  func intraclassCorrelation() throws(CaseError) -> JSON {
    let (values, groups) = (try ratings(role: "value"), try labels(role: "group"))
    guard values.count == groups.count else { throw .malformed("values without their groups") }
    let icc = IntraclassCorrelation(
      values: values, groups: groups, confidence: try confidence())
    return [
      "status": JSON(icc.status), "groups": JSON(icc.groups), "n": JSON(icc.n),
      "n_missing": JSON(icc.missing), "mean_group_size": JSON(icc.meanGroupSize),
      "n0": JSON(icc.effectiveGroupSize), "ms_between": JSON(icc.meanSquareBetween),
      "ms_within": JSON(icc.meanSquareWithin), "F": JSON(icc.fRatio),
      "df_between": JSON(icc.degreesBetween), "df_within": JSON(icc.degreesWithin),
      "p": JSON(icc.pValue), "icc1": JSON(icc.single),
      "icc1_mean_size": JSON(icc.singleByMeanSize), "icc2": JSON(icc.mean),
      "icc1_lower": JSON(icc.lower), "icc1_upper": JSON(icc.upper),
    ]
  }

  func withinGroupAgreement() throws(CaseError) -> JSON {
    let (names, columns) = (try itemNames(), try items())
    let groups = try labels(role: "group")
    guard columns.allSatisfy({ $0.count == groups.count }) else {
      throw .malformed("ratings without their groups")
    }
    let agreement = WithinGroupAgreement(
      items: columns, groups: groups, nullVariance: try nullVariance())
    func table(_ groups: [WithinGroupAgreement.Group], _ name: String) -> [JSON.Member] {
      let summary = AgreementSummary(groups)
      return [
        .init(name: "groups", value: JSON(groups.map(\.label))),
        .init(name: "n", value: JSON(groups.map(\.raters))),
        .init(name: name, value: JSON(groups.map(\.agreement))),
        .init(
          name: "summary",
          value: [
            "n_groups": JSON(summary.groups), "mean": JSON(summary.mean),
            "median": JSON(summary.median), "share_ge_70": JSON(summary.shareFromSeventy),
          ]),
      ]
    }
    let first = JSON.Member(name: "item", value: names.first.map(JSON.string) ?? .null)
    let all = JSON.Member(name: "items", value: JSON(names))
    return [
      "status": JSON(agreement.status), "null_variance_uniform": JSON(agreement.nullVariance),
      "single_item": .object([first] + table(agreement.firstItem, "rwg")),
      "multi_item": agreement.allItems.map { .object([all] + table($0, "rwg_j")) } ?? .null,
    ]
  }

  private func nullVariance() throws(CaseError) -> Double {
    if let variance = parameters["null_variance"]?.number {
      guard variance > 0 else { throw .malformed("a null variance of \(variance)") }
      return variance
    }
    guard (parameters["null"]?.string ?? "uniform") == "uniform" else {
      throw .malformed("a null distribution without its variance")
    }
    let options = try integer(parameters, "response_options")
    guard options > 1 else { throw .malformed("\(options) response options") }
    return WithinGroupAgreement.uniformVariance(options: options)
  }

  func cohenKappa() throws(CaseError) -> JSON {
    let (first, second) = (try codes("a"), try codes("b"))
    guard first.count == second.count else { throw .malformed("raters with different units") }
    let given = parameters["categories"]?.array
    let categories = given ?? Self.categories(first + second)
    let places = Dictionary(
      categories.enumerated().map { ($0.element.text, $0.offset) }, uniquingKeysWith: { $1 })
    guard places.count == categories.count else { throw .malformed("a category named twice") }
    func place(_ code: JSON) throws(CaseError) -> Int? {
      if code == .null { return nil }
      guard let place = places[code.text] else {
        throw .malformed("\(code.text) is not among the categories")
      }
      return place
    }
    var (firstPlaces, secondPlaces) = ([Int?](), [Int?]())
    for code in first { firstPlaces.append(try place(code)) }
    for code in second { secondPlaces.append(try place(code)) }
    let kappa = CohenKappa(
      first: firstPlaces, second: secondPlaces, categories: categories.count,
      confidence: try confidence())
    return [
      "status": JSON(kappa.status), "n": JSON(kappa.n), "n_missing": JSON(kappa.missing),
      "percent_agreement": JSON(kappa.agreement), "kappa": JSON(kappa.kappa),
      "se_kappa": JSON(kappa.standardError), "lower": JSON(kappa.lower),
      "upper": JSON(kappa.upper), "kappa_linear": JSON(kappa.linear),
      "kappa_quadratic": JSON(kappa.quadratic),
    ]
  }

  /// A rater's codes, inline or from the column that the input names.
  private func codes(_ rater: String) throws(CaseError) -> [JSON] {
    if let inline = input["inline"]?[rater]?.array { return inline }
    let cells = try table().column(input[rater]?.string ?? rater)
    return cells.map { cell in
      guard let cell else { return .null }
      return Double(cell).map { JSON($0) } ?? .string(cell)
    }
  }

  /// The codes that occur, in order: numbers, then words.
  private static func categories(_ codes: [JSON]) -> [JSON] {
    let numbers = Set(codes.compactMap(\.number)).sorted().map { JSON($0) }
    let words = Set(codes.compactMap(\.string)).sorted().map { JSON.string($0) }
    return numbers + words
  }

  func krippendorffAlpha() throws(CaseError) -> JSON {
    let name = parameters["level"]?.string ?? "nominal"
    guard let level = KrippendorffAlpha.Level(rawValue: name) else {
      throw .malformed("level '\(name)'")
    }
    guard let coders = input["inline"]?["coders_by_units"]?.array else {
      throw .malformed("no codes")
    }
    let rows = coders.map { $0.array ?? [] }
    guard rows.allSatisfy({ $0.count == rows[0].count }) else {
      throw .malformed("coders with different units")
    }
    let codes = rows.joined().filter { $0 != .null }
    let alpha: KrippendorffAlpha
    if codes.allSatisfy({ $0.number != nil }) {
      alpha = KrippendorffAlpha(coders: rows.map { $0.map(\.number) }, level: level)
    } else if level == .nominal {
      // Words, or words and numbers: two codes are the same or different.
      alpha = KrippendorffAlpha(coders: rows.map { $0.map { $0 == .null ? nil : $0.text } })
    } else {
      throw .malformed("codes without an order")
    }
    return [
      "status": JSON(alpha.status), "alpha": JSON(alpha.alpha), "n_units": JSON(alpha.units),
      "n_codes": JSON(alpha.codes),
    ]
  }
}
