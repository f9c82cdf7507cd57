/// Group labels, each once, in the order in which results list groups: by number if every label
/// is one ("2" before "10"), else by their UTF-8 bytes.
func inLabelOrder(_ labels: some Sequence<String>) -> [String] {
  let distinct = Set(labels)
  let numbers = distinct.compactMap { label in
    Double(label).flatMap { $0.isFinite ? (label: label, number: $0) : nil }
  }
  guard numbers.count == distinct.count else { return inKeyOrder(Array(distinct), by: \.self) }
  // Two spellings of one number ("1", "01") fall back on their bytes.
  return inKeyOrder(numbers, by: \.label).sorted { $0.number < $1.number }.map(\.label)
}
