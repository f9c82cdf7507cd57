import Glibc
import Postgres

extension Files {
  /// What a folder has under one name.
  struct Entry {
    enum Form {
      case file, folder, link, other
    }

    /// `nil` where the name is no text.
    let name: String?
    /// The name as it may be shown.
    let shown: String
    let form: Form

    /// Room for what is added to the name of a file: a number, `.rejected-2.csv`, `.12345.part`.
    private static let longest = 200

    /// Whether whoever made it has marked it as hidden or unfinished.
    var isMarked: Bool {
      let name = shown.lowercased()
      return name.hasPrefix(".") || name.hasPrefix("~$") || name == "thumbs.db"
        || name == "desktop.ini"
        || [".part", ".partial", ".tmp", ".crdownload", ".filepart"].contains {
          name.hasSuffix($0)
        }
    }

    /// Why it is not taken, `nil` for a file that can be.
    var objection: String? {
      switch form {
      case .link: return "it is a symbolic link; put the file itself here"
      case .folder: return "it is a folder within a folder"
      case .other: return "it is no file"
      case .file: break
      }
      guard let name else { return "its name is not UTF-8" }
      if name.unicodeScalars.contains(where: isControl) { return "its name has control characters" }
      if name.utf8.count > Entry.longest {
        return "its name is longer than \(Entry.longest) bytes"
      }
      return nil
    }
  }

  /// What a folder has, by name; also names that are no text.
  static func entries(in folder: String) throws -> [Entry] {
    guard let listing = opendir(folder) else { throw SystemError("read \(folder)", errno) }
    defer { closedir(listing) }
    var found: [Entry] = []
    while let entry = readdir(listing) {
      let bytes = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: UInt8.self, capacity: 256) { start in
          Array(UnsafeBufferPointer(start: start, count: strlen(UnsafeRawPointer(start))))
        }
      }
      guard bytes != Array(".".utf8), bytes != Array("..".utf8) else { continue }
      // Gone again already.
      guard let form = form(of: bytes, in: dirfd(listing)) else { continue }
      let lossy = String(decoding: bytes, as: UTF8.self)
      let shown = String(
        String.UnicodeScalarView(lossy.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
      found.append(Entry(name: String(validating: bytes, as: UTF8.self), shown: shown, form: form))
    }
    return found.sorted { $0.shown < $1.shown }
  }

  private static func form(of name: [UInt8], in folder: Int32) -> Entry.Form? {
    var status = stat()
    let isThere = (name + [0]).withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return false }
      return fstatat(
        folder, start.assumingMemoryBound(to: CChar.self), &status, AT_SYMLINK_NOFOLLOW) == 0
    }
    guard isThere else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }
}
