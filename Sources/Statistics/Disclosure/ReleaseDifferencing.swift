/// Which small groups of people all published figures together give away, although no figure is
/// about a small group.
///
/// A figure that is a sum or a count over people (a mean with its n is one) can be added to and
/// taken from another. People who stand in the same figures form an atom; a union of atoms is
/// given away exactly when its members, as a row of zeros and ones, are a linear combination of
/// the published figures' members. The answer is exact, not up to rounding.
///
/// Give it every figure ever published of the same measure to an overlapping audience, and those
/// about to be.
///
/// Source: Hundepool et al. (2012), Statistical Disclosure Control, ch. 4.
/// doi:10.1002/9781118348239
public struct ReleaseDifferencing<Person: Hashable & Comparable & Sendable>: Sendable, Equatable {
  /// A published figure and whom it is about.
  public struct Cell: Sendable, Equatable {
    public let name: String
    public let members: Set<Person>

    public init(name: String, members: Set<Person>) {
      self.name = name
      self.members = members
    }
  }

  /// Groups of people whom the figures do not tell apart.
  public let atomCount: Int
  /// How many of the figures are no combination of the others.
  public let rank: Int
  /// Groups of 1 up to one below the minimum whose figure can be computed, each ascending;
  /// smaller groups first. Groups that contain another one of the list are left out.
  public let disclosed: [[Person]]

  /// Whether no small group is given away.
  public var isSafe: Bool { disclosed.isEmpty }

  /// - Parameter minimumCell: a group of so many people may be known.
  /// - Parameter maximumUnion: of how many atoms a group may be made; what would take more is
  ///   not looked for.
  public init(cells: [Cell], minimumCell: Int, maximumUnion: Int = 3) {
    let atoms = Self.atoms(cells)
    var rows = [[Int]](repeating: [], count: cells.count)
    for (atom, entry) in atoms.enumerated() {
      for cell in entry.cells { rows[cell].append(atom) }
    }
    var space = RowSpace(rows: rows, columns: atoms.count)
    atomCount = atoms.count
    rank = space.rank
    let unions = SmallUnions.determined(
      in: &space, sizes: atoms.map(\.people.count), below: minimumCell, atMost: maximumUnion)
    disclosed = unions.map { union in union.flatMap { atoms[$0].people }.sorted() }
      .sorted { first, second in
        first.count == second.count
          ? first.lexicographicallyPrecedes(second) : first.count < second.count
      }
  }

  /// People by the figures in which they stand; everybody stands in one at least.
  private static func atoms(_ cells: [Cell]) -> [(cells: [Int], people: [Person])] {
    var memberships: [Person: [Int]] = [:]
    for (index, cell) in cells.enumerated() {
      for person in cell.members { memberships[person, default: []].append(index) }
    }
    var atoms: [[Int]: [Person]] = [:]
    for (person, cells) in memberships { atoms[cells, default: []].append(person) }
    // Any order would do, if it were always the same.
    return atoms.map { (cells: $0.key, people: $0.value) }
      .sorted { $0.cells.lexicographicallyPrecedes($1.cells) }
  }
}
