"""Working days against the PyPI package chinesecalendar, which others keep: every start day and length 1 to 60 whose due
day lies in 2018 to 2026. Beyond its last year the package refuses, and ours is provisional. Then the calendar of a house
from the command line: a schedule of 2027 that is made up, a typhoon day, and files that are refused.

python3 Tests/Processes/workdays.py BINARY.
"""
import datetime
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import chinese_calendar
import house as doors

LENGTHS = 60
FIRST, LAST = datetime.date(2018, 1, 1), datetime.date(2026, 12, 31)
# The holidays of the law in 2027, a long New Year's holiday and its make-up day: made up for this test.
SCHEDULE = [
    ("2027-01-01", "元旦", "off"), ("2027-01-04", "元旦", "off"), ("2027-01-09", "元旦", "work"),
    *((f"2027-02-0{day}", "春节", "off") for day in range(5, 9)), ("2027-04-05", "清明节", "off"),
    ("2027-05-01", "劳动节", "off"), ("2027-05-02", "劳动节", "off"), ("2027-06-09", "端午节", "off"),
    ("2027-09-15", "中秋节", "off"), *((f"2027-10-0{day}", "国庆节", "off") for day in range(1, 4)),
]


def oracle(start):
    """The due days of one start by the package, day by day, as far as it goes."""
    day, due = start, []
    while len(due) < LENGTHS:
        day += datetime.timedelta(days=1)
        if day > LAST:
            break
        if chinese_calendar.is_workday(day):
            due.append(day)
    return due


def agree(binary):
    done = subprocess.run(
        [binary, "calendar", "days", "--lengths", str(LENGTHS)], capture_output=True, text=True, encoding="utf-8",
        check=True)
    compared = starts = provisional = 0
    for line in done.stdout.splitlines():
        row = json.loads(line)
        start = datetime.date.fromisoformat(row["start"])
        ours = [datetime.date.fromisoformat(day) for day in row["due"]]
        theirs = oracle(start)
        for length, (mine, other) in enumerate(zip(ours, theirs), 1):
            if other < FIRST:
                continue
            assert mine == other, f"{start} + {length}: {mine}, and {other} by the package"
            compared += 1
        assert len(ours) == LENGTHS
        if start >= FIRST:
            assert row["final"] == len(theirs), f"{start}: {row['final']} final, the package goes to {len(theirs)}"
            assert all(day.year > LAST.year for day in ours[len(theirs):])
            provisional += LENGTHS - len(theirs)
        starts += 1
    assert starts > 3300 and compared > 190_000, f"{compared} of {starts} starts"
    print(f"{compared} due days of {starts} start days agree; {provisional} reach 2027 and are provisional")


class House:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def run(self, *words, fails=False):
        done = subprocess.run(
            [self.binary, "calendar", *words, "--data", self.folder], capture_output=True, text=True, encoding="utf-8")
        assert (done.returncode != 0) == fails, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
        return done.stdout + done.stderr

    def write(self, name, rows):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(",".join(row) + "\n" for row in rows)
        return path


def import_files(house, today):
    head = [("date", "holiday_name", "kind")]
    if today.year > 2027:
        return
    schedule = house.write("2027.csv", head + SCHEDULE)
    source = ("--source", "示例〔2026〕1号")
    if today.year >= 2026:
        assert "would be edition 1" in house.run("import", schedule, *source, "--dry-run")
        assert "PROVISIONAL" in house.run("show", "--year", "2027")
        assert "edition 1: schedule" in house.run("import", schedule, *source)
        assert "nothing new" in house.run("import", schedule, *source)
        shown = house.run("show", "--year", "2027", "--region", "350121")
        assert "PROVISIONAL" not in shown and "2027-01-09 + 元旦" in shown and "闽侯县" in shown, shown
        with open(house.write("cn.json", []), "w", encoding="utf-8") as file:
            days = [{"name": name, "date": day, "isOffDay": kind == "off"} for day, name, kind in SCHEDULE]
            json.dump({"$schema": "", "year": 2027, "papers": [], "days": days}, file)
        assert "nothing new" in house.run("import", file.name, *source)
    closed = [("region", "date", "name", "kind"), ("350100", str(today + datetime.timedelta(days=1)), "台风", "closed")]
    typhoon = house.write("typhoon.csv", closed)
    assert "closures" in house.run("import", typhoon, "--closures", "--source", "示例公告")
    hours = house.write(
        "hours.csv", [("region", "from", "through", "morning", "afternoon"),
                      ("350100", str(today), "", "08:30-12:00", "14:00-17:30")])
    assert "hours" in house.run("import", hours, "--hours", "--source", "示例公告")
    assert "示例公告" in house.run("list")
    assert "0 dates of 0 dossiers" in house.run("changes", "1")
    assert "calendar.edition-not-found" in house.run("changes", "9", fails=True)
    assert "calendar.wrong-head" in house.run("import", typhoon, *source, fails=True)
    twice = house.write("twice.csv", closed + closed[1:])
    refused = house.run("import", twice, "--closures", "--source", "示例公告", fails=True)
    assert "calendar.day-twice, line 3" in refused, refused
    print("files are taken in, shown and refused as they should be")


def cut_off(binary, folder, today, filings=700):
    """A recount is killed when its first batch is done; the server finishes it, and each case is moved and listed once."""
    doors.demonstrate(binary, folder)
    server = doors.Server(binary, folder)
    server.start()
    cookie = doors.sign_in(server, "window-jinan")
    path, form = doors.filing(server, cookie)
    filed = doors.file_all(server, cookie, path, form, [f"calendar-token-{n:05d}" for n in range(filings)])
    server.stop()
    assert len(filed) == filings
    # Two whole weeks: every case that was filed today is due in them.
    days = [today + datetime.timedelta(days=1 + n) for n in range(14)]
    file = House(binary, folder).write(
        "typhoon.csv", [("region", "date", "name", "kind"), *(("350100", str(day), "台风", "closed") for day in days)])
    words = [binary, "calendar", "import", file, "--closures", "--source", "示例公告", "--data", folder]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as importing:
        for line in importing.stderr:
            if line.startswith("recounted"):
                os.kill(importing.pid, signal.SIGKILL)
                break
    database = sqlite3.connect(f"file:{folder}/onewindow.sqlite?mode=ro", uri=True)
    ask = lambda question: database.execute(question).fetchone()[0]
    before = ask("SELECT COUNT(*) FROM calendar_change WHERE what = 'due'")
    assert 0 < before < filings, f"{before} were moved when it was killed"
    server.start()
    for _ in range(300):
        if ask("SELECT round FROM calendar_recount") == 2:
            break
        time.sleep(0.1)
    last = (max(days) - datetime.date(1970, 1, 1)).days
    assert ask("SELECT COUNT(*) FROM calendar_change WHERE what = 'due'") >= filings
    assert ask(f"SELECT COUNT(*) FROM dossier WHERE stage <> 'ended' AND due <= {last}") == 0
    changed, examined = database.execute("SELECT changed, examined FROM calendar_recount").fetchone()
    assert changed == examined == ask("SELECT COUNT(DISTINCT dossier) FROM calendar_change"), (changed, examined)
    database.close()
    server.stop()
    print(f"a recount that was killed after {before} of {changed} cases went on to the end")


def main():
    binary = sys.argv[1]
    agree(binary)
    with tempfile.TemporaryDirectory() as folder:
        now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
        import_files(House(binary, folder), now.date())
    with tempfile.TemporaryDirectory() as folder:
        cut_off(binary, folder, now.date())


main()
