public import EventLog
public import Events
public import FoundationEssentials

/// What has been recorded so far and the checks of a row need to know.
///
/// It is filled from the log, event by event, before a file is read; see `learn`.
public struct Register: Sendable, Equatable {
  /// A programme and its calendar.
  public struct Programme: Sendable, Equatable {
    public var code: String
    public var startsOn: CivilDate?
    public var endsOn: CivilDate?
    public var terms: [Term]
    /// The zone of the institution's clocks.
    public var timeZone: String?
    /// Kinds of record that need a person's consent, and the purpose it must be for.
    public var consent: [String: String] = [:]

    public init(code: String, startsOn: CivilDate?, endsOn: CivilDate?, terms: [Term]) {
      self.code = code
      self.startsOn = startsOn
      self.endsOn = endsOn
      self.terms = terms
    }
  }

  /// A mentoring team and its life.
  public struct Group: Sendable, Equatable {
    public var programme: String
    public var code: String
    public var formedOn: CivilDate?
    public var dissolvedOn: CivilDate?

    public init(
      programme: String, code: String, formedOn: CivilDate?, dissolvedOn: CivilDate?
    ) {
      self.programme = programme
      self.code = code
      self.formedOn = formedOn
      self.dissolvedOn = dissolvedOn
    }
  }

  /// One item of an instrument and the numbers that may stand for an answer.
  public struct Item: Sendable, Equatable {
    public var code: String
    public var minimum: Int
    public var maximum: Int
    public var notRelevant: Int?
    /// What it asks, in each language it is known in.
    public var texts: [String] = []
    /// What its numbers are called, in lower case, in any language.
    public var labels: [String: Int] = [:]

    public init(code: String, minimum: Int, maximum: Int, notRelevant: Int?) {
      self.code = code
      self.minimum = minimum
      self.maximum = maximum
      self.notRelevant = notRelevant
    }
  }

  /// One version of a questionnaire, items in its own order.
  public struct Instrument: Sendable, Equatable {
    public var programme: String
    public var code: String
    public var version: String
    public var items: [Item]

    public init(programme: String, code: String, version: String, items: [Item]) {
      self.programme = programme
      self.code = code
      self.version = version
      self.items = items
    }
  }

  /// A wave: days after a person's first enrolment.
  public struct Wave: Sendable, Equatable {
    public var programme: String
    public var code: String
    public var fromDay: Int
    public var toDay: Int
    public var instrument: String?

    public init(
      programme: String, code: String, fromDay: Int, toDay: Int, instrument: String?
    ) {
      self.programme = programme
      self.code = code
      self.fromDay = fromDay
      self.toDay = toDay
      self.instrument = instrument
    }
  }

  /// A person's time in a group; `left` is the first day outside.
  public struct Enrolment: Sendable, Equatable {
    public var programme: String
    public var group: String
    public var joined: CivilDate
    public var left: CivilDate?
    public var role: String?
    /// Tells the memberships of somebody who left and came back apart; part of the record's key, and
    /// `nil` for the one that needed nothing of that kind.
    public var stay: String?
    /// Of two memberships, the one recorded later has the higher number.
    var order: Int64 = 0

    public init(
      programme: String, group: String, joined: CivilDate, left: CivilDate?, role: String? = nil,
      stay: String? = nil
    ) {
      self.programme = programme
      self.group = group
      self.joined = joined
      self.left = left
      self.role = role
      self.stay = stay
    }

    /// Whether it is a place of one's own in the group: leaders and observers have none, and come as
    /// guests. Figures (`FactReader.member`) and the view of attendance say the same.
    public var isFixed: Bool { role != "leader" && role != "observer" }

    /// Whether the person is a member on that day.
    public func covers(_ day: CivilDate) -> Bool {
      guard joined <= day else { return false }
      guard let left else { return true }
      return day < left
    }
  }

  /// A session as last recorded.
  public struct SessionEntry: Sendable, Equatable {
    public var programme: String
    public var group: String
    public var code: String
    public var status: String
    public var plannedOn: CivilDate?
    public var heldOn: CivilDate?
    /// How long it was.
    public var minutes: Int?

    public init(
      programme: String, group: String, code: String, status: String, plannedOn: CivilDate?,
      heldOn: CivilDate?, minutes: Int? = nil
    ) {
      self.programme = programme
      self.group = group
      self.code = code
      self.status = status
      self.plannedOn = plannedOn
      self.heldOn = heldOn
      self.minutes = minutes
    }
  }

  public var programmes: [String: Programme] = [:]
  public var units: Set<String> = []
  /// By group code.
  public var groups: [String: Group] = [:]
  /// By instrument code, in the order they were first published.
  public var instruments: [String: [Instrument]] = [:]
  public var waves: [Wave] = []
  public var enrolments: [UUID: [Enrolment]] = [:]
  /// How many enrolments it was told of.
  var learnt: Int64 = 0
  public var consents: [UUID: [Consent]] = [:]
  /// Which ids stand for one person. Enrolments and consents lie under the id they were recorded
  /// with: ask `enrolments(of:)` and `hasConsented`.
  public var merges = SubjectMerges()
  /// By session code; only what was learnt event by event, see `SessionSource`.
  public var sessions: [String: SessionEntry] = [:]

  public init() {}

  /// The versions of an instrument, the newest first.
  func versions(of code: String, programme: String?) -> [Instrument] {
    instruments[code, default: []].reversed().filter {
      programme == nil || $0.programme == programme
    }
  }

  /// The instrument of that code, the newest version unless one is asked for.
  func instrument(_ code: String, version: String? = nil, programme: String? = nil) -> Instrument? {
    instruments[code]?.last { candidate in
      (version == nil || candidate.version == version)
        && (programme == nil || candidate.programme == programme)
    }
  }
}
