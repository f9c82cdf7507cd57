extension ProgrammeDefinition {
  /// What the definition says, one draft for each element, in the order of the file. The natural
  /// key names the element, so that applying a changed definition corrects what it changed.
  public func events() -> [EventDraft] {
    [programmeDraft] + units.map(draft) + groups.map(draft) + instruments.map(draft)
      + waves.map(draft) + targets.map(draft)
  }

  private func draft(
    _ type: String, _ key: String, on day: CivilDate, _ write: (inout JSONWriter) -> Void
  ) -> EventDraft {
    var body = JSONWriter()
    write(&body)
    return EventDraft(
      type: type, occurredAt: EventDraft.midnight(day), precision: .day, naturalKey: key,
      body: body.finish())
  }

  private var programmeDraft: EventDraft {
    draft("programme_registered", "programme:\(programme.code)", on: programme.startsOn) { body in
      body.string("programme", programme.code)
      body.string("title_nb", programme.title.nb)
      body.string("title_en", programme.title.en)
      body.strings("models", programme.models.map(\.rawValue))
      body.string("purpose", programme.purpose)
      body.boolean("formative_only", programme.formativeOnly)
      body.date("starts_on", programme.startsOn)
      body.date("ends_on", programme.endsOn)
      body.objects("terms", calendar.terms) { term, object in
        object.string("code", term.code)
        object.string("from", term.from.description)
        object.string("to", term.to.description)
      }
      body.raw("holiday_months", Array("\(calendar.holidayMonths)".utf8.filter { $0 != 0x20 }))
      body.string("time_zone", institution.timeZone)
      if !consent.isEmpty {
        var rules = JSONWriter()
        for rule in consent { rules.string(dynamic: rule.kind.rawValue, rule.purpose.rawValue) }
        body.raw("consent", rules.finish())
      }
    }
  }

  private func draft(_ unit: Unit) -> EventDraft {
    draft("unit_registered", "unit:\(unit.code)", on: unit.validFrom) { body in
      body.string("unit", unit.code)
      body.string("kind", unit.kind.rawValue)
      body.string("name_nb", unit.name.nb)
      body.string("name_en", unit.name.en)
      body.string("parent", unit.parent)
      body.date("valid_from", unit.validFrom)
      body.date("valid_to", unit.validTo)
    }
  }

  private func draft(_ group: Group) -> EventDraft {
    draft("group_formed", "group:\(group.code)", on: group.formedOn) { body in
      body.string("programme", programme.code)
      body.string("group", group.code)
      body.string("kind", group.kind.rawValue)
      body.string("name_nb", group.name.nb)
      body.string("name_en", group.name.en)
      body.string("unit", group.unit)
      body.date("formed_on", group.formedOn)
      body.date("dissolved_on", group.dissolvedOn)
      body.integer("sessions_min", group.plan.sessionsAMonth?.lowerBound)
      body.integer("sessions_max", group.plan.sessionsAMonth?.upperBound)
      body.integer("minutes_min", group.plan.minutes?.lowerBound)
      body.integer("minutes_max", group.plan.minutes?.upperBound)
      body.integer("size_min", group.plan.size?.lowerBound)
      body.integer("size_max", group.plan.size?.upperBound)
    }
  }

  private func draft(_ instrument: Instrument) -> EventDraft {
    let key = "instrument:\(programme.code)/\(instrument.code)@\(instrument.version)"
    return draft("instrument_published", key, on: programme.startsOn) { body in
      body.string("programme", programme.code)
      body.string("instrument", instrument.code)
      body.integer("version", instrument.version)
      body.string("title_nb", instrument.title.nb)
      body.string("title_en", instrument.title.en)
      body.objects("items", instrument.items) { item, object in object.item(item) }
      body.objects("scales", instrument.scales) { scale, object in
        object.string("scale", scale.code)
        object.string("title_nb", scale.title.nb)
        object.string("title_en", scale.title.en)
        object.strings("items", scale.items)
        object.strings("reversed", scale.reversed)
        object.integer("min_valid", scale.minValid)
      }
    }
  }

  private func draft(_ wave: Wave) -> EventDraft {
    draft("wave_defined", "wave:\(programme.code)/\(wave.code)", on: programme.startsOn) { body in
      body.string("programme", programme.code)
      body.string("wave", wave.code)
      body.integer("from_day", wave.fromDay)
      body.integer("to_day", wave.toDay)
      body.string("instrument", wave.instrument)
      body.integer("invited", wave.invited)
    }
  }

  private func draft(_ target: Target) -> EventDraft {
    let key = "target:\(programme.code)/\(target.indicator)/\(target.period)"
    return draft("target_set", key, on: programme.startsOn) { body in
      body.string("programme", programme.code)
      body.string("indicator", target.indicator)
      body.string("period", target.period)
      body.decimal("value", target.value)
      body.string("rationale", target.rationale)
    }
  }
}

extension JSONWriter {
  /// A member that is a list of objects, empty or not.
  fileprivate mutating func objects<Element>(
    _ name: StaticString, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
  ) {
    var list: [UInt8] = [UInt8(ascii: "[")]
    for (index, element) in elements.enumerated() {
      if index > 0 { list.append(UInt8(ascii: ",")) }
      var object = JSONWriter()
      write(element, &object)
      list.append(contentsOf: object.finish())
    }
    list.append(UInt8(ascii: "]"))
    raw(name, list)
  }

  fileprivate mutating func item(_ item: ProgrammeDefinition.Item) {
    string("item", item.code)
    string("text_nb", item.text.nb)
    string("text_en", item.text.en)
    integer("min", item.scale.lowerBound)
    integer("max", item.scale.upperBound)
    integer("not_relevant", item.notRelevant)
    guard !item.labels.isEmpty else { return }
    var labels = JSONWriter()
    for label in item.labels {
      var text = JSONWriter()
      text.string("nb", label.text.nb)
      text.string("en", label.text.en)
      labels.raw(dynamic: String(label.answer), text.finish())
    }
    raw("labels", labels.finish())
  }
}
