/// Ids that were met, however many there are: in memory while they are few, and then in a temporary
/// file, as a table of their hashes.
///
/// Of ten million ids, two have the same hash with a probability of three in a million.
final class LargeIDSet {
  private let name: String
  private let bound: Int
  private var few: Set<UInt64> = []
  private var many: HashTable?

  /// - Parameters:
  ///   - name: the input whose ids these are.
  ///   - bound: ids that are held in memory.
  init(for name: String, bound: Int = 1 << 18) {
    self.name = name
    self.bound = bound
  }

  /// Adds an id; answers whether it is new.
  func insert(_ id: String) throws -> Bool {
    let hash = LargeIDSet.hash(id)
    if let many { return try many.insert(hash) }
    let isNew = few.insert(hash).inserted
    if few.count > bound {
      let table = try HashTable(name, slots: max(64, 8 * bound))
      for hash in few { _ = try table.insert(hash) }
      many = table
      few = []
    }
    return isNew
  }

  func contains(_ id: String) throws -> Bool {
    let hash = LargeIDSet.hash(id)
    return try many?.contains(hash) ?? few.contains(hash)
  }

  /// Never 0, which is an empty place of the table.
  private static func hash(_ id: String) -> UInt64 {
    max(1, UInt64(bitPattern: Int64(id.hashValue)))
  }
}

/// Hashes in a temporary file, each in the first free place from the one it points to.
private final class HashTable {
  private let name: String
  private var file: TemporaryFile
  private var slots: Int
  private var count = 0

  init(_ name: String, slots: Int) throws {
    self.name = name
    self.slots = slots
    file = try TemporaryFile(for: name)
  }

  func contains(_ hash: UInt64) throws -> Bool { try place(of: hash, in: file).isTaken }

  func insert(_ hash: UInt64) throws -> Bool {
    if 2 * count > slots { try grow() }
    guard try put(hash, in: file) else { return false }
    count += 1
    return true
  }

  private func put(_ hash: UInt64, in file: TemporaryFile) throws -> Bool {
    let place = try place(of: hash, in: file)
    guard !place.isTaken else { return false }
    try withUnsafeBytes(of: hash) { try file.write($0, at: 8 * place.slot) }
    return true
  }

  private func place(
    of hash: UInt64, in file: TemporaryFile
  ) throws -> (slot: Int, isTaken: Bool) {
    var slot = Int(hash % UInt64(slots))
    while true {
      var found: UInt64 = 0
      try withUnsafeMutableBytes(of: &found) { try file.read(at: 8 * slot, into: $0) }
      if found == hash { return (slot, true) }
      if found == 0 { return (slot, false) }
      slot = (slot + 1) % slots
    }
  }

  private func grow() throws {
    let old = file
    let larger = try TemporaryFile(for: name)
    slots *= 4
    var block = [UInt64](repeating: 0, count: 8_192)
    for start in stride(from: 0, to: old.size, by: 8 * block.count) {
      try block.withUnsafeMutableBytes { try old.read(at: start, into: $0) }
      for hash in block where hash != 0 { _ = try put(hash, in: larger) }
    }
    file = larger
  }
}
