/// The true sum of `values`, rounded once, if four running sums with the errors they made show it
/// beyond doubt; `nil` otherwise, when they cancel or lie too near the middle of two numbers.
///
/// Each addition's error is exact and is summed too. What that second sum loses is bounded: with m
/// additions and unit roundoff u, by m²u² times the sum of magnitudes. If the number the total
/// rounds to is the same wherever within that bound the true sum lies, it is the answer.
///
/// Source: Ogita, Rump & Oishi (2005), Accurate sum and dot product, SIAM Journal on Scientific
/// Computing 26, 1955–1988, doi:10.1137/030601818.
func quickSum(_ values: UnsafeBufferPointer<Double>) -> Double? {
  var sums = SIMD4<Double>.zero
  var errors = SIMD4<Double>.zero
  var magnitudes = SIMD4<Double>.zero
  let whole = values.count / 4 * 4
  for index in stride(from: 0, to: whole, by: 4) {
    let terms = SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3])
    let total = sums + terms
    let added = total - sums
    errors += (sums - (total - added)) + (terms - added)
    sums = total
    magnitudes += SIMD4(
      terms.x.magnitude, terms.y.magnitude, terms.z.magnitude, terms.w.magnitude)
  }
  var exact = ExactSum()
  for lane in 0..<4 {
    exact.add(sums[lane])
    exact.add(errors[lane])
  }
  for value in values[whole...] { exact.add(value) }
  let rounded = exact.value
  exact.add(-rounded)
  let doubt = 2 * Double(values.count) * Double(values.count) * 0x1p-110 * magnitudes.sum()
  let room = rounded.magnitude.nextDown.ulp / 2
  return exact.value.magnitude + doubt < room ? rounded : nil
}
