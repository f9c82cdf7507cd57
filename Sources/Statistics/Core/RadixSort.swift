/// `elements` in ascending order of their keys, in time proportional to their number. Elements
/// with the same key keep their order.
///
/// A pass over each byte of the key, the lowest first. A byte that all keys share needs none, as
/// most do with scores and counts.
func radixSorted<Element>(_ elements: [Element], by key: (Element) -> UInt64) -> [Element] {
  var anySet: UInt64 = 0
  var allSet = UInt64.max
  for element in elements {
    let key = key(element)
    anySet |= key
    allSet &= key
  }
  var from = elements
  var to = elements
  for shift in stride(from: 0, to: 64, by: 8) where (anySet & ~allSet) >> shift & 255 != 0 {
    pass(from, into: &to) { Int(truncatingIfNeeded: key($0) >> shift & 255) }
    swap(&from, &to)
  }
  return from
}

/// Puts elements in the order of one digit, 0 to 255.
private func pass<Element>(
  _ from: [Element], into to: inout [Element], digit: (Element) -> Int
) {
  var places = [Int](repeating: 0, count: 256)
  from.withUnsafeBufferPointer { from in
    to.withUnsafeMutableBufferPointer { to in
      places.withUnsafeMutableBufferPointer { places in
        for element in from { places[digit(element)] += 1 }
        var start = 0
        for digit in places.indices {
          let count = places[digit]
          places[digit] = start
          start += count
        }
        for element in from {
          let digit = digit(element)
          to[places[digit]] = element
          places[digit] += 1
        }
      }
    }
  }
}

/// `values` in ascending order. Values must not be NaN.
func ascending(_ values: [Double]) -> [Double] {
  guard values.count > 200 else { return values.sorted() }
  return radixSorted(values.map(\.sortKey), by: \.self).map(Double.init(sortKey:))
}

extension Double {
  /// A whole number that orders as the numbers do; both zeros have the same.
  var sortKey: UInt64 {
    let bits = (self + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  /// The number with that key.
  init(sortKey: UInt64) {
    self.init(bitPattern: sortKey >> 63 == 1 ? sortKey & ~(1 << 63) : ~sortKey)
  }
}
