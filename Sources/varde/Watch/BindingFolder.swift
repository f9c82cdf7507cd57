import FoundationEssentials
import Ingest

/// The bindings of a drop folder: `bindings/teams.binding.yaml` is for files whose names begin with
/// `teams`, in capitals or not. Of several the longest name wins.
struct BindingFolder {
  private let folder: String

  init(_ folder: String) { self.folder = folder }

  func binding(for path: String) throws -> Binding? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let fitting = names.compactMap { file in
      BindingFolder.word(of: file).map { (file: file, word: $0) }
    }.filter { DroppedFile.begins(name, with: $0.word) }
    // Two that differ in capitals only are one each for its own spelling.
    func rank(_ word: String) -> (Int, Int) { (word.count, name.hasPrefix(word) ? 1 : 0) }
    guard let best = fitting.max(by: { rank($0.word) < rank($1.word) }) else { return nil }
    return try Binding(file: "\(folder)/\(best.file)")
  }

  /// What names must begin with; `nil` for what is no binding.
  private static func word(of file: String) -> String? {
    for ending in [".binding.yaml", ".binding.yml", ".yaml", ".yml"]
    where file.lowercased().hasSuffix(ending) {
      let word = String(file.dropLast(ending.count))
      return word.isEmpty || word.hasPrefix(".") ? nil : word
    }
    return nil
  }
}
