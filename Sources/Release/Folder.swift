#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The few calls a release needs of the file system, each with an error that names the path.
enum Folder {
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Makes the folder and those above it; an existing one is fine.
  static func make(_ path: String) throws(ReleaseError) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw error("use as a folder", path, ENOTDIR)
      }
      return
    }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw error("make folder", path)
    }
    try make(String(path[..<slash]))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw error("make folder", path) }
  }

  /// A new folder with exactly these files, all of them on the disk when this returns.
  static func fill(_ path: String, with files: [ReleaseFile]) throws(ReleaseError) {
    remove(path)
    try make(path)
    var folders: Set<String> = []
    for file in files {
      if let slash = file.path.lastIndex(of: "/") {
        let folder = path + "/" + file.path[..<slash]
        if folders.insert(folder).inserted { try make(folder) }
      }
      try write(file.bytes, to: path + "/" + file.path)
    }
    for folder in folders.sorted() { try synchronise(folder) }
    try synchronise(path)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(ReleaseError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw error("write", path) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Self.system(descriptor, UnsafeRawBufferPointer(rebasing: buffer[written...]))
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw error("write", path)
      }
      written += count
    }
    guard fsync(descriptor) == 0 else { throw error("flush", path) }
  }

  private static func system(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  /// Makes the names in a folder last through a power cut.
  static func synchronise(_ path: String) throws(ReleaseError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw error("flush", path) }
  }

  static func move(_ from: String, to path: String) throws(ReleaseError) {
    guard rename(from, path) == 0 else { throw error("move into place", path) }
  }

  /// Removes a file or a folder with everything in it; what cannot be removed stays.
  static func remove(_ path: String) {
    guard isFolder(path) else {
      unlink(path)
      return
    }
    for name in names(in: path) { remove(path + "/" + name) }
    rmdir(path)
  }

  /// Whether the folder holds these files with these bytes, and nothing else.
  static func holdsExactly(_ files: [ReleaseFile], at path: String) throws(ReleaseError) -> Bool {
    guard isFolder(path) else { return false }
    guard paths(below: path, prefix: "").sorted() == files.map(\.path).sorted() else {
      return false
    }
    for file in files where try read(path + "/" + file.path) != file.bytes { return false }
    return true
  }

  private static func paths(below path: String, prefix: String) -> [String] {
    names(in: path).flatMap { name in
      isFolder(path + "/" + name)
        ? paths(below: path + "/" + name, prefix: prefix + name + "/") : [prefix + name]
    }
  }

  private static func read(_ path: String) throws(ReleaseError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error("read", path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
      #else
        let count = Musl.read(descriptor, &chunk, chunk.count)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        throw error("read", path)
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// A folder itself; a link to one is a file here and is not followed.
  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private static func error(
    _ operation: String, _ path: String, _ number: Int32? = nil
  ) -> ReleaseError {
    .fileSystem(
      operation: operation, path: path, reason: String(cString: strerror(number ?? errno)))
  }
}
