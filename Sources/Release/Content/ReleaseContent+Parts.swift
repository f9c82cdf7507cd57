public import Indicators

extension ReleaseContent {
  /// What is evaluated, in its own words.
  public struct Programme: Sendable, Equatable {
    public var code: String
    public var title: Localised
    /// Model codes such as `TST`, `PPM`, `OPM`, `PGM`.
    public var models: [String]
    /// The purpose statement the participants were given.
    public var purpose: String
    /// True when figures must not be used to judge persons or groups.
    public var formativeOnly: Bool
    public var startsOn: String
    public var endsOn: String?

    public init(
      code: String, title: Localised, models: [String], purpose: String, formativeOnly: Bool,
      startsOn: String, endsOn: String? = nil
    ) {
      self.code = code
      self.title = title
      self.models = models
      self.purpose = purpose
      self.formativeOnly = formativeOnly
      self.startsOn = startsOn
      self.endsOn = endsOn
    }
  }

  /// Owner of the log the figures come from.
  public struct Institution: Sendable, Equatable {
    public var code: String
    public var name: String

    public init(code: String, name: String) {
      self.code = code
      self.name = name
    }
  }

  /// A faculty, department or school.
  public struct Unit: Sendable, Equatable {
    public var code: String
    public var kind: String
    public var name: Localised
    public var parent: String?

    public init(code: String, kind: String, name: Localised, parent: String? = nil) {
      self.code = code
      self.kind = kind
      self.name = name
      self.parent = parent
    }
  }

  /// A mentoring group and its plan. Groups are described together, never one by one.
  public struct Group: Sendable, Equatable {
    public var code: String
    public var kind: String
    public var unit: String?
    public var formedOn: String
    public var dissolvedOn: String?
    public var sessionsAMonth: Range
    public var minutes: Range
    public var size: Range

    /// A planned span; an open end is `nil`.
    public struct Range: Sendable, Equatable {
      public var least: Int?
      public var most: Int?

      public init(_ least: Int?, _ most: Int?) {
        self.least = least
        self.most = most
      }
    }

    public init(
      code: String, kind: String, unit: String? = nil, formedOn: String,
      dissolvedOn: String? = nil, sessionsAMonth: Range, minutes: Range, size: Range
    ) {
      self.code = code
      self.kind = kind
      self.unit = unit
      self.formedOn = formedOn
      self.dissolvedOn = dissolvedOn
      self.sessionsAMonth = sessionsAMonth
      self.minutes = minutes
      self.size = size
    }
  }

  /// A stretch of time with its first and last day. A wave ends when the last person's window
  /// has closed.
  public struct Period: Sendable, Equatable {
    public var code: String
    public var kind: Cell.PeriodKind
    public var from: String
    public var to: String

    public init(code: String, kind: Cell.PeriodKind, from: String, to: String) {
      self.code = code
      self.kind = kind
      self.from = from
      self.to = to
    }
  }

  /// A question of an instrument, as asked.
  public struct InstrumentItem: Sendable, Equatable {
    public var instrument: String
    public var version: String
    public var code: String
    public var text: Localised
    public var minimum: Int
    public var maximum: Int
    /// Code of "not relevant / don't know", a category of its own.
    public var notRelevant: Int?

    public init(
      instrument: String, version: String, code: String, text: Localised, minimum: Int,
      maximum: Int, notRelevant: Int? = nil
    ) {
      self.instrument = instrument
      self.version = version
      self.code = code
      self.text = text
      self.minimum = minimum
      self.maximum = maximum
      self.notRelevant = notRelevant
    }
  }

  /// A score made from several items.
  public struct InstrumentScale: Sendable, Equatable {
    public var instrument: String
    public var version: String
    public var code: String
    public var title: Localised
    public var items: [String]
    public var reversed: [String]
    public var minimumValid: Int?

    public init(
      instrument: String, version: String, code: String, title: Localised, items: [String],
      reversed: [String] = [], minimumValid: Int? = nil
    ) {
      self.instrument = instrument
      self.version = version
      self.code = code
      self.title = title
      self.items = items
      self.reversed = reversed
      self.minimumValid = minimumValid
    }
  }

  /// What the programme set out to reach. An empty period means every period.
  public struct Target: Sendable, Equatable {
    public var indicator: String
    public var period: String
    public var value: Double
    public var rationale: String

    public init(indicator: String, period: String, value: Double, rationale: String) {
      self.indicator = indicator
      self.period = period
      self.value = value
      self.rationale = rationale
    }
  }

  /// People who entered, who are still there, and why the others left; up to the end of the
  /// release's period.
  public struct Flow: Sendable, Equatable {
    public var enrolled: Int
    public var active: Int
    /// Reason code to count of people.
    public var left: [String: Int]

    public init(enrolled: Int, active: Int, left: [String: Int]) {
      self.enrolled = enrolled
      self.active = active
      self.left = left
    }
  }

  /// Acts of leadership support of one kind in one term.
  public struct ActCount: Sendable, Equatable {
    public var term: String
    public var kind: String
    public var count: Int

    public init(term: String, kind: String, count: Int) {
      self.term = term
      self.kind = kind
      self.count = count
    }
  }

  /// Requests for help from colleagues outside the groups in one term. Zero is an answer: the
  /// groups looked, and nobody had asked.
  public struct OutreachCount: Sendable, Equatable {
    public var term: String
    /// Groups that reported, with a number or an explicit zero.
    public var groupsReporting: Int
    public var requests: Int
    public var held: Int?

    public init(term: String, groupsReporting: Int, requests: Int, held: Int?) {
      self.term = term
      self.groupsReporting = groupsReporting
      self.requests = requests
      self.held = held
    }
  }
}
