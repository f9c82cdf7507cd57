import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Kinds of records")
struct KindTests {
  private let first = MemoryVault.subject(1)

  @Test(arguments: RecordKinds.all.map(\.name), Language.allCases)
  func `a template is a header the kind accepts`(name: String, language: Language) throws {
    let kind = try #require(RecordKinds.named(name) as? any CheckedKind)
    let header = String(kind.template(language: language).split(separator: "\n")[0])
    #expect(header.split(separator: ";").count == kind.columns.count)
    let reader = try CSVReader(MemorySupply(Array(header.utf8)))
    _ = try reader.next(atMost: 1)
    let layout = try Layout(header: reader.batch, kind: kind, register: Register(), file: "t.csv")
    #expect(layout.sources == Array(kind.columns.indices))
  }

  @Test func `kinds and their types are the vocabulary's`() {
    let types = Dictionary(uniqueKeysWithValues: RecordKinds.all.map { ($0.name, $0.eventType) })
    #expect(
      types == [
        "enrolments": "enrolment_recorded", "sessions": "session_recorded",
        "attendance": "attendance_recorded", "observations": "observation_recorded",
        "logs": "log_submitted", "responses": "response_submitted", "hours": "hours_recorded",
        "support-acts": "support_act_recorded", "outreach": "outreach_recorded",
        "consents": "consent_given",
      ])
  }

  @Test func `an enrolment registers its person and says nothing of it in the body`() throws {
    let scene = Scene()
    let report = try scene.send(
      "enrolments",
      "ansattnr;navn;epost;enhet;gruppe;rolle;fra;til;sluttaarsak;stillingsprosent;rekruttert_via\n"
        + "F2001;Eks Empelsen;eks@example.org;HUM;TST-1;;20.01.2025;01.05.2025;tid;80,0;kollega\n")
    #expect(report.summary == "read 1: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 0 rejected")
    let draft = try #require(scene.log.drafts.first)
    #expect(draft.subject == MemoryVault.subject(5))
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","group":"TST-1","unit":"HUM","role":"participant","joined":"2025-01-20","left":"2025-05-01","leave_reason":"time","fte_percent":80,"recruited_via":"colleague","match":"new"}"#
      ])
    #expect(draft.occurredAt == EventDraft.midnight(try #require(CivilDate("2025-01-20"))))
    #expect(scene.vault.people.last?.email == "eks@example.org")
  }

  @Test func `a rejected enrolment makes nobody known`() throws {
    let scene = Scene()
    let report = try scene.send(
      "enrolments", "person_id;unit;group;joined\nF2001;XYZ;TST-1;2025-01-20\n")
    #expect(report.diagnostics.map(\.code) == ["VD406"])
    #expect(scene.vault.people.count == 4)
  }

  @Test func `a held session`() throws {
    let scene = Scene()
    _ = try scene.send(
      "sessions",
      "session,group,planned_on,status,held_on,minutes,mode,cancel_reason,sensitivity,identifying_problem,analysis,action_advised\n"
        + "S9,TST-2,2025-03-04,Held,05.03.2025,60.0,hybrid,,ja,partly,nei,ikke aktuelt\n")
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","group":"TST-2","session":"S9","planned_on":"2025-03-04","status":"held","held_on":"2025-03-05","minutes":60,"mode":"hybrid","sensitivity":"yes","identifying_problem":"partly","analysis":"no","action_advised":"not_applicable"}"#
      ])
  }

  @Test func `a session's status decides which dates it needs`() throws {
    let report = try Scene().send(
      "sessions",
      "session;group;planned_on;status;held_on;cancel_reason\n"
        + "A;TST-1;2025-03-04;held;;\nB;TST-1;;cancelled;;no_time\n"
        + "C;TST-1;2025-03-04;planned;2025-03-04;\nD;TST-1;2025-03-04;held;2025-03-04;illness\n")
    #expect(report.diagnostics.map(\.code) == ["VD417", "VD417", "VD418", "VD418"])
    #expect(report.rejected == 4)
  }

  @Test func `attendance by id, by e-mail and by name says how it was matched`() throws {
    let scene = Scene()
    let report = try scene.send(
      "attendance",
      "session;person_id;email;name;status;minutes\n"
        + "S1;F1001;;;present;60\nS1;;P2@Example.org;;late;\n")
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","group":"TST-1","session":"S1","on":"2025-02-12","status":"present","minutes":60,"guest":false,"match":"person_id"}"#,
        #"{"programme":"TST","group":"TST-1","session":"S1","on":"2025-02-12","status":"late","guest":false,"match":"email"}"#,
      ])
    #expect(scene.log.drafts.map(\.subject) == [first, MemoryVault.subject(2)])
    #expect(report.matches == ["person_id": 1, "email": 1])
    let again = try scene.send(
      "attendance", "session;name;status\nS1;\"Demodal, Øyvind\";present\n")
    #expect(again.corrected == 1)
    #expect(scene.log.bodies[0].hasSuffix(#""match":"name"}"#))
  }

  @Test func `a name two members have is nobody's`() throws {
    let report = try Scene().send("attendance", "session;name;status\nS1;Kari Testnes;present\n")
    #expect(report.diagnostics.map(\.code) == ["VD402"])
  }

  @Test func `an unknown id falls back to the address, with a warning`() throws {
    let report = try Scene().send(
      "attendance", "session;person_id;email;status\nS1;F9;p1@example.org;present\n")
    #expect(report.new == 1)
    #expect(report.diagnostics.map(\.code) == ["VD405"])
    #expect(report.warningCount == 1)
  }

  @Test func `an id and an address of two persons are refused`() throws {
    let report = try Scene().send(
      "attendance", "session;person_id;email;status\nS1;F1001;p2@example.org;present\n")
    #expect(report.diagnostics.map(\.code) == ["VD404"])
  }

  @Test func `only members attend, unless the row says guest`() throws {
    var scene = Scene()
    scene.learn(
      "session_recorded",
      #"{"programme":"TST","group":"TST-2","session":"T1","status":"held","held_on":"2025-02-12"}"#)
    let rows = "session;person_id;status;guest\nT1;F1001;present;\nT1;F1002;present;ja\n"
    let report = try scene.send("attendance", rows)
    #expect(report.diagnostics.map(\.code) == ["VD415"])
    #expect(scene.log.bodies.count == 1)
    #expect(scene.log.bodies[0].contains(#""guest":true"#))
  }

  @Test func `attendance at cancelled and unheld sessions`() throws {
    let report = try Scene().send(
      "attendance", "session;person_id;status\nS2;F1001;present\nS3;F1001;present\n")
    #expect(report.diagnostics.map(\.code) == ["VD419", "VD420"])
    #expect((report.rejected, report.new) == (1, 1))
  }

  @Test func `an observation names both by subject`() throws {
    let scene = Scene()
    let report = try scene.send(
      "observations",
      "syklus;gruppe;steg;dato;observert;observatoer;minutter;undervisningsform\n"
        + "C1;TST-1;observation;2025-03-03;F1001;F1002;45;seminar\n"
        + "C1;TST-1;feedback;2025-03-04;F1001;F1001;;\n")
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","group":"TST-1","cycle":"C1","step":"observation","on":"2025-03-03","observer":"00000000-0000-4000-8000-000000000002","minutes":45,"teaching_form":"seminar","match":"person_id","observer_match":"person_id"}"#
      ])
    #expect(scene.log.drafts[0].subject == first)
    #expect(report.diagnostics.map(\.code) == ["VD418"])
  }

  @Test func `a log entry finds its programme by group or by person`() throws {
    let scene = Scene()
    _ = try scene.send(
      "logs",
      "person_id;round;on;words;learning_codes;shareable;group\n"
        + "F1001;R1;2025-05-23;169;\"a, b\";no;TST-1\nF1002;R1;2025-05-23;0;;;\n")
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","group":"TST-1","round":"R1","on":"2025-05-23","words":169,"learning_codes":["a","b"],"shareable":false,"match":"person_id"}"#,
        #"{"programme":"TST","round":"R1","on":"2025-05-23","words":0,"match":"person_id"}"#,
      ])
  }

  @Test func `responses keep every item with its state`() throws {
    let scene = Scene()
    _ = try scene.send(
      "responses",
      "response;instrument;wave;person_id;on;pit_1;pit_2\n"
        + "R1;pit;;F1001;2025-01-25;6.0;8\nR2;pit;W0;;;;\n")
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","instrument":"pit","version":"1","response":"R1","wave":"W0","on":"2025-01-25","answers":{"pit_1":{"v":6,"s":"answered"},"pit_2":{"v":8,"s":"not_relevant"}},"match":"person_id"}"#,
        #"{"programme":"TST","instrument":"pit","version":"1","response":"R2","wave":"W0","answers":{"pit_1":{"s":"skipped"},"pit_2":{"s":"skipped"}}}"#,
      ])
    #expect(scene.log.drafts[1].precision == .wave)
    #expect(scene.log.drafts[1].subject == nil)
    let without = try scene.send("responses", "response;instrument;wave;pit_1\nR3;pit;W0;1\n")
    #expect(without.new == 1)
    #expect(scene.log.bodies[0].contains(#""pit_2":{"s":"not_shown"}"#))
  }

  @Test func `a response that belongs to no wave is rejected`() throws {
    let report = try Scene().send(
      "responses",
      "response;instrument;person_id;on;pit_1\nR1;pit;;;1\nR2;pit;F1001;2025-06-25;1\n")
    #expect(report.diagnostics.map(\.code) == ["VD334", "VD334"])
    #expect(report.new == 0)
  }

  @Test func `hours keep unknown apart from zero`() throws {
    let scene = Scene()
    _ = try scene.send(
      "hours",
      "ansattnr;program;semester;avsatt;brukt\nF1001;TST;2025V;20,0;0\nF1002;TST;2025h;;17,50\n")
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","term":"2025V","allocated":20,"spent":0,"match":"person_id"}"#,
        #"{"programme":"TST","term":"2025H","spent":17.5,"match":"person_id"}"#,
      ])
    #expect(scene.log.drafts[1].precision == .term)
    #expect(
      scene.log.drafts[1].occurredAt
        == EventDraft.midnight(try #require(CivilDate("2025-08-01"))))
  }

  @Test func `support acts and outreach`() throws {
    let scene = Scene()
    _ = try scene.send(
      "support-acts",
      "act,programme,unit,kind,on,level\nA1,TST,HUM,leder deltok,2025-02-11,fakultet\n")
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","act":"A1","unit":"HUM","kind":"leader_attended","on":"2025-02-11","level":"faculty"}"#
      ])
    let report = try scene.send(
      "outreach",
      "gruppe\tsemester\tforespørsler\tgjennomført\nTST-1\t2025V\t0\t0\nTST-1\t2025H\t\t\n")
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","group":"TST-1","term":"2025V","requests":0,"held":0}"#
      ])
    #expect(report.diagnostics.map(\.code) == ["VD301"])
  }

  @Test func `keys name the record, whatever else the row says`() throws {
    let scene = Scene()
    _ = try scene.send("attendance", "session;person_id;status\nS1;F1001;present\n")
    let key = scene.log.drafts[0].naturalKey
    _ = try scene.send("attendance", "session;email;status\nS1;p1@example.org;absent\n")
    #expect(scene.log.drafts[0].naturalKey == key)
    #expect(key?.contains("F1001") == false)
  }
}
