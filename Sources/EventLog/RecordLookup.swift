public import Postgres

/// Looks up what the log holds now under the natural keys of records.
public struct RecordLookup {
  let session: Session
  let institution: Int32
  let keys: SourceKeyMaker

  /// - Parameter keySecret: the vault's secret for this institution's row keys.
  public init(session: Session, institution: Int32, keySecret: [UInt8]) {
    self.session = session
    self.institution = institution
    keys = SourceKeyMaker(secret: keySecret)
  }

  /// Bodies of the records in effect, by natural key; what is unknown, retracted or erased is
  /// absent from the answer.
  public func bodies(of naturalKeys: [String]) throws -> [String: [UInt8]] {
    guard !naturalKeys.isEmpty else { return [:] }
    var keys = keys
    var names: [SourceKey: String] = [:]
    for naturalKey in naturalKeys { names[keys.key(for: naturalKey)] = naturalKey }
    let rows = try session.query(
      StoredRecord.newestQuery, [.int(Int64(institution)), .uuidArray(names.keys.map(\.uuid))])
    var bodies: [String: [UInt8]] = [:]
    for row in rows {
      let record = try StoredRecord(row)
      guard record.retractedBy == nil, let name = names[SourceKey(try row.uuid(0))] else {
        continue
      }
      bodies[name] = record.body
    }
    return bodies
  }
}
