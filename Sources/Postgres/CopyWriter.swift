import CPostgreSQL

/// Where the rows of a COPY go.
public struct CopyWriter {
  let connection: OpaquePointer
  let statement: String

  /// Sends bytes in the format the COPY statement named; rows may be cut anywhere.
  public func write(_ bytes: [UInt8]) throws { try write(bytes, bytes.indices) }

  /// Sends a part of some bytes.
  public func write(_ bytes: [UInt8], _ part: Range<Int>) throws {
    let sent = bytes.withUnsafeBytes { buffer in
      PQputCopyData(
        connection,
        buffer.baseAddress?.advanced(by: part.lowerBound).assumingMemoryBound(to: CChar.self),
        Int32(part.count))
    }
    guard sent == 1 else {
      throw PostgresError(
        sqlstate: "08006", message: String(cString: PQerrorMessage(connection)),
        statement: statement)
    }
  }
}
