import EventLog
import Events
import Ingest
import Release

/// Every stable code of the program, gathered from the modules' own lists.
enum CodeList {
  /// What the first digits tell.
  struct Chapter {
    let title: String
    let codes: [ListedCode]
  }

  static let chapters: [Chapter] = [
    Chapter(
      title: "Programme definitions", codes: DefinitionCodes.all + of(CommandCodes.all, "VD1")),
    Chapter(
      title: "Files: bytes and shape",
      codes: (of(IngestCode.listed, "VD2") + of(CommandCodes.all, "VD2")).sorted { $0.id < $1.id }),
    Chapter(title: "Files: what stands in a cell", codes: of(IngestCode.listed, "VD3")),
    Chapter(
      title: "Files: rules across records",
      codes: (of(IngestCode.listed, "VD4") + of(CommandCodes.all, "VD4")).sorted { $0.id < $1.id }),
    Chapter(title: "Releases", codes: ReleaseCodes.all),
    Chapter(
      title: "Commands and the database",
      codes: of(CommandCodes.all, "VD3") + of(CommandCodes.all, "VD6")),
    Chapter(title: "The log", codes: LogCodes.all),
  ]

  static let all = chapters.flatMap(\.codes)

  private static func of(_ codes: [ListedCode], _ prefix: String) -> [ListedCode] {
    codes.filter { $0.id.hasPrefix(prefix) }
  }

  /// The list as a page of the documentation.
  static var markdown: String {
    var text = """
      # Codes

      Every error and warning of Varde has a code that never changes its meaning: a number is not given to another matter, and one
      that is retired stays retired. Messages and hints may improve. This page is made by `varde codes --markdown`; `varde codes VD303`
      prints one code.

      """
    for chapter in chapters {
      text +=
        "\n## \(chapter.title)\n\n| code | severity | what it means | what to do |\n|---|---|---|---|\n"
      for code in chapter.codes {
        text +=
          "| \(code.id) | \(code.severity.rawValue) | \(code.meaning) | \(cell(code.hint)) |\n"
      }
    }
    return text
  }

  /// A hint may hold a bar, which would end the cell.
  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
