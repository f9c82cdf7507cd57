/// The smallest unions of few small atoms that lie in a row space.
///
/// Candidates are unions whose fingerprints sum to 0. Every union in the row space is one, so
/// nothing is missed; each is then proved, so nothing is found by chance. The last atom of a
/// union is looked up by the fingerprint that is left: with at most three atoms the work grows
/// with the square of their number.
struct SmallUnions {
  private var space: RowSpace
  private let sizes: [Int]
  private let minimum: Int
  private let fingerprint: [UInt64]
  private let field: PrimeField
  /// Atoms that can be part of a union, small ones first, and their places by fingerprint.
  private let atoms: [Int]
  private var places: [UInt64: [Int]] = [:]
  private var found: Set<[Int]> = []

  /// Unions of up to `count` atoms with fewer than `minimum` people together, each ascending.
  static func determined(
    in space: inout RowSpace, sizes: [Int], below minimum: Int, atMost count: Int
  ) -> [[Int]] {
    var search = SmallUnions(&space, sizes, minimum)
    for size in stride(from: 1, through: min(count, minimum - 1, search.atoms.count), by: 1) {
      search.extend([], from: 0, people: 0, sum: 0, more: size)
    }
    return Array(search.found)
  }

  private init(_ space: inout RowSpace, _ sizes: [Int], _ minimum: Int) {
    self.sizes = sizes
    self.minimum = minimum
    (fingerprint, field) = space.fingerprint()
    self.space = space
    atoms = sizes.indices.filter { sizes[$0] < minimum }.sorted {
      (sizes[$0], $0) < (sizes[$1], $1)
    }
    for (place, atom) in atoms.enumerated() { places[fingerprint[atom], default: []].append(place) }
  }

  private mutating func extend(
    _ union: [Int], from first: Int, people: Int, sum: UInt64, more: Int
  ) {
    if more == 1 {
      let missing = field.difference(0, sum)
      for place in places[missing] ?? [] where place >= first {
        if people + sizes[atoms[place]] < minimum { prove((union + [atoms[place]]).sorted()) }
      }
      return
    }
    for place in first..<max(first, atoms.count) {
      let atom = atoms[place]
      // All that follow are at least as large.
      guard people + more * sizes[atom] < minimum else { return }
      // What is given away alone makes every union with it no news.
      if found.contains([atom]) { continue }
      extend(
        union + [atom], from: place + 1, people: people + sizes[atom],
        sum: field.sum(sum, fingerprint[atom]), more: more - 1)
    }
  }

  private mutating func prove(_ union: [Int]) {
    if !containsFound(union), space.contains(union) { found.insert(union) }
  }

  private func containsFound(_ union: [Int]) -> Bool {
    // Small unions have fewer parts than there may be findings.
    guard union.count <= 10 else {
      let members = Set(union)
      return found.contains { members.isSuperset(of: $0) }
    }
    return (1..<(1 << union.count)).contains { mask in
      found.contains(union.indices.filter { mask >> $0 & 1 == 1 }.map { union[$0] })
    }
  }
}
