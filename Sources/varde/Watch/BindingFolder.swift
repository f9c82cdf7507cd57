import FoundationEssentials
import Ingest

/// The bindings of a drop folder: `bindings/teams.binding.yaml` is for files whose names begin with
/// `teams`. Of several the longest name wins.
struct BindingFolder {
  private let folder: String

  init(_ folder: String) { self.folder = folder }

  func binding(for path: String) throws -> Binding? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let fitting = names.compactMap { file in
      BindingFolder.word(of: file).map { (file: file, word: $0) }
    }.filter { DroppedFile.begins(name, with: $0.word) }
    guard let best = fitting.max(by: { $0.word.count < $1.word.count }) else { return nil }
    return try Binding(file: "\(folder)/\(best.file)")
  }

  /// What names must begin with; `nil` for what is no binding.
  private static func word(of file: String) -> String? {
    for ending in [".binding.yaml", ".binding.yml", ".yaml", ".yml"] where file.hasSuffix(ending) {
      let word = String(file.dropLast(ending.count))
      return word.isEmpty || word.hasPrefix(".") ? nil : word
    }
    return nil
  }
}
