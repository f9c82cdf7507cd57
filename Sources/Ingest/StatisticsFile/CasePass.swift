internal import CReadStat
internal import Glibc

/// Some cases of a statistics file: the texts of their cells, one after the other.
struct Cases: Sendable {
  var bytes: [UInt8] = []
  /// Where the text of each cell ends.
  var ends: [Int] = []
  /// Cells that cannot be used, by their place in `ends`.
  var faults: [Int: RowFault.Kind] = [:]
}

/// Reads the cases of a statistics file on a thread of its own, because ReadStat pushes what the
/// run wants to pull.
final class CasePass: ReadStatPass {
  enum Step: Sendable {
    case cases(Cases)
    case failed(InputError)
  }

  /// Cases that are handed over together, in bytes.
  private static let portion = 256 << 10

  let steps = HandOver<Step>(room: 3)
  private let times: [StatisticsTime?]
  private let limits: CSVReader.Limits
  private var cases = Cases()
  private var hasBegun = false

  init(
    _ file: SeekableFile, _ format: Format, encoding: TextEncoding?, times: [StatisticsTime?],
    limits: CSVReader.Limits
  ) {
    self.times = times
    self.limits = limits
    super.init(file, format, encoding: encoding)
  }

  /// Begins to read; `nil` when there is no thread to be had.
  func start() -> pthread_t? {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let answer = pthread_create(&thread, nil, CasePass.main, context.toOpaque())
    guard answer == 0 else {
      context.release()
      return nil
    }
    return thread
  }

  private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    context in
    guard let context else { return nil }
    Unmanaged<CasePass>.fromOpaque(context).takeRetainedValue().readAll()
    return nil
  }

  private func readAll() {
    let failure = run()
    if let failure {
      // A case that is not complete is none.
      cutToWholeCases()
      if handOver() { _ = steps.put(.failed(failure)) }
    } else {
      _ = handOver()
    }
    steps.close()
  }

  override func prepare(_ parser: OpaqueParser) {
    // ReadStat knows a variable's values only where somebody has asked for the variable.
    readstat_set_variable_handler(parser) { _, _, _, _ in Int32(READSTAT_HANDLER_OK) }
    readstat_set_value_handler(parser) { _, variable, value, context in
      guard let pass = ReadStatPass.of(context) else { return Int32(READSTAT_HANDLER_ABORT) }
      let cases = unsafeDowncast(pass, to: CasePass.self)
      return cases.add(value, of: variable)
    }
  }

  private func add(
    _ value: readstat_value_t, of variable: UnsafeMutablePointer<readstat_variable_t>?
  ) -> Int32 {
    if !hasBegun {
      hasBegun = true
      casesBegin()
    }
    let index = Int(readstat_variable_get_index(variable))
    guard index < times.count, cases.ends.count % times.count == index else {
      return Int32(READSTAT_HANDLER_ABORT)
    }
    append(value, variable, times[index])
    guard index == times.count - 1, cases.bytes.count + cases.ends.count >= CasePass.portion else {
      return Int32(READSTAT_HANDLER_OK)
    }
    return Int32(handOver() ? READSTAT_HANDLER_OK : READSTAT_HANDLER_ABORT)
  }

  private func append(
    _ value: readstat_value_t, _ variable: UnsafeMutablePointer<readstat_variable_t>?,
    _ time: StatisticsTime?
  ) {
    let start = cases.bytes.count
    let first = cases.ends.count / times.count * times.count
    let caseStart = first == 0 ? 0 : cases.ends[first - 1]
    guard start - caseStart <= limits.rowBytes else {
      cases.faults[cases.ends.count] = .rowTooLarge
      cases.ends.append(start)
      return
    }
    if let time, let number = StatisticsValue.number(value),
      readstat_value_is_defined_missing(value, variable) == 0, let text = time.text(number)
    {
      cases.bytes.append(contentsOf: text.utf8)
    } else if readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING {
      appendString(value)
    } else {
      cases.bytes.append(contentsOf: StatisticsValue.text(value).utf8)
      if let number = StatisticsValue.number(value), abs(number) >= StatisticsValue.wholeLimit,
        number == number.rounded()
      {
        cases.faults[cases.ends.count] = .digitsLost
      }
    }
    if cases.bytes.count - start > limits.cellBytes {
      cases.bytes.removeSubrange((start + min(64, limits.cellBytes))...)
      cases.faults[cases.ends.count] = .cellTooLarge
    }
    cases.ends.append(cases.bytes.count)
  }

  /// Texts are as wide as their variable; the spaces at their end are no part of them.
  private func appendString(_ value: readstat_value_t) {
    guard let text = readstat_string_value(value) else { return }
    let bytes = UnsafeRawBufferPointer(start: text, count: strlen(text))
    let end = bytes.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? 0
    let trimmed = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    let check = trimmed.withMemoryRebound(to: UInt8.self) { UTF8Check.check($0) }
    if check != .valid { cases.faults[cases.ends.count] = .badBytes }
    cases.bytes.append(contentsOf: trimmed)
  }

  private func cutToWholeCases() {
    guard !times.isEmpty else { return }
    let surplus = cases.ends.count % times.count
    cases.ends.removeLast(surplus)
    cases.bytes.removeSubrange((cases.ends.last ?? 0)...)
  }

  /// Hands over what has been read; `false` when nobody wants it.
  private func handOver() -> Bool {
    defer { cases = Cases() }
    return cases.ends.isEmpty || steps.put(.cases(cases))
  }
}
