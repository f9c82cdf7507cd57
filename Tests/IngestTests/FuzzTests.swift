import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Whatever a file holds, a run ends with an error or a balanced report.
@Suite("Hostile files")
struct FuzzTests {
  private let seeds: [String: String] = [
    "enrolments":
      "person_id;name;email;unit;group;joined;left;fte_percent\nF3001;\"Eks \"\"E\"\"\";e@example.org;HUM;TST-1;2025-01-20;20.01.2026;80,5\n",
    "sessions":
      "session;group;planned_on;status;held_on;minutes\nX1;TST-1;2025-02-11;held;45699;60\n",
    "attendance":
      "session;person_id;email;name;status;minutes;guest\nS1;F1001;p1@example.org;\"Prøvesen, Åse\";present;1 200,0;ja\n",
    "observations":
      "cycle;group;step;on;observed;observer\nC;TST-1;closed;2025-03-03;F1001;F1002\n",
    "logs": "person_id;round;on;words;learning_codes\nF1001;1;2025-05-23;10;\"a, b\"\n",
    "responses":
      "response;instrument;wave;person_id;on;pit_1;pit_2\nR;pit;W0;F1001;2025-01-25;6.0;8\n",
    "hours": "person_id;programme;term;allocated;spent\nF1001;TST;2025V;1\u{A0}200,50;1.2E+3\n",
    "support-acts": "act;programme;unit;kind;on;level\nA;TST;HUM;budget;2025-02-11;unit\n",
    "outreach": "group;term;requests;held\nTST-1;2025V;0;0\n",
  ]

  private let pieces: [[UInt8]] = [
    [0], [0x22], [0x0A], [0x0D], [0x3B], [0x2C], [0x09], [0xFF], [0xFE], [0xEF, 0xBB, 0xBF],
    [0xC3], [0xA5], [0xED, 0xA0, 0x80], [0x2D], [0x2E], [0x65], [0x39, 0x39, 0x39, 0x39, 0x39],
    [0x20], [0xC2, 0xA0], [0xE2, 0x80], [0x28], [0x29], [0x3A], [0x50, 0x4D],
  ]

  private func mutate(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0...3, using: &random) {
      case 0: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [0], at: place)
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      default:
        let end = min(bytes.count, place + Int.random(in: 0...20, using: &random))
        bytes.append(contentsOf: bytes[place..<end])
      }
    }
    return bytes
  }

  @Test(arguments: 0..<60)
  func `templates gone wrong`(seed: UInt64) throws {
    var random = Seeded(seed + 31)
    let folder = try Folder()
    for (kind, text) in seeds.sorted(by: { $0.key < $1.key }) {
      for _ in 0..<8 {
        let file = try folder.write("f.csv", mutate(Array(text.utf8), &random))
        do {
          #expect(try Scene().ingest(kind, file: file).isBalanced)
        } catch is InputError {
          continue
        }
      }
    }
  }

  @Test(arguments: 0..<60)
  func `Teams reports gone wrong`(seed: UInt64) throws {
    var random = Seeded(seed + 77)
    let folder = try Folder()
    let report =
      "1. S\nA\t1\n\n2. P\nName\tFirst\tLast\tDuration\tEmail\tUPN\tRole\n"
      + "Åse Prøvesen\t3/12/26, 1:00:11 PM\t3/12/26, 2:02:02 PM\t1h 1m 51s\tp1@example.org\t\tX\n"
      + "Gjest (Ekstern)\t3/12/26, 1:00:11 PM\t3/12/26, 2:02:02 PM\t1m\t\t\tX\n\n3. A\n"
      + "Name\tJoin\tLeave\tDuration\tEmail\tRole\n"
      + "Åse Prøvesen\t3/12/26, 1:00:11 PM\t3/12/26, 2:02:02 PM\t1h 1m 51s\tp1@example.org\tX\n"
    let binding = try Binding(
      yaml: "tool: teams\nkind: attendance\nsession: S1\n", file: "b.yaml")
    for _ in 0..<20 {
      let file = try folder.write("t.csv", mutate(Array(report.utf8), &random))
      do {
        let run = Scene().runner(IngestOptions(rejects: .nowhere))
        #expect(try run.ingest(binding, file: file).isBalanced)
      } catch is InputError {
        continue
      }
    }
  }

  @Test(arguments: 0..<200)
  func `bindings gone wrong`(seed: UInt64) {
    var random = Seeded(seed + 5)
    let text =
      "tool: nettskjema\nkind: responses\nprogramme: TST\ninstrument: pit\nsubject: {column: d}\ncolumns: {a: pit_1}\ndrop: [x]\n"
    let mutated = String(decoding: mutate(Array(text.utf8), &random), as: UTF8.self)
    do {
      _ = try Binding(yaml: mutated, file: "b.yaml")
    } catch {
      #expect(error is InputError)
    }
  }
}
