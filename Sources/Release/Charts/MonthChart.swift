import Events

/// Months from left to right, terms as bands behind them.
struct MonthChart {
  struct Month {
    let period: ReleaseContent.Period
    let cell: PublishedCell?
  }

  let months: [Month]
  let terms: [ReleaseContent.Period]
  let words: Words

  private let left = 40.0
  private let right = 716.0
  /// Room above the axis for the names of terms and the highest label.
  private let top = 52.0
  private let bottom = 218.0
  private var slot: Double { (right - left) / Double(max(1, months.count)) }
  private func x(_ index: Int) -> Double { left + slot * (Double(index) + 0.5) }

  /// Planned sessions as outlined bars, held ones filled inside them.
  func sessions(id: String, title: String, description: String) -> String {
    var svg = SVG(id: id, width: 720, height: 282, title: title, description: description)
    let highest = months.compactMap { $0.cell?.figure?.denominator }.max() ?? 0
    let step = highest > 40 ? 20.0 : highest > 16 ? 10 : highest > 8 ? 4 : 2
    let limit = max(step, (highest / step).rounded(.up) * step)
    frame(&svg, ticks: stride(from: 0, through: limit, by: step).map { ($0, words.number($0, 0)) })
    func y(_ value: Double) -> Double { bottom - value / limit * (bottom - top) }
    for (index, month) in months.enumerated() {
      guard let figure = month.cell?.figure, let planned = figure.denominator,
        let held = figure.numerator
      else {
        missing(month, index, &svg)
        continue
      }
      let width = min(26, slot * 0.72)
      svg.rectangle(
        x(index) - width / 2, y(planned), width, bottom - y(planned), fill: "#fff",
        stroke: SVG.Ink.strong)
      svg.rectangle(
        x(index) - width / 2 + 4, y(held), width - 8, bottom - y(held), fill: SVG.Ink.strong)
      svg.text(
        x(index), y(max(planned, held)) - 5,
        "\(words.number(held, 0))/\(words.number(planned, 0))", anchor: .middle, size: 10.5,
        halo: true)
    }
    let legendY = 274.0
    svg.rectangle(left, legendY - 10, 14, 11, fill: "#fff", stroke: SVG.Ink.strong)
    svg.text(left + 20, legendY, words("planlagt", "planned"), size: 11, fill: SVG.Ink.muted)
    svg.rectangle(left + 90, legendY - 10, 14, 11, fill: SVG.Ink.strong)
    svg.text(
      left + 110, legendY, words("av dem holdt", "of these held"), size: 11, fill: SVG.Ink.muted)
    return svg.markup
  }

  /// Shares from 0 to 100 % with their intervals and, per term, the target.
  func shares(
    id: String, title: String, description: String, target: (ReleaseContent.Period) -> Double?
  ) -> String {
    var svg = SVG(id: id, width: 720, height: 282, title: title, description: description)
    frame(&svg, ticks: [0, 0.25, 0.5, 0.75, 1].map { ($0, words.percent($0)) }, limit: 1)
    func y(_ value: Double) -> Double { bottom - value * (bottom - top) }
    var hasTarget = false
    for term in terms {
      let inside = months.indices.filter { Self.isIn(months[$0].period, term) }
      guard let first = inside.first, let last = inside.last, let target = target(term) else {
        continue
      }
      hasTarget = true
      svg.line(
        x(first) - slot / 2, y(target), x(last) + slot / 2, y(target), stroke: SVG.Ink.warm,
        width: 1.5, dashed: true)
    }
    var run: [(x: Double, y: Double)] = []
    for (index, month) in months.enumerated() {
      guard let value = month.cell?.figure?.value else {
        svg.polyline(run, stroke: SVG.Ink.medium)
        run = []
        continue
      }
      run.append((x(index), y(value)))
    }
    svg.polyline(run, stroke: SVG.Ink.medium)
    for (index, month) in months.enumerated() {
      guard let figure = month.cell?.figure, let value = figure.value else {
        missing(month, index, &svg)
        continue
      }
      var labelY = y(value) - 11
      if let lower = figure.lower, let upper = figure.upper {
        svg.line(x(index), y(lower), x(index), y(upper), stroke: SVG.Ink.strong, width: 2)
        svg.line(x(index) - 4, y(lower), x(index) + 4, y(lower), stroke: SVG.Ink.strong)
        svg.line(x(index) - 4, y(upper), x(index) + 4, y(upper), stroke: SVG.Ink.strong)
        labelY = y(upper) - 5
      }
      svg.dot(x(index), y(value), radius: 4.5, fill: SVG.Ink.strong, stroke: "#fff")
      svg.text(
        x(index), labelY, words.number(value * 100, 0), anchor: .middle, size: 10.5, halo: true)
    }
    svg.dot(left + 7, 270, radius: 4.5, fill: SVG.Ink.strong)
    let legend = words("andel med 95 %-intervall", "share with 95% interval")
    svg.text(left + 20, 274, legend, size: 11, fill: SVG.Ink.muted)
    if hasTarget {
      svg.line(left + 190, 270, left + 214, 270, stroke: SVG.Ink.warm, width: 1.5, dashed: true)
      svg.text(left + 220, 274, words("mål", "target"), size: 11, fill: SVG.Ink.muted)
    }
    return svg.markup
  }

  private func frame(
    _ svg: inout SVG, ticks: [(value: Double, text: String)], limit: Double? = nil
  ) {
    let limit = limit ?? ticks.last?.value ?? 1
    for (index, term) in terms.enumerated() {
      let inside = months.indices.filter { Self.isIn(months[$0].period, term) }
      guard let first = inside.first, let last = inside.last else { continue }
      let (from, to) = (x(first) - slot / 2, x(last) + slot / 2)
      if index % 2 == 0 {
        svg.rectangle(from, 2, to - from, bottom - 2, fill: "#f4f7f8")
      }
      svg.text(
        from + 6, 18, words.capitalised(words.term(term.code)), size: 11,
        fill: SVG.Ink.muted)
    }
    for tick in ticks {
      let y = bottom - tick.value / limit * (bottom - top)
      svg.line(left, y, right, y, stroke: tick.value == 0 ? SVG.Ink.axis : SVG.Ink.grid)
      svg.text(left - 6, y + 4, tick.text, anchor: .end, size: 11, fill: SVG.Ink.muted)
    }
    for (index, month) in months.enumerated() {
      guard let date = CivilDate(month.period.from) else { continue }
      svg.text(
        x(index), bottom + 16, String(words.month(date.month).prefix(3)), anchor: .middle,
        size: 10.5, fill: SVG.Ink.muted)
      if date.month == 1 || index == 0 {
        svg.text(
          x(index), bottom + 31, String(date.year), anchor: .middle, size: 10.5,
          fill: SVG.Ink.text, bold: true)
      }
    }
  }

  private func missing(_ month: Month, _ index: Int, _ svg: inout SVG) {
    let flag = month.cell?.flag ?? .notApplicable
    svg.text(
      x(index), bottom - 6, flag.rawValue, anchor: .middle, size: 11, fill: SVG.Ink.muted)
  }

  private static func isIn(
    _ month: ReleaseContent.Period, _ term: ReleaseContent.Period
  ) -> Bool {
    month.from >= term.from && month.to <= term.to
  }
}
