import ArgumentParser
import Events
import Ingest

struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Print the header of a file Varde reads, with an example row.",
    discussion: """
      Kinds: \(RecordKinds.all.map(\.name).joined(separator: ", ")).

      Example:
        $ varde template attendance > attendance.csv
      """)

  @Argument(
    help: "What the file records.", completion: .list(RecordKinds.all.map(\.name)))
  var kind: String

  @Option(help: "Language of the header: en or nb.")
  var language: Language = .en

  func run() throws {
    let template = try RecordKinds.known(kind).template(language: language)
    Console.line(String(template.dropLast()))
  }
}

extension RecordKinds {
  /// The kind of that name, or a failure that names the nearest.
  static func known(_ name: String) throws -> any RecordKind {
    if let kind = named(name) { return kind }
    let names = all.map(\.name)
    let hint =
      nearest(to: name, among: names).map { "did you mean '\($0)'?" }
      ?? "kinds are \(names.joined(separator: ", "))"
    throw Failure(
      code: "VD613", text: "there is no kind of record called '\(name)'\n  hint: \(hint)",
      status: .usage)
  }
}
