/// Why a case gets no answer.
enum CaseError: Error, Equatable {
  /// The statistic is not one of ours; the runner of a set counts that apart from a failure.
  case unknownStatistic(String)
  case malformed(String)
  case unreadable(String)

  var message: String {
    switch self {
    case .unknownStatistic(let name): "statistic '\(name)' is not implemented"
    case .malformed(let what): "malformed case: \(what)"
    case .unreadable(let path): "cannot read '\(path)'"
    }
  }

  var exitCode: Int32 {
    switch self {
    case .unknownStatistic: 3
    case .malformed: 65
    case .unreadable: 66
    }
  }
}
