internal import Crypto
internal import FoundationEssentials

/// A text with an Ed25519 signature, in the C2SP signed-note layout (c2sp.org/signed-note): lines,
/// an empty line, and signature lines that begin with an em dash. Witnesses of transparency logs
/// read it as it is.
public struct SignedNote: Sendable, Equatable {
  /// The signed lines, each ending in a line feed.
  public let text: String
  /// Name of the key, key hash and signature of each signature line.
  let signatures: [Signature]

  struct Signature: Sendable, Equatable {
    let name: String
    /// Four bytes that tell keys of one name apart.
    let keyHash: [UInt8]
    let bytes: [UInt8]
  }

  /// Signs `text`, which must end in a line feed.
  public init(_ text: String, signedBy key: NoteSigner) throws {
    self.text = text
    signatures = [
      Signature(
        name: key.verifier.name, keyHash: key.verifier.keyHash,
        bytes: try key.signature(of: Array(text.utf8)))
    ]
  }

  /// Reads a note; `nil` if it is none. Nothing is verified yet.
  public init?(parsing note: String) {
    guard let gap = note.firstRange(of: "\n\n") else { return nil }
    text = String(note[..<gap.lowerBound]) + "\n"
    var found: [Signature] = []
    for line in note[gap.upperBound...].split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 3, parts[0] == "—", let blob = Data(base64Encoded: String(parts[2])),
        blob.count > 4
      else { return nil }
      found.append(
        Signature(
          name: String(parts[1]), keyHash: Array(blob.prefix(4)), bytes: Array(blob.dropFirst(4))))
    }
    guard !found.isEmpty else { return nil }
    signatures = found
  }

  /// The note as a file.
  public var rendered: String {
    text + "\n"
      + signatures.map {
        "— \($0.name) \(Data($0.keyHash + $0.bytes).base64EncodedString())\n"
      }.joined()
  }

  /// Whether one of the signatures is this key's and fits the text.
  public func isSigned(by key: NoteVerifier) -> Bool {
    signatures.contains {
      $0.name == key.name && $0.keyHash == key.keyHash
        && key.isValid(signature: $0.bytes, of: Array(text.utf8))
    }
  }
}

/// The public half of a note key, written `name+hash+key` (C2SP signed-note, Ed25519).
public struct NoteVerifier: Sendable, Equatable {
  public let name: String
  private let publicKey: [UInt8]

  init(name: String, publicKey: [UInt8]) {
    self.name = name
    self.publicKey = publicKey
  }

  /// Reads `name+hash+key`; `nil` if it is malformed or the hash does not fit.
  public init?(parsing text: String) {
    let parts = text.split(separator: "+", maxSplits: 2)
    guard parts.count == 3, let blob = Data(base64Encoded: String(parts[2])), blob.count == 33,
      blob.first == 1
    else { return nil }
    self.init(name: String(parts[0]), publicKey: Array(blob.dropFirst()))
    guard parts[1] == Self.hexadecimal(keyHash) else { return nil }
  }

  /// The first four bytes of SHA-256 over name, line feed, algorithm 1 and key.
  var keyHash: [UInt8] {
    Array(SHA256.hash(data: Array((name + "\n").utf8) + [1] + publicKey).prefix(4))
  }

  /// What to hand to whoever shall verify.
  public var rendered: String {
    "\(name)+\(Self.hexadecimal(keyHash))+\(Data([1] + publicKey).base64EncodedString())"
  }

  func isValid(signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return false
    }
    return key.isValidSignature(signature, for: message)
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// The private half of a note key.
public struct NoteSigner: Sendable {
  private let key: Curve25519.Signing.PrivateKey
  private let name: String

  /// A new key under this name; names hold neither spaces nor plus signs.
  public init(name: String) {
    self.name = name
    key = Curve25519.Signing.PrivateKey()
  }

  /// Reads what `rendered` wrote; `nil` if it is something else.
  public init?(parsing text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let bytes = Data(base64Encoded: parts[1].filter { $0 != "\n" }),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    else { return nil }
    name = String(parts[0])
    self.key = key
  }

  /// The key as a file that only its owner may read.
  public var rendered: String { "\(name) \(key.rawRepresentation.base64EncodedString())\n" }

  public var verifier: NoteVerifier {
    NoteVerifier(name: name, publicKey: Array(key.publicKey.rawRepresentation))
  }

  func signature(of message: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: message)) }
}
