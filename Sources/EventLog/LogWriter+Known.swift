internal import Events
internal import Postgres

extension LogWriter {
  /// What the log makes of each draft.
  /// - Parameter trusting: the log is taken to know none of the keys, which its index checks.
  func outcomes(_ prepared: PreparedDrafts, trusting: Bool) throws -> [RecordedOutcome] {
    unchangedPositions.removeAll(keepingCapacity: true)
    let drafts = prepared.drafts
    let digests = prepared.keys
    let known =
      trusting && !drafts.contains(where: \.onlyIfKnown)
      ? [:] : try newest(of: digests.compactMap { $0 })
    var seen = Dictionary<SourceKey, Int>(minimumCapacity: drafts.count)
    return drafts.indices.map { index in
      guard let digest = digests[index] else { return .new }
      if let earlier = seen.updateValue(index, forKey: digest) {
        seen[digest] = earlier
        return drafts[earlier].saysTheSame(as: drafts[index]) ? .duplicate : .conflicting
      }
      if dryKeys.count > 0, let isSame = dryKeys.met(digest, with: drafts[index].fingerprint) {
        return isSame ? .duplicate : .conflicting
      }
      let mayWrite = !drafts[index].onlyIfKnown
      guard let stored = known[digest] else { return mayWrite ? .new : .conflicting }
      if let retraction = stored.retractedBy {
        return mayWrite ? .restored(position: retraction) : .conflicting
      }
      guard stored.body != nil else { return .erased }
      let isOwn = answered.contains(stored.position)
      if stored.holds(drafts[index]) {
        guard !isOwn else { return .duplicate }
        unchangedPositions.append(stored.position)
        return .unchanged
      }
      guard !isOwn, mayWrite else { return .conflicting }
      return .corrected(
        position: stored.position, before: stored.body ?? [], subject: stored.subject,
        occurredAt: stored.occurredAt)
    }
  }

  /// What the log made of the same drafts when an earlier attempt recorded them and did not live to
  /// hear the answer.
  /// - Returns: `nil` if the block was made of other drafts: then they must be recorded now.
  func replayed(
    _ prepared: PreparedDrafts, _ block: ClosedRange<Int64>, _ answers: [RecordedOutcome]
  ) throws -> [RecordedOutcome]? {
    let then = try outcomes(of: block)
    var answers = answers
    var told: Set<SourceKey> = []
    for (index, key) in prepared.keys.enumerated() {
      guard let key, told.insert(key).inserted else { continue }
      switch answers[index] {
      case .unchanged:
        if let answer = then[key] { answers[index] = answer }
      case .duplicate, .conflicting, .erased: break
      case .new, .corrected, .restored: return nil
      }
    }
    return answers
  }

  /// What the drafts of a block were when it was appended, by row key.
  private func outcomes(
    of block: ClosedRange<Int64>
  ) throws -> [SourceKey: RecordedOutcome] {
    let rows = try session.query(
      """
      SELECT e.source_key, e.supersedes, o.type = 'record_retracted', o.body, o.subject_id,
             (extract(epoch FROM o.occurred_at) * 1000000)::bigint
        FROM log.event AS e
        LEFT JOIN log.event AS o
          ON o.institution_id = e.institution_id AND o.position = e.supersedes
       WHERE e.institution_id = $1 AND e.position BETWEEN $2 AND $3 AND e.source_key IS NOT NULL
      """, [.int(Int64(institution)), .int(block.lowerBound), .int(block.upperBound)])
    var outcomes: [SourceKey: RecordedOutcome] = [:]
    for row in rows {
      let key = SourceKey(try row.uuid(0))
      guard let superseded = row.optionalInt(1).map(Int64.init) else {
        outcomes[key] = .new
        continue
      }
      outcomes[key] =
        try row.bool(2)
        ? .restored(position: superseded)
        : .corrected(
          position: superseded, before: row.utf8(3) ?? [], subject: row.optionalUUID(4),
          occurredAt: Int64(try row.int(5)))
    }
    return outcomes
  }

  private func newest(of digests: [SourceKey]) throws -> [SourceKey: StoredRecord] {
    guard !digests.isEmpty else { return [:] }
    var known: [SourceKey: StoredRecord] = [:]
    let rows = try session.query(
      StoredRecord.newestQuery, [.int(Int64(institution)), .uuidArray(digests.map(\.uuid))])
    for row in rows {
      known[SourceKey(try row.uuid(0))] = try StoredRecord(row)
    }
    return known
  }

  /// Whether a dry run has met more keys than it remembers.
  var hasForgotten: Bool { dryKeys.isFull }

  func remember(_ answers: [RecordedOutcome], _ prepared: PreparedDrafts) -> [RecordedOutcome] {
    for (index, answer) in answers.enumerated() {
      guard !dryKeys.isFull else { break }
      guard let digest = prepared.keys[index], answer != .duplicate, answer != .conflicting else {
        continue
      }
      dryKeys.insert(digest, with: prepared.drafts[index].fingerprint)
    }
    return answers
  }
}

// What counts as content here is what `StoredRecord.holds` compares and the leaf covers.
extension EventDraft {
  fileprivate func saysTheSame(as other: EventDraft) -> Bool {
    type == other.type && schemaVersion == other.schemaVersion && occurredAt == other.occurredAt
      && precision == other.precision && subject == other.subject
      && EventDraft.content(of: body) == EventDraft.content(of: other.body)
  }

  var fingerprint: Int {
    var hasher = Hasher()
    hasher.combine(type)
    hasher.combine(schemaVersion)
    hasher.combine(occurredAt)
    hasher.combine(precision)
    hasher.combine(subject)
    hasher.combine(EventDraft.content(of: body))
    return hasher.finalize()
  }
}
