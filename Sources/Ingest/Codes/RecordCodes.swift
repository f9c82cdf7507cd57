internal import Events

// Rules across records.
extension IngestCode {
  static let unknownPerson = IngestCode(
    "VD401", .error, "the person is not known", "send the person's enrolment first")
  static let nameNotUnique = IngestCode(
    "VD402", .error, "more than one member of the group has this name",
    "give the employee id or the e-mail address")
  static let noIdentifier = IngestCode(
    "VD403", .error, "the row does not say who it is about",
    "fill in employee id, e-mail address or name")
  static let identifiersDisagree = IngestCode(
    "VD404", .error, "employee id and e-mail address belong to two persons",
    "correct one of them")
  static let weakMatch = IngestCode(
    "VD405", .warning, "a given identifier is not known; a weaker one was used",
    "check that it is the right person")
  static let unknownUnit = IngestCode(
    "VD406", .error, "the unit is not known", "units come with the programme's definition")
  static let unknownGroup = IngestCode(
    "VD407", .error, "the group is not known", "groups come with the programme's definition")
  static let unknownSession = IngestCode(
    "VD408", .error, "the session is not known", "send the sessions before their attendance")
  static let unknownProgramme = IngestCode(
    "VD409", .error, "the programme is not known", "apply its definition first")
  static let unknownInstrument = IngestCode(
    "VD410", .error, "the instrument is not known",
    "instruments come with the programme's definition")
  static let foreignItem = IngestCode(
    "VD411", .error, "the row answers an item its instrument does not have",
    "move the answer to a row of its own instrument, or empty the cell")
  static let unknownWave = IngestCode(
    "VD412", .error, "the wave is not known", "waves come with the programme's definition")
  static let outsideGroup = IngestCode(
    "VD413", .error, "the date is outside the group's life",
    "check the date, or the group's dates in the programme's definition")
  static let outsideProgramme = IngestCode(
    "VD414", .error, "the date is outside the programme",
    "check the date, or the programme's dates in its definition")
  static let notMember = IngestCode(
    "VD415", .error, "the person was not a member of the group on that day",
    "send the enrolment first, or say that it is a guest: guest = yes in the row, or 'visitors: guest'"
      + " in the binding of a meeting in Teams or Zoom")
  static let leftBeforeJoined = IngestCode(
    "VD416", .error, "the person leaves before joining", "check both dates")
  static let neededHere = IngestCode(
    "VD417", .error, "the cell is required because of another cell of the row", "fill it in")
  static let contradiction = IngestCode(
    "VD418", .error, "two cells of the row contradict each other", "correct one of them")
  static let sessionCancelled = IngestCode(
    "VD419", .error, "attendance at a cancelled session",
    "correct the session first, or remove the row")
  static let sessionNotHeld = IngestCode(
    "VD420", .warning, "attendance at a session not yet recorded as held",
    "send the session again with status held")
  static let implausible = IngestCode(
    "VD266", .warning, "a value that can hardly be true",
    "nothing to do if it is; otherwise send the row again with the right one")
  static let keyConflict = IngestCode(
    "VD421", .error, "the same record stands twice in this file with different content",
    "keep the row that is right")
  static let programmeUnclear = IngestCode(
    "VD422", .error, "it is not clear which programme the row belongs to", "give the group")
  static let outsideWave = IngestCode(
    "VD423", .warning, "the answer was given outside the window of its wave",
    "check that file and wave belong together")
  static let memberAgain = IngestCode(
    "VD424", .warning,
    "a person who was in the group before, or is later, is a member of it once more",
    "nothing to do for somebody who left and came back; if the days of the other membership were wrong,"
      + " take that record back: varde retract POSITION")
  static let memberTwice = IngestCode(
    "VD425", .error, "the person would be in the group twice at once",
    "an older file than the last one says so: send the newest; else end the earlier membership with 'left',"
      + " or take back the one that never was: varde retract POSITION")
  static let sameNameInGroup = IngestCode(
    "VD426", .warning, "a member of the group with another employee id has the same name",
    "nothing to do for two persons; if they are one, say so: varde subject merge NEW-ID OLD-ID --reason …"
  )
  static let otherGroupToo = IngestCode(
    "VD427", .warning, "who joins a group is still a member of another one of the programme",
    "who has changed group needs a row for the old one, too, with the day in 'left'; nothing to do for"
      + " somebody who is in both")
  static let memberAsGuest = IngestCode(
    "VD428", .error, "a member of the group is recorded as its guest",
    "leave 'guest' empty, or correct the days of the membership first")
  static let noFixedPlace = IngestCode(
    "VD454", .warning, "a leader or observer of the group is recorded as if a member",
    "such attendance counts nowhere: if they took part, record it as a guest's; if they are a member,"
      + " correct their role")
  static let outsideTerm = IngestCode(
    "VD455", .warning, "hours of a term in which the person is no member of the programme",
    "they count in no figure: check person, programme and term; an enrolment that comes later makes them"
      + " count")
  static let zerosApart = IngestCode(
    "VD429", .error, "a new employee id differs from a known one only by zeros at its front",
    "let both stand for the person first: varde subject alias KNOWN-ID --person-id NEW-ID; or write the id"
      + " as it was enrolled")
  static let addressTaken = IngestCode(
    "VD430", .error, "the e-mail address is another person's",
    "if they are one person with a new employee id, say so first: varde subject alias ADDRESS"
      + " --person-id ID; else leave the address out")
  static let consentMissing = IngestCode(
    "VD431", .error, "the programme records this only with the person's consent",
    "send the consents first; if there is none, remove the row")
  static let nameOfAnother = IngestCode(
    "VD432", .error, "the name beside the employee id or address is another person's",
    "ids and names may have been sorted apart: put those of one person side by side")
  static let nameDiffers = IngestCode(
    "VD433", .warning, "the person is known by another name",
    "check that the row is about that person; a new name is recorded by an enrolment")
  static let personTwice = IngestCode(
    "VD434", .error,
    "the same record stands twice in this file with different content, under two ids of one person",
    "keep the row that is right")
  static let emptySnapshot = IngestCode(
    "VD435", .error, "a snapshot without rows, which would take back everything",
    "was the right sheet saved? a snapshot names at least one record that stays")

  static let attendanceUncounted = IngestCode(
    "VD436", .warning,
    "recorded attendance no longer counts, because of what was corrected or taken back, or of who is one"
      + " person now",
    "if that is not meant, correct the days or the session again: what was recorded is kept, and counts"
      + " again then")
  static let consentGone = IngestCode(
    "VD437", .warning, "what was recorded lies on a day without the consent it was made with",
    "it stays and counts; if the person wants it gone, too: varde retract POSITION")

  static let personMoved = IngestCode(
    "VD366", .warning, "what was recorded of one person is now said of another",
    "if nobody was mistaken for another before, correct who the row is about and send it again")
  static let personUnlinked = IngestCode(
    "VD367", .warning, "what was recorded of a person is now said of nobody",
    "if the binding's 'subject:' was changed or the column emptied, put it back and send the file"
      + " again")
  static let responseUnnamed = IngestCode(
    "VD440", .warning, "a response does not say who gave it, though the binding has a subject",
    "if it should not be anonymous, fill in the subject's column and send the row again")

  static let versionUnsaid = IngestCode(
    "VD442", .warning,
    "new responses do not say on which version of the instrument they were given",
    "if they were given on another, say it: 'version:' in the binding, a column 'version' in a table"
  )
  static let unknownVersion = IngestCode(
    "VD443", .error, "the instrument has no such version",
    "versions come with the programme's definition")

  static let responsesRepeated = IngestCode(
    "VD444", .warning, "a person has several responses to an instrument in a wave",
    "if one was sent by mistake, take it back; parts of one questionnaire belong into one row, or are"
      + " instruments of their own")
  static let responsesCoincide = IngestCode(
    "VD445", .warning, "responses have the ids of recorded ones, and nothing else of them",
    "if this is another survey, send the recorded one's file again, which puts its answers back; then"
      + " give this one's binding a 'survey:' of its own (in a table: ids of its own), and send it")

  static let responsesElsewhere = IngestCode(
    "VD446", .warning, "new responses are recorded in another wave already, word for word",
    "if that wave is wrong, take them back there: 'varde ingest responses FILE --binding THAT_ONE"
      + " --snapshot --yes' with all rows but one taken out of the file, then 'varde retract POSITION'"
      + " for the last; evaluation.response has its position")

  static let recordDisplaced = IngestCode(
    "VD448", .warning, "a record is unchanged, and another one of the same person counts",
    "if this one is right, send its row with the person's other id; varde subject show names the ids"
  )

  static let recordWithdrawn = IngestCode(
    "VD452", .warning, "what the tool no longer has as a record is recorded, and counts",
    "look at it and take it back if it should not count: varde retract POSITION (varde help retract)"
  )
  static let recordScattered = IngestCode(
    "VD453", .error, "the rows of a record do not follow the one that says whom it is about",
    "export the file anew and send it as it is; or sort it by the record, and then by the column of"
      + " 'subject', so that rows without it come last")

  static let ofRecords: [IngestCode] = [
    recordWithdrawn, recordScattered,
    attendanceUncounted, consentGone,
    versionUnsaid, unknownVersion, responsesRepeated, responsesCoincide, responsesElsewhere,
    recordDisplaced,
    personMoved, personUnlinked, responseUnnamed,
    unknownPerson, nameNotUnique, noIdentifier, identifiersDisagree, weakMatch, unknownUnit,
    unknownGroup, unknownSession, unknownProgramme, unknownInstrument, foreignItem, unknownWave,
    outsideGroup, outsideProgramme, notMember, leftBeforeJoined, neededHere, contradiction,
    sessionCancelled, sessionNotHeld, implausible, keyConflict, programmeUnclear, outsideWave,
    memberAgain,
    memberTwice, sameNameInGroup, otherGroupToo, memberAsGuest, noFixedPlace, outsideTerm,
    zerosApart, addressTaken,
    consentMissing, nameOfAnother, nameDiffers, personTwice, emptySnapshot,
  ]
}
