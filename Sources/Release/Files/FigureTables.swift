import Indicators

/// The figures as tidy tables, one per family of indicators.
struct FigureTables {
  let publication: Publication

  /// File, title, and the indicators in it. What is in none goes to `tables/other.csv`.
  private static let families: [(file: String, title: String, indicators: Set<String>)] = [
    (
      "participation", "Attendance and hours received",
      ["attendance_rate", "attendance_recording_coverage", "dose_hours"]
    ),
    (
      "delivery", "Sessions held, regularity and plan",
      ["session_delivery_rate", "meeting_interval", "plan_conformity_months"]
    ),
    (
      "hours", "Hours allocated and spent",
      ["hours_allocation_coverage", "hours_compensation_ratio"]
    ),
    ("survey_scales", "Survey scales by wave", ["isolation_score"]),
    ("survey_items", "Survey items by wave", ["item_profile"]),
  ]

  var all: [Table] {
    let named = Set(Self.families.flatMap(\.indicators))
    var tables = Self.families.map { family in
      figures(family.file, family.title) { family.indicators.contains($0.indicator) }
    }
    let other = figures("other", "Other figures") { !named.contains($0.indicator) }
    if !other.rows.isEmpty { tables.append(other) }
    return tables + [details, distribution]
  }

  private func figures(
    _ file: String, _ title: String, _ isIncluded: (PublishedCell) -> Bool
  ) -> Table {
    var table = Table(
      path: "tables/\(file).csv", title: title,
      description: "One row per indicator, scope, period and item.", columns: Self.figureColumns,
      key: Self.cellKey)
    for cell in publication.cells where isIncluded(cell) { table.add(row(cell)) }
    return table
  }

  private func row(_ cell: PublishedCell) -> [String] {
    let figure = cell.figure
    let isShare = unit(of: cell) == "share"
    func sum(_ value: Double?) -> String {
      value.map { isShare ? FixedNumber.text($0, decimals: 0) : FixedNumber.sum($0) } ?? ""
    }
    func decimal(_ value: Double?) -> String {
      value.map { FixedNumber.text($0, decimals: 4) } ?? ""
    }
    return identity(cell) + [
      cell.isFinal ? "final" : "provisional", decimal(figure?.value), decimal(figure?.lower),
      decimal(figure?.upper),
      figure?.confidence.map { FixedNumber.text($0, decimals: 2) } ?? "", figure?.method ?? "",
      sum(figure?.numerator), sum(figure?.denominator), figure.map { String($0.n) } ?? "",
      figure == nil ? "" : cell.unitOfCount, figure?.people.map { String($0) } ?? "",
      figure.map { String($0.groups) } ?? "", decimal(figure?.coverage), cell.dateBasis,
      cell.status, figure?.caveats.joined(separator: " ") ?? "", cell.flag?.rawValue ?? "",
    ]
  }

  private func unit(of cell: PublishedCell) -> String {
    publication.frame.definitions.first { $0.id == cell.indicator }?.unit ?? ""
  }

  private func identity(_ cell: PublishedCell) -> [String] {
    [
      cell.indicator, String(cell.definitionVersion), cell.scopeKind.rawValue, cell.scope,
      cell.periodKind.rawValue, cell.period, cell.item,
    ]
  }

  // MARK: Columns

  private static let cellKey = [
    "indicator", "scope_kind", "scope", "period_kind", "period", "item",
  ]

  private static let identityColumns: [Table.Column] = [
    .init(name: "indicator", kind: .string, description: "Id in indicators.csv", required: true),
    .init(
      name: "definition_version", kind: .integer,
      description: "Version of the definition the figure was computed by", required: true),
    .init(
      name: "scope_kind", kind: .string, description: "Whose figure it is",
      categories: [("programme", "the whole programme"), ("unit", "one unit, see units.csv")],
      required: true),
    .init(
      name: "scope", kind: .string, description: "Programme code or unit code", required: true),
    .init(
      name: "period_kind", kind: .string, description: "Kind of period",
      categories: [
        ("month", "calendar month"), ("term", "term"), ("wave", "survey wave since enrolment"),
      ], required: true),
    .init(name: "period", kind: .string, description: "Code in periods.csv", required: true),
    .init(
      name: "item", kind: .string, description: "Item or scale code in codebook.csv, or empty"),
  ]

  static let flag = Table.Column(
    name: "flag", kind: .string, description: "Why the value is empty",
    categories: [
      ("c", "hidden for confidentiality"), ("z", "not applicable"), ("x", "not available"),
    ])

  private static let figureColumns: [Table.Column] =
    identityColumns + [
      .init(
        name: "period_status", kind: .string,
        description: "Provisional figures can still change by late records",
        categories: [
          ("provisional", "up to 30 days after the period's end"), ("final", "from then on"),
        ], required: true),
      .init(
        name: "value", kind: .number,
        description: "The figure, in the unit of indicators.csv; shares from 0 to 1"),
      .init(name: "lower", kind: .number, description: "Lower limit of the interval"),
      .init(name: "upper", kind: .number, description: "Upper limit of the interval"),
      .init(name: "confidence", kind: .number, description: "Coverage probability of the interval"),
      .init(name: "method", kind: .string, description: "How value or interval was made"),
      .init(name: "numerator", kind: .number, description: "What is counted above the line"),
      .init(name: "denominator", kind: .number, description: "What is counted below the line"),
      .init(name: "n", kind: .integer, description: "Count of unit_of_count"),
      .init(name: "unit_of_count", kind: .string, description: "What n counts"),
      .init(name: "n_people", kind: .integer, description: "Distinct people behind the figure"),
      .init(name: "n_groups", kind: .integer, description: "Groups behind the figure"),
      .init(
        name: "coverage", kind: .number,
        description: "Share of expected observations that were recorded, 0 to 1"),
      .init(name: "date_basis", kind: .string, description: "What the time axis means"),
      .init(name: "status", kind: .string, description: "ok, or why there is no value"),
      .init(name: "caveats", kind: .string, description: "Words separated by spaces"),
      flag,
    ]

  // MARK: Further numbers

  private var details: Table {
    var table = Table(
      path: "tables/details.csv", title: "Further numbers of the programme's figures",
      description: "One row per figure and further number: medians, quartiles, counts of sessions.",
      columns: Self.identityColumns + [
        .init(name: "detail", kind: .string, description: "Name of the number", required: true),
        .init(name: "detail_value", kind: .number, description: "The number", required: true),
      ], key: Self.cellKey + ["detail"])
    for cell in publication.cells {
      for detail in cell.figure?.details ?? [] {
        guard let value = detail.value else { continue }
        table.add(identity(cell) + [detail.name, FixedNumber.text(value, decimals: 4)])
      }
    }
    return table
  }

  private var distribution: Table {
    var table = Table(
      path: "tables/survey_distribution.csv", title: "Distribution of answers",
      description: """
        One row per item, scope, wave and class of answers. Answers are shown one by one only \
        where every class is empty or large enough, else in three classes or two, else not.
        """,
      columns: Self.identityColumns + [
        .init(
          name: "answer_from", kind: .integer, description: "Lowest answer of the class",
          required: true),
        .init(
          name: "answer_to", kind: .integer, description: "Highest answer of the class",
          required: true),
        .init(
          name: "is_valid_answer", kind: .boolean,
          description: "False for not relevant / don't know", required: true),
        .init(name: "count", kind: .integer, description: "People"), Self.flag,
      ], key: Self.cellKey + ["answer_from"])
    for cell in publication.cells {
      for row in AnswerClass.rows(of: cell, items: publication.frame.items) {
        table.add(
          identity(cell) + [
            String(row.from), String(row.to), row.isValid ? "true" : "false",
            row.count.map { String($0) } ?? "", row.count == nil ? "c" : "",
          ])
      }
    }
    return table
  }
}
