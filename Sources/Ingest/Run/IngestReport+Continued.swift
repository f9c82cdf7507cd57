extension IngestReport {
  /// Makes this the report of all a run has done, of which an earlier attempt was interrupted.
  ///
  /// A run that is gone on with reads the file from its beginning, and the log answers for what it has
  /// as it did before. So the attempt that came further tells everything of the other, but for
  /// changes of names and addresses, which are found only once.
  /// - Returns: whether the earlier one came further.
  public mutating func take(in earlier: IngestReport) -> Bool {
    let isShorter = isInterrupted && read < earlier.read
    let own = self
    if isShorter { self = earlier }
    namesChanged = earlier.namesChanged + own.namesChanged
    emailsAdded = earlier.emailsAdded + own.emailsAdded
    personChanges = earlier.personChanges + own.personChanges
    number = own.number
    return isShorter
  }
}
