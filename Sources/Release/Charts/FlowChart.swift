/// Who entered, who is still there, who left and why.
struct FlowChart {
  let flow: Publication.Flow
  let words: Words

  func draw(id: String, title: String, description: String) -> String {
    let reasons = flow.reasons
    let height = max(150, 96 + Double(reasons.count) * 19)
    var svg = SVG(id: id, width: 720, height: height, title: title, description: description)
    box(&svg, 0, 40, words("Innmeldt", "Enrolled"), flow.enrolled, strong: true)
    svg.line(170, 70, 262, 70, stroke: SVG.Ink.axis, width: 1.5)
    svg.line(216, 70, 216, 32, stroke: SVG.Ink.axis, width: 1.5)
    svg.line(216, 32, 262, 32, stroke: SVG.Ink.axis, width: 1.5)
    arrow(&svg, 262, 32)
    arrow(&svg, 262, 70 + 22)
    svg.rectangle(215, 69, 60, 3, fill: "#fff")
    svg.line(216, 70, 216, 92, stroke: SVG.Ink.axis, width: 1.5)
    svg.line(216, 92, 262, 92, stroke: SVG.Ink.axis, width: 1.5)
    box(&svg, 272, 2, words("Fortsatt med", "Still taking part"), flow.active, strong: true)
    box(&svg, 272, 68, words("Sluttet", "Left"), flow.left, strong: false)
    guard !reasons.isEmpty else { return svg.markup }
    svg.text(470, 82, words("Årsak", "Reason"), size: 11.5, fill: SVG.Ink.muted)
    for (index, reason) in reasons.enumerated() {
      let y = 102 + Double(index) * 19
      svg.text(470, y, words.capitalised(words.leaveReason(reason.code)), size: 12)
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

  private func arrow(_ svg: inout SVG, _ x: Double, _ y: Double) {
    svg.polyline([(x, y - 5), (x + 8, y), (x, y + 5)], stroke: SVG.Ink.axis)
  }
}
