/// Who entered, who is still there, who left and why.
struct FlowChart {
  let flow: Publication.Flow
  let words: Words

  func draw(id: String, title: String, description: String) -> String {
    let reasons = flow.reasons
    let height = max(150, 112 + Double(reasons.count) * 19)
    var svg = SVG(id: id, width: 720, height: height, title: title, description: description)
    let (upper, lower) = (32.0, 110.0)
    let middle = (upper + lower) / 2
    svg.line(170, middle, 216, middle, stroke: SVG.Ink.axis, width: 1.5)
    svg.line(216, upper, 216, lower, stroke: SVG.Ink.axis, width: 1.5)
    for y in [upper, lower] {
      svg.line(215.3, y, 268, y, stroke: SVG.Ink.axis, width: 1.5)
      svg.polyline([(261, y - 5), (268, y), (261, y + 5)], stroke: SVG.Ink.axis)
    }
    box(&svg, 1, middle - 30, words("Innmeldt", "Enrolled"), flow.enrolled, strong: true)
    box(
      &svg, 272, upper - 30, words("Fortsatt med", "Still taking part"), flow.active, strong: true)
    box(&svg, 272, lower - 30, words("Sluttet", "Left"), flow.left, strong: false)
    guard !reasons.isEmpty else { return svg.markup }
    svg.text(476, 96, words("Årsak", "Reason"), size: 11.5, fill: SVG.Ink.muted)
    for (index, reason) in reasons.enumerated() {
      let y = 117 + Double(index) * 19
      svg.text(476, y, words.capitalised(words.leaveReason(reason.code)), size: 12)
      svg.text(690, y, Self.text(reason.count), anchor: .end, size: 12, bold: true)
    }
    return svg.markup
  }

  static func text(_ count: PublishedCell.Count) -> String {
    switch count {
    case .none: "z"
    case .hidden: "c"
    case .shown(let number): String(number)
    }
  }

  private func box(
    _ svg: inout SVG, _ x: Double, _ y: Double, _ label: String, _ count: PublishedCell.Count,
    strong: Bool
  ) {
    svg.rectangle(
      x, y, 170, 60, fill: strong ? "#eef5f6" : "#fff",
      stroke: strong ? SVG.Ink.strong : SVG.Ink.axis, radius: 4)
    svg.text(x + 85, y + 28, Self.text(count), anchor: .middle, size: 20, bold: true)
    svg.text(x + 85, y + 48, label, anchor: .middle, size: 12, fill: SVG.Ink.muted)
  }
}
