public import FoundationEssentials
internal import Events

extension Register {
  /// Takes in one recorded event that is in effect; call it in the order of positions. Types the
  /// checks have no use for are passed over.
  public mutating func learn(type: String, body: [UInt8], subject: UUID?) {
    switch type {
    case "programme_registered": learnProgramme(body)
    case "unit_registered":
      if let unit = JSONMembers(body).text("unit") { units.insert(unit) }
    case "group_formed": learnGroup(JSONMembers(body))
    case "instrument_published": learnInstrument(body)
    case "wave_defined": learnWave(JSONMembers(body))
    case "enrolment_recorded": learnEnrolment(JSONMembers(body), subject)
    case "session_recorded": learnSession(JSONMembers(body))
    case "subjects_merged": learnMerge(JSONMembers(body), subject)
    case "consent_given", "consent_withdrawn": learnConsent(body, subject)
    default: break
    }
  }

  private struct ProgrammeBody: Decodable {
    struct TermBody: Decodable {
      var code: String
      var from: String
    }
    var programme: String
    var starts_on: String?
    var ends_on: String?
    var terms: [TermBody]?
    var consent: [String: String]?
    var time_zone: String?
  }

  private mutating func learnProgramme(_ body: [UInt8]) {
    guard let programme = try? JSONDecoder().decode(ProgrammeBody.self, from: Data(body)) else {
      return
    }
    let terms = programme.terms?.compactMap { Term(code: $0.code, from: $0.from) } ?? []
    programmes[programme.programme] = Programme(
      code: programme.programme, startsOn: programme.starts_on.flatMap { CivilDate($0) },
      endsOn: programme.ends_on.flatMap { CivilDate($0) },
      terms: terms.isEmpty ? Term.standard : terms)
    programmes[programme.programme]?.consent = programme.consent ?? [:]
    programmes[programme.programme]?.timeZone = programme.time_zone
  }

  private mutating func learnGroup(_ body: JSONMembers) {
    guard let programme = body.text("programme"), let code = body.text("group") else { return }
    groups[code] = Group(
      programme: programme, code: code,
      formedOn: body.text("formed_on").flatMap { CivilDate($0) },
      dissolvedOn: body.text("dissolved_on").flatMap { CivilDate($0) })
  }

  private struct InstrumentBody: Decodable {
    struct ItemBody: Decodable {
      var item: String
      var min: Int
      var max: Int
      var not_relevant: Int?
      var text_nb: String?
      var text_en: String?
      var labels: [String: [String: String]]?
    }
    var programme: String
    var instrument: String
    var version: String
    var items: [ItemBody]

    enum CodingKeys: CodingKey { case programme, instrument, version, items }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      programme = try values.decode(String.self, forKey: .programme)
      instrument = try values.decode(String.self, forKey: .instrument)
      items = try values.decode([ItemBody].self, forKey: .items)
      // A version is a name; definitions write small ones as numbers.
      if let number = try? values.decode(Int.self, forKey: .version) {
        version = String(number)
      } else {
        version = try values.decode(String.self, forKey: .version)
      }
    }
  }

  private mutating func learnInstrument(_ body: [UInt8]) {
    guard let read = try? JSONDecoder().decode(InstrumentBody.self, from: Data(body)) else {
      return
    }
    let instrument = Instrument(
      programme: read.programme, code: read.instrument, version: read.version,
      items: read.items.map {
        var item = Item(
          code: $0.item, minimum: $0.min, maximum: $0.max, notRelevant: $0.not_relevant)
        item.texts = [$0.text_nb, $0.text_en].compactMap(\.self)
        for (number, label) in $0.labels ?? [:] {
          for text in label.values { item.labels[text.lowercased()] = Int(number) }
        }
        return item
      })
    let known = instruments[instrument.code, default: []].firstIndex {
      $0.programme == instrument.programme && $0.version == instrument.version
    }
    // A corrected wording makes an old version no newer.
    guard let known else {
      return instruments[instrument.code, default: []].append(instrument)
    }
    instruments[instrument.code]?[known] = instrument
  }

  private mutating func learnWave(_ body: JSONMembers) {
    guard let programme = body.text("programme"), let code = body.text("wave"),
      let from = body.integer("from_day"), let to = body.integer("to_day")
    else { return }
    let wave = Wave(
      programme: programme, code: code, fromDay: from, toDay: to,
      instrument: body.text("instrument"))
    waves.removeAll { $0.programme == programme && $0.code == code }
    waves.append(wave)
  }

  private mutating func learnEnrolment(_ body: JSONMembers, _ subject: UUID?) {
    guard let subject, let enrolment = Enrolment(body) else { return }
    learn(enrolment, of: subject)
  }

  private mutating func learnSession(_ body: JSONMembers) {
    guard let entry = SessionEntry(body) else { return }
    sessions[entry.code] = entry
  }
}

extension Register.Enrolment {
  init?(_ body: JSONMembers) {
    guard let programme = body.text("programme"), let group = body.text("group"),
      let joined = body.text("joined").flatMap({ CivilDate($0) })
    else { return nil }
    self.init(
      programme: programme, group: group, joined: joined,
      left: body.text("left").flatMap { CivilDate($0) }, role: body.text("role"),
      stay: body.text("stay"))
  }
}

extension Register.SessionEntry {
  /// A session as an event's body has it.
  init?(_ body: JSONMembers) {
    guard let programme = body.text("programme"), let group = body.text("group"),
      let code = body.text("session"), let status = body.text("status")
    else { return nil }
    self.init(
      programme: programme, group: group, code: code, status: status,
      plannedOn: body.text("planned_on").flatMap { CivilDate($0) },
      heldOn: body.text("held_on").flatMap { CivilDate($0) }, minutes: body.integer("minutes"))
  }
}
