internal import CReadStat

/// Reads what a statistics file says about its variables, and none of its cases.
final class VariablePass: ReadStatPass {
  private(set) var variables: [Variable] = []
  /// How the values of each variable are to be shown.
  private(set) var times: [StatisticsTime?] = []
  private let limit: Int
  private let name: String
  private var labelSets: [String] = []
  private var labels: [String: [(code: String, label: String)]] = [:]
  private var labelCount = 0

  init(
    _ file: SeekableFile, _ format: Format, encoding: TextEncoding?, atMost limit: Int
  ) throws {
    self.limit = limit
    name = file.name
    super.init(file, format, encoding: encoding)
    if let failure = run() { throw failure }
    for (index, set) in labelSets.enumerated() { variables[index].values = labels[set] ?? [] }
  }

  override func prepare(_ parser: OpaqueParser) {
    readstat_set_metadata_handler(parser) { metadata, context in
      VariablePass.mine(context).begin(Int(readstat_get_var_count(metadata)))
    }
    readstat_set_variable_handler(parser) { _, variable, labelSet, context in
      VariablePass.mine(context).add(variable, labelSet)
    }
    readstat_set_value_label_handler(parser) { labelSet, value, label, context in
      VariablePass.mine(context).add(label, of: value, in: labelSet)
    }
  }

  private static func mine(_ context: UnsafeMutableRawPointer?) -> VariablePass {
    guard let pass = ReadStatPass.of(context) as? VariablePass else {
      preconditionFailure("ReadStat gives back the context it was given")
    }
    return pass
  }

  private func begin(_ count: Int) -> Int32 {
    guard count > limit else { return Int32(READSTAT_HANDLER_OK) }
    return refuse("'\(name)' has \(count) variables; up to \(limit) are read")
  }

  private func refuse(_ message: String) -> Int32 {
    refusal = InputError(.tooManyVariables, file: name, message: message)
    return Int32(READSTAT_HANDLER_ABORT)
  }

  private func add(
    _ variable: UnsafeMutablePointer<readstat_variable_t>?, _ labelSet: UnsafePointer<CChar>?
  ) -> Int32 {
    guard variables.count < limit else {
      return refuse("'\(name)' has more than \(limit) variables")
    }
    let label = readstat_variable_get_label(variable).map { String(cString: $0) } ?? ""
    let written = readstat_variable_get_format(variable).map { String(cString: $0) } ?? ""
    let time =
      switch format {
      case _ where readstat_variable_get_type_class(variable) != READSTAT_TYPE_CLASS_NUMERIC:
        StatisticsTime?.none
      case .spss: StatisticsTime(spss: written)
      case .stata: StatisticsTime(stata: written)
      }
    var found = Variable(
      name: readstat_variable_get_name(variable).map { String(cString: $0) } ?? "",
      label: label.isEmpty ? nil : label)
    for index in 0..<readstat_variable_get_missing_ranges_count(variable) {
      found.missing.append(
        .init(
          from: StatisticsValue.text(readstat_variable_get_missing_range_lo(variable, index)),
          to: StatisticsValue.text(readstat_variable_get_missing_range_hi(variable, index))))
    }
    variables.append(found)
    times.append(time)
    labelSets.append(labelSet.map { String(cString: $0) } ?? "")
    return Int32(READSTAT_HANDLER_OK)
  }

  private func add(
    _ label: UnsafePointer<CChar>?, of value: readstat_value_t, in set: UnsafePointer<CChar>?
  ) -> Int32 {
    labelCount += 1
    guard labelCount <= 100 * limit else {
      return refuse("'\(name)' has more than \(100 * limit) labels of values")
    }
    if let label, let set {
      labels[String(cString: set), default: []].append(
        (StatisticsValue.text(value), String(cString: label)))
    }
    return Int32(READSTAT_HANDLER_OK)
  }
}
