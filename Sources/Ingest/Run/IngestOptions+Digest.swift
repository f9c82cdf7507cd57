internal import Crypto

extension IngestOptions {
  /// SHA-256 of what decides how a file is read, beside the file itself: equal digests mean that the
  /// same file becomes the same rows.
  public func digest(with binding: Binding?) -> [UInt8] {
    let parts = [
      encoding?.rawValue, delimiter?.rawValue, sheet, programme, excelDates?.rawValue,
      binding?.text,
    ]
    var hash = SHA256()
    for part in parts {
      let bytes = Array((part ?? "").utf8)
      hash.update(data: Array("\(part == nil ? -1 : bytes.count) ".utf8) + bytes)
    }
    return Array(hash.finalize())
  }
}
