import Indicators

/// Why the figures can be believed, and how far: methods, data quality, disclosure control, proof.
extension ReportBuilder {
  func methods() -> SectionView {
    let rows = frame.definitions.map { entry in
      let whole = words.text(entry.denominator)
      return [
        words.text(entry.title),
        words.text(entry.numerator) + (whole.isEmpty ? "" : words(" Av: ", " Of: ") + whole),
        words.text(entry.interval), "\(entry.version)",
      ]
    }
    return section(
      "methods", words("Metode og begrensninger", "Methods and limits"),
      [
        bullets([
          words(
            "Ingen sammenlikningsgruppe. Tallene beskriver deltakerne mens de er med; de viser ikke hva programmet alene har ført til.",
            "No comparison group. The figures describe participants while they take part; they do not show what the programme alone has brought about."
          ),
          words(
            "Deltakerne er få og har selv valgt å være med. Brede intervaller skal leses som det de er.",
            "Participants are few and chose to take part. Wide intervals are to be read as what they are."
          ),
          words(
            "Oppmøte er en full telling av det som er registrert. Intervallet sier hvordan det kunne ha gått, ikke hvor sikker tellingen er.",
            "Attendance is a full count of what was recorded. The interval says how it could have gone, not how sure the count is."
          ),
          words(
            "Runder følger tiden siden den enkelte begynte. Den som svarer i en runde, har ikke nødvendigvis svart i en annen; forskjeller mellom runder er derfor ikke omtalt som endring.",
            "Waves follow the time since each person began. Who answers in one wave has not necessarily answered in another; differences between waves are therefore not called change."
          ),
          words(
            "8 (ikke relevant / vet ikke) er en egen kategori og er aldri med i et gjennomsnitt. 0/0 er ikke 0 %.",
            "8 (not relevant / don't know) is a category of its own and never enters a mean. 0/0 is not 0%."
          ),
        ]),
        BlockView(tables: [
          table(
            [
              words("Indikator", "Indicator"), words("Hva som telles", "What is counted"),
              words("Intervall", "Interval"), words("Versjon", "Version") + "#",
            ], rows,
            title: words(
              "Definisjoner; hele katalogen står i indicators.csv",
              "Definitions; the whole catalogue is in indicators.csv"))
        ]),
      ])
  }

  func quality() -> SectionView {
    let terms = index.periods(.term)
    let coverage = terms.map { term -> [String] in
      let recorded = index.programme("attendance_recording_coverage", term)
      let hours = index.programme("hours_allocation_coverage", term)
      let isFinal = Disclosure.isFinal(term.to, asOf: frame.asOf)
      return [
        termName(term), valueText(recorded),
        coverageText(hours),
        words.date(term.to), words.status(isFinal: isFinal),
      ]
    }
    let waves = index.periods(.wave).map { wave -> [String] in
      let cell = index.isolationScales.first.flatMap {
        index.programme("isolation_score", wave, item: $0.code)
      }
      let isFinal = Disclosure.isFinal(wave.to, asOf: frame.asOf)
      return [
        wave.code, baseText(cell), coverageText(cell),
        words.date(wave.to), words.status(isFinal: isFinal),
      ]
    }
    return section(
      "quality", words("Datakvalitet", "Data quality"),
      [
        paragraph(
          """
          En periode er foreløpig til 30 dager etter at den er over, fordi opplysninger kommer \
          sent og blir rettet. Ingenting i loggen overskrives: en retting er en ny hendelse.
          """,
          """
          A period is provisional until 30 days after its end, because records come late and are \
          corrected. Nothing in the log is overwritten: a correction is a new event.
          """),
        BlockView(tables: [
          table(
            [
              words("Termin", "Term"), words("Oppmøte registrert", "Attendance recorded") + "#",
              words("Avsatte timer kjent", "Allocated hours known") + "#",
              words("Slutter", "Ends"), words("Tallene er", "Figures are"),
            ], coverage, title: words("Dekning per termin", "Coverage by term"))
        ]),
        waves.isEmpty
          ? nil
          : BlockView(tables: [
            table(
              [
                words("Runde", "Wave"), words("Svar", "Answers") + "#",
                words("Svarandel", "Response") + "#",
                words("Siste vindu lukkes", "Last window closes"),
                words("Tallene er", "Figures are"),
              ], waves, title: words("Spørreskjema per runde", "Survey by wave"))
          ]),
        caveatList(),
      ])
  }

  private func caveatList() -> BlockView? {
    var indicators: [String: Set<String>] = [:]
    for cell in publication.cells {
      for caveat in cell.figure?.caveats ?? [] where caveat != "provisional" {
        let title = index.definition(cell.indicator).map { words.text($0.title) }
        indicators[caveat, default: []].insert(title ?? cell.indicator)
      }
    }
    guard !indicators.isEmpty else { return nil }
    return bullets(
      indicators.keys.sorted(by: utf8Precedes).map { caveat in
        let names = (indicators[caveat] ?? []).sorted(by: utf8Precedes).joined(separator: ", ")
        return words("Forbehold: ", "Caveat: ") + words.caveat(caveat) + " (\(names))"
      })
  }

  func disclosure() -> SectionView {
    let counts = publication.disclosure
    let (few, many) = (frame.options.countThreshold, frame.options.valueThreshold)
    return section(
      "disclosure", words("Vern om enkeltpersoner", "Protection of individuals"),
      [
        bullets(
          [
            words(
              "Antall personer fra 1 til \(few - 1) er skjult; ekte nuller vises.",
              "Counts of people from 1 to \(few - 1) are hidden; true zeros are shown."),
            words(
              "Andeler, gjennomsnitt og skårer har minst \(many) personer bak seg; tall om møter minst to grupper.",
              "Shares, means and scores have at least \(many) people behind them; figures about sessions at least two groups."
            ),
            words(
              "Et spørsmål er skjult når ett svar samler alle, eller alle unntatt én.",
              "A question is hidden when one answer holds everybody, or all but one."),
            words(
              "Flere tall er skjult til ingen skjulte kan regnes ut av summer: enheter til program, måneder til termin, spørsmål til skala.",
              "Further figures are hidden until no hidden one follows from sums: units to programme, months to term, items to scale."
            ),
          ]
            + (MembershipBases.isNeeded(publication.flow)
              ? [
                words(
                  "Så få har sluttet at antallet er skjult. Grunnlag som ville ha røpet det, er rundet ned til nærmeste 5 og står med «≥».",
                  "So few have left that their number is hidden. Bases that would give it away are rounded down to a multiple of 5 and carry \"≥\"."
                )
              ] : []) + [
              words(
                "Grupper vises aldri hver for seg, heller ikke i filene.",
                "Groups are never shown one by one, nor are they in the files.")
            ]),
        paragraph(
          """
          I denne utgivelsen: \(counts.published) tall vist, \(counts.hiddenPrimary) skjult av seg \
          selv, \(counts.hiddenComplementary) skjult for å verne andre, \
          \(counts.distributionsHiddenPrimary + counts.distributionsHiddenComplementary) \
          svarfordelinger holdt tilbake og \(counts.distributionsCollapsed) vist i klasser. \
          Før utgivelsen ble det prøvd å regne ut de skjulte tallene fra de viste over \
          \(counts.lines) summer; ingen lot seg regne ut slik. Slutninger fra flere mål for samme \
          tall sett sammen, og fra tidligere utgivelser, er ikke prøvd.
          """,
          """
          In this release: \(counts.published) figures shown, \(counts.hiddenPrimary) hidden for \
          their own sake, \(counts.hiddenComplementary) hidden to protect others, \
          \(counts.distributionsHiddenPrimary + counts.distributionsHiddenComplementary) \
          distributions of answers withheld and \(counts.distributionsCollapsed) shown in \
          classes. Before release an attempt was made to compute the hidden figures from the \
          shown ones over \(counts.lines) sums; none could be computed that way. Inference from \
          several statistics of a figure together, and from earlier releases, was not tried.
          """),
      ])
  }

  func reproducibility() -> SectionView {
    let facts = [
      FactView(term: words("Utgivelse", "Release"), detail: frame.folderName, isCode: true),
      FactView(
        term: words("Kutt", "Cut"),
        detail: words(
          "posisjon \(frame.cut) i loggen til \(frame.institution.code)",
          "position \(frame.cut) of the log of \(frame.institution.code)")),
      FactView(term: words("Blokkens hash", "Block hash"), detail: frame.blockHash, isCode: true),
      FactView(term: words("Kjent per", "Known as of"), detail: words.date(frame.asOf)),
      FactView(
        term: words("Utelatte hendelser", "Events left out"), detail: "\(frame.quarantined)"),
      FactView(term: "Varde", detail: frame.toolVersion),
      FactView(
        term: words("Definisjoner", "Definitions"),
        detail: frame.definitions.map { "\($0.id) \($0.version)" }.joined(separator: ", ")),
    ]
    return section(
      "reproducibility", words("Etterprøving", "Reproducibility"),
      [
        paragraph(
          """
          Alle tall er regnet ut fra en logg som bare kan legges til. Samme kutt og samme valg gir \
          de samme filene, byte for byte. Filene er hele og uendret når denne kommandoen i mappa \
          svarer «OK» for hver av dem:
          """,
          """
          All figures are computed from a log that can only be added to. The same cut and the same \
          options give the same files, byte for byte. The files are whole and unchanged when this \
          command, run in the folder, answers "OK" for each of them:
          """),
        BlockView(commands: ["sha256sum -c SHA256SUMS"]),
        paragraph(
          """
          Institusjonen kan vise at loggen er den samme: blokken ved kuttet skal ha hashen under, \
          og denne kommandoen regner hele kjeden om igjen:
          """,
          """
          The institution can show that the log is the same: the block at the cut must have the \
          hash below, and this command computes the whole chain anew:
          """),
        BlockView(commands: ["varde verify"]),
        paragraph(
          """
          En hendelse i loggen som ikke lar seg lese, kan utelates ved et vedtak som selv står i \
          loggen. Antallet under gjelder hele institusjonens logg fram til kuttet.
          """,
          """
          An event of the log that cannot be read may be left out by a decision that itself stands \
          in the log. The number below is that of the institution's whole log up to the cut.
          """),
        BlockView(factLists: [FactListView(facts: facts)]),
      ])
  }
}
