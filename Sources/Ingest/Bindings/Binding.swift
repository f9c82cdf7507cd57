/// How the columns of a tool's file become records: one YAML file a source.
public struct Binding: Sendable {
  enum Source: Sendable {
    case nettskjema(NettskjemaForm)
    case teams(TeamsMeeting)
  }

  /// The file the binding came from.
  public let file: String
  let source: Source

  /// The kind of record it makes.
  public var kind: String {
    switch source {
    case .nettskjema: "responses"
    case .teams: "attendance"
    }
  }

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
    let tool = reader.text("tool", oneOf: ["nettskjema", "teams"])
    self.file = file
    switch tool {
    case "teams": source = .teams(try TeamsMeeting(&reader))
    case "nettskjema": source = .nettskjema(try NettskjemaForm(&reader))
    default: throw InputError(reader.found)
    }
  }
}

/// A text of a binding and where it stands there.
struct BoundText: Sendable, Equatable {
  var text: String
  var line: Int
  var column: Int
}
