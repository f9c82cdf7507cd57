internal import CZip
internal import Glibc

/// The parts of a ZIP file, unpacked as they are read and never further than the limits allow.
final class ZipArchive {
  let file: String
  let limits: WorkbookLimits
  private let archive: OpaquePointer
  /// What may still be unpacked.
  fileprivate var budget: Int

  init(_ file: SeekableFile, limits: WorkbookLimits) throws(InputError) {
    guard file.size <= limits.fileBytes else {
      throw InputError(
        .unpacksTooLarge, file: file.name,
        message: "'\(file.name)' is larger than \(limits.fileBytes >> 20) MiB")
    }
    let announced = ZipDirectory.mostParts(of: file)
    guard announced <= limits.parts else { throw ZipArchive.tooMany(announced, file.name) }
    var code: Int32 = 0
    let descriptor = file.duplicate()
    guard let archive = zip_fdopen(descriptor, 0, &code) else {
      close(descriptor)
      throw .damaged(file.name, ZipArchive.reason(code))
    }
    self.archive = archive
    self.file = file.name
    self.limits = limits
    budget = limits.totalBytes
    let count = zip_get_num_entries(archive, 0)
    guard count <= limits.parts else { throw ZipArchive.tooMany(Int(count), file.name) }
  }

  private static func tooMany(_ count: Int, _ file: String) -> InputError {
    InputError(.unpacksTooLarge, file: file, message: "'\(file)' is made of \(count) parts")
  }

  deinit { zip_discard(archive) }

  /// Whether a part is there; names are compared as Windows does, without case.
  func contains(_ path: String) -> Bool { zip_name_locate(archive, path, ZIP_FL_NOCASE) >= 0 }

  /// A part, ready to be read; `nil` when there is none of that name.
  func part(_ path: String, atMost limit: Int) throws(InputError) -> ZipPart? {
    let index = zip_name_locate(archive, path, ZIP_FL_NOCASE)
    guard index >= 0 else { return nil }
    var status = zip_stat_t()
    zip_stat_init(&status)
    if zip_stat_index(archive, zip_uint64_t(index), 0, &status) == 0,
      status.valid & zip_uint64_t(ZIP_STAT_SIZE) != 0, status.size > zip_uint64_t(limit)
    {
      throw tooLarge(path, limit)
    }
    guard let part = zip_fopen_index(archive, zip_uint64_t(index), 0) else {
      throw .damaged(file, String(cString: zip_strerror(archive)))
    }
    return ZipPart(part, path, of: self, limit: limit)
  }

  fileprivate func tooLarge(_ path: String, _ limit: Int) -> InputError {
    InputError(
      .unpacksTooLarge, file: file, message: "'\(path)' unpacks to more than \(limit >> 20) MiB")
  }

  private static func reason(_ code: Int32) -> String {
    var error = zip_error_t()
    zip_error_init_with_code(&error, code)
    defer { zip_error_fini(&error) }
    return String(cString: zip_error_strerror(&error))
  }
}

/// One part of a ZIP file while it is being unpacked.
final class ZipPart {
  let path: String
  /// What stopped the reading, for the caller of a parser that only knows that it was stopped.
  private(set) var fault: InputError?
  private let archive: ZipArchive
  private let part: OpaquePointer
  private let limit: Int
  private var count = 0
  /// Bytes since the last one that begins a tag.
  private var run = 0

  fileprivate init(_ part: OpaquePointer, _ path: String, of archive: ZipArchive, limit: Int) {
    self.part = part
    self.path = path
    self.archive = archive
    self.limit = limit
  }

  deinit { zip_fclose(part) }

  /// Unpacks some more; 0 at the end, -1 when something is wrong: then `fault` says what.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard fault == nil, let base = buffer.baseAddress else { return -1 }
    let got = Int(zip_fread(part, base, zip_uint64_t(buffer.count)))
    guard got >= 0 else {
      fault = .damaged(archive.file, String(cString: zip_file_strerror(part)))
      return -1
    }
    count += got
    archive.budget -= got
    if count > limit || archive.budget < 0 { fault = archive.tooLarge(path, min(limit, count)) }
    measure(UnsafeRawBufferPointer(rebasing: buffer[..<got]))
    return fault == nil ? got : -1
  }

  /// Keeps the XML parser from gathering one endless text or tag.
  private func measure(_ block: UnsafeRawBufferPointer) {
    let tag = UInt8(ascii: "<")
    let first = block.firstIndex(of: tag)
    run += first ?? block.count
    if run > archive.limits.runBytes, fault == nil {
      fault = InputError(
        .cellTooLarge, file: archive.file,
        message: "'\(path)' holds a single text of more than \(archive.limits.runBytes >> 10) KiB",
        hint: IngestCode.fileDamaged.hint)
    }
    if first != nil, let last = block.lastIndex(of: tag) { run = block.count - 1 - last }
  }
}

extension InputError {
  /// The file cannot be read to its end, and why, in the words of the library that reads it.
  static func damaged(_ file: String, _ reason: String) -> InputError {
    let words = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
    return InputError(
      .fileDamaged, file: file, message: "'\(file)' cannot be read: \(words)")
  }
}
