internal import EventLog
internal import FoundationEssentials

/// Who was in a meeting, each once, however often they came, under whatever name or address.
struct MeetingPeople {
  struct Person {
    var row: RowBatch.Row
    var name: String
    /// The address to match by: a known one, if there is one.
    var email: (text: String, cell: Int)?
    var stays: [MeetingReport.Stay]
    var isGuest: Bool
    var match: PersonMatch
    /// Which of the attendees they are, by number.
    var attendees: [Int]
  }

  private(set) var people: [Person] = []

  init(
    _ attendees: [MeetingReport.Attendee], group: String, _ matcher: PersonMatcher,
    _ register: Register
  ) throws {
    for attendee in attendees {
      for email in attendee.emails { matcher.want(id: nil, email: email.text) }
    }
    try matcher.lookUp()
    var places: [String: Int] = [:]
    for (number, attendee) in attendees.enumerated() {
      let email =
        attendee.emails.first { matcher.knows(email: $0.text) } ?? attendee.emails.first
      let match = try matcher.match(
        id: nil, email: email?.text, name: attendee.name.isEmpty ? nil : attendee.name,
        group: group)
      let key =
        switch match {
        case .matched(let subject, _), .matchedWeakly(let subject, _):
          register.merges.current(subject).uuidString
        default: email?.text ?? "name \(PersonName.normalised(attendee.name))"
        }
      if let place = places[key] {
        people[place].stays += attendee.stays
        people[place].attendees.append(number)
        people[place].isGuest = people[place].isGuest && attendee.isGuest
      } else {
        places[key] = people.count
        people.append(
          Person(
            row: attendee.row, name: attendee.name, email: email, stays: attendee.stays,
            isGuest: attendee.isGuest, match: match, attendees: [number]))
      }
    }
  }

  /// The subjects of those who were recognised; `nil` if somebody was not.
  var subjects: Set<UUID>? {
    var subjects: Set<UUID> = []
    for person in people {
      if let subject = person.subject {
        subjects.insert(subject)
      } else if !person.isExternal {
        return nil
      }
    }
    return subjects
  }
}

extension MeetingPeople.Person {
  /// Who it is, if anybody knows.
  var subject: UUID? {
    switch match {
    case .matched(let subject, _), .matchedWeakly(let subject, _): subject
    default: nil
    }
  }

  /// Somebody from elsewhere: counted and not recorded.
  var isExternal: Bool { isGuest && match == .unknown }

  /// How long they were there; `nil` where any of it is unknown.
  var seconds: Int? { MeetingReport.seconds(of: stays) }
}
