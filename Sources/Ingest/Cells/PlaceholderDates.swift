internal import Events

extension CivilDate {
  /// Whether programs write this day where they have none: the first or the last their calendars
  /// know, and a far one that stands for "for ever".
  var isPlaceholder: Bool {
    switch (year, month, day) {
    case (1, 1, 1), (1753, 1, 1), (1899, 12, 30...31), (1900, 1, 1), (1904, 1, 1),
      (1970, 1, 1), (2999, 12, 31), (9999, 12, 31):
      true
    default: false
    }
  }
}
