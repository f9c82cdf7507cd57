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

  /// A record as it stands now.
  public struct Found: Sendable {
    public let position: Int64
    public let body: [UInt8]
  }

  /// Bodies of the records in effect, by natural key; what is unknown, retracted or erased is
  /// absent from the answer.
  public func bodies(of naturalKeys: [String]) throws -> [String: [UInt8]] {
    try records(of: naturalKeys).mapValues(\.body)
  }

  /// The records in effect, by natural key; what is unknown, retracted or erased is absent.
  public func records(of naturalKeys: [String]) throws -> [String: Found] {
    guard !naturalKeys.isEmpty else { return [:] }
    var keys = keys
    var names: [SourceKey: String] = [:]
    for naturalKey in naturalKeys { names[keys.key(for: naturalKey)] = naturalKey }
    let rows = try session.query(
      StoredRecord.newestQuery, [.int(Int64(institution)), .uuidArray(names.keys.map(\.uuid))])
    var found: [String: Found] = [:]
    for row in rows {
      let record = try StoredRecord(row)
      guard record.retractedBy == nil, let name = names[SourceKey(try row.uuid(0))],
        let body = record.body
      else { continue }
      found[name] = Found(position: record.position, body: body)
    }
    return found
  }
}
