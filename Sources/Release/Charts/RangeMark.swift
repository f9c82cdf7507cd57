/// A key figure's interval and target on a short axis; decoration beside the same in words.
struct RangeMark {
  let value: Double
  let lower: Double?
  let upper: Double?
  let target: Double?
  let axis: ClosedRange<Double>

  var markup: String {
    func x(_ value: Double) -> String {
      let share = (value - axis.lowerBound) / (axis.upperBound - axis.lowerBound)
      return FixedNumber.text(4 + min(1, max(0, share)) * 192, decimals: 1)
    }
    var body =
      "<line x1=\"4\" y1=\"9\" x2=\"196\" y2=\"9\" stroke=\"\(SVG.Ink.grid)\" stroke-width=\"4\"/>"
    if let lower, let upper {
      body +=
        "<line x1=\"\(x(lower))\" y1=\"9\" x2=\"\(x(upper))\" y2=\"9\" "
        + "stroke=\"\(SVG.Ink.medium)\" stroke-width=\"4\"/>"
    }
    if let target {
      body +=
        "<line x1=\"\(x(target))\" y1=\"1\" x2=\"\(x(target))\" y2=\"17\" "
        + "stroke=\"\(SVG.Ink.warm)\" stroke-width=\"2\"/>"
    }
    body += "<circle cx=\"\(x(value))\" cy=\"9\" r=\"5\" fill=\"\(SVG.Ink.strong)\"/>"
    return "<svg viewBox=\"0 0 200 18\" aria-hidden=\"true\" focusable=\"false\">\(body)</svg>"
  }
}
