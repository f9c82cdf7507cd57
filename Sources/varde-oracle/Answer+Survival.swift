internal import Statistics

/// Times until something happens.
extension OracleCase {
  func kaplanMeier() throws(CaseError) -> JSON {
    let columns = try columns("time", "event")
    let people = try followUps(columns[0], columns[1])
    let curve = KaplanMeier(people, confidence: try confidence())
    let limits = curve.steps.map(curve.limits)
    let values = try timesAsked().compactMap { curve.value(at: $0) }
    let mean = parameters["tau"]?.number.flatMap { curve.restrictedMean(to: $0) }
    return [
      "status": JSON(curve.status), "n": JSON(curve.n), "n_missing": JSON(curve.missing),
      "events": JSON(curve.events), "time": JSON(curve.steps.map(\.time)),
      "n_risk": .array(curve.steps.map { JSON($0.atRisk) }),
      "n_event": .array(curve.steps.map { JSON($0.events) }),
      "n_censor": .array(curve.steps.map { JSON($0.censored) }),
      "survival": JSON(curve.steps.map(\.survival)),
      "std_err_greenwood": JSON(curve.steps.map(\.standardError)),
      "lower": JSON(limits.map { $0?.lower }), "upper": JSON(limits.map { $0?.upper }),
      "median": JSON(curve.median.time), "median_lower": JSON(curve.median.lower),
      "median_upper": JSON(curve.median.upper), "q25": JSON(curve.firstQuartile.time),
      "q75": JSON(curve.thirdQuartile.time), "rmst_tau": parameters["tau"] ?? .null,
      "rmst": JSON(mean?.mean), "rmst_se": JSON(mean?.standardError),
      "at": [
        "time": JSON(values.map(\.time)), "n_risk": .array(values.map { JSON($0.atRisk) }),
        "survival": JSON(values.map(\.survival)), "lower": JSON(values.map(\.lower)),
        "upper": JSON(values.map(\.upper)),
      ],
    ]
  }

  func logRank() throws(CaseError) -> JSON {
    guard parameters["rho"]?.number ?? 0 == 0 else { throw .malformed("only rho 0") }
    let columns = try columns("time", "event", "group")
    let people = try followUps(columns[0], columns[1])
    // A group of which nothing is known is no group.
    let known = zip(people, columns[2]).map { $0 == nil ? nil : $1 }
    let labels = Labels(known)
    var groups = Array(repeating: [FollowUp?](), count: labels.names.count)
    for (person, cell) in zip(people, known) {
      if let group = cell.flatMap({ labels[$0] }) { groups[group].append(person) }
    }
    let test = LogRank(groups)
    return [
      "status": JSON(test.status), "groups": .array(labels.names.map { .string($0) }),
      "n": .array(test.arms.map { JSON($0.n) }),
      "observed": .array(test.arms.map { JSON($0.observed) }),
      "expected": JSON(test.arms.map(\.expected)), "chi_square": JSON(test.chiSquare),
      "df": test.degreesOfFreedom.map { JSON($0) } ?? .null, "p": JSON(test.pValue),
    ]
  }

  func cumulativeIncidence() throws(CaseError) -> JSON {
    let causes = parameters["event_codes"]?.members ?? []
    guard !causes.isEmpty else { throw .malformed("no event codes") }
    let codes = [parameters["censor_code"] ?? JSON(0)] + causes.map(\.value)
    let columns = try columns("time", "event")
    let people = zip(try numbers(columns[0]), columns[1]).map { time, cell in
      time.flatMap { time in
        // A code that is none of those named is for the statistic to refuse.
        cell.map { CompetingExit(time: time, cause: place(of: $0, in: codes) ?? -1) }
      }
    }
    let curve = CumulativeIncidence(people, causes: causes.count)
    let asked = try timesAsked()
    let values = (asked.isEmpty ? curve.times : asked).compactMap { curve.value(at: $0) }
    let shares = causes.enumerated().map { index, cause in
      JSON.Member(name: "cif_" + cause.name, value: JSON(values.map { $0.incidence[index] }))
    }
    let head: [JSON.Member] = [
      JSON.Member(name: "status", value: JSON(curve.status)),
      JSON.Member(name: "n", value: JSON(curve.n)),
      JSON.Member(name: "at", value: JSON(values.map(\.time))),
    ]
    return .object(
      head + shares + [JSON.Member(name: "event_free", value: JSON(values.map(\.eventFree)))])
  }

  func discreteTimeHazard() throws(CaseError) -> JSON {
    let name = parameters["hazard_interval"]?.string ?? "wilson"
    guard let method = Proportion.Method(rawValue: name) else {
      throw .malformed("interval '\(name)'")
    }
    let columns = try columns("period", "event")
    let code = parameters["event_code"] ?? JSON(1)
    let people = zip(try numbers(columns[0]), columns[1]).map { period, cell in
      period.flatMap { period in
        // A period that is not whole is none, which the statistic refuses.
        cell.map {
          PeriodExit(
            period: Int(exactly: period) ?? 0, isEvent: place(of: $0, in: [code]) != nil)
        }
      }
    }
    let table = DiscreteTimeHazard(people, method: method, confidence: try confidence())
    return [
      "status": JSON(table.status), "period": .array(table.rows.map { JSON($0.period) }),
      "at_risk": .array(table.rows.map { JSON($0.atRisk) }),
      "events": .array(table.rows.map { JSON($0.events) }),
      "censored": .array(table.rows.map { JSON($0.censored) }),
      "hazard": JSON(table.rows.map(\.hazard.estimate)),
      "hazard_se": JSON(table.rows.map(\.hazardStandardError)),
      "hazard_lower": JSON(table.rows.map(\.hazard.lower)),
      "hazard_upper": JSON(table.rows.map(\.hazard.upper)),
      "survival": JSON(table.rows.map(\.survival)),
      "survival_se": JSON(table.rows.map(\.survivalStandardError)),
    ]
  }

  private func followUps(
    _ times: [String?], _ events: [String?]
  ) throws(CaseError) -> [FollowUp?] {
    let code = parameters["event_code"] ?? JSON(1)
    return zip(try numbers(times), events).map { time, cell in
      time.flatMap { time in
        cell.map { FollowUp(time: time, isEvent: place(of: $0, in: [code]) != nil) }
      }
    }
  }

  /// The times at which values are wanted.
  private func timesAsked() throws(CaseError) -> [Double] {
    let question = parameters["at"] ?? input["at"]
    let times = question?["time"]?.array ?? question?.array ?? []
    return times.compactMap(\.number)
  }
}
