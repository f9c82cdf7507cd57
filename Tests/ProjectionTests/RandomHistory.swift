import EventLog
import Events
import FoundationEssentials
import Postgres
import TestSupport

/// What an institution recorded in the end, by row key; `nil` for what it took back.
typealias EffectiveRecords = [HistoryKey: Int?]

/// The key of one record: of which kind, and which one.
struct HistoryKey: Hashable, Comparable {
  let kind: Int
  let number: Int

  static func < (left: HistoryKey, right: HistoryKey) -> Bool {
    (left.kind, left.number) < (right.kind, right.number)
  }
}

/// A made-up institution that records, corrects, takes back and sends again, in blocks.
struct RandomHistory {
  /// A record of every kind there is a fact of.
  private static let kinds:
    [(type: String, isAboutSomebody: Bool, body: @Sendable (Int, Int) -> String)] = [
      (
        "programme_registered", false,
        { _, version in
          #"""
          "title_nb":"T","title_en":"T","models":["tst"],"purpose":"v\#(version)","formative_only":true,\#
          "starts_on":"2025-01-12","terms":[],"holiday_months":[7],"time_zone":"Europe/Oslo"
          """#
        }
      ),
      (
        "unit_registered", false,
        { number, version in
          #"""
          "unit":"U\#(number)","kind":"faculty","name_nb":"v\#(version)","name_en":"U",\#
          "valid_from":"2020-01-01"
          """#
        }
      ),
      (
        "group_formed", false,
        { number, version in
          #"""
          "group":"G\#(number)","kind":"team","name_nb":"v\#(version)","name_en":"G",\#
          "formed_on":"2025-01-12","sessions_min":1,"sessions_max":2
          """#
        }
      ),
      (
        "instrument_published", false,
        { number, version in
          #"""
          "instrument":"i\#(number)","version":"1","items":[{"item":"a","text_nb":"v\#(version)","text_en":"a",\#
          "min":1,"max":7}],"scales":[]
          """#
        }
      ),
      (
        "wave_defined", false,
        { number, version in
          #""wave":"W\#(number)","from_day":0,"to_day":\#(30 + version),"instrument":"i0""#
        }
      ),
      (
        "target_set", false,
        { number, version in
          #""indicator":"dose_hours","period":"202\#(number)V","value":\#(version),"rationale":"r""#
        }
      ),
      (
        "enrolment_recorded", true,
        { number, version in
          #"""
          "group":"G\#(number % 2)","unit":"U0","role":"participant","joined":"2025-01-12",\#
          "fte_percent":\#(version)
          """#
        }
      ),
      (
        "session_recorded", false,
        { number, version in
          #"""
          "group":"G\#(number % 2)","session":"s\#(number)","status":"held",\#
          "held_on":"2025-0\#(1 + version % 9)-03","minutes":45
          """#
        }
      ),
      (
        "attendance_recorded", true,
        { number, version in
          #"""
          "group":"G\#(number % 2)","session":"s\#(number)","on":"2025-02-03","status":"present",\#
          "minutes":\#(version),"guest":false
          """#
        }
      ),
      (
        "observation_recorded", true,
        { number, version in
          #"""
          "group":"G0","cycle":"C\#(number)","step":"feedback","on":"2025-02-03",\#
          "observer":"\#(HistoryKey.person(number + 1).uuidString.lowercased())","minutes":\#(version)
          """#
        }
      ),
      (
        "log_submitted", true,
        { number, version in
          #""round":"\#(number)","on":"2025-02-03","words":\#(version)"#
        }
      ),
      (
        "response_submitted", true,
        { number, version in
          #"""
          "instrument":"i0","version":"1","wave":"W\#(number)","answers":{"a":{"v":\#(version % 7),\#
          "s":"answered"},"b":{"v":null,"s":"skipped"}}
          """#
        }
      ),
      (
        "hours_recorded", true,
        { number, version in
          #""term":"202\#(number)V","allocated":\#(version)"#
        }
      ),
      (
        "support_act_recorded", false,
        { number, version in
          #""act":"A\#(number)","unit":"U0","kind":"visit","on":"2025-02-03","level":"v\#(version)""#
        }
      ),
      (
        "outreach_recorded", false,
        { number, version in
          #""group":"G\#(number % 2)","term":"202\#(number)V","requests":\#(version),"held":0"#
        }
      ),
    ]

  private let log: TestLog
  private var random: Seeded
  /// What holds now: version and position.
  private var holding: [HistoryKey: (version: Int, position: Int64)] = [:]
  /// Last position and number of every block so far.
  private(set) var ends: [(position: Int64, block: Int)] = []

  init(_ log: TestLog, seed: UInt64) {
    self.log = log
    random = Seeded(seed)
  }

  /// What a history may end in.
  static func records(_ random: inout Seeded) -> EffectiveRecords {
    var records: EffectiveRecords = [:]
    for kind in kinds.indices {
      for number in 0..<4 {
        let version: Int? =
          Int.random(in: 0..<4, using: &random) == 0
          ? nil : Int.random(in: 1...5, using: &random)
        records.updateValue(version, forKey: HistoryKey(kind: kind, number: number))
      }
    }
    return records
  }

  /// Records blocks of anything.
  mutating func wander(blocks: Int) throws {
    for _ in 0..<blocks {
      var block: EffectiveRecords = [:]
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let key = HistoryKey(
          kind: Int.random(in: Self.kinds.indices, using: &random),
          number: Int.random(in: 0..<4, using: &random))
        let version: Int? =
          Int.random(in: 0..<4, using: &random) == 0
          ? nil : Int.random(in: 1...5, using: &random)
        block.updateValue(version, forKey: key)
      }
      try record(block)
    }
  }

  /// Goes to an end that is given, everything in an order of its own.
  mutating func arrive(at records: EffectiveRecords) throws {
    var left = records.keys.sorted().shuffled(using: &random)
    while !left.isEmpty {
      let count = min(left.count, Int.random(in: 1...9, using: &random))
      try record(
        Dictionary(uniqueKeysWithValues: left.prefix(count).map { ($0, records[$0] ?? nil) }))
      left.removeFirst(count)
    }
  }

  /// Appends a block of new and changed records, and one of those taken back.
  private mutating func record(_ block: EffectiveRecords) throws {
    let sent = block.keys.sorted().shuffled(using: &random).compactMap { key in
      (block[key] ?? nil).map { (key: key, version: $0) }
    }
    var position = Int64(try log.number("SELECT coalesce(max(position), 0) FROM log.event"))
    let answers = try log.writer().record(sent.map { Self.draft($0.key, $0.version) })
    for ((key, version), answer) in zip(sent, answers) where answer != .unchanged {
      position += 1
      holding[key] = (version, position)
    }
    let takenBack = block.keys.sorted().filter { (block[$0] ?? nil) == nil }.compactMap { key in
      holding.removeValue(forKey: key).map {
        Retraction(position: $0.position, type: Self.kinds[key.kind].type, occurredAt: 0)
      }
    }
    if !takenBack.isEmpty { try log.writer().retract(takenBack) }
    ends = try log.administrator.query(
      "SELECT last_position, append_no FROM log.append ORDER BY append_no"
    ).map { (Int64(try $0.int(0)), try $0.int(1)) }
  }

  private static func draft(_ key: HistoryKey, _ version: Int) -> EventDraft {
    let kind = kinds[key.kind]
    // Units have no programme; the rest of them says of which it is.
    let programme = kind.type == "unit_registered" ? "" : #""programme":"TST","#
    return EventDraft(
      type: kind.type, occurredAt: EventDraft.midnight(PersonDrafts.day), precision: .day,
      subject: kind.isAboutSomebody ? HistoryKey.person(key.number) : nil,
      naturalKey: "\(kind.type) \(key.number)",
      body: Array("{\(programme)\(kind.body(key.number, version))}".utf8))
  }
}

extension HistoryKey {
  /// Four people, told apart by a number.
  static func person(_ number: Int) -> UUID {
    UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, UInt8(number % 4)))
  }
}
