#!/usr/bin/env python3
"""Writes the workbooks and statistics files the golden tests read.

They are committed; run this after changing it:
  python3 -m venv venv && venv/bin/pip install openpyxl pyreadstat pandas
  venv/bin/python Tests/IngestTests/Golden/make-fixtures.py
Everybody in them is invented.
"""
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas
import pyreadstat
from openpyxl.utils.datetime import CALENDAR_MAC_1904

here = Path(__file__).parent
made = datetime(2026, 1, 1)


def save(book, name):
    book.properties.created = book.properties.modified = made
    book.save(here / "xlsx" / name)


def workbook(rows, title="Ark1"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book, sheet


# Days in every way a spreadsheet has them.
book, sheet = workbook([
    ["session", "group", "planned_on", "status", "held_on", "minutes"],
    ["X1", "TST-1", date(2025, 2, 11), "held", date(2025, 2, 11), 60],
    ["X2", "TST-1", datetime(2025, 2, 12), "held", "12.02.2025", 60.0],
    ["X3", "TST-1", datetime(2025, 2, 13, 13, 5), "planned", None, None],
    ["X4", "TST-1", 45701, "planned"],
    ["X5", "TST-1", date(2025, 2, 15), "planned"],
    ["X6", "TST-1", 60, "planned"],
    ["X7", "TST-1", 0.5, "planned"],
])
for row, form in [(2, "dd.mm.yyyy"), (4, "dd.mm.yyyy hh:mm"), (6, "[$-414]d. mmmm yyyy;@"),
                  (7, "yyyy-mm-dd"), (8, "hh:mm")]:
    sheet.cell(row, 3).number_format = form
save(book, "sessions-days.xlsx")

# The same days counted from 1904.
book, sheet = workbook([["session", "group", "planned_on", "status"]])
book.epoch = CALENDAR_MAC_1904
sheet.append(["X1", "TST-1", date(2025, 2, 11), "planned"])
sheet.append(["X2", "TST-1", datetime(2025, 2, 12, 13, 5), "planned"])
save(book, "sessions-1904.xlsx")

# What can be wrong with a cell; rows and cells that are not there.
book, sheet = workbook([
    ["session", "person_id", "status", "minutes", "guest"],
    ["S1", "F1001", "present", 60, True],
    ["S1", "F1002", "present", "=D2/0"],
    ["S1", "F1003", "present", 0.8],
    ["S1", 1234567890123456, "present", 60],
    ["S1", "F1004", "present", 60, None, None, "Bilde tatt"],
    [None, None, None],
    ["S1", "F1004", "presnt", 1.5],
])
sheet["D4"].number_format = "0%"
sheet["F2"].number_format = "0.00"
sheet["C12"] = "present"
sheet["A12"] = "S1"
sheet["D13"] = "#REF!"
sheet["D13"].data_type = "e"
sheet["A13"] = "S1"
sheet["B13"] = "F1001"
sheet["C13"] = "present"
save(book, "attendance-cells.xlsx")

# Several sheets, one of them hidden, the first one empty.
book, sheet = workbook([], "Forside")
for title, who in [("Skjult", "F1001"), ("Vår 2025", "F1001"), ("Høst", "F9999")]:
    tab = book.create_sheet(title)
    tab.append(["session", "person_id", "status"])
    tab.append(["S1", who, "present"])
book["Skjult"].sheet_state = "hidden"
save(book, "attendance-sheets.xlsx")

# No header of this kind, a column nobody knows, one that is there twice.
book, sheet = workbook([["navn", "dato"], ["Åse Prøvesen", date(2025, 2, 11)]])
save(book, "attendance-no-header.xlsx")
book, sheet = workbook([[], [None, None, None, "romm"],
                        ["session", "person_id", "statuss", "minutes", "minutes"]])
sheet.delete_rows(2)
save(book, "attendance-columns.xlsx")

# A survey from SPSS: labels, codes for no answer, days, letters.
survey = pandas.DataFrame({
    "response": ["R1", "R2", "R3", "R4", "R5"],
    "instrument": ["pit"] * 5,
    "wave": ["W0"] * 5,
    "person_id": ["F1001", "F1002", "F1003", "F1004", "Fåø"],
    "on": [date(2025, 1, 25), date(2025, 1, 26), None, date(2025, 1, 27), date(2025, 1, 28)],
    "pit_1": [6.0, 8.0, 3.0, 9.0, 1.0],
    "pit_2": [1.0, None, 7.0, 2.5, -99.0],
})
labels = ["Svar", "Skjema", "Bølge", "Ansattnummer", "Besvart", "Jeg trives", "Jeg lærer"]
answers = {1: "Helt uenig", 7: "Helt enig", 8: "Ikke relevant"}
pyreadstat.write_sav(
    survey, here / "statistics" / "responses-codes.sav", column_labels=labels,
    variable_value_labels={"pit_1": answers, "pit_2": answers},
    missing_ranges={"pit_1": [8], "pit_2": [{"lo": -99, "hi": -97}, 8]},
    variable_format={"on": "EDATE10"})
pyreadstat.write_sav(
    survey.drop(columns=["wave"]).assign(wawe="W0"),
    here / "statistics" / "responses-columns.sav")
coded = survey.copy()
coded["pit_2"] = coded["pit_2"].astype(object).replace({-99.0: "a"})
pyreadstat.write_dta(
    coded, here / "statistics" / "responses-codes.dta", column_labels=labels,
    variable_value_labels={"pit_1": answers, "pit_2": answers},
    missing_user_values={"pit_2": ["a"]})
pyreadstat.write_sav(
    survey.assign(at=datetime(2025, 1, 25, 13, 5, 7)), here / "statistics" / "moments.sav",
    compress=True)

# Codes for no answer: one that is an answer elsewhere, texts, and Stata's own.
coded = pandas.DataFrame({
    "id": [1, 2, 3, 4],
    "pit_1": [6.0, 99.0, 3.0, 98.0],
    "pit_2": [1.0, 9.0, 7.0, 99.0],
    "minutes": [9.0, 45.0, 99.0, 60.0],
    "role": ["T", "L", "X", "T"],
})
scale = {1: "Helt uenig", 7: "Helt enig", 98: "Vet ikke", 99: "Ubesvart"}
pyreadstat.write_sav(
    coded, here / "statistics" / "codes-for-no-answer.sav",
    variable_value_labels={
        "pit_1": scale, "pit_2": {**scale, 9: "Ikke sett"}, "minutes": {99: "Ubesvart"},
        "role": {"T": "Lærer", "L": "Leder", "X": "Ubesvart"}},
    missing_ranges={
        "pit_1": [98, 99], "pit_2": [9, 98, 99], "minutes": [99], "role": ["X"]})
tagged = coded.drop(columns=["role", "minutes"])
tagged["pit_1"] = tagged["pit_1"].astype(object).replace({98.0: "a", 99.0: "b"})
pyreadstat.write_dta(
    tagged, here / "statistics" / "codes-for-no-answer.dta",
    variable_value_labels={"pit_1": {1: "Helt uenig", 7: "Helt enig", "a": "Vet ikke"}},
    missing_user_values={"pit_1": ["a", "b"]})
answered = coded.drop(columns=["role"])
answered["hours"] = [9.0, 3.0, 1.0, 2.0]
pyreadstat.write_sav(
    answered, here / "statistics" / "code-that-is-both.sav",
    variable_value_labels={"pit_2": {9: "Ikke sett"}, "hours": {9: "Ni timer"}},
    missing_ranges={"pit_1": [98, 99], "pit_2": [9, 98, 99]})

# Merged cells: a title, a block of rows, cells side by side.
book, sheet = workbook([
    ["session", "group", "status", "held_on", "minutes"],
    ["M1", "TST-1", "held", date(2025, 2, 11), 60],
    ["M2", None, "held", date(2025, 2, 12), 60],
    ["M3", None, "held", date(2025, 2, 13), 60],
    ["M4", "TST-1", "held", date(2025, 2, 14), None],
])
sheet.merge_cells("B2:B4")
sheet.merge_cells("D5:E5")
sheet.merge_cells("H2:H9")
save(book, "sessions-merged.xlsx")

# Titles above the header, and a sheet that is not meant.
book, sheet = workbook([
    ["Samlinger våren 2025"], [],
    ["session", "group", "status", "held_on"],
    ["T1", "TST-1", "held", date(2025, 2, 11)],
])
sheet.merge_cells("A1:D1")
save(book, "sessions-title.xlsx")
book, sheet = workbook([["Om filen", "Hvem"], ["Laget av", "Kontoret"]], "Forside")
book.create_sheet("Plan").append(["session", "group", "status"])
save(book, "sessions-front.xlsx")
