internal import Events

/// How the columns of a tool's file become records: one YAML file a source.
public struct Binding: Sendable {
  /// The file the binding came from.
  public let file: String
  /// As it was written.
  let text: String
  let tool: any ToolBinding
  /// The sheet of a workbook it is for, by name or by number from 1; other files have none.
  private(set) var sheet: String?

  /// The kind of record it makes.
  public var kind: String { tool.kind }

  /// Reads a binding file; throws all that is wrong with it.
  public init(file: String) throws {
    let source = try ByteSource(path: file)
    let decoder = TextDecoder(source, file: file)
    var text: [UInt8] = []
    while text.count < 1 << 20, try decoder.append(to: &text) {}
    try self.init(yaml: String(decoding: text, as: UTF8.self), file: file)
  }

  /// Reads a binding from text; `file` is what messages call it.
  public init(yaml: String, file: String) throws {
    var reader = try BindingReader(yaml: yaml, file: file)
    let name = reader.text("tool", oneOf: Tools.all.map { $0.tool })
    guard let type = Tools.all.first(where: { $0.tool == name }) else {
      throw InputError(reader.found)
    }
    sheet = reader.bound("sheet", required: false)?.text
    self.file = file
    text = yaml
    tool = try type.init(&reader)
  }

  /// Checks what the binding names against what is recorded; throws all that is not known.
  public func check(against register: Register, sessions: any SessionSource) throws {
    try tool.check(against: register, SessionDirectory(sessions), binding: file)
  }
}

/// A text of a binding and where it stands there.
struct BoundText: Sendable, Equatable {
  var text: String
  var line: Int
  var column: Int
}
