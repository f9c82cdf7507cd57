/// The note a reader finds first when the folder is opened.
enum ReadMe {
  static func file(_ publication: Publication) -> ReleaseFile {
    let frame = publication.frame
    let words = Words(language: frame.options.language)
    let term = words.term(frame.period.code)
    let lines = [
      "# \(words.text(frame.programme.title)), \(frame.institution.name): \(term)", "",
      words(
        "Evalueringsrapport fra loggposisjon \(frame.cut), slik den var kjent \(words.date(frame.asOf)).",
        "Evaluation report from log position \(frame.cut), as known on \(words.date(frame.asOf))."
      ), "",
      words(
        """
        - `report.html`: rapporten; åpnes i en nettleser og kan skrives ut på A4
        - `tables/`: alle tall, en rad per tall
        - `codebook.csv`: spørsmålene, kodene og skalaene
        - `indicators.csv`: hva hver indikator betyr
        - `datapackage.json`: beskrivelse av tabellene for maskiner (Data Package 2)
        - `disclosure.json`: hva som er skjult, og etter hvilke regler
        - `manifest.json`: hva utgivelsen er laget av
        - `SHA256SUMS`: kontrollsummer; `sha256sum -c SHA256SUMS`
        """,
        """
        - `report.html`: the report; opens in a browser and prints on A4
        - `tables/`: all figures, one row each
        - `codebook.csv`: the questions, their codes and scales
        - `indicators.csv`: what each indicator means
        - `datapackage.json`: the tables described for machines (Data Package 2)
        - `disclosure.json`: what is hidden, and by which rules
        - `manifest.json`: what the release was made from
        - `SHA256SUMS`: checksums; `sha256sum -c SHA256SUMS`
        """), "",
      words(
        "En tom verdi har en grunn i kolonnen `flag`: `c` \(words.flag(.hidden)), `z` \(words.flag(.notApplicable)), `x` \(words.flag(.notAvailable)).",
        "An empty value has its reason in the column `flag`: `c` \(words.flag(.hidden)), `z` \(words.flag(.notApplicable)), `x` \(words.flag(.notAvailable))."
      ), "",
      words(
        "Tallene er til læring. De skal ikke brukes til å vurdere eller rangere personer eller grupper.",
        "The figures are for learning. They are not to be used to assess or rank persons or groups."
      ),
      "",
    ]
    return ReleaseFile(path: "README.md", text: lines.joined(separator: "\n"))
  }
}
