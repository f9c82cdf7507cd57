internal import Statistics

extension StatisticRun {
  /// What can be measured, by name, and of which columns.
  static let statistics: [String: @Sendable (NumberTable) -> Job] = [
    // value
    "bootstrap-mean": { table in
      let values = table.present(0)
      return { [BootstrapInterval.mean(of: values, seed: 1).estimate] }
    },
    "bootstrap-gini": { table in
      let values = table.present(0)
      return { [BootstrapInterval.gini(of: values, seed: 1).estimate] }
    },
    "mean": { table in
      let values = table.columns[0]
      return {
        let interval = MeanInterval(values)
        return [interval.mean, interval.lower, interval.upper]
      }
    },
    "quantiles": { table in
      let values = table.columns[0]
      return {
        let summary = QuantileSummary(values)
        return [0.1, 0.25, 0.5, 0.75, 0.9].map { summary.sample.quantile($0) }
      }
    },
    // before, after
    "wilcoxon": { table in
      let (before, after) = (table.columns[0], table.columns[1])
      return {
        [WilcoxonSignedRank(PairedSample(before: before, after: after)).asymptoticP]
      }
    },
    "paired-change": { table in
      let (before, after) = (table.columns[0], table.columns[1])
      return {
        let change = PairedChange(PairedSample(before: before, after: after))
        return [change.t, change.pValue]
      }
    },
    "rank-correlation": { table in
      let (x, y) = (table.columns[0], table.columns[1])
      return {
        let correlation = RankCorrelation(x, y)
        return [correlation.spearman?.estimate, correlation.kendall?.estimate]
      }
    },
    // first, second
    "mann-whitney": { table in
      let (first, second) = (table.present(0), table.present(1))
      return {
        let test = MannWhitney(first, second)
        return [test.u, test.pValue]
      }
    },
    "two-groups": { table in
      let (first, second) = (table.columns[0], table.columns[1])
      return {
        let comparison = TwoGroupComparison(first, second)
        return [comparison.cliff.delta, comparison.welch.pValue]
      }
    },
    // a column per coder; per item
    "krippendorff": { table in
      { [KrippendorffAlpha(coders: table.columns, level: .ordinal).alpha] }
    },
    "cronbach": { table in
      {
        let alpha = CronbachAlpha(items: table.columns)
        return [alpha.alpha, alpha.lower, alpha.upper]
      }
    },
    // group, value
    "icc": { table in
      let groups = table.columns[0].map { $0.map { Int($0) } }
      let values = table.columns[1]
      return {
        let correlation = IntraclassCorrelation(values: values, groups: groups)
        return [correlation.single, correlation.fRatio]
      }
    },
    // person, time, value
    "mixed-model": { table in
      let observations = table.columns[0].indices.map { row -> GrowthObservation? in
        guard let person = table.columns[0][row], let time = table.columns[1][row],
          let value = table.columns[2][row]
        else { return nil }
        return GrowthObservation(person: Int(person), time: time, value: value)
      }
      return {
        let estimates = GrowthModel(observations).estimates
        return [estimates?.slope, estimates?.sdIntercept, estimates?.sdResidual]
      }
    },
    // time, 1 for an event, group from 0
    "kaplan-meier": { table in
      let people = followUps(table)
      return {
        let curve = KaplanMeier(people)
        return [curve.firstQuartile.time, curve.median.time]
      }
    },
    "log-rank": { table in
      let people = followUps(table)
      var groups: [[FollowUp?]] = []
      for (person, group) in zip(people, table.present(2)) {
        while groups.count <= Int(group) { groups.append([]) }
        groups[Int(group)].append(person)
      }
      return { [LogRank(groups).chiSquare] }
    },
    // session, person: 50 people a unit
    "network": { table in
      let (people, presences) = attendance(table)
      return {
        let network = CoAttendanceNetwork(Meetings(people: people, presences: presences))
        return [Double(network.edgeCount), network.transitivity]
      }
    },
    "network-brokerage": { table in
      let (people, presences) = attendance(table)
      return {
        let network = CoAttendanceNetwork(Meetings(people: people, presences: presences))
        let brokerage = Brokerage(network)
        return [
          mean(brokerage.betweenness.compactMap(\.self)),
          mean(brokerage.constraint.compactMap(\.self)),
        ]
      }
    },
  ]

  private static func followUps(_ table: NumberTable) -> [FollowUp?] {
    zip(table.present(0), table.present(1)).map { FollowUp(time: $0, isEvent: $1 == 1) }
  }

  private static func attendance(
    _ table: NumberTable
  ) -> (people: [Meetings.Person], presences: [Meetings.Presence]) {
    let persons = table.present(1).map { Int($0) }
    let presences = zip(table.present(0), persons).map { session, person in
      Meetings.Presence(session: "S\(Int(session))", person: "P\(person)")
    }
    let people = (0...(persons.max() ?? 0)).map { person in
      Meetings.Person(id: "P\(person)", unit: "U\(person / 50)")
    }
    return (people, presences)
  }
}
