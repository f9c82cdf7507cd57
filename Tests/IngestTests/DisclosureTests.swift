import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Nobody is named in what is printed and kept, whatever column they stand in.
@Suite("Who stands in the wrong cell", .serialized)
struct DisclosureTests {
  private let disclosure: Disclosure

  init() {
    let scene = Scene()
    disclosure = Disclosure(
      scene.register, SessionDirectory(KnownSessions(entries: scene.register.sessions)))
  }

  @Test(arguments: [
    "", "TST-1", "TST-1-2025-02-11", "HUM", "present", "tilstede", "presnt", "pit_1", "W0", "2025V",
    "2025-02-30", "31.13.2025", "2/11/25, 1:00:11 PM", "2025-02-11T10:00:00+01:00", "02.jan",
    "60", "-5", "4711", "0,5", "1 200,50", "80,5", "1h 27m 51s", "00:47:03", "R1", "ja",
    "present TST-1",
  ])
  func `what is about nobody is shown`(text: String) {
    #expect(disclosure.shown(text) == text)
  }

  @Test(arguments: [
    "Åse Prøvesen", "Prøvesen, Åse", "Åse", "Bo", "Mai", "April", "F1001", "00427", "100123",
    "p1@example.org", "TST-1-Åse", "HUM.provesen", "22 85 50 50", "2285 5050", "22.85.50.50",
    "01019012345", "1.23457E+11", "present Åse", "Eva", "present\nÅse Prøvesen", "D'Prøvesen",
  ])
  func `what may be about somebody is not`(text: String) {
    #expect(disclosure.shown(text) == "•••")
  }

  @Test func `a long text is neither shown nor weighed`() {
    #expect(disclosure.shown(String(repeating: "60 ", count: 100_000)) == "•••")
  }

  @Test func `the caret stays under its cell`() throws {
    let folder = try Folder()
    let file = try folder.write(
      "f.csv",
      Array("session;name;status\nTST-1-2025-02-11;\"Åse \"\"P\"\" Prøvesen\";presnt\n".utf8))
    let found = try #require(try Scene().ingest("attendance", file: file).diagnostics.first)
    let lines = found.rendered.split(separator: "\n")
    let caret = try #require(lines[2].firstIndex(of: "^"))
    let under = lines[1].dropFirst(lines[2].distance(from: lines[2].startIndex, to: caret))
    #expect(under == (found.code == "VD408" ? "TST-1-2025-02-11;\"Ås•••\";presnt" : "presnt"))
  }

  @Test func `people as columns are not named by their headings`() throws {
    let folder = try Folder()
    let file = try folder.write(
      "f.csv",
      Array(
        "session;status;Åse Prøvesen;Demodal, Øyvind;F1003;Minuter\nx;present;1;1;1;1\n".utf8))
    do {
      _ = try Scene().ingest("attendance", file: file)
      Issue.record("the header is wrong")
    } catch let error as InputError {
      let text = error.diagnostics.map(\.rendered).joined(separator: "\n")
      #expect(!text.lowercased().contains("prøvesen") && !text.contains("Demodal"))
      #expect(!text.contains("F1003"))
      #expect(text.contains("column 'Minuter' is not known"))
    }
  }

  // MARK: Shifted files

  private static let files: [(kind: String, file: String, binding: String?)] = [
    ("enrolments", "enrolments.csv", nil), ("sessions", "sessions.csv", nil),
    ("attendance", "attendance.csv", nil), ("observations", "observations.csv", nil),
    ("logs", "logs.csv", nil), ("hours", "hours.csv", nil),
    ("support-acts", "support-acts.csv", nil), ("outreach", "outreach.csv", nil),
    ("responses", "survey-w0.csv", "survey-w0.binding.yaml"),
    ("attendance", "teams-TST-3-2025-09-23.csv", "teams.binding.yaml"),
  ]

  @Test(arguments: 0..<24)
  func `however cells are shifted, nobody is named`(seed: UInt64) throws {
    var random = Seeded(seed + 4_711)
    let office = DemoOffice()
    for file in ["tst.yaml", "opm.yaml"] { try office.apply(file) }
    _ = try office.send("enrolments", "enrolments.csv")
    _ = try office.send("sessions", "sessions.csv")
    let hidden = identities(office)
    let names = office.vault.people.flatMap { [$0.personID, $0.email, $0.name] }.compactMap { $0 }
    let folder = try Folder()
    for (kind, file, binding) in DisclosureTests.files {
      let bytes = try Data(contentsOf: URL(filePath: "\(DemoOffice.folder)/\(file)"))
      let text = DisclosureTests.text(Array(bytes))
      let path = try folder.write(
        file, Array(DisclosureTests.shift(text, names, &random).utf8))
      let bound = try binding.map { name in
        var yaml = String(
          decoding: try Data(contentsOf: URL(filePath: "\(DemoOffice.folder)/\(name)")),
          as: UTF8.self)
        // The wrong column is bound, now and then.
        if Bool.random(using: &random) {
          yaml = yaml.replacing("isol.1: pit6_1", with: "deltaker: pit6_1")
        }
        return try Binding(yaml: yaml, file: name)
      }
      let said = DisclosureTests.said { try office.send(kind, path: path, bound) }
      let named = hidden.intersection(DisclosureTests.words(said))
      #expect(named.isEmpty, "\(file): \(named)")
    }
  }

  /// Ids, words of names and of addresses of everybody in the demo; short words are ours as well.
  private func identities(_ office: DemoOffice) -> Set<String> {
    let people = office.vault.people
    #expect(people.count > 20)
    return DisclosureTests.words(
      people.flatMap {
        [$0.personID, $0.name, $0.email?.split(separator: "@").first.map(String.init)]
      }
      .compactMap { $0 }.joined(separator: " ")
    ).filter { $0.count > 3 }
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init))
  }

  private static func said(_ send: () throws -> IngestReport) -> String {
    do {
      let report = try send()
      return report.text(showing: 1_000) + (try report.json())
    } catch let error as InputError {
      let report = IngestReport(
        unusable: error, run: Scene.run, kind: "", file: "", isDryRun: true)
      return report.text() + ((try? report.json()) ?? "")
    } catch {
      return "\(error)"
    }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    let decoder = TextDecoder(MemorySupply(bytes), file: "f", encoding: nil)
    var text: [UInt8] = []
    while (try? decoder.append(to: &text)) == true {}
    return String(decoding: text, as: UTF8.self)
  }

  /// The file with cells put in, taken out, exchanged and replaced by somebody's name.
  private static func shift(
    _ text: String, _ names: [String], _ random: inout Seeded
  ) -> String {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    let delimiter: Character = text.contains("\t") ? "\t" : text.contains(";") ? ";" : ","
    let changesHeader = Int.random(in: 0..<8, using: &random) == 0
    return lines.enumerated().map { index, line in
      var cells = line.split(separator: delimiter, omittingEmptySubsequences: false)
        .map(String.init)
      guard cells.count > 1, index > 0 || changesHeader else { return String(line) }
      let place = Int.random(in: 0..<cells.count, using: &random)
      switch Int.random(in: 0..<7, using: &random) {
      case 0: cells.insert("", at: place)
      case 1: cells.remove(at: place)
      case 2: cells.swapAt(place, Int.random(in: 0..<cells.count, using: &random))
      case 3: cells = Array(cells[place...] + cells[..<place])
      case 4: cells[place] = names.randomElement(using: &random) ?? ""
      case 5: cells[place] = "\"" + (names.randomElement(using: &random) ?? "") + "\"\" x\""
      default: break
      }
      return cells.joined(separator: String(delimiter))
    }.joined(separator: "\r\n")
  }
}
