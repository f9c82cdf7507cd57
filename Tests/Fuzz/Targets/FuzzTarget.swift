#if DEBUG
  import Events
  @testable import Ingest

  /// One entrance for bytes that may be anything. Running it ends the program where something does
  /// not hold that must hold for every input.
  public enum FuzzTarget: String, CaseIterable, Sendable {
    /// Delimited text, whatever the blocks it arrives in. The first byte chooses delimiter and block.
    case csv
    /// Bytes to text and back. The first byte chooses encoding and block.
    case decoder
    /// A whole file of some kind, of whatever form its first bytes say. The first byte chooses the kind.
    case file
    /// An attendance report of Teams.
    case teams
    /// Responses from Nettskjema.
    case nettskjema
    /// A binding.
    case binding
    /// Lines of JSON.
    case json

    public func run(_ bytes: UnsafeBufferPointer<UInt8>) {
      let rest = Array(bytes.dropFirst())
      let choice = Int(bytes.first ?? 0)
      switch self {
      case .csv: TextChecks.rows(rest, choice)
      case .decoder: TextChecks.decoding(rest, choice)
      case .file:
        FuzzScene.shared.send(rest, RecordKinds.all[choice % RecordKinds.all.count])
      case .teams: FuzzScene.shared.send(Array(bytes), FuzzScene.teams)
      case .nettskjema: FuzzScene.shared.send(Array(bytes), FuzzScene.nettskjema)
      case .binding: FuzzScene.shared.bind(String(decoding: bytes, as: UTF8.self))
      case .json: TextChecks.lines(Array(bytes))
      }
    }
  }
#endif
