import Yams

/// The codes met so far in one list, so that the second of two equal ones is reported.
struct SeenCodes {
  let what: String
  private var lines: [String: Int] = [:]

  init(what: String) {
    self.what = what
  }

  /// The element's code; `nil` if it has none that can be used.
  mutating func insert(codeOf mapping: DefinitionMapping) -> String? {
    guard let code = mapping.code() else { return nil }
    insert(code, at: mapping["code"]?.mark, mapping.reader)
    return code
  }

  mutating func insert(_ code: String, at mark: Mark?, _ reader: DefinitionReader) {
    guard let first = lines[code] else {
      lines[code] = mark?.line ?? 0
      return
    }
    reader.report(
      .repeatedCode, at: mark, "\(what) '\(code)' is defined twice", hint: "first on line \(first)")
  }
}

extension DefinitionMapping {
  /// The codes that the elements of a list define, whatever else is wrong with them. Used to
  /// check references without blaming them for another mistake.
  func definedCodes(_ key: String) -> [String] {
    var codes: [String] = []
    for node in self[key]?.sequence ?? [] {
      guard let code = node.mapping?["code"]?.scalar?.string, !codes.contains(code) else {
        continue
      }
      codes.append(code)
    }
    return codes
  }
}
