/// Bars per term: two sums side by side, or the parts of one whole.
struct TermBars {
  struct Term {
    let label: String
    /// `nil`: nothing to draw, and `note` says why.
    let values: [Double]?
    let note: String
  }

  let terms: [Term]
  let names: [String]
  let words: Words

  /// Horizontal pairs of bars from zero, the first filled and the second hatched.
  func pairs(id: String, title: String, description: String, unit: String) -> String {
    var svg = SVG(id: id, width: 720, height: 10, title: title, description: description)
    let (left, right) = (120.0, 640.0)
    let highest = max(1, terms.compactMap { $0.values?.max() }.max() ?? 1)
    let fills = [SVG.Ink.strong, svg.hatch]
    let strokes = [SVG.Ink.strong, SVG.Ink.warm]
    var y = legend(in: &svg, from: left, fills: fills, strokes: strokes)
    for term in terms {
      svg.text(0, y + 26, term.label, size: 12.5)
      guard let values = term.values else {
        svg.text(left + 8, y + 26, term.note, size: 11, fill: SVG.Ink.muted)
        y += 56
        continue
      }
      for (index, value) in values.enumerated() {
        let width = value / highest * (right - left)
        let row = y + Double(index) * 22
        svg.rectangle(left, row, width, 18, fill: fills[index % 2], stroke: strokes[index % 2])
        svg.text(
          left + width + 8, row + 13, "\(words.number(value, 0))\u{A0}\(unit)", size: 11.5)
      }
      y += 56
    }
    svg.line(left, 24, left, y - 6, stroke: SVG.Ink.axis)
    svg.grow(to: y)
    return svg.markup
  }

  /// One full-length bar per term, split into its parts.
  func parts(id: String, title: String, description: String) -> String {
    var svg = SVG(id: id, width: 720, height: 10, title: title, description: description)
    let (left, right) = (120.0, 700.0)
    let highest = max(1, terms.compactMap { $0.values?.reduce(0, +) }.max() ?? 1)
    let fills = [SVG.Ink.strong, SVG.Ink.medium, svg.hatch, SVG.Ink.light]
    let strokes = [SVG.Ink.strong, SVG.Ink.medium, SVG.Ink.warm, SVG.Ink.medium]
    var y = legend(in: &svg, from: left, fills: fills, strokes: strokes)
    for term in terms {
      svg.text(0, y + 17, term.label, size: 12.5)
      if let values = term.values {
        var x = left
        for (index, value) in values.enumerated() where value > 0 {
          let width = value / highest * (right - left)
          svg.rectangle(x, y, width, 26, fill: fills[index % 4], stroke: strokes[index % 4])
          let isDark = index == 0
          svg.text(
            x + width / 2, y + 17, words.number(value, 0), anchor: .middle, size: 11.5,
            fill: isDark ? "#fff" : SVG.Ink.text, halo: !isDark)
          x += width
        }
      } else {
        svg.text(left + 8, y + 17, term.note, size: 11, fill: SVG.Ink.muted)
      }
      y += 38
    }
    svg.line(left, 24, left, y - 6, stroke: SVG.Ink.axis)
    svg.grow(to: y)
    return svg.markup
  }

  private func legend(
    in svg: inout SVG, from left: Double, fills: [String], strokes: [String]
  ) -> Double {
    var x = left
    for (index, name) in names.enumerated() {
      svg.rectangle(
        x, 3, 14, 11, fill: fills[index % fills.count], stroke: strokes[index % strokes.count])
      svg.text(x + 20, 13, name, size: 11, fill: SVG.Ink.muted)
      x += 38 + Double(name.count) * 6.2
    }
    return 30
  }
}
