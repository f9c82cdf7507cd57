import Indicators

/// Tables about the programme rather than about answers: people's flow, leadership acts, outreach,
/// targets, units and periods; and the two books every table refers to.
struct FrameTables {
  let publication: Publication
  private var frame: Publication.Frame { publication.frame }

  var all: [Table] {
    [flow, acts, outreach, targets, units, periods, codebook, indicators]
  }

  private var flow: Table {
    var table = Table(
      path: "tables/flow.csv", title: "Flow of participants",
      description: "People up to the end of the reporting period. One row per state and reason.",
      columns: [
        .init(
          name: "state", kind: .string, description: "Where the people are",
          categories: [
            ("enrolled", "ever enrolled as fixed member"), ("active", "still a member at the end"),
            ("left", "no longer a member"),
          ], required: true),
        .init(name: "reason", kind: .string, description: "Reason for leaving, or empty for all"),
        .init(name: "people", kind: .integer, description: "Count of people"), FigureTables.flag,
      ], key: ["state", "reason"])
    let counts = publication.flow
    table.add(["enrolled", ""] + Self.fields(counts.enrolled))
    table.add(["active", ""] + Self.fields(counts.active))
    table.add(["left", ""] + Self.fields(counts.left))
    for reason in counts.reasons { table.add(["left", reason.code] + Self.fields(reason.count)) }
    return table
  }

  private static func fields(_ count: PublishedCell.Count) -> [String] {
    switch count {
    case .none: ["", "z"]
    case .hidden: ["", "c"]
    case .shown(let number): [String(number), ""]
    }
  }

  private var acts: Table {
    var table = Table(
      path: "tables/leadership_acts.csv", title: "Acts of leadership support",
      description: "Recorded acts, one row per term and kind.",
      columns: [
        .init(name: "term", kind: .string, description: "Code in periods.csv", required: true),
        .init(name: "kind", kind: .string, description: "Kind of act", required: true),
        .init(name: "acts", kind: .integer, description: "Count of acts", required: true),
      ], key: ["term", "kind"])
    for act in frame.acts { table.add([act.term, act.kind, String(act.count)]) }
    return table
  }

  private var outreach: Table {
    var table = Table(
      path: "tables/outreach.csv", title: "Requests from outside the groups",
      description: "One row per term. 0 means: the groups looked, and nobody had asked.",
      columns: [
        .init(name: "term", kind: .string, description: "Code in periods.csv", required: true),
        .init(
          name: "groups_reporting", kind: .integer,
          description: "Groups that reported a number, zero included", required: true),
        .init(name: "requests", kind: .integer, description: "Requests received"),
        .init(name: "requests_flag", kind: .string, description: "As flag, for requests"),
        .init(name: "held", kind: .integer, description: "Sessions held for those who asked"),
        .init(name: "held_flag", kind: .string, description: "As flag, for held"),
      ], key: ["term"])
    for row in publication.outreach {
      table.add(
        [row.term, String(row.groupsReporting)] + Self.fields(row.requests)
          + (row.held == .none ? ["", "x"] : Self.fields(row.held)))
    }
    return table
  }

  private var targets: Table {
    var table = Table(
      path: "tables/targets.csv", title: "Targets",
      description: "What the programme set out to reach. One row per indicator and period.",
      columns: [
        .init(
          name: "indicator", kind: .string, description: "Id in indicators.csv", required: true),
        .init(name: "period", kind: .string, description: "Period or year; empty for every period"),
        .init(
          name: "target", kind: .number, description: "In the indicator's unit", required: true),
        .init(name: "rationale", kind: .string, description: "Why this value"),
      ], key: ["indicator", "period"])
    for target in frame.targets {
      table.add([
        target.indicator, target.period, FixedNumber.text(target.value, decimals: 4),
        target.rationale,
      ])
    }
    return table
  }

  private var units: Table {
    var table = Table(
      path: "tables/units.csv", title: "Units", description: "One row per unit.",
      columns: [
        .init(name: "unit", kind: .string, description: "Code", required: true),
        .init(name: "kind", kind: .string, description: "Faculty, department, school"),
        .init(name: "name_nb", kind: .string, description: "Name, Norwegian bokmål"),
        .init(name: "name_en", kind: .string, description: "Name, English"),
        .init(name: "parent", kind: .string, description: "Code of the unit above, or empty"),
      ], key: ["unit"])
    for unit in frame.units {
      table.add([unit.code, unit.kind, unit.name.nb, unit.name.en, unit.parent ?? ""])
    }
    return table
  }

  private var periods: Table {
    var table = Table(
      path: "tables/periods.csv", title: "Periods", description: "One row per period.",
      columns: [
        .init(name: "period", kind: .string, description: "Code", required: true),
        .init(
          name: "period_kind", kind: .string, description: "month, term or wave", required: true),
        .init(name: "first_day", kind: .date, description: "First day", required: true),
        .init(name: "last_day", kind: .date, description: "Last day", required: true),
        .init(
          name: "period_status", kind: .string, description: "provisional or final as of the cut",
          required: true),
      ], key: ["period_kind", "period"])
    for period in frame.periods {
      let isFinal = Disclosure.isFinal(period.to, asOf: frame.asOf)
      table.add([
        period.code, period.kind.rawValue, period.from, period.to,
        isFinal ? "final" : "provisional",
      ])
    }
    return table
  }

  // MARK: Books

  private var codebook: Table {
    var table = Table(
      path: "codebook.csv", title: "Codebook",
      description: "One row per item, then one per scale, of every version of every instrument.",
      columns: [
        .init(
          name: "kind", kind: .string, description: "item or scale",
          categories: [("item", "a question"), ("scale", "a score of several")], required: true),
        .init(name: "instrument", kind: .string, description: "Instrument", required: true),
        .init(name: "version", kind: .string, description: "Version of it", required: true),
        .init(name: "code", kind: .string, description: "Code of item or scale", required: true),
        .init(name: "text_nb", kind: .string, description: "Wording or title, Norwegian bokmål"),
        .init(name: "text_en", kind: .string, description: "Wording or title, English"),
        .init(name: "minimum", kind: .integer, description: "Lowest answer"),
        .init(name: "maximum", kind: .integer, description: "Highest answer"),
        .init(
          name: "missing_codes", kind: .string,
          description: "Codes that are not scores: not relevant / don't know"),
        .init(name: "scales", kind: .string, description: "Scales the item is in"),
        .init(name: "reversed", kind: .string, description: "Scales it is reversed in"),
        .init(name: "items", kind: .string, description: "Items of the scale"),
        .init(name: "minimum_valid", kind: .integer, description: "Valid answers a score needs"),
      ], key: ["kind", "instrument", "version", "code"])
    for item in frame.items {
      let scales = frame.scales.filter {
        $0.instrument == item.instrument && $0.version == item.version
          && $0.items.contains(item.code)
      }
      table.add([
        "item", item.instrument, item.version, item.code, item.text.nb, item.text.en,
        String(item.minimum), String(item.maximum), item.notRelevant.map { String($0) } ?? "",
        scales.map(\.code).joined(separator: " "),
        scales.filter { $0.reversed.contains(item.code) }.map(\.code).joined(separator: " "), "",
        "",
      ])
    }
    for scale in frame.scales {
      table.add([
        "scale", scale.instrument, scale.version, scale.code, scale.title.nb, scale.title.en, "",
        "", "", "", scale.reversed.joined(separator: " "), scale.items.joined(separator: " "),
        scale.minimumValid.map { String($0) } ?? "",
      ])
    }
    return table
  }

  private var indicators: Table {
    func text(_ name: String, _ description: String) -> Table.Column {
      .init(name: name, kind: .string, description: description)
    }
    var table = Table(
      path: "indicators.csv", title: "Indicator definitions",
      description: "The catalogue the figures were computed by. One row per indicator.",
      columns: [
        .init(name: "indicator", kind: .string, description: "Id", required: true),
        .init(name: "version", kind: .integer, description: "Version", required: true),
        text("title_nb", "Title, Norwegian bokmål"), text("title_en", "Title, English"),
        text("question_nb", "Question, Norwegian bokmål"), text("question_en", "Question, English"),
        text("numerator_nb", "Counted above the line"),
        text("numerator_en", "Counted above the line"),
        text("denominator_nb", "Counted below the line"),
        text("denominator_en", "Counted below the line"),
        text("unit", "Unit of the value"), text("unit_of_count", "What n counts"),
        text("date_basis", "What the time axis means"),
        .init(name: "minimum_n", kind: .integer, description: "Below it there is no value"),
        text("interval_nb", "How the interval is made"),
        text("interval_en", "How the interval is made"),
        text("level", "Guskey level or fidelity dimension"), text("re_aim", "RE-AIM dimension"),
        text("sources", "References, separated by semicolons"),
      ], key: ["indicator"])
    for entry in frame.definitions {
      table.add([
        entry.id, String(entry.version), entry.title.nb, entry.title.en, entry.question.nb,
        entry.question.en, entry.numerator.nb, entry.numerator.en, entry.denominator.nb,
        entry.denominator.en, entry.unit, entry.unitOfCount, entry.dateBasis,
        String(entry.minimumN), entry.interval.nb, entry.interval.en, entry.level, entry.reAim,
        entry.references.joined(separator: "; "),
      ])
    }
    return table
  }
}
