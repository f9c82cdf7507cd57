internal import Events

/// Files a binding names beside the data.
enum Companion {
  /// A path in a binding is relative to the binding's folder.
  static func path(_ path: String, beside binding: String) -> String {
    guard !path.hasPrefix("/"), let slash = binding.lastIndex(of: "/") else { return path }
    return binding[...slash] + path
  }
}

extension BoundText {
  /// Opens the file of that name beside the binding; one that cannot be opened is the binding's fault.
  func opened<File>(beside binding: String, _ open: (String) throws -> File) throws -> File {
    do {
      return try open(Companion.path(text, beside: binding))
    } catch let error as InputError {
      let codes = [IngestCode.fileMissing, .isDirectory, .noPermission, .unreadable].map(\.id)
      guard let first = error.diagnostics.first, codes.contains(first.code) else { throw error }
      throw InputError([
        Diagnostic(
          .companionMissing, file: binding, line: line, column: column, message: first.message)
      ])
    }
  }
}
