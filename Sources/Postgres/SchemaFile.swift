import CSchema

/// One SQL file of Schema/, carried in the binary.
public struct SchemaFile: Sendable {
  /// Path below Schema/, for example `migrations/0001_log.sql`.
  public let path: String
  public let sql: String

  /// All files, in the order in which they are loaded.
  public static let all: [SchemaFile] = (0..<varde_schema_file_count()).compactMap { index in
    guard let file = varde_schema_file_at(index)?.pointee else { return nil }
    return SchemaFile(path: String(cString: file.path), sql: String(cString: file.text))
  }

  /// The files below one folder, in order.
  public static func below(_ folder: String) -> [SchemaFile] {
    all.filter { $0.path.hasPrefix(folder + "/") }
  }
}
