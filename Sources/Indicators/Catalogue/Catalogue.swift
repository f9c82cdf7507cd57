/// All indicators of this build, in the order in which they are listed for readers.
public enum Catalogue {
  public static let all: [IndicatorDefinition] = [
    attendanceRate, attendanceCoverage, sessionDelivery, doseHours, meetingInterval,
    planConformity, itemProfile, isolationScore, hoursCoverage, hoursCompensation,
  ]

  /// The entry with this id, for example `attendance_rate`.
  public static func definition(_ id: String) -> IndicatorDefinition? {
    all.first { $0.id == id }
  }
}

/// Sources cited by several entries.
enum Reference {
  static let bca =
    "Efron (1987) Better bootstrap confidence intervals. doi:10.1080/01621459.1987.10478410"
  static let binomial =
    "Brown, Cai & DasGupta (2001) Interval estimation for a binomial proportion. "
    + "doi:10.1214/ss/1009213286"
  static let evaluation = "Guskey (2000) Evaluating Professional Development. Corwin"
  static let fidelity =
    "Carroll et al. (2007) A conceptual framework for implementation fidelity. "
    + "doi:10.1186/1748-5908-2-40"
  static let groups =
    "Heikkinen, Pennanen, Markkanen & Tynjälä (2020) Finnish model of peer-group mentoring. "
    + "doi:10.1111/nyas.14296"
  static let outcomes =
    "Proctor et al. (2011) Outcomes for implementation research. doi:10.1007/s10488-010-0319-7"
  static let percentOfMaximum =
    "Cohen, Cohen, Aiken & West (1999) The problem of units and the circumstance for POMP. "
    + "doi:10.1207/S15327906MBR3403_2"
  static let quantiles =
    "Hyndman & Fan (1996) Sample quantiles in statistical packages. "
    + "doi:10.1080/00031305.1996.10473566"
  static let student = "Student (1908) The probable error of a mean. doi:10.1093/biomet/6.1.1"
  static let wilson =
    "Wilson (1927) Probable inference, the law of succession, and statistical inference. "
    + "doi:10.1080/01621459.1927.10502953"
}

/// How intervals are made, in the words several entries share.
enum IntervalText {
  static let wilson = IndicatorDefinition.Localised(
    nb: "95 % Wilson-intervall.", en: "95 % Wilson score interval.")
  static let student = IndicatorDefinition.Localised(
    nb: "95 % t-intervall.", en: "95 % t interval.")
  static let persons = IndicatorDefinition.Localised(
    nb: "95 % bootstrap (BCa, 2000 trekk) der personer trekkes; gis fra 10 personer.",
    en: "95 % bootstrap (BCa, 2,000 draws) that draws persons; given from 10 persons on.")
}
