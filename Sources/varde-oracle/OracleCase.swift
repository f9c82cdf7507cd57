internal import FoundationEssentials

/// One case of a set: which statistic, with which parameters, of which data.
struct OracleCase {
  let name: String
  let statistic: String
  var parameters: JSON
  let input: JSON
  let expected: JSON
  let tolerance: JSON
  /// Folder of the set; the files a case names are relative to it.
  let folder: String

  init(_ text: [UInt8], folder: String) throws(CaseError) {
    let json: JSON
    do { json = try JSONReader.read(text) } catch {
      throw .malformed("\(error.message) at byte \(error.offset)")
    }
    guard let statistic = json["statistic"]?.string else { throw .malformed("no statistic") }
    self.statistic = statistic
    self.folder = folder
    name = json["name"]?.string ?? ""
    parameters = json["params"] ?? .object([])
    input = json["input"] ?? .object([])
    expected = json["expected"] ?? .null
    tolerance = json["tolerance"] ?? .object([])
  }

  /// The table that the input names.
  func table() throws(CaseError) -> Table {
    guard let file = input["file"]?.string else { throw .malformed("no input file") }
    let path = folder + "/" + file
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(validating: data, as: UTF8.self)
    else { throw .unreadable(path) }
    return Table(text)
  }

  /// The column of the table that the input names, or the values given in the case.
  func values() throws(CaseError) -> [Double?] {
    if let inline = try inlineNumbers("values") { return inline }
    return try table().numbers(try text(input, "column"))
  }

  /// The column of numbers that the input calls `name`: either given in the case, or in the table
  /// under the name that stands there.
  func numbers(_ name: String) throws(CaseError) -> [Double?] {
    if let inline = try inlineNumbers(name) { return inline }
    return try table().numbers(try text(input, name))
  }

  /// A list of numbers given in the case itself, where null is missing; `nil` if there is none.
  func inlineNumbers(_ name: String) throws(CaseError) -> [Double?]? {
    guard let elements = input["inline"]?[name]?.array else { return nil }
    var numbers: [Double?] = []
    for element in elements {
      guard element == .null || element.number != nil else {
        throw .malformed("\(element.text) among the numbers '\(name)'")
      }
      numbers.append(element.number)
    }
    return numbers
  }

  func text(_ object: JSON, _ name: String) throws(CaseError) -> String {
    guard let text = object[name]?.string else { throw .malformed("no text '\(name)'") }
    return text
  }

  func integer(_ object: JSON, _ name: String) throws(CaseError) -> Int {
    guard let integer = object[name]?.integer else {
      throw .malformed("no whole number '\(name)'")
    }
    return integer
  }

  /// The coverage probability asked for, 0.95 unless said.
  func confidence() throws(CaseError) -> Double {
    let confidence = parameters["confidence"]?.number ?? 0.95
    guard confidence > 0, confidence < 1 else { throw .malformed("confidence \(confidence)") }
    return confidence
  }
}
