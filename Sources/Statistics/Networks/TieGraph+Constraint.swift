extension TieGraph {
  /// Burt's constraint of each node under the Newman weights: how much a person's contacts are
  /// contacts of each other; `nil` for those without ties.
  ///
  /// c(i) = Σⱼ (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)² over i's contacts j, where pᵢⱼ = wᵢⱼ/sᵢ is the share of i's
  /// contact that goes to j. The inner sum is (1/sᵢ) Σ_q wᵢ_q wⱼ_q / s_q, which but for 1/sᵢ is
  /// the same for i and j: one number per tie, collected from the triangles.
  func constraint() -> [Double?] {
    let strength = (0..<nodeCount).map { newman[start[$0]..<start[$0 + 1]].reduce(0, +) }
    let invested = investments(inverse: strength.map { 1 / $0 })
    return (0..<nodeCount).map { node in
      let own = invested[start[node]..<start[node + 1]]
      if own.isEmpty { return nil }
      return own.reduce(0) { $0 + ($1 / strength[node]) * ($1 / strength[node]) }
    }
  }

  /// For each tie its weight and what goes by way of a third, before division by the strength of
  /// whose tie it is.
  private func investments(inverse: [Double]) -> [Double] {
    let triangles = Triangles(self)
    let weight = triangles.place.map { newman[$0] }
    var sums = weight
    sums.withUnsafeMutableBufferPointer { sums in
      weight.withUnsafeBufferPointer { weight in
        inverse.withUnsafeBufferPointer { inverse in
          triangles.forEach { t in
            let (ab, ac, bc) = (weight[t.ab], weight[t.ac], weight[t.bc])
            sums[t.ab] += ac * bc * inverse[t.c]
            sums[t.ac] += ab * bc * inverse[t.b]
            sums[t.bc] += ab * ac * inverse[t.a]
          }
        }
      }
    }
    let mirror = mirrors()
    var invested = newman
    for (place, sum) in zip(triangles.place, sums) {
      invested[place] = sum
      invested[mirror[place]] = sum
    }
    return invested
  }

  /// The place of j→i for each place of i→j.
  private func mirrors() -> [Int] {
    var next = start
    var mirror = [Int](repeating: 0, count: neighbours.count)
    // Nodes come ascending, and so do the neighbours in every list.
    for node in 0..<nodeCount {
      for place in start[node]..<start[node + 1] {
        let other = Int(neighbours[place])
        mirror[place] = next[other]
        next[other] += 1
      }
    }
    return mirror
  }
}
