/// Values with intervals on one horizontal axis, in titled groups of rows.
struct DotPlot {
  struct Row {
    let label: String
    let cell: PublishedCell?
    /// Units stand under the programme, lighter and with a square.
    var isSecondary = false
  }

  struct Group {
    let title: String
    let rows: [Row]
  }

  let groups: [Group]
  let unit: String
  let axis: ClosedRange<Double>
  let step: Double
  let axisTitle: String
  var target: Double? = nil
  /// Share of the width for the labels.
  var labelWidth = 210.0
  let words: Words

  func draw(id: String, title: String, description: String) -> String {
    var svg = SVG(id: id, width: 720, height: 10, title: title, description: description)
    let (left, right) = (labelWidth, 560.0)
    func x(_ value: Double) -> Double {
      let share = (value - axis.lowerBound) / (axis.upperBound - axis.lowerBound)
      return left + min(1, max(0, share)) * (right - left)
    }
    let layout = layout()
    let bottom = layout.height
    var tick = axis.lowerBound
    while tick <= axis.upperBound + 1e-9 {
      svg.line(x(tick), 6, x(tick), bottom, stroke: SVG.Ink.grid)
      svg.text(
        x(tick), bottom + 16, tickText(tick), anchor: .middle, size: 11, fill: SVG.Ink.muted)
      tick += step
    }
    svg.line(left, bottom, right, bottom, stroke: SVG.Ink.axis)
    svg.text(
      (left + right) / 2, bottom + 34, axisTitle, anchor: .middle, size: 11.5,
      fill: SVG.Ink.muted)
    if let target {
      svg.line(x(target), 6, x(target), bottom, stroke: SVG.Ink.warm, width: 1.5, dashed: true)
    }
    for entry in layout.entries {
      switch entry {
      case .heading(let text, let y): svg.text(0, y, text, size: 12.5, bold: true, halo: true)
      case .row(let row, let y): draw(row, at: y, x: x, right: right, in: &svg)
      }
    }
    svg.grow(to: bottom + 40)
    return svg.markup
  }

  private func draw(
    _ row: Row, at y: Double, x: (Double) -> Double, right: Double, in svg: inout SVG
  ) {
    let colour = row.isSecondary ? SVG.Ink.muted : SVG.Ink.text
    svg.text(row.isSecondary ? 14 : 0, y + 4, row.label, size: 12, fill: colour)
    guard let figure = row.cell?.figure, let value = figure.value else {
      let flag = row.cell?.flag ?? .notAvailable
      svg.text(
        x(axis.lowerBound) + 8, y + 4, "\(flag.rawValue) – \(words.flag(flag))", size: 11,
        fill: SVG.Ink.muted, halo: true)
      return
    }
    let ink = row.isSecondary ? SVG.Ink.medium : SVG.Ink.strong
    if let lower = figure.lower, let upper = figure.upper {
      svg.line(x(lower), y, x(upper), y, stroke: ink, width: row.isSecondary ? 2 : 3)
      svg.line(x(lower), y - 4, x(lower), y + 4, stroke: ink, width: 1.5)
      svg.line(x(upper), y - 4, x(upper), y + 4, stroke: ink, width: 1.5)
    }
    if row.isSecondary {
      svg.rectangle(x(value) - 4.5, y - 4.5, 9, 9, fill: "#fff", stroke: ink)
    } else {
      svg.dot(x(value), y, radius: 6, fill: ink, stroke: "#fff")
    }
    let text = words.value(value, unit: unit)
    svg.text(right + 14, y + 4, text, size: 12.5, fill: colour, bold: !row.isSecondary)
    svg.text(
      right + 66, y + 4, (figure.isBaseRounded ? "n ≥ " : "n = ") + String(figure.n), size: 11,
      fill: SVG.Ink.muted)
  }

  private func tickText(_ tick: Double) -> String {
    unit == "share" ? words.percent(tick) : words.number(tick, step < 1 ? 1 : 0)
  }

  private enum Entry {
    case heading(String, Double)
    case row(Row, Double)
  }

  private func layout() -> (entries: [Entry], height: Double) {
    var entries: [Entry] = []
    var y = 8.0
    for group in groups {
      if !group.title.isEmpty {
        // The heading may run over the plot, which is empty at that height.
        for line in HTML.wrap(group.title, width: 92) {
          entries.append(.heading(line, y + 14))
          y += 17
        }
        y += 5
      }
      for row in group.rows {
        let height = row.isSecondary ? 20.0 : 26.0
        entries.append(.row(row, y + height / 2))
        y += height
      }
      y += 8
    }
    return (entries, y)
  }
}
