public import Events

/// What the log and questions about its past refuse, for the list of codes. The numbers are SQLSTATEs
/// of the functions under Schema.
public enum LogCodes {
  public static let all: [ListedCode] = [
    ListedCode(
      "VL400", "a block is not numbered from the end of the log on, is empty, or is too large",
      "a block has 1 to 5,000 events; another recorder may have appended meanwhile: try again"),
    ListedCode(
      "VL403", "what is recorded cannot be changed, emptied or taken out",
      "send a correction; to erase a person is the steward's, through log.erase"),
    ListedCode(
      "VL404", "the institution has no log that is open for recording",
      "apply a programme of the institution first: varde programme apply"),
    ListedCode(
      "VL405", "an append in another isolation level than read committed",
      "the recording program is at fault: report it"),
    ListedCode(
      "VL409", "the append key was used for other content", "make a new key for new content"),
    ListedCode(
      "VL410", "nobody knows events of this type or version",
      "known are those in log.event_type; a newer varde may know more"),
    ListedCode(
      "VL411", "an event has no body or one of more than 1 MiB", "check what was to be recorded"),
    ListedCode(
      "VL412", "the log does not end where the caller thought", "read what came since, then decide"),
    ListedCode("VL413", "an event lies more than five years ahead", "check the year"),
    ListedCode(
      "VL422", "a leaf is not the hash of its event", "the recording program is at fault: report it"
    ),
    ListedCode(
      "VL423", "events were written and not sealed as a block",
      "the recording program is at fault: report it"),
    ListedCode(
      "VL424", "an event corrects or retracts a position that is not there",
      "the recording program is at fault: report it"),
    ListedCode(
      "VL425", "there is no event at the position that is to be left out",
      "'varde failures' names the position"),
    ListedCode(
      "VL426", "the event is left out of all facts already",
      "the decision stands in the log, at the position named"),
    ListedCode(
      "VL427", "an event of this type cannot be left out",
      "decisions, consents and releases hold for everybody; what is unknown needs a newer varde"),
    ListedCode(
      "VL428", "the event has become a fact, so it cannot be left out any more",
      "send a correction, or retract the record; what a new version cannot take can be left out once "
        + "'varde rebuild' has halted at it"),
    ListedCode(
      "VL429", "leaving an event out needs a reason of 1 to 1,000 characters",
      "say why, without names"),
    ListedCode(
      "VL430", "there is no such institution", "ops.institution has the codes of those there are"),
    ListedCode(
      "VL431", "the facts have not come to the position asked for",
      "ask for a position up to there, or wait for the worker: varde status"),
  ]
}
