/// Writes families of metrics in the exposition format OpenMetrics 1.0, which Prometheus reads.
///
/// Source: OpenMetrics specification, https://prometheus.io/docs/specs/om/open_metrics_spec/.
struct OpenMetricsText {
  typealias Label = (name: String, value: String)
  typealias Sample = (labels: [Label], value: Double)

  private var text = ""

  /// The exposition, ending in `# EOF`.
  var finished: String { text + "# EOF\n" }

  /// A value that goes up and down. A family without samples is left out.
  mutating func gauge(
    _ name: String, unit: String? = nil, _ help: String, _ samples: [Sample]
  ) {
    guard !samples.isEmpty else { return }
    begin(name, "gauge", unit, help)
    for sample in samples { add(name, sample.labels, sample.value) }
  }

  /// A number that only grows while the process lives; the sample is called `name_total`.
  mutating func counter(_ name: String, _ help: String, _ value: Int) {
    begin(name, "counter", nil, help)
    add(name + "_total", [], Double(value))
  }

  mutating func histogram(_ name: String, _ help: String, _ histogram: DurationHistogram) {
    begin(name, "histogram", "seconds", help)
    let bounds = DurationHistogram.bounds.map { "\($0)" } + ["+Inf"]
    for (bound, count) in zip(bounds, histogram.upTo) {
      add(name + "_bucket", [("le", bound)], Double(count))
    }
    add(name + "_count", [], Double(histogram.count))
    add(name + "_sum", [], histogram.sum)
  }

  /// What something is rather than how much, in labels.
  mutating func info(_ name: String, _ help: String, _ labels: [Label]) {
    begin(name, "info", nil, help)
    add(name + "_info", labels, 1)
  }

  private mutating func begin(_ name: String, _ type: String, _ unit: String?, _ help: String) {
    text += "# TYPE \(name) \(type)\n"
    if let unit { text += "# UNIT \(name) \(unit)\n" }
    text += "# HELP \(name) \(help)\n"
  }

  private mutating func add(_ name: String, _ labels: [Label], _ value: Double) {
    let labels = labels.map { "\($0.name)=\"\(OpenMetricsText.escaped($0.value))\"" }
    text += name + (labels.isEmpty ? "" : "{" + labels.joined(separator: ",") + "}")
    text += " \(value)\n"
  }

  private static func escaped(_ value: String) -> String {
    var escaped = ""
    for character in value {
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
