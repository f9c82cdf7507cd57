internal import Postgres

extension FactWorker {
  /// Projects as many of the blocks as go, one after the other; what is wrong in the next one, if
  /// anything is.
  ///
  /// Halving finds the event. What goes is kept and not tried again, so all tries together read each
  /// event about twice, however many there are.
  func projectWhatGoes(
    _ institution: Int32, _ blocks: [Block]
  ) throws -> (taken: Int, poison: Poison?) {
    guard let first = blocks.first, let last = blocks.last else { return (0, nil) }
    guard try problem(institution, first.firstPosition...last.lastPosition) != nil else {
      return (blocks.count, nil)
    }
    var taken = 0
    if blocks.count > 1 {
      taken = try FactWorker.countThatGo(of: blocks.count) { part in
        let last = blocks[part.upperBound - 1].lastPosition
        return try problem(institution, blocks[part.lowerBound].firstPosition...last) == nil
      }
    }
    guard taken < blocks.count else { return (taken, nil) }
    let block = blocks[taken].firstPosition...blocks[taken].lastPosition
    if let poison = try poison(institution, in: block) { return (taken, poison) }
    return (taken + 1, nil)
  }

  /// The first event of a block that cannot be taken; if there is one, nothing of the block is kept,
  /// for a checkpoint stands between blocks. `nil` if all of it went, in parts.
  private func poison(_ institution: Int32, in block: ClosedRange<Int64>) throws -> Poison? {
    try session.execute("SAVEPOINT looking")
    var last: Poison?
    let taken = try FactWorker.countThatGo(of: block.count) { part in
      let low = block.lowerBound + Int64(part.lowerBound)
      last = try problem(institution, low...low + Int64(part.count) - 1)
      return last == nil
    }
    if taken < block.count { try session.execute("ROLLBACK TO SAVEPOINT looking") }
    try session.execute("RELEASE SAVEPOINT looking")
    return taken < block.count ? last : nil
  }

  /// How many of `count` things go, counted from the first, when all together do not.
  /// - Parameter go: tries a part that follows what went before; keeps it if it goes, leaves no trace
  ///   of it otherwise. The last part tried is the first thing that does not go, by itself.
  static func countThatGo(of count: Int, _ go: (Range<Int>) throws -> Bool) rethrows -> Int {
    var good = 0
    while good < count {
      var bad = count
      while bad - good > 1 {
        let middle = good + (bad - good) / 2
        if try go(good..<middle) { good = middle } else { bad = middle }
      }
      guard try go(good..<good + 1) else { return good }
      // By itself it goes: only together with others it did not.
      good += 1
      if good < count, try go(good..<count) { return count }
    }
    return good
  }

  /// Projects a range; what is wrong with it if that cannot be done, and then nothing is left of it.
  private func problem(_ institution: Int32, _ range: ClosedRange<Int64>) throws -> Poison? {
    do {
      try project(institution, range)
      return nil
    } catch let error as PostgresError where error.isAboutData {
      return Poison(
        position: range.lowerBound, sqlstate: error.sqlstate, message: FailureText.masked(error))
    } catch let unknown as UnknownEventType {
      return Poison(
        position: Int64(unknown.position), sqlstate: nil, message: "\(unknown)", isFinal: true)
    }
  }

  /// Leaves an institution alone for a while, in a transaction of its own.
  func postpone(_ institution: Int32, _ error: PostgresError) throws {
    try session.transaction {
      let generation = try generation(pinned: true)
      guard let checkpoint = try Checkpoint.lock(session, institution, generation: generation)
      else { return }
      try FailureBook(session: session).postpone(
        checkpoint.key, error, while: Hindrance.projecting)
    }
  }
}
