import Foundation

extension RoundTrip {
  private static let excel: @Sendable (String) -> String = { text in
    // Opened and saved as CSV: semicolons, and every row as long as the longest.
    let rows = text.split(separator: "\r\n", omittingEmptySubsequences: false).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    let width = rows.map(\.count).max() ?? 0
    return rows.map { row in
      (row.map(String.init) + Array(repeating: "", count: width - row.count))
        .joined(separator: ";")
    }.joined(separator: "\r\n")
  }

  /// A meeting of session B, whose length nobody has recorded.
  private static let teamsBinding = "tool: teams\nkind: attendance\nsession: B\n"

  /// Øyvind came twice with two devices, and left in between; Kjærsti was there too shortly.
  private static let teamsReport = """
    1. Summary
    Meeting title\tTST-1
    Attended participants\t6
    Start time\t2/27/25, 10:00:00 AM
    End time\t2/27/25, 11:30:00 AM

    2. Participants
    Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
    Åse Prøvesen\t2/27/25, 10:00:00 AM\t2/27/25, 11:30:00 AM\t1h 30m 0s\tm1@example.org\tm1@example.org\tOrganizer
    Øyvind Demodal\t2/27/25, 10:00:00 AM\t2/27/25, 11:20:00 AM\t1h 0m 0s\tm2@example.org\tm2@example.org\tPresenter
    Ærlend Eksempelsen\t2/27/25, 10:02:00 AM\t2/27/25, 11:00:00 AM\t58m 0s\tm3@example.org\tm3@example.org\tPresenter
    Kjærsti Liksomsen\t2/27/25, 10:05:00 AM\t2/27/25, 10:13:00 AM\t8m 0s\tm4@example.org\tm4@example.org\tPresenter
    Bjørn Påfunn\t2/27/25, 10:00:00 AM\t2/27/25, 10:30:00 AM\t30m 0s\tm5@example.org\tm5@example.org\tPresenter
    Utenfra (Ekstern)\t2/27/25, 10:12:00 AM\t2/27/25, 10:58:30 AM\t46m 30s\t\t\tAttendee

    3. In-Meeting Activities
    Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
    Åse Prøvesen\t2/27/25, 10:00:00 AM\t2/27/25, 11:30:00 AM\t1h 30m 0s\tm1@example.org\tOrganizer
    Øyvind Demodal\t2/27/25, 10:00:00 AM\t2/27/25, 10:30:00 AM\t30m 0s\tm2@example.org\tPresenter
    Øyvind Demodal\t2/27/25, 10:20:00 AM\t2/27/25, 10:40:00 AM\t20m 0s\tm2@example.org\tPresenter
    Øyvind Demodal\t2/27/25, 11:10:00 AM\t2/27/25, 11:20:00 AM\t10m 0s\tm2@example.org\tPresenter
    Ærlend Eksempelsen\t2/27/25, 10:02:00 AM\t2/27/25, 11:00:00 AM\t58m 0s\tm3@example.org\tPresenter
    Kjærsti Liksomsen\t2/27/25, 10:05:00 AM\t2/27/25, 10:13:00 AM\t8m 0s\tm4@example.org\tPresenter
    Bjørn Påfunn\t2/27/25, 10:00:00 AM\t2/27/25, 10:30:00 AM\t30m 0s\tm5@example.org\tPresenter
    Utenfra (Ekstern)\t2/27/25, 10:12:00 AM\t2/27/25, 10:58:30 AM\t46m 30s\t\tAttendee

    """.replacingOccurrences(of: "\n", with: "\r\n")

  /// Unknown, unknown, and a member of another team.
  private static let strangers = [
    Fault("Øyvind Demodal\t", "Oyvind D\t"), Fault("m2@example.org", "oyvind@example.org"),
    Fault("Kjærsti Liksomsen\t", "K. L.\t"), Fault("m4@example.org", "kl@example.org"),
    Fault("Bjørn Påfunn\t", "Håkon T\t"), Fault("m5@example.org", "n1@example.org"),
  ]

  private static let zoomSummary = """
    Name (Original Name),User Email,Total Duration (Minutes),Guest
    Åse Prøvesen,m1@example.org,90,No
    Øyvind Demodal,m2@example.org,8,No
    "Ærlend Eksempelsen, mobil",m3@example.org,30,No
    Ærlend Eksempelsen,m3@example.org,25,No
    Bjørn Påfunn,m5@example.org,40,No
    Besøk Utenfra,,55,Yes

    """

  private static let zoomDetail = """
    Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
    000 1111 2222,TST-1,02/27/2025 01:00:00 PM,02/27/2025 02:00:00 PM,m1@example.org,60,5

    Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room
    Åse Prøvesen,m1@example.org,02/27/2025 01:00:00 PM,02/27/2025 02:02:00 PM,62,No,No
    Øyvind Demodal,m2@example.org,02/27/2025 01:02:00 PM,02/27/2025 01:05:00 PM,3,No,Yes
    Øyvind Demodal,m2@example.org,02/27/2025 01:05:00 PM,02/27/2025 01:30:00 PM,25,No,No
    Øyvind Demodal,m2@example.org,02/27/2025 01:20:00 PM,02/27/2025 01:50:00 PM,30,No,No
    Ærlend Eksempelsen,m3@example.org,02/27/2025 01:00:00 PM,02/27/2025 01:20:00 PM,20,No,No
    Ærlend Eksempelsen,m3-pad@example.org,02/27/2025 01:10:00 PM,02/27/2025 01:50:00 PM,40,No,No
    Bjørn Påfunn,m5@example.org,02/27/2025 01:05:00 PM,02/27/2025 01:13:00 PM,8,No,No
    Besøk Utenfra,,02/27/2025 01:05:00 PM,02/27/2025 02:00:00 PM,55,Yes,No

    """

  private static func part(_ minutes: [Int?]) -> String {
    let names = ["Åse Prøvesen", "Øyvind Demodal", "Ærlend Eksempelsen", "Kjærsti Liksomsen"]
    let rows = zip(names, minutes).enumerated().compactMap { index, row in
      row.1.map { "\(row.0),m\(index + 1)@example.org,\($0),No\n" }
    }
    return "Name (Original Name),User Email,Total Duration (Minutes),Guest\n" + rows.joined()
  }

  static let meetings: [RoundTrip] = [
    RoundTrip(
      testDescription: "Teams", file: "report.csv", binding: teamsBinding, text: teamsReport,
      encoding: .utf16LittleEndian, faults: strangers, codes: ["VD401", "VD415"]),
    RoundTrip(
      testDescription: "Teams, saved again by Excel", file: "report.csv", binding: teamsBinding,
      text: teamsReport, faults: strangers, codes: ["VD401", "VD415"], resaved: excel),
    RoundTrip(
      testDescription: "Teams, the whole group", file: "report.csv",
      binding: teamsBinding + "members: complete\n", text: teamsReport,
      encoding: .utf16LittleEndian, faults: strangers, codes: ["VD401", "VD415"]),
    RoundTrip(
      testDescription: "Zoom, summary", file: "zoom.csv",
      binding: "tool: zoom\nkind: attendance\nsession: B\n", text: zoomSummary,
      faults: [
        Fault("Øyvind Demodal,m2@example.org", "O D,od@example.org"),
        // One of two lines about one person.
        Fault("Ærlend Eksempelsen,m3@example.org", "Erlend,erlend@example.org"),
        Fault("Bjørn Påfunn,m5@example.org", "Håkon,n1@example.org"),
      ], codes: ["VD401", "VD415"]),
    RoundTrip(
      testDescription: "Zoom, detail", file: "zoom.csv",
      binding: "tool: zoom\nkind: attendance\nsession: B\n", text: "\u{FEFF}" + zoomDetail,
      faults: [
        Fault("Øyvind Demodal,m2@example.org", "O D,od@example.org"),
        Fault("Ærlend Eksempelsen,m3-pad@example.org", "Erlend,erlend@example.org"),
        Fault("Bjørn Påfunn,m5@example.org", "Håkon,n1@example.org"),
      ], codes: ["VD401", "VD415"]),
    RoundTrip(
      testDescription: "a meeting in parts", file: "first.csv",
      binding: "tool: zoom\nkind: attendance\nsession: B\nparts: [second.csv]\n",
      text: part([40, 5, 20, 6]),
      faults: [
        Fault("Øyvind Demodal,m2@example.org,5", "O D,od@example.org,5"),
        Fault("Øyvind Demodal,m2@example.org,6", "O D,od@example.org,6"),
        // Not recognised in one of the parts.
        Fault("Ærlend Eksempelsen,m3@example.org,25", "Erlend,erlend@example.org,25"),
        Fault("Kjærsti Liksomsen,m4@example.org", "Håkon,n1@example.org"),
      ], codes: ["VD401", "VD415"], beside: ["second.csv": part([50, 6, 25, nil])]),
  ]

  // MARK: - Lists

  static let lists: [RoundTrip] = [
    RoundTrip(
      testDescription: "a list that is complete", file: "list.csv",
      binding: """
        tool: attendance-list
        kind: attendance
        columns: {person_id: Ansattnr}
        sessions: {Økt 1: A, Økt 2: B, Økt 3: C}
        status: {x: present, syk: excused}
        complete: true
        drop: [Navn]
        """,
      text: """
        Ansattnr;Navn;Økt 1;Økt 2;Økt 3
        M1;Åse Prøvesen;x;;x
        M2;"Demodal; Øyvind";x;x;syk
        M3;Ærlend Eksempelsen;;x;x
        M4;Kjærsti Liksomsen;syk;;x

        """,
      encoding: .windowsCP1252,
      faults: [
        Fault("Øyvind\";x;x;syk", "Øyvind\";?;x;sjuk"), Fault("M3;Ær", "M33;Ær"),
        Fault("Liksomsen;syk;;x", "Liksomsen;syk;x"),
      ], codes: ["VD211", "VD345", "VD401"],
      // The cell that is put in moves the one behind it to its place.
      resaved: { $0.replacingOccurrences(of: "syk;;x;;", with: "syk;;x;") })
  ]
}
