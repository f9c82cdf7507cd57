import ArgumentParser
import Events
import Vault

struct SubjectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subject",
    abstract: "Who people are: what they are called, and who is one person.",
    discussion: """
      WHO is an employee id, an e-mail address or a random id.

      People are made known by their enrolments alone. When it turns out that somebody was made known
      twice (a new employee id, a new name), a merge says so in the log; figures follow for all of the
      past, files that use the old id are still understood, and split takes the merge back.
      """,
    subcommands: [Show.self, Alias.self, Name.self, Merge.self, Split.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print what is known of a person's identity.",
      discussion: """
        Example:
          $ varde subject show F1001
          subject    2f6c…
          person_id  F1001  (since 2025-01-15)
          email      ase.provesen@example.org  (since 2025-01-15)
        """)

    @Argument(help: "Employee id, e-mail address or random id.") var who: String
    @Option(help: "The institution, where the database holds several.") var institution: String?

    func run() throws {
      let desk = try PeopleDesk(institution: institution)
      for line in try desk.description(of: try desk.subject(who)) { Console.line(line) }
    }
  }

  struct Alias: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let one more employee id or address stand for a person.",
      discussion: """
        The old ones go on standing for them. An enrolment that brings a known person's new address
        does the same.

        Example:
          $ varde subject alias F1001 --email ase.demo@example.org
          ase.demo@example.org stands for F1001 from now on
        """)

    @Argument(help: "Employee id, e-mail address or random id.") var who: String
    @Option(help: "Another e-mail address of theirs.") var email: String?
    @Option(name: .customLong("person-id"), help: "Another employee id of theirs.")
    var personID: String?
    @Option(help: "The institution, where the database holds several.") var institution: String?

    func validate() throws {
      guard email != nil || personID != nil else {
        throw ValidationError("say which: --email ADDRESS or --person-id ID")
      }
    }

    func run() throws {
      let desk = try PeopleDesk(institution: institution)
      if let email { Console.line(try desk.add(.email(email), to: who)) }
      if let personID { Console.line(try desk.add(.personID(personID), to: who)) }
    }
  }

  struct Name: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what a person is called.",
      discussion: """
        An enrolment that gives a known person a new name does the same, unless somebody else is \
        called so: then ids and names may have been sorted apart, and it is turned down (VD432).

        Example:
          $ varde subject name F1001 "Åse Prøvesen"
          F1001 is called Åse Prøvesen from now on
        """)

    @Argument(help: "Employee id, e-mail address or random id.") var who: String
    @Argument(help: "The whole name.") var name: String
    @Option(help: "The institution, where the database holds several.") var institution: String?

    func validate() throws {
      guard name.contains(where: { !$0.isWhitespace }) else {
        throw ValidationError("the name is empty")
      }
    }

    func run() throws {
      Console.line(try PeopleDesk(institution: institution).rename(who, to: name))
    }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record that two are one person.",
      discussion: """
        Everything recorded of FROM is INTO's from now on, in all figures and for all of the past. Of
        two records of the same session, round or term, or of memberships of one group from the same day
        on, the one recorded later counts; of memberships of one group that overlap, the earlier ends
        where the later begins. Attendance that counts no longer by that is told (VD436). The reason
        stays in the log: one with a name, an address or an id of somebody is refused.

        Example:
          $ varde subject merge F1001 F2001 --reason "new employee id after a change of post"
          merged at position 812; varde subject split F1001 takes it back
        """)

    @Argument(help: "Who is no longer to be a person of their own.") var from: String
    @Argument(help: "Who they are.") var into: String
    @Option(help: "How you know; no names.") var reason: String
    @Option(help: "The institution, where the database holds several.") var institution: String?

    func validate() throws {
      guard reason.contains(where: { !$0.isWhitespace }) else {
        throw ValidationError("--reason is empty: say how you know")
      }
    }

    func run() throws {
      let desk = try PeopleDesk(institution: institution)
      let (position, warnings) = try desk.merge(from, into: into, reason: reason)
      for warning in warnings { Console.problem(warning.rendered) }
      Console.line(
        "merged at position \(position); varde subject split \(from) takes it back")
    }
  }

  struct Split: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a merge back: two persons again.",
      discussion: """
        Each has again what was recorded of them, also since the merge. Attendance on days on which
        only the other was a member is told (VD436).

        Example:
          $ varde subject split F1001
          the merge at position 812 no longer holds
        """)

    @Argument(help: "Who was merged into somebody else.") var from: String
    @Option(help: "The institution, where the database holds several.") var institution: String?

    func run() throws {
      let (position, warnings) = try PeopleDesk(institution: institution).split(from)
      for warning in warnings { Console.problem(warning.rendered) }
      Console.line("the merge at position \(position) no longer holds")
    }
  }
}
