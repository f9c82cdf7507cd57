import Testing

@testable import Statistics

@Suite struct DifferencingTests {
  private static let seeds: ClosedRange<UInt64> = 1...150
  private typealias Cell = ReleaseDifferencing<Int>.Cell

  /// Rank by elimination over fractions, kept as whole numbers of 128 bits; small matrices only.
  private func rank(_ rows: [[Int]], _ columns: Int) -> Int {
    var rows = rows.map { ones in (0..<columns).map { Int128(ones.contains($0) ? 1 : 0) } }
    var rank = 0
    for column in 0..<columns {
      guard let found = (rank..<rows.count).first(where: { rows[$0][column] != 0 }) else {
        continue
      }
      rows.swapAt(rank, found)
      for other in rank + 1..<max(rank + 1, rows.count) where rows[other][column] != 0 {
        let (a, b) = (rows[rank][column], rows[other][column])
        rows[other] = rows[other].indices.map { rows[other][$0] * a - rows[rank][$0] * b }
        var divisor: Int128 = 0
        for var value in rows[other] {
          while value != 0 { (divisor, value) = (value, divisor % value) }
        }
        if divisor != 0 { rows[other] = rows[other].map { $0 / divisor } }
      }
      rank += 1
    }
    return rank
  }

  @Test(arguments: seeds) func `rank and row space are those over the fractions`(seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    let columns = Int.random(in: 1...9, using: &random)
    func row() -> [Int] { (0..<columns).filter { _ in Bool.random(using: &random) } }
    let rows = (0..<Int.random(in: 0...9, using: &random)).map { _ in row() }
    var space = RowSpace(rows: rows, columns: columns)
    #expect(space.rank == rank(rows, columns), "seed \(seed)")
    for _ in 0..<20 {
      let other = row()
      let isInside = space.contains(other)
      #expect(isInside == (rank(rows + [other], columns) == space.rank), "seed \(seed)")
    }
    let fingerprint = space.fingerprint()
    for row in rows {
      let sum = row.reduce(0) { fingerprint.field.sum($0, fingerprint.values[$1]) }
      #expect(sum == 0, "seed \(seed)")
    }
  }

  @Test func `a determinant beyond 64 bits does not deceive`() {
    // Paley's matrix of order 103: its determinant has over 240 bits, so one prime proves nothing.
    let order = 103
    let squares = Set((1..<order).map { $0 * $0 % order })
    let rows = (0..<order).map { row in
      (0..<order).filter { squares.contains((row - $0 + order) % order) }
    }
    #expect(RowSpace(rows: rows, columns: order).rank == order)
    var shorter = RowSpace(rows: Array(rows.dropLast()), columns: order)
    let last = shorter.contains(rows[order - 1])
    #expect(shorter.rank == order - 1 && !last)
    // All rows together are the row of ones times (order − 1)/2.
    var whole = RowSpace(rows: rows.map { $0 + [order] }, columns: order + 1)
    let ones = whole.contains(Array(0..<order))
    let own = whole.contains(rows[5] + [order])
    #expect(whole.rank == order && !ones && own)
  }

  @Test(arguments: seeds) func `every small group that is given away is found`(seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    let people = Int.random(in: 1...14, using: &random)
    let cells = (0..<Int.random(in: 1...5, using: &random)).map { index in
      Cell(
        name: "\(index)",
        members: Set((0..<people).filter { _ in Bool.random(using: &random) }))
    }
    let minimum = Int.random(in: 1...6, using: &random)
    let audit = ReleaseDifferencing(cells: cells, minimumCell: minimum)
    var patterns: [[Bool]: [Int]] = [:]
    for person in 0..<people {
      patterns[cells.map { $0.members.contains(person) }, default: []].append(person)
    }
    let atoms = patterns.filter { $0.key.contains(true) }.map(\.value)
    #expect(audit.atomCount == atoms.count, "seed \(seed)")
    func rows(_ groups: [Set<Int>]) -> [[Int]] {
      groups.map { group in atoms.indices.filter { group.contains(atoms[$0][0]) } }
    }
    let base = rank(rows(cells.map(\.members)), atoms.count)
    #expect(audit.rank == base, "seed \(seed)")
    var found: [Set<Int>] = []
    for mask in 1..<max(1, 1 << atoms.count) where mask.nonzeroBitCount <= 3 {
      let union = Set(atoms.indices.filter { mask >> $0 & 1 == 1 }.flatMap { atoms[$0] })
      let with = rows(cells.map(\.members) + [union])
      if union.count < minimum, rank(with, atoms.count) == base { found.append(union) }
    }
    let smallest = found.filter { group in !found.contains { $0.isStrictSubset(of: group) } }
    let expected = smallest.map { $0.sorted() }.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count
    }
    #expect(audit.disclosed == expected, "seed \(seed)")
    #expect(audit.isSafe == expected.isEmpty)
    // The order of the figures says nothing.
    let shuffled = ReleaseDifferencing(
      cells: cells.shuffled(using: &random), minimumCell: minimum)
    #expect(shuffled.disclosed == audit.disclosed && shuffled.rank == audit.rank)
  }

  @Test(arguments: seeds) func `one more figure never makes a release safer`(seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    let cells = (0..<5).map { index in
      Cell(name: "\(index)", members: Set((0..<12).filter { _ in Bool.random(using: &random) }))
    }
    for count in 1..<cells.count {
      // Unions of any number of atoms, because a further figure splits them.
      let before = ReleaseDifferencing(
        cells: Array(cells.prefix(count)), minimumCell: 4, maximumUnion: 12)
      let after = ReleaseDifferencing(
        cells: Array(cells.prefix(count + 1)), minimumCell: 4, maximumUnion: 12)
      #expect(after.rank >= before.rank && after.atomCount >= before.atomCount)
      for group in before.disclosed {
        #expect(
          after.disclosed.contains { Set($0).isSubset(of: group) }, "seed \(seed)")
      }
    }
  }

  @Test func `edges of releases`() {
    let none = ReleaseDifferencing<String>(cells: [], minimumCell: 5)
    #expect(none.atomCount == 0 && none.rank == 0 && none.isSafe)
    let empty = ReleaseDifferencing(cells: [Cell(name: "", members: [])], minimumCell: 5)
    #expect(empty.rank == 0 && empty.isSafe)
    let small = Cell(name: "", members: [1, 2])
    #expect(ReleaseDifferencing(cells: [small], minimumCell: 5).disclosed == [[1, 2]])
    #expect(ReleaseDifferencing(cells: [small], minimumCell: 2).isSafe)
    #expect(ReleaseDifferencing(cells: [small], minimumCell: 5, maximumUnion: 0).isSafe)
    #expect(ReleaseDifferencing(cells: [small, small], minimumCell: 5).rank == 1)
  }

  @Test func `modular arithmetic keeps the laws of a field`() {
    var random = Xoshiro256StarStar(seed: 8)
    var fields = PrimeFields()
    for _ in 0..<3 {
      let field = fields.next()
      #expect(field.prime > 1 << 62 && PrimeField.isPrime(field.prime))
      for _ in 0..<200 {
        let numbers = [random.next(), random.next(), random.next()]
        let (a, b, c) = (
          field.element(numbers[0]), field.element(numbers[1]), field.element(numbers[2])
        )
        #expect(
          field.product(a, field.sum(b, c)) == field.sum(field.product(a, b), field.product(a, c)))
        #expect(field.difference(field.sum(a, b), b) == a)
        #expect(field.product(a, field.reciprocal(a)) == field.one)
        let product = (numbers[0] % field.prime).multipliedFullWidth(by: numbers[1] % field.prime)
        #expect(
          field.element(field.prime.dividingFullWidth(product).remainder) == field.product(a, b))
      }
    }
  }

  @Test func `primes are told from others`() {
    let small = (0..<2000).filter { number in
      number > 1 && !(2..<number).contains { number % $0 == 0 }
    }
    #expect((0..<2000).filter { PrimeField.isPrime(UInt64($0)) } == small)
    // 2^61 − 1 is prime; the others deceive some bases (Carmichael, strong pseudoprimes).
    #expect(PrimeField.isPrime(1 << 61 - 1))
    for composite: UInt64 in [561, 3_215_031_751, 3_825_123_056_546_413_051] {
      #expect(!PrimeField.isPrime(composite))
    }
  }
}
