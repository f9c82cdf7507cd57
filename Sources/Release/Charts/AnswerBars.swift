/// How answers are distributed: one full bar per item and wave, "not relevant" apart.
struct AnswerBars {
  struct Row {
    let label: String
    let classes: [AnswerClass]
    let flag: PublishedCell.Flag?
  }

  struct Group {
    let title: String
    let rows: [Row]
  }

  let groups: [Group]
  /// Lowest and highest answer.
  let scale: ClosedRange<Int>
  let notRelevantTitle: String
  let words: Words

  func draw(id: String, title: String, description: String) -> String {
    var svg = SVG(id: id, width: 720, height: 10, title: title, description: description)
    let (left, right) = (52.0, 600.0)
    svg.text(right + 60, 12, notRelevantTitle, anchor: .middle, size: 11, fill: SVG.Ink.muted)
    var y = 12.0
    for group in groups {
      for line in HTML.wrap(group.title, width: 84) {
        svg.text(0, y + 14, line, size: 12.5)
        y += 17
      }
      y += 4
      for row in group.rows {
        svg.text(0, y + 15, row.label, size: 12, fill: SVG.Ink.muted)
        draw(row, at: y, left: left, right: right, in: &svg)
        y += 25
      }
      y += 9
    }
    svg.grow(to: y)
    return svg.markup
  }

  private func draw(_ row: Row, at y: Double, left: Double, right: Double, in svg: inout SVG) {
    let valid = row.classes.filter(\.isValid)
    let counts = valid.compactMap(\.count)
    let total = counts.reduce(0, +)
    if valid.isEmpty || counts.count < valid.count || total == 0 {
      let flag = row.flag ?? (valid.isEmpty ? .notAvailable : .hidden)
      svg.rectangle(left, y, right - left, 20, fill: "#fff", stroke: SVG.Ink.grid)
      svg.text(
        left + 8, y + 14, "\(flag.rawValue) – \(words.flag(flag))", size: 11, fill: SVG.Ink.muted)
    } else {
      var x = left
      for answer in valid {
        let share = Double(answer.count ?? 0) / Double(total)
        let width = share * (right - left)
        let fill = shade(answer)
        if width > 0 {
          svg.rectangle(x, y, width, 20, fill: fill.colour, stroke: "#fff")
          let label = answer.label + ": " + words.percent(share)
          let text = width > 74 ? label : width > 16 ? answer.label : ""
          svg.text(
            x + width / 2, y + 14, text, anchor: .middle, size: 11,
            fill: fill.isDark ? "#fff" : SVG.Ink.text)
        }
        x += width
      }
    }
    guard let other = row.classes.first(where: { !$0.isValid }) else { return }
    svg.rectangle(right + 42, y, 36, 20, fill: "#fff", stroke: SVG.Ink.axis)
    svg.text(
      right + 60, y + 14, other.count.map { String($0) } ?? "c", anchor: .middle, size: 11,
      fill: SVG.Ink.muted)
  }

  /// Light for low answers, dark for high ones, so that the order shows without colour.
  private func shade(_ answer: AnswerClass) -> (colour: String, isDark: Bool) {
    let seven = ["#e9f1f2", "#d5e6e8", "#b7d3d7", "#93bbc1", "#669ba3", "#3d7c87", "#1f5f6b"]
    let middle = Double(answer.from + answer.to) / 2
    let length = Double(max(1, scale.upperBound - scale.lowerBound))
    let share = (middle - Double(scale.lowerBound)) / length
    let position = Int((min(1, max(0, share)) * 6).rounded())
    return (seven[position], position >= 4)
  }
}
