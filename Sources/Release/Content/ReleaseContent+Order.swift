extension ReleaseContent {
  /// Sorted by the first day of the period they belong to; unknown periods stand last, by code.
  func inTimeOrder<Element>(_ elements: [Element], by code: (Element) -> String) -> [Element] {
    let starts = Dictionary(periods.map { ($0.code, $0.from) }) { first, _ in first }
    return elements.enumerated().sorted { left, right in
      let (a, b) = (code(left.element), code(right.element))
      let keys = ((starts[a] ?? "9", a, left.offset), (starts[b] ?? "9", b, right.offset))
      return keys.0 < keys.1
    }.map(\.element)
  }
}
