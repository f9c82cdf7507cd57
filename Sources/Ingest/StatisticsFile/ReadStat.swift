internal import CReadStat

/// One way through a statistics file with ReadStat, which calls back for all it finds.
///
/// A subclass says what to do with that. The file's bytes come from a `SeekableFile`, and before
/// the first case only so many of them: what describes the cases is held in memory.
class ReadStatPass {
  enum Format {
    case spss, stata
  }

  /// Bytes that are read of a file before its first case.
  static let mostBeforeCases = 64 << 20

  let format: Format
  private let file: SeekableFile
  private let encoding: TextEncoding?
  private var offset = 0
  private var budget: Int? = ReadStatPass.mostBeforeCases
  private var said: String?
  /// What made the pass stop, where that was not ReadStat.
  var refusal: InputError?

  init(_ file: SeekableFile, _ format: Format, encoding: TextEncoding?) {
    self.file = file
    self.format = format
    self.encoding = encoding
  }

  /// Asks for the callbacks the subclass wants.
  func prepare(_ parser: OpaqueParser) {}

  typealias OpaqueParser = UnsafeMutablePointer<readstat_parser_t>

  /// Goes through the file; answers why it could not, if so.
  func run() -> InputError? {
    guard let parser = readstat_parser_init() else {
      return .damaged(file.name, "there is no memory left")
    }
    defer { readstat_parser_free(parser) }
    let context = Unmanaged.passUnretained(self).toOpaque()
    readstat_set_open_handler(parser) { _, _ in 0 }
    readstat_set_close_handler(parser) { _ in 0 }
    readstat_set_seek_handler(parser) { offset, whence, context in
      ReadStatPass.of(context)?.seek(Int(offset), whence) ?? -1
    }
    readstat_set_read_handler(parser) { buffer, count, context in
      ReadStatPass.of(context)?.read(.init(start: buffer, count: count)) ?? -1
    }
    readstat_set_update_handler(parser) { _, _, _, _ in READSTAT_OK }
    readstat_set_io_ctx(parser, context)
    readstat_set_error_handler(parser) { message, context in
      ReadStatPass.of(context)?.said = message.map { String(cString: $0) }
    }
    if let encoding {
      readstat_set_file_character_encoding(parser, ReadStatPass.iconvName(encoding))
    }
    prepare(parser)
    let code =
      switch format {
      case .spss: readstat_parse_sav(parser, file.name, context)
      case .stata: readstat_parse_dta(parser, file.name, context)
      }
    if let refusal { return refusal }
    return code == READSTAT_OK ? nil : failure(code)
  }

  /// The cases begin; they are read one at a time, however many there are.
  func casesBegin() { budget = nil }

  static func of(_ context: UnsafeMutableRawPointer?) -> ReadStatPass? {
    context.map { Unmanaged<ReadStatPass>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func iconvName(_ encoding: TextEncoding) -> String {
    switch encoding {
    case .utf8: "UTF-8"
    case .windows1252: "WINDOWS-1252"
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    }
  }

  private func seek(_ distance: Int, _ whence: readstat_io_flags_t) -> readstat_off_t {
    let start =
      switch whence {
      case READSTAT_SEEK_CUR: offset
      case READSTAT_SEEK_END: file.size
      default: 0
      }
    let (target, overflow) = start.addingReportingOverflow(distance)
    guard !overflow, target >= 0 else { return -1 }
    offset = target
    return readstat_off_t(target)
  }

  private func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    if let budget, budget < buffer.count {
      refusal = InputError(
        .tooManyVariables, file: file.name,
        message: "'\(file.name)' describes its cases in more than"
          + " \(ReadStatPass.mostBeforeCases >> 20) MiB")
      return -1
    }
    let got = file.read(at: offset, into: buffer)
    if got > 0 {
      offset += got
      budget = budget.map { $0 - got }
    }
    return got
  }

  private func failure(_ code: readstat_error_t) -> InputError {
    let reason = said ?? readstat_error_message(code).map { String(cString: $0) } ?? "no reason"
    let isText = [READSTAT_ERROR_CONVERT, READSTAT_ERROR_CONVERT_BAD_STRING].contains(code)
    guard isText || code == READSTAT_ERROR_UNSUPPORTED_CHARSET else {
      return .damaged(file.name, reason)
    }
    return InputError(
      .encodingUnknown, file: file.name,
      message: "the texts of '\(file.name)' cannot be read: \(reason)")
  }
}
