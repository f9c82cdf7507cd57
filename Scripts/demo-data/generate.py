#!/usr/bin/env python3
"""Writes the demo data of the invented university in Fjordvik, next to this file.

Every person here is invented. The same bytes come out each time: one seed, and only
`random()`, whose sequence Python keeps the same across versions. The programme definitions
(tst.yaml, opm.yaml), the binding files and README.md are written by hand.
"""

import calendar
import csv
import datetime
import io
import pathlib
import random

HERE = pathlib.Path(__file__).parent
SEED = 20250120
DAY = datetime.timedelta(days=1)

# Employee id, name, department. Ids go up from F1001.
PEOPLE = [
    ("Åse Prøvesen", "HUM-SPR"), ("Øyvind Demodal", "HUM-SPR"), ("Ærlend Eksempelsen", "HUM-SPR"),
    ("Kjærsti Liksomsen", "HUM-HIS"), ("Bjørn Påfunn", "HUM-HIS"), ("Sølvi Oppdiktet", "HUM-HIS"),
    ("Håkon Testmoen", "REA-MAT"), ("Målfrid Tenktvik", "REA-MAT"), ("Tørres Prøvedal", "REA-MAT"),
    ("Ingebjørg Fiksjonsen", "REA-BIO"), ("Ståle Modellnes", "REA-BIO"),
    ("Gøril Utkastad", "REA-BIO"),
    ("Pål Skissebø", "HUM-SPR"), ("Ragnhild Øvelsrud", "HUM-SPR"), ("Åsmund Eksempelvik", "HUM-HIS"),
    ("Lærke Fantasiås", "REA-MAT"), ("Jørn Testerud", "REA-BIO"), ("Brynhild Kladdheim", "REA-BIO"),
    ("Øystein Prøvestøl", "HUM-SPR"), ("Sunnøve Liksomås", "HUM-HIS"), ("Kåre Demonstrud", "HUM-HIS"),
    ("Ågot Papirnes", "REA-MAT"), ("Vårin Eksempelmo", "REA-MAT"), ("Trønd Oppspinn", "REA-BIO"),
]
TEAMS = ["TST-1", "TST-2", "TST-3", "TST-4"]
WEEKDAY = {"TST-1": 1, "TST-2": 2, "TST-3": 1, "TST-4": 3}
JOINED = {
    "TST-1": "2025-01-20", "TST-2": "2025-01-20", "TST-3": "2025-01-22", "TST-4": "2025-01-27",
}
PAIRS = {
    "OPM-1": (1, 4), "OPM-2": (2, 13), "OPM-3": (7, 10), "OPM-4": (8, 22), "OPM-5": (15, 16),
    "OPM-6": (19, 24),
}
TERMS = ["2025V", "2025H", "2026V"]
# The one session whose attendance comes as a report from Teams.
TEAMS_SESSION = "TST-3-2025-09-23"

random_source = random.Random(SEED)


def chance(probability):
    return random_source.random() < probability


def pick(choices):
    return choices[int(random_source.random() * len(choices))]


def weighted(table):
    """One key of `table`, by its weight."""
    left = random_source.random() * sum(table.values())
    for key, weight in table.items():
        left -= weight
        if left < 0:
            return key
    return key


def noise(width):
    """Roughly normal, standard deviation `width`."""
    return (sum(random_source.random() for _ in range(12)) - 6) * width


def date(text):
    return datetime.date.fromisoformat(text)


def person(number):
    return f"F{1000 + number}"


def email(number):
    plain = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
    return ".".join(PEOPLE[number - 1][0].lower().translate(plain).split()) + "@fjordvik.example"


def term_of(day):
    return f"{day.year}{'V' if day.month < 8 else 'H'}"


def norwegian(number):
    """A number with one decimal and the decimal comma; `None` is an empty cell."""
    return "" if number is None else f"{number:.1f}".replace(".", ",")


def table(header, rows, delimiter=",", line_end="\n"):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def write(name, text, encoding="utf-8"):
    (HERE / name).write_bytes(text.encode(encoding))


# Who is in what, from when to when: (person, group, joined, left, reason).


def memberships():
    rows = []
    for number in range(1, len(PEOPLE) + 1):
        team = TEAMS[(number - 1) // 6]
        joined, left, reason = date(JOINED[team]), None, ""
        if number == 9:
            left, reason = date("2025-11-15"), "moved_job"
        if number == 20:
            left, reason = date("2026-02-10"), "time"
        if number == 11:
            left, reason = date("2025-08-18"), "other"
        rows.append((number, team, joined, left, reason))
        if number == 11:
            rows.append((number, "TST-3", date("2025-08-18"), None, ""))
    for group, pair in PAIRS.items():
        for number in pair:
            left, reason = None, ""
            if group == "OPM-6":
                left, reason = date("2026-01-31"), "resource_end"
            rows.append((number, group, date("2025-02-03"), left, reason))
    return rows


MEMBERSHIPS = memberships()


def members(group, day):
    return [
        number
        for number, team, joined, left, _ in MEMBERSHIPS
        if team == group and joined <= day and (left is None or day < left)
    ]


def enrolments():
    fte = {}
    rows = []
    for number, group, joined, left, reason in MEMBERSHIPS:
        name, unit = PEOPLE[number - 1]
        if number not in fte:
            fte[number] = weighted({100.0: 12, 80.0: 4, 62.5: 2, 50.0: 2})
        via = weighted({"leader": 4, "colleague": 5, "intranet": 2, "meeting": 4})
        rows.append([
            person(number), name, email(number), unit, group, pick(["participant", ""]),
            joined.strftime("%d.%m.%Y"), left.strftime("%d.%m.%Y") if left else "", reason,
            norwegian(fte[number]), via,
        ])
    header = [
        "ansattnr", "navn", "epost", "enhet", "gruppe", "rolle", "fra", "til", "sluttaarsak",
        "stillingsprosent", "rekruttert_via",
    ]
    write("enrolments.csv", table(header, rows, ";", "\r\n"), "cp1252")


# Sessions: the month's plan, which weekday of the month, and the chance that one is held.
PLAN = [
    (2025, 2, (2, 4), 0.95), (2025, 3, (2, 4), 0.95), (2025, 4, (2,), 0.95), (2025, 5, (2, 4), 0.9),
    (2025, 6, (1,), 0.9), (2025, 8, (4,), 0.9), (2025, 9, (2, 4), 0.9), (2025, 10, (2, 4), 0.9),
    (2025, 11, (1, 3), 0.85), (2025, 12, (1,), 0.8),
    (2026, 1, (2, 4), 0.75), (2026, 2, (2,), 0.7), (2026, 3, (2,), 0.5), (2026, 4, (3,), 0.25),
    (2026, 5, (2,), 0.1), (2026, 6, (1,), 0.0),
]
PRINCIPLES = ["sensitivity", "identifying_problem", "analysis", "action_advised"]


def nth_weekday(year, month, weekday, nth):
    first = datetime.date(year, month, 1)
    return first + DAY * ((weekday - first.weekday()) % 7 + 7 * (nth - 1))


def rating(principle, experience):
    """Yes, partly or no: better with every session, and asking is learned before analysis."""
    skill = 0.35 + 0.035 * min(experience, 14) - 0.05 * PRINCIPLES.index(principle)
    return weighted({"yes": skill, "partly": (1 - skill) * 0.7, "no": (1 - skill) * 0.3})


def sessions():
    """All sessions as dictionaries in the order of their codes."""
    found = []
    for team in TEAMS:
        experience = 0
        for year, month, weeks, held_share in PLAN:
            if (year, month) == (2026, 6) and team in ("TST-1", "TST-4"):
                continue
            for week in weeks:
                planned = nth_weekday(year, month, WEEKDAY[team], week)
                session = {"session": f"{team}-{planned}", "group": team, "planned_on": planned}
                held = chance(held_share) or session["session"] == TEAMS_SESSION
                if held:
                    moved = chance(0.04)
                    session |= {
                        "status": "held", "held_on": planned + DAY * 7 if moved else planned,
                        "minutes": weighted({45: 5, 50: 4, 55: 3, 60: 6, 40: 1, 75: 1}),
                        "mode": weighted({"in_person": 6, "online": 2, "hybrid": 1}),
                    }
                    if chance(0.94):
                        for principle in PRINCIPLES:
                            session[principle] = rating(principle, experience)
                        if chance(0.05):
                            session["action_advised"] = "not_applicable"
                    experience += 1
                elif (year, month) == (2026, 6):
                    session |= {"status": "planned"}
                else:
                    busy = 6 if year == 2026 else 3
                    session |= {
                        "status": "cancelled",
                        "cancel_reason": weighted(
                            {"no_time": busy, "too_few": 3, "illness": 1, "no_case": 1, "room": 1}),
                    }
                found.append(session)
        if team in ("TST-1", "TST-3"):
            # An extra session nobody had planned: the case needed a second meeting.
            extra = date("2025-10-21") if team == "TST-1" else date("2025-05-20")
            found.append({
                "session": f"{team}-{extra}", "group": team, "status": "held", "held_on": extra,
                "minutes": 60, "mode": "in_person", "sensitivity": "yes",
                "identifying_problem": "yes", "analysis": "yes", "action_advised": "yes",
            })
    for session in found:
        if session["session"] == TEAMS_SESSION:
            session |= {"mode": "online", "minutes": 60, "held_on": session["planned_on"]}
    return sorted(found, key=lambda session: session["session"])


def write_sessions(found):
    header = [
        "session", "group", "planned_on", "status", "held_on", "minutes", "mode", "cancel_reason",
        *PRINCIPLES,
    ]
    write("sessions.csv", table(header, [[s.get(key, "") for key in header] for s in found]))


# Attendance.


def status_and_reason(day, number):
    year_share = {"2025V": 0.86, "2025H": 0.8, "2026V": 0.66}[term_of(day)]
    share = year_share + (0.08 if number % 5 == 0 else 0) - (0.2 if number % 7 == 3 else 0)
    if chance(share):
        return weighted({"present": 17, "late": 2, "partial": 1}), ""
    status = weighted({"excused": 6, "absent": 4})
    late_term = term_of(day) == "2026V"
    reason = weighted({
        "teaching": 4, "workload": 6 if late_term else 3, "illness": 2, "leave": 1, "other": 1,
    })
    return status, reason if status == "excused" or chance(0.4) else ""


def attendance(found):
    rows = []
    unrecorded = next(
        s["session"] for s in found if s["group"] == "TST-2" and s["status"] == "held"
        and s["held_on"] >= date("2026-01-01"))
    by_name = next(s["session"] for s in found if s["session"].startswith("TST-4-2025-10"))
    by_email = next(s["session"] for s in found if s["session"].startswith("TST-1-2025-11"))
    for session in found:
        code = session["session"]
        if session["status"] != "held" or code in (TEAMS_SESSION, unrecorded):
            continue
        day = session["held_on"]
        for number in members(session["group"], day):
            if chance(0.03):
                continue
            status, reason = status_and_reason(day, number)
            minutes = ""
            if status == "late":
                minutes = session["minutes"] - pick([5, 10, 15])
            if status == "partial":
                minutes = pick([15, 20, 25])
            who = [person(number), "", ""]
            if code == by_email:
                who = ["", email(number), ""]
            if code == by_name:
                who = ["", "", PEOPLE[number - 1][0]]
            rows.append([code, *who, status, minutes, "", reason])
        if chance(0.05):
            guest = pick([n for n in range(1, 25) if n not in members(session["group"], day)])
            rows.append([code, person(guest), "", "", "present", "", "yes", ""])
    return rows


ATTENDANCE_HEADER = [
    "session", "person_id", "email", "name", "status", "minutes", "guest", "reason",
]


def write_attendance(rows):
    spoil_attendance(rows)
    write("attendance.csv", table(ATTENDANCE_HEADER, rows))
    # The same file sent again a month later, with two rows corrected.
    absent = next(i for i, row in enumerate(rows) if row[4] == "absent" and row[0] > "TST-2")
    late = next(i for i, row in enumerate(rows) if row[4] == "late" and row[0] > "TST-4")
    corrected = [list(row) for row in rows]
    corrected[absent][4:] = ["present", "", "", ""]
    corrected[late][4:] = ["present", "", "", ""]
    write("attendance-corrected.csv", table(ATTENDANCE_HEADER, corrected))
    print(f"attendance-corrected.csv: rows at lines {absent + 2} and {late + 2} changed")


def spoil_attendance(rows):
    """Puts three bad rows in and says where."""
    misspelt = next(i for i, row in enumerate(rows) if row[4] == "present" and row[0] > "TST-2")
    rows[misspelt][4] = "presnt"
    rows.insert(40, [rows[39][0], "F1099", "", "", "present", "", "", ""])
    rows.insert(40, ["TST-9-2025-03-04", "F1003", "", "", "present", "", "", ""])
    for i, row in enumerate(rows):
        if row[4] == "presnt" or row[1] == "F1099" or row[0].startswith("TST-9"):
            print(f"attendance.csv:{i + 2}: bad on purpose: {','.join(map(str, row))}")


def teams_report(found):
    """Teams' own shape: UTF-16LE, tabs, CRLF, three sections; one member joined twice."""
    session = next(s for s in found if s["session"] == TEAMS_SESSION)
    day = session["held_on"]
    present = [n for n in members("TST-3", day) if n != 14]

    def at(minute, second):
        hour, minute = 10 + minute // 60, minute % 60
        return f"{day.month}/{day.day}/{day:%y}, {hour}:{minute:02}:{second:02} AM"

    def length(seconds):
        hours, rest = divmod(seconds, 3600)
        text = f"{rest // 60}m {rest % 60}s"
        return f"{hours}h {text}" if hours else text

    participants, activities = [], []
    for place, number in enumerate(present):
        name = PEOPLE[number - 1][0]
        address = email(number)
        if place == 2:
            address = ".".join(part.capitalize() for part in address.split("."))
        role = "Organizer" if place == 0 else "Presenter"
        stays = [((place * 2, 7 * place), (60, 11 + place))]
        if place == 3:
            # Lost the connection and joined again.
            stays = [((4, 5), (21, 40)), ((26, 10), (60, 2))]
        if place == 4:
            stays = [((1, 0), (38, 30))]
        seconds = [(b[0] - a[0]) * 60 + b[1] - a[1] for a, b in stays]
        participants.append([
            name, at(*stays[0][0]), at(*stays[-1][1]), length(sum(seconds)), address,
            email(number), role,
        ])
        activities += [
            [name, at(*a), at(*b), length(s), address, role] for (a, b), s in zip(stays, seconds)
        ]
    guest = ["Gjest Utenfra (Ekstern)", at(12, 0), at(58, 30), length(46 * 60 + 30)]
    participants.append([*guest, "", "", "Attendee"])
    activities.append([*guest, "", "Attendee"])
    lines = [
        ["1. Summary"], ["Meeting title", "TST-3 – kollegastøtte"],
        ["Attended participants", str(len(participants))], ["Start time", at(0, 0)],
        ["End time", at(60, 15)], ["Meeting duration", "1h 0m 15s"],
        ["Average attendance time", "53m 2s"], [],
        ["2. Participants"],
        ["Name", "First Join", "Last Leave", "In-Meeting Duration", "Email",
         "Participant ID (UPN)", "Role"],
        *participants, [],
        ["3. In-Meeting Activities"],
        ["Name", "Join Time", "Leave Time", "Duration", "Email", "Role"],
        *activities,
    ]
    text = "".join("\t".join(line) + "\r\n" for line in lines)
    (HERE / f"teams-{TEAMS_SESSION}.csv").write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))


# Observation cycles of the pairs: each observes the other once a term.


def observations():
    steps = ["opened", "pre_meeting", "observation", "feedback", "reflection", "closed"]
    after = [0, 5, 12, 14, 24, 30]
    start = {"2025V": date("2025-02-17"), "2025H": date("2025-09-01"), "2026V": date("2026-01-26")}
    rows = []
    for term in TERMS:
        for place, (group, pair) in enumerate(PAIRS.items()):
            for letter, (observed, observer) in zip("AB", [pair, pair[::-1]]):
                if term == "2026V" and (group == "OPM-6" or chance(0.45)):
                    continue
                opened = start[term] + DAY * (place * 4 + (21 if letter == "B" else 0))
                reached = 6
                if chance(0.5 if term == "2026V" else 0.12):
                    reached = pick([2, 3, 4])
                form = weighted(
                    {"lecture": 4, "seminar": 5, "lab": 2, "supervision": 2, "online": 1})
                wait = pick([0, 0, 1, 3])
                last = opened
                for step, days in list(zip(steps, after))[:reached]:
                    on = opened + DAY * (days + (wait if days >= 12 else 0))
                    on += DAY * (7 - on.weekday()) if on.weekday() > 4 else DAY * 0
                    last = max(on, last)
                    minutes = {"pre_meeting": pick([20, 30]), "observation": pick([45, 90]),
                               "feedback": pick([30, 45])}.get(step, "")
                    rows.append([
                        f"{group}-{term}-{letter}", group, step, last, person(observed),
                        person(observer), minutes, form if step == "observation" else "",
                    ])
                if reached in (2, 3):
                    rows.append([
                        f"{group}-{term}-{letter}", group, "abandoned", last + DAY * 45,
                        person(observed), person(observer), "", "",
                    ])
    header = ["syklus", "gruppe", "steg", "dato", "observert", "observatoer", "minutter",
              "undervisningsform"]
    write("observations.csv", table(header, rows, ";"))


# What participants wrote about their learning, twice.


def logs():
    codes = ["insight", "confidence", "courage", "less_private", "listening", "method"]
    rows = []
    for number_of_round, (name, first, share) in enumerate(
            [("R1", "2025-05-12", 0.85), ("R2", "2025-11-17", 0.7)]):
        for number, group, joined, left, _ in MEMBERSHIPS:
            on = date(first) + DAY * int(random_source.random() * 12)
            if not group.startswith("TST") or number not in members(group, on):
                continue
            if not chance(share):
                continue
            words = int(60 + random_source.random() * 260)
            learned = [c for c in codes if chance(0.2 + 0.12 * number_of_round)]
            separator = ", " if chance(0.5) else " "
            rows.append([
                person(number), name, on, words, separator.join(learned),
                "yes" if chance(0.6) else "no", group,
            ])
    rows[7][2] = "2025-02-30"
    header = ["person_id", "round", "on", "words", "learning_codes", "shareable", "group"]
    lines = table(header, rows, ";").splitlines()
    # One cell too few: the last separator was lost, with the group.
    lines[20] = lines[20].rsplit(";", 1)[0]
    for line in (9, 21):
        print(f"logs.csv:{line}: bad on purpose: {lines[line - 1]}")
    write("logs.csv", "\n".join(lines) + "\n")


# Hours set aside and hours spent. Set aside until they are withdrawn in the last term.


def hours():
    rows = []
    for term, end in zip(TERMS, ["2025-07-31", "2025-12-31", "2026-07-31"]):
        seen = set()
        first = date(end) - DAY * 150
        for number, group, joined, left, _ in MEMBERSHIPS:
            programme = group[:3]
            if (left and left <= first) or joined > date(end) or (number, programme) in seen:
                continue
            seen.add((number, programme))
            base = 20.0 if programme == "TST" else 10.0
            allocated = None if chance(0.08) else base
            spent = base + noise(base * 0.15) + (1.5 if programme == "TST" else 0)
            if term == "2026V":
                allocated = None if chance(0.25) else 0.0
                spent *= 0.45
            spent = None if chance(0.1) else round(max(spent, 0.5) * 2) / 2
            rows.append([person(number), programme, term, norwegian(allocated), norwegian(spent)])
    header = ["ansattnr", "program", "semester", "avsatt", "brukt"]
    write("hours.csv", table(header, rows, ";", "\r\n"))


ACTS = [
    ("TST", "SLU", "strategy_anchored", "2025-01-15", "institution"),
    ("TST", "SLU", "budget", "2025-01-15", "institution"),
    ("TST", "SLU", "project_group_meeting", "2025-01-16", "institution"),
    ("TST", "HUM", "leader_attended", "2025-01-20", "faculty"),
    ("TST", "REA", "leader_attended", "2025-01-20", "faculty"),
    ("TST", "HUM-SPR", "dept_meeting_agenda", "2025-02-05", "unit"),
    ("TST", "REA-BIO", "dept_meeting_agenda", "2025-02-12", "unit"),
    ("TST", "SLU", "newsletter", "2025-02-20", "institution"),
    ("TST", "HUM", "room", "2025-02-24", "faculty"),
    ("TST", "HUM-HIS", "dept_meeting_agenda", "2025-03-12", "unit"),
    ("TST", "SLU", "project_group_meeting", "2025-04-08", "institution"),
    ("TST", "REA", "recognition", "2025-06-11", "faculty"),
    ("TST", "SLU", "intranet", "2025-08-25", "institution"),
    ("TST", "REA-MAT", "leader_referred_new_hire", "2025-09-02", "unit"),
    ("TST", "HUM-SPR", "dept_meeting_agenda", "2025-09-17", "unit"),
    ("TST", "SLU", "project_group_meeting", "2025-10-14", "institution"),
    ("TST", "SLU", "project_group_meeting", "2026-01-20", "institution"),
    ("OPM", "SLU", "intranet", "2025-02-04", "institution"),
    ("OPM", "HUM", "dept_meeting_agenda", "2025-03-05", "faculty"),
    ("OPM", "REA", "recognition", "2025-11-20", "faculty"),
]


def support_acts():
    rows = [
        [f"{programme}-T{number:02}", programme, *rest]
        for number, (programme, *rest) in enumerate(ACTS, 1)
    ]
    write("support-acts.csv", table(["act", "programme", "unit", "kind", "on", "level"], rows))


def outreach():
    # Nobody outside asked a team for help; that was looked into each term and is recorded as 0.
    rows = [[team, term, 0, 0] for term in TERMS for team in TEAMS]
    text = table(["gruppe", "semester", "foresporsler", "gjennomfort"], rows, "\t", "\r\n")
    write("outreach.csv", text, "utf-8-sig")


# Surveys in the shape of Nettskjema's csv-report.
COLUMNS = (
    [f"isol.{n}" for n in range(1, 7)] + [f"laering.{n}" for n in range(1, 5)]
    + [f"ledelse.{n}" for n in range(1, 3)]
)
REVERSED = {"isol.2", "isol.4", "isol.6"}
WAVES = [
    # Name, day it opened, days open, share that answers; change in isolation, gains, leadership.
    ("w0", "2025-01-20", 18, 0.95, 0.0, 0.0, 0.0),
    ("w2", "2025-09-08", 21, 0.8, -0.45, 0.6, 0.1),
    ("w3", "2026-05-04", 24, 0.78, -0.9, 0.8, -1.0),
]


def surveys():
    isolation = {n: 4.4 + noise(0.8) for n in range(1, 25)}
    gains = {n: 3.9 + noise(0.6) for n in range(1, 25)}
    leadership = {n: 4.2 + noise(0.8) for n in range(1, 25)}
    submission = 31400100
    for name, opened, days, share, less, more, led in WAVES:
        rows = []
        enrolled = [
            n for n in range(1, 25)
            if any(n in members(team, max(date(opened), date("2025-01-27"))) for team in TEAMS)
        ]
        answering = [n for n in enrolled if chance(share)]
        order = sorted((random_source.random() * days, n) for n in answering)
        for offset, n in order:
            submission += 1 + int(random_source.random() * 40)
            on = datetime.datetime.fromisoformat(opened) + datetime.timedelta(
                days=int(offset), seconds=27000 + int(offset % 1 * 30000))
            zone = "+01:00" if on.month < 3 else "+02:00"
            answers = []
            for column in COLUMNS:
                if column.startswith("isol"):
                    level = isolation[n] + less + noise(0.8)
                    level = 8 - level if column in REVERSED else level
                elif column.startswith("laering"):
                    level = gains[n] + more + noise(0.8)
                else:
                    level = leadership[n] + led + noise(0.8)
                answer = str(min(7, max(1, round(level))))
                if chance(0.06 if column.startswith("ledelse") else 0.03):
                    answer = "8"
                if chance(0.03):
                    answer = ""
                if answer and chance(0.1):
                    answer += ".0"
                answers.append(answer)
            time = 60000 + int(random_source.random() * 240000)
            rows.append([str(submission), on.isoformat() + zone, person(n), *answers, str(time)])
        spoil_survey(name, rows)
        header = ["$submission_id", "$created", "deltaker", *COLUMNS, "$answer_time_ms"]
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(header)
        writer.writerows(rows)
        write(f"survey-{name}.csv", out.getvalue())


def spoil_survey(name, rows):
    if name == "w2":
        rows[5][3 + COLUMNS.index("isol.3")] = "9"
        print(f"survey-w2.csv:7: bad on purpose: answer 9 to isol.3: {rows[5]}")
    if name == "w3":
        stray = list(rows[3])
        stray[0], stray[2] = str(int(stray[0]) + 1), "F1999"
        rows.insert(4, stray)
        print("survey-w3.csv:6: bad on purpose: participant F1999")


def main():
    enrolments()
    found = sessions()
    write_sessions(found)
    rows = attendance(found)
    write_attendance(rows)
    teams_report(found)
    observations()
    logs()
    hours()
    support_acts()
    outreach()
    surveys()


if __name__ == "__main__":
    main()
