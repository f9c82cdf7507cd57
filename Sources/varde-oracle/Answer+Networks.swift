internal import Statistics

/// Networks of people who met.
extension OracleCase {
  func coAttendanceNetwork() throws(CaseError) -> JSON {
    let network = CoAttendanceNetwork(
      try meetings(dated: false), confidence: try confidence())
    let brokerage = Brokerage(network)
    let nodes = network.nodes.indices.map { index in
      JSON.Member(
        name: network.nodes[index].person.id,
        value: JSON(
          network.nodes[index], betweenness: brokerage.betweenness[index],
          constraint: brokerage.constraint[index]))
    }
    return [
      "status": JSON(network.status), "n_nodes": JSON(network.nodeCount),
      "n_edges": JSON(network.edgeCount), "density": JSON(network.density),
      "isolates": JSON(network.isolates.count),
      "isolate_share": JSON(network.isolates.estimate),
      "isolate_share_lower": JSON(network.isolates.lower),
      "isolate_share_upper": JSON(network.isolates.upper),
      "components": JSON(network.componentSizes.count),
      "largest_component_share": JSON(network.largestComponentShare),
      "mean_degree": JSON(network.meanDegree),
      "max_core": JSON(network.maximumCore.map(Double.init)),
      "cross_unit_tie_share": JSON(network.crossUnitTieShare),
      "cross_unit_tie_share_weighted_newman": JSON(network.crossUnitContactShare),
      "cross_unit_share_expected_random": JSON(network.crossUnitShareExpected),
      "ei_index": JSON(network.externalInternalIndex),
      "ei_index_expected_random": JSON(network.externalInternalIndexExpected),
      "degree_centralization": JSON(network.degreeCentralization),
      "transitivity": JSON(network.transitivity), "nodes": .object(nodes),
    ]
  }

  func temporalTies() throws(CaseError) -> JSON {
    let meetings = try meetings(dated: true)
    let halfLife = parameters["half_life_days"]?.number ?? 90
    guard halfLife > 0 else { throw .malformed("a half-life of \(halfLife) days") }
    let decayed = DecayedTies(
      meetings, at: try dayNumber(try text(parameters, "as_of")), halfLife: halfLife)
    let reach = TemporalReach(
      meetings, from: try dayNumber(try text(parameters, "window_start")),
      through: try dayNumber(try text(parameters, "window_end")))
    let ids = meetings.people.map(\.id)
    func perPerson(_ value: (Int) -> JSON) -> JSON {
      .object(ids.indices.map { JSON.Member(name: ids[$0], value: value($0)) })
    }
    return [
      "status": JSON(reach.status),
      "decayed_ties": .array(
        decayed.ties.map { tie in
          [
            "a": .string(ids[tie.first]), "b": .string(ids[tie.second]),
            "weight": JSON(tie.weight),
          ]
        }),
      "decayed_strength": perPerson { JSON(decayed.strengths[$0]) },
      "isolated_now": JSON(decayed.isolated),
      "reachable_count": perPerson { JSON(reach.reachableCounts[$0]) },
      "reachability_ratio": JSON(reach.ratio), "median_days_to_reach": JSON(reach.medianDays),
      "earliest_arrival": perPerson { person in
        let days = reach.earliestArrival(from: person)
        let reached = ids.indices.compactMap { other in
          days[other].map {
            JSON.Member(name: ids[other], value: .string(CalendarDay(number: $0).text))
          }
        }
        return .object(reached)
      },
    ]
  }
}

extension JSON {
  fileprivate init(
    _ node: CoAttendanceNetwork.Node, betweenness: Double?, constraint: Double?
  ) {
    self = [
      "unit": .string(node.person.unit), "sessions_attended": JSON(node.sessionsAttended),
      "degree": JSON(node.degree), "strength_count": JSON(node.strengthCount),
      "strength_newman": JSON(node.strengthNewman),
      "cross_unit_degree": JSON(node.crossUnitDegree),
      "ei_index": JSON(node.externalInternalIndex),
      "component": JSON(node.component.map(Double.init)),
      "k_core": JSON(node.core.map(Double.init)), "betweenness_normalized": JSON(betweenness),
      "constraint_newman": JSON(constraint), "isolate": .bool(node.isIsolate),
    ]
  }
}
