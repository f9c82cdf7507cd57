import EventLog
import FoundationEssentials
import Postgres
import TestSupport
import Testing
import Vault

@Suite struct `The identity vault` {
  private let log: TestLog
  private let vault: IdentityVault

  init() throws {
    log = try TestLog()
    vault = try IdentityVault(
      session: log.session("varde_recorder"), institution: log.institution.id)
  }

  private func person(_ id: String?, _ email: String? = nil, _ name: String? = nil)
    -> IdentityVault.Identity
  {
    IdentityVault.Identity(personID: id, email: email, name: name)
  }

  @Test func `gives a person one subject, whatever the file calls them`() throws {
    let first = try vault.register(
      [person("F1", "Åse@Prøve.example", "Åse Prøvesen")], dryRun: false)
    let again = try vault.register(
      [person("F1"), person(nil, "åse@prøve.EXAMPLE"), person("F2")], dryRun: false)
    #expect(again[0] == first[0])
    #expect(again[1] == first[0])
    #expect(again[2] != first[0])
    #expect(try log.number("SELECT count(*) FROM vault.subject") == 2)
  }

  @Test func `an id that comes along later belongs to the person known by e-mail`() throws {
    let known = try vault.register([person(nil, "a@b.example")], dryRun: false)[0]
    let both = try vault.register(
      [person(nil, "A@b.example"), person("F1", "a@b.example"), person("F1")], dryRun: false)
    #expect(both == [known, known, known])
    let mixed = try vault.register(
      [person(nil, "c@d.example"), person("F2", "c@d.example")], dryRun: false)
    #expect(mixed[0] == mixed[1])
  }

  @Test func `two people who share an address stay two`() throws {
    let first = try vault.register([person("M1", "felles@b.example")], dryRun: false)[0]
    let second = try vault.register([person("M2", "felles@b.example")], dryRun: false)[0]
    let both = try vault.register(
      [person("M3", "par@b.example"), person("M4", "par@b.example")], dryRun: false)
    #expect(Set([first, second] + both).count == 4)
    #expect(try vault.register([person("M2", "felles@b.example")], dryRun: false) == [second])
  }

  @Test func `a known person's new address is one more, and the old one stays`() throws {
    let subject = try vault.register([person("F1", "gammel@a.example")], dryRun: false)[0]
    _ = try vault.register([person("F1", "Ny@b.example")], dryRun: false)
    let found = try vault.lookUp(emails: ["gammel@a.example", "ny@B.example"])
    #expect(found == ["gammel@a.example": subject, "ny@B.example": subject])
    #expect(
      try vault.aliases(of: [subject]).map(\.alias) == [
        .personID("F1"), .email("gammel@a.example"), .email("ny@b.example"),
      ])
  }

  @Test func `an alias added by hand stands for one person only`() throws {
    let subjects = try vault.register([person("F1", "a@b.example"), person("F2")], dryRun: false)
    #expect(try vault.add(.personID("G1"), to: subjects[0]) == .added)
    #expect(try vault.add(.email("A.ny@B.example"), to: subjects[0]) == .added)
    #expect(try vault.add(.email("a.NY@b.example"), to: subjects[0]) == .known)
    #expect(try vault.add(.email("a@b.example"), to: subjects[1]) == .taken(by: subjects[0]))
    let other = try IdentityVault(
      session: log.session("varde_recorder"), institution: log.institution.id)
    #expect(try other.lookUp(personIDs: ["G1"]) == ["G1": subjects[0]])
    for who in ["G1", "F1", "A@B.EXAMPLE", subjects[0].uuidString.lowercased()] {
      #expect(try other.subject(calledAs: who) == subjects[0])
    }
    #expect(try other.subject(calledAs: "F9") == nil)
    #expect(try other.subject(calledAs: UUID().uuidString) == nil)
  }

  @Test func `another session finds them`() throws {
    let subject = try vault.register([person("F1", "a@b.example", "Åse")], dryRun: false)[0]
    let other = try IdentityVault(
      session: log.session("varde_recorder"), institution: log.institution.id)
    #expect(try other.lookUp(personIDs: ["F1", "F9"]) == ["F1": subject])
    #expect(try other.lookUp(emails: ["A@B.example"]) == ["A@B.example": subject])
    #expect(try other.names(of: [subject]) == [subject: "Åse"])
  }

  @Test func `a dry run remembers nobody`() throws {
    let subjects = try vault.register([person("F1"), person("F1"), person("F2")], dryRun: true)
    #expect(subjects[0] == subjects[1])
    #expect(subjects[0] != subjects[2])
    #expect(try log.number("SELECT count(*) FROM vault.identifier") == 0)
  }

  @Test func `two files at once do not make two of one person`() async throws {
    let conninfo = log.conninfo
    let institution = log.institution.id
    let subjects = try await withThrowingTaskGroup(of: [UUID].self) { group in
      for order in [true, false, true] {
        group.addTask {
          let session = try Session(conninfo: conninfo, role: "varde_recorder")
          let people = (0..<400).map {
            IdentityVault.Identity(personID: "F\($0)", email: "f\($0)@b.example", name: "N\($0)")
          }
          let sent = order ? people : people.reversed()
          let found = try IdentityVault(session: session, institution: institution)
            .register(sent, dryRun: false)
          return order ? found : found.reversed()
        }
      }
      var found: [[UUID]] = []
      for try await subjects in group { found.append(subjects) }
      return found
    }
    #expect(Set(subjects).count == 1)
    #expect(try log.number("SELECT count(*) FROM vault.subject") == 400)
    #expect(try log.number("SELECT count(*) FROM vault.identifier") == 800)
  }

  @Test func `a name is kept until a file brings another`() throws {
    let subject = try vault.register([person("F1", nil, "Åse Prøvesen")], dryRun: false)[0]
    _ = try vault.register([person("F1")], dryRun: false)
    #expect(try vault.names(of: [subject]) == [subject: "Åse Prøvesen"])
    _ = try vault.register([person("F1", nil, "Åse Demo")], dryRun: false)
    #expect(try vault.names(of: [subject]) == [subject: "Åse Demo"])
  }

  @Test func `each institution has its own people and its own secret`() throws {
    let subject = try vault.register([person("F1")], dryRun: false)[0]
    let steward = try log.session("varde_steward")
    let neighbour = try Institution.register(steward, code: "nabo", name: "Naboskolen")
    let other = try IdentityVault(
      session: log.session("varde_recorder"), institution: neighbour.id)
    #expect(try other.lookUp(personIDs: ["F1"]).isEmpty)
    #expect(try other.register([person("F1")], dryRun: false) != [subject])
    #expect(try other.sourceKeySecret() != vault.sourceKeySecret())
  }
}
