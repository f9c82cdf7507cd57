/// A drawing written as SVG: numbers with one decimal, text escaped, a title and a description
/// for those who do not see it.
struct SVG {
  /// Colours that stay apart in print and for colour-blind readers; never the only sign.
  enum Ink {
    static let text = "#1b2733"
    static let muted = "#5b6773"
    static let grid = "#dde3e7"
    static let axis = "#8a949e"
    static let strong = "#1f5f6b"
    static let medium = "#7fb0b7"
    static let light = "#d5e6e8"
    static let warm = "#b4651e"
  }

  enum Anchor: String {
    case start, middle, end
  }

  let id: String
  let width: Double
  private(set) var height: Double
  private let title: String
  private let description: String
  private var body = ""

  /// - Parameter id: Unique in the page; pattern and label ids are made from it.
  init(id: String, width: Double, height: Double, title: String, description: String) {
    self.id = id
    self.width = width
    self.height = height
    self.title = title
    self.description = description
  }

  /// Reference to the hatched fill, the second sign beside solid.
  var hatch: String { "url(#\(id)-hatch)" }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: String,
    stroke: String? = nil, radius: Double = 0
  ) {
    body +=
      "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(max(0, width)))\" "
      + "height=\"\(n(max(0, height)))\" fill=\"\(fill)\""
    if let stroke { body += " stroke=\"\(stroke)\"" }
    if radius > 0 { body += " rx=\"\(n(radius))\"" }
    body += "/>\n"
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String, width: Double = 1,
    dashed: Bool = false
  ) {
    body +=
      "<line x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\" "
      + "stroke=\"\(stroke)\" stroke-width=\"\(n(width))\""
    if dashed { body += " stroke-dasharray=\"5 4\"" }
    body += "/>\n"
  }

  mutating func polyline(_ points: [(x: Double, y: Double)], stroke: String, width: Double = 1.5) {
    guard points.count > 1 else { return }
    let text = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
    body +=
      "<polyline points=\"\(text)\" fill=\"none\" stroke=\"\(stroke)\" "
      + "stroke-width=\"\(n(width))\" stroke-linejoin=\"round\"/>\n"
  }

  mutating func dot(_ x: Double, _ y: Double, radius: Double, fill: String, stroke: String? = nil) {
    body += "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\" fill=\"\(fill)\""
    if let stroke { body += " stroke=\"\(stroke)\" stroke-width=\"1.5\"" }
    body += "/>\n"
  }

  mutating func text(
    _ x: Double, _ y: Double, _ content: String, anchor: Anchor = .start, size: Double = 12,
    fill: String = Ink.text, bold: Bool = false, halo: Bool = false
  ) {
    body +=
      "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(n(size))\" fill=\"\(fill)\""
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if bold { body += " font-weight=\"600\"" }
    if halo {
      body += " stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\" stroke-linejoin=\"round\""
    }
    body += ">\(HTML.escape(content))</text>\n"
  }

  /// Makes room below when the content turned out longer.
  mutating func grow(to height: Double) { self.height = max(self.height, height) }

  var markup: String {
    let pattern =
      body.contains(hatch)
      ? "<defs><pattern id=\"\(id)-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        + "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/>"
        + "<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"\(Ink.warm)\" stroke-width=\"3\"/>"
        + "</pattern></defs>\n"
      : ""
    return
      "<svg viewBox=\"0 0 \(n(width)) \(n(height))\" role=\"img\" "
      + "aria-labelledby=\"\(id)-title \(id)-desc\">\n"
      + "<title id=\"\(id)-title\">\(HTML.escape(title))</title>\n"
      + "<desc id=\"\(id)-desc\">\(HTML.escape(description))</desc>\n" + pattern + body + "</svg>"
  }

  private func n(_ value: Double) -> String {
    let text = FixedNumber.text(value, decimals: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
