internal import Glibc

/// The row space over the rational numbers of a matrix of zeros and ones, exactly: its rank, and
/// which rows of zeros and ones lie in it.
///
/// All arithmetic is modulo primes near 2^63. A determinant of order n of zeros and ones is at
/// most (n + 1)^((n + 1)/2) / 2^n in size (Hadamard), so it is 0 if it is 0 modulo primes whose
/// product exceeds that. A row lies in the row space exactly if all determinants of one more than
/// the rank vanish; so what holds modulo enough primes is a fact, not a guess.
///
/// Sources: Hadamard (1893), Bulletin des Sciences Mathématiques 17, 240–246; Brenner & Cummings
/// (1972), The Hadamard maximum determinant problem, American Mathematical Monthly 79, 626–630.
/// doi:10.1080/00029890.1972.11993099
struct RowSpace {
  let columns: Int
  /// Independent rows, each as the columns that hold a 1, and columns in which they are.
  private var basis: [[Int]] = []
  private var pivots: [Int] = []
  /// The basis modulo one prime each; enough of them for a proof once `contains` was asked.
  private var images: [RowSpaceImage] = []
  private var fields = PrimeFields()

  var rank: Int { basis.count }

  /// - Parameter rows: for each row the columns that hold a 1.
  init(rows: [[Int]], columns: Int) {
    self.columns = columns
    while true {
      // A prime may divide a determinant and so see too small a rank, never too large a one.
      let found = RowSpaceImage.basis(rows, columns, fields.next())
      basis = found.rows.map { rows[$0] }
      pivots = found.pivots
      images = []
      let others = Set(rows.indices).subtracting(found.rows).sorted()
      if others.allSatisfy({ contains(rows[$0]) }) { return }
    }
  }

  /// Whether a row of zeros and ones is a linear combination of the rows.
  mutating func contains(_ row: [Int]) -> Bool {
    if rank == columns { return true }
    let order = Double(rank + 1)
    let bits = (order + 1) / 2 * log2(order + 1) - order + 1
    var index = 0
    // Every prime here has more than 62 bits.
    while 62 * Double(index) < bits {
      guard image(index).contains(row) else { return false }
      index += 1
    }
    return true
  }

  /// One number per column, such that those of every row of the row space sum to 0 modulo
  /// `field.prime`; those of another row do so only by chance, of about 1 in 2^62.
  mutating func fingerprint() -> (values: [UInt64], field: PrimeField) {
    let image = image(0)
    return (image.kernelVector(seed: 1), image.field)
  }

  private mutating func image(_ index: Int) -> RowSpaceImage {
    while images.count <= index {
      if let image = RowSpaceImage(basis, pivots, columns, fields.next()) { images.append(image) }
    }
    return images[index]
  }
}
