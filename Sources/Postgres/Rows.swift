import CPostgreSQL
public import FoundationEssentials

/// The rows a statement returned, in text format.
public final class Rows: RandomAccessCollection {
  let result: OpaquePointer

  /// Takes over `result` and frees it.
  init(_ result: OpaquePointer) { self.result = result }
  deinit { PQclear(result) }

  public var startIndex: Int { 0 }
  public var endIndex: Int { Int(PQntuples(result)) }
  public subscript(index: Int) -> Row { Row(rows: self, index: Int32(index)) }

  /// Rows changed by an INSERT, UPDATE, DELETE or COPY.
  public var affected: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

  /// Names of the columns, in order.
  public var columns: [String] {
    (0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) }
  }
}

/// One row; columns by their number from 0.
public struct Row {
  let rows: Rows
  let index: Int32

  /// `nil` where the column is NULL.
  public func optionalText(_ column: Int) -> String? {
    field(column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The column as the server wrote it, without a copy into a `String`.
  public func utf8(_ column: Int) -> [UInt8]? { field(column).map { Array($0) } }

  /// Lives as long as the rows do.
  private func field(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
    guard PQgetisnull(rows.result, index, Int32(column)) == 0 else { return nil }
    let length = Int(PQgetlength(rows.result, index, Int32(column)))
    guard let start = PQgetvalue(rows.result, index, Int32(column)) else { return nil }
    return UnsafeBufferPointer(
      start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: length)
  }

  public func text(_ column: Int) throws -> String {
    try unwrap(optionalText(column), column, "text")
  }

  public func optionalInt(_ column: Int) -> Int? { optionalText(column).flatMap { Int($0) } }
  public func int(_ column: Int) throws -> Int { try unwrap(optionalInt(column), column, "int") }

  public func optionalDouble(_ column: Int) -> Double? {
    optionalText(column).flatMap { Double($0) }
  }
  public func double(_ column: Int) throws -> Double {
    try unwrap(optionalDouble(column), column, "double precision")
  }

  public func optionalBool(_ column: Int) -> Bool? { optionalText(column).map { $0 == "t" } }
  public func bool(_ column: Int) throws -> Bool {
    try unwrap(optionalBool(column), column, "boolean")
  }

  /// The server writes one form only, 32 lower-case digits in groups; `UUID(uuidString:)` looks for
  /// more, and that takes most of the time of reading a row.
  public func optionalUUID(_ column: Int) -> UUID? {
    guard let text = field(column), text.count == 36 else { return nil }
    var id: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    var digits = 0
    withUnsafeMutableBytes(of: &id) { id in
      for character in text where character != UInt8(ascii: "-") && digits < 32 {
        id[digits / 2] = id[digits / 2] << 4 | nibble(character)
        digits += 1
      }
    }
    return digits == 32 ? UUID(uuid: id) : nil
  }
  public func uuid(_ column: Int) throws -> UUID {
    try unwrap(optionalUUID(column), column, "uuid")
  }

  /// A bytea column.
  public func optionalBytes(_ column: Int) -> [UInt8]? {
    guard let text = utf8(column), text.starts(with: [0x5C, 0x78]) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    var index = 2
    while index + 1 < text.count {
      bytes.append(nibble(text[index]) << 4 | nibble(text[index + 1]))
      index += 2
    }
    return bytes
  }
  public func bytes(_ column: Int) throws -> [UInt8] {
    try unwrap(optionalBytes(column), column, "bytea")
  }

  private func nibble(_ digit: UInt8) -> UInt8 {
    digit <= UInt8(ascii: "9") ? digit - UInt8(ascii: "0") : (digit | 0x20) - UInt8(ascii: "a") + 10
  }

  private func unwrap<T>(_ value: T?, _ column: Int, _ type: String) throws -> T {
    guard let value else {
      throw PostgresError(
        sqlstate: "22004",
        message: "could not read column \(column) (\(rows.columns[column])) as \(type): "
          + (optionalText(column) == nil ? "it is NULL" : "its text does not fit"))
    }
    return value
  }
}
