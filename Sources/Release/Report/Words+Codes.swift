/// Codes of the data in words. A code without a name here is shown as it is.
extension Words {
  func model(_ code: String) -> String {
    switch code.uppercased() {
    case "TST": self("kollegastøtteteam (TST)", "Teacher Support Teams (TST)")
    case "PPM": self("problembasert kollegaveiledning (PPM)", "problem-based peer mentoring (PPM)")
    case "OPM":
      self("observasjonsbasert kollegaveiledning (OPM)", "observation-based peer mentoring (OPM)")
    case "PGM": self("veiledning i kollegagruppe (PGM)", "peer-group mentoring (PGM)")
    default: code
    }
  }

  func groups(_ kind: String, _ count: Int) -> String {
    switch kind {
    case "team": self.count(count, ("team", "team"), ("team", "teams"))
    case "pair": self.count(count, ("par", "pair"), ("par", "pairs"))
    default: "\(count)\u{A0}\(kind)"
    }
  }

  func leaveReason(_ code: String) -> String {
    switch code {
    case "time": self("tid", "time")
    case "moved_job": self("byttet jobb", "moved job")
    case "no_benefit": self("uten utbytte", "no benefit")
    case "leave": self("permisjon", "leave of absence")
    case "resource_end": self("ressursen tok slutt", "resource ended")
    case "completed": self("fullført", "completed")
    case "other": self("annet", "other")
    case "unknown", "": self("ikke oppgitt", "not stated")
    default: code
    }
  }

  func act(_ code: String) -> String {
    switch code {
    case "dept_meeting_agenda": self("Sak på instituttmøte", "On a department meeting's agenda")
    case "leader_attended": self("Leder deltok", "Leader attended")
    case "leader_referred_new_hire":
      self("Leder viste nyansatt til team", "Leader referred a new hire")
    case "budget": self("Budsjett", "Budget")
    case "room": self("Rom", "Room")
    case "strategy_anchored": self("Forankret i strategi", "Anchored in strategy")
    case "project_group_meeting": self("Møte i prosjektgruppa", "Project group meeting")
    case "recognition": self("Anerkjennelse", "Recognition")
    case "intranet": self("Intranett", "Intranet")
    case "newsletter": self("Nyhetsbrev", "Newsletter")
    default: code
    }
  }

  func caveat(_ code: String) -> String {
    switch code {
    case "ceiling_effect": self("mange på høyeste skåre", "many at the highest score")
    case "floor_effect": self("mange på laveste skåre", "many at the lowest score")
    case "descriptive": self("for få måneder til et intervall", "too few months for an interval")
    case "interval_withheld_few_clusters":
      self("for få å trekke fra til et intervall", "too few to resample for an interval")
    case "interval_withheld_no_variation":
      self("ingen variasjon, derfor ikke noe intervall", "no variation, hence no interval")
    case "low_coverage": self("under 80 % er registrert", "less than 80% is recorded")
    case "minutes_unknown": self("minutter ukjent, regnet som 0", "minutes unknown, counted as 0")
    case "other_scale_left_out":
      self("svar på en annen skala er utelatt", "answers on another scale are left out")
    case "prorated_scores":
      self("mange skårer bygger på en del av spørsmålene", "many scores rest on part of the items")
    case "base_rounded_down":
      self("grunnlaget er rundet ned til nærmeste 5", "the base is rounded down to a multiple of 5")
    case "provisional": self("foreløpig", "provisional")
    default: code
    }
  }

  func flag(_ flag: PublishedCell.Flag) -> String {
    switch flag {
    case .hidden: self("skjult av hensyn til personvern", "hidden for confidentiality")
    case .notApplicable: self("ikke aktuelt", "not applicable")
    case .notAvailable: self("ikke tilgjengelig", "not available")
    }
  }

  func unitOfCount(_ code: String, _ count: Int) -> String {
    switch code {
    case "persons": people(count)
    case "answers": self.count(count, ("svar", "answer"), ("svar", "answers"))
    case "sessions": self.count(count, ("møte", "session"), ("møter", "sessions"))
    case "months": self.count(count, ("teammåned", "team-month"), ("teammåneder", "team-months"))
    case "groups": self.count(count, ("gruppe", "group"), ("grupper", "groups"))
    default: "\(count)\u{A0}\(code)"
    }
  }
}
