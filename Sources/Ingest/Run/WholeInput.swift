/// An input whose rows are made of pieces that count together: somebody who came to a meeting twice,
/// one thing several statements say. What a mended piece is worth depends on the others, so that
/// where any row is turned down all of them are given back, and the reasons beside those of the row.
protocol WholeInput: AnyObject {
  /// Hands over all pieces that count, in the order of the input and as they stand there.
  ///
  /// - Parameter take: is given a piece, how many cells it lacks where it is the row of a table, and
  ///   which of the rows it became part of, counted from 0; `nil` for one that is of no row.
  func giveBack(_ take: (_ piece: [UInt8], _ lacking: Int, _ row: Int?) -> Void) throws
}
