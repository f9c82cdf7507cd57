import Mustache

/// Escaping of text for HTML and SVG.
enum HTML {
  /// Works scalar by scalar: a mark that combines with `<` or `"` must not hide it. Control
  /// characters, which HTML does not allow, are dropped.
  static func escape(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out.append(contentsOf: "&amp;".unicodeScalars)
      case "<": out.append(contentsOf: "&lt;".unicodeScalars)
      case ">": out.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
      case "'": out.append(contentsOf: "&#39;".unicodeScalars)
      case "\n", "\t": out.append(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}": continue
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// Breaks text into lines of at most `width` characters, at spaces.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}

/// Our escaping as a content type of the templates.
struct EscapedHTML: MustacheContentType {
  func escapeText(_ text: String) -> String { HTML.escape(text) }
}
