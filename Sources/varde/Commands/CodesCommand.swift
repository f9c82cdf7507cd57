import ArgumentParser
import Events
import FoundationEssentials

struct CodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codes",
    abstract: "Explain the codes of errors and warnings.",
    discussion: """
      A code never changes its meaning, so it can be looked up, searched for and relied upon.

      Examples:
        $ varde codes VD303
        VD303 error: the date does not exist
          hint: check day and month
        $ varde codes --json | jq '.[] | select(.severity == "warning")'
      """)

  @Argument(help: "Codes; all of them by default.")
  var codes: [String] = []

  @Flag(help: "A list of JSON objects.")
  var json = false

  @Flag(help: "All codes as the page of the documentation.")
  var markdown = false

  func run() throws {
    guard !markdown else { return Console.line(String(CodeList.markdown.dropLast())) }
    let chosen = codes.isEmpty ? CodeList.all : codes.compactMap(known)
    if json {
      Console.line(try inJSON(chosen))
    } else {
      for code in chosen {
        Console.line("\(code.id) \(code.severity.rawValue): \(code.meaning)\n  hint: \(code.hint)")
      }
    }
    if let name = codes.first(where: { known($0) == nil }) { throw unknown(name) }
  }

  private func known(_ name: String) -> ListedCode? {
    CodeList.all.first { $0.id == name.uppercased() }
  }

  /// Those that are known are told first: whoever asks for several wants them all.
  private func unknown(_ name: String) -> Failure {
    let near = nearest(to: name, among: CodeList.all.map(\.id)).map { "did you mean \($0)?" }
    return Failure(
      code: "VD650",
      text: "there is no code '\(name)'\n  hint: \(near ?? "'varde codes' lists them all")",
      status: .usage)
  }

  private func inJSON(_ codes: [ListedCode]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    let members = codes.map {
      ["code": $0.id, "severity": $0.severity.rawValue, "meaning": $0.meaning, "hint": $0.hint]
    }
    return String(decoding: try encoder.encode(members), as: UTF8.self)
  }
}
