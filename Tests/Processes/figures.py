"""The figures of a city that lived from a seed: what the program counted from its sealed journal, what the simulation counted as it
went, and a recount of the journal in Python and SQL agree; counted again from nothing they are the same; the page, the CSV and the
workbook say the same, and openpyxl and LibreOffice read the same numbers in the workbook.

    python figures.py BINARY [CASES]                           a city of its own, January to March 2018
    python figures.py BINARY --city DATA SAID LAST [STORE]     one that stands: what `simulate --json` said of it, its last day,
                                                               and its postgres:// address if its rows do not lie in DATA

Needs openpyxl, `soffice` (libreoffice-calc-nogui), and `psql` for a house on PostgreSQL.
"""
import csv
import datetime
import http.client
import io
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

import openpyxl

from house import Server, sign_in

FIRST, LAST = "2018-01-02", "2018-03-31"
# Kinds of entries that are an end, by what the figures call it.
ENDS = {"dossier.closed": "closed", "dossier.declined": "declined", "dossier.withdrawn": "withdrawn",
        "dossier.terminated": "withdrawn", "dossier.lapsed": "lapsed", "dossier.tolerance-lapsed": "lapsed"}
CST = datetime.timezone(datetime.timedelta(hours=8))


def run(binary, *words):
    done = subprocess.run([binary, *words], capture_output=True, text=True, timeout=3600)
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]
    return done.stdout


def month(milliseconds):
    return datetime.datetime.fromtimestamp(milliseconds / 1000, CST).strftime("%Y-%m")


class Rows:
    """What stands in a house's tables, read past the program: from its file, or by `psql` from PostgreSQL at `address`."""
    def __init__(self, folder, address=None):
        self.folder, self.address = folder, address
        self.options = ["--data", folder, *(["--store", address] if address else [])]

    def all(self, query):
        """Row by row; numbers, texts and bytes are the same on both stores."""
        if self.address is None:
            with sqlite3.connect(f"file:{self.folder}/onewindow.sqlite?mode=ro", uri=True) as store:
                yield from store.execute(query)
            return
        with subprocess.Popen(
                ["psql", self.address, "-qXc", f"COPY ({query}) TO STDOUT"], stdout=subprocess.PIPE, text=True) as reader:
            for line in reader.stdout:
                yield tuple(map(copied, line.rstrip("\n").split("\t")))
        assert reader.returncode == 0, query

    def first(self, query):
        return list(self.all(query))[0]


def copied(field):
    """A field as COPY writes it: bytes begin with an escaped backslash, and no text that is read here has one."""
    if field == "\\N":
        return None
    if field.startswith("\\\\x"):
        return bytes.fromhex(field[3:])
    return int(field) if re.fullmatch(r"-?\d+", field) else field


def recount(rows):
    """Naive books: every entry of every dossier that is counted, by month and place."""
    books, places, whole = {}, {}, {}
    kinds = ("dossier.submitted", "dossier.received", "dossier.accepted", "dossier.granted", "dossier.refused",
             "dossier.renewed", *ENDS)
    entries = rows.all(
        "SELECT subject, at, kind, CASE WHEN kind IN ('dossier.submitted', 'dossier.accepted') THEN body END FROM journal"
        f" WHERE kind IN ({', '.join(map(repr, kinds))}) ORDER BY subject, sequence")
    for subject, at, kind, body in entries:
        counted = []
        if kind == "dossier.submitted":
            said = json.loads(body)
            places[subject] = said["terms"]["region"]
            counted = ["filed"] + ([] if said.get("hall") else ["online"])
        elif kind == "dossier.received":
            counted = ["received"]
        elif kind == "dossier.accepted":
            at = json.loads(body)["from"]
            counted = ["accepted"]
        elif kind in ("dossier.granted", "dossier.refused", "dossier.renewed"):
            counted = ["decided", "refused" if kind == "dossier.refused" else "granted"]
        elif kind in ENDS:
            counted = ["ended", ENDS[kind]]
        for figure in counted:
            for key in ((month(at),), (places[subject],)):
                line = books.setdefault(key[0], {})
                line[figure] = line.get(figure, 0) + 1
            whole[figure] = whole.get(figure, 0) + 1
    return whole, books


def agree(figures, books, dimension):
    lines = {line[dimension]: line for line in figures}
    names = {name for line in books.values() for name in line}
    for key, line in lines.items():
        for name in names:
            assert line[name] == books.get(key, {}).get(name, 0), (key, name, line[name], books.get(key))
    assert set(lines) >= {key for key in books if (dimension == "month") == bool(re.fullmatch(r"\d{4}-\d\d", key))}


def number(cell):
    return 0 if cell in (None, "") else float(cell)


def fetch(server, path, session):
    """The bytes of a file."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", path, headers={"Cookie": session})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert answer.status == 200, path
    return content


def workbook(server, session, folder):
    """The workbook and the CSV of each table, as others read them."""
    for by in ("month", "region", "body", "item", "hall", "mode"):
        query = f"?from=2018-01&to=2018-12&by={by}"
        status, _, text = server.ask("GET", "/office/statistics.csv" + query, cookie=session)
        assert status == 200
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
        content = fetch(server, "/office/statistics.xlsx" + query, session)
        path = f"{folder}/{by}.xlsx"
        with open(path, "wb") as file:
            file.write(content)
        sheet = openpyxl.load_workbook(path).worksheets[0]
        cells = [[cell for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert len(cells) == len(rows) and len(rows) > 2, by
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1",
             "--outdir", f"{folder}/{by}", path], check=True, capture_output=True, timeout=300)
        with open(f"{folder}/{by}/{by}.csv", encoding="utf-8", newline="") as file:
            others = list(csv.reader(file))
        assert len(others) == len(rows), by
        for place, row in enumerate(rows):
            if place == 0:
                assert list(cells[0]) == row == others[0], by
                continue
            assert [str(cell or "") for cell in cells[place][:2]] == row[:2] == others[place][:2], (by, row[:2])
            for mine, theirs, office in zip(row[2:], cells[place][2:], others[place][2:]):
                assert theirs is None or theirs == "" or isinstance(theirs, (int, float)), (by, theirs)
                assert number(mine) == number(theirs) == number(office), (by, row[1], mine, theirs, office)
        print(f"{by}: {len(rows) - 2} lines the same in CSV, openpyxl and LibreOffice", flush=True)


def pages(server, session, whole):
    """Every page says the whole, and how long it took."""
    for path in ("/office/statistics?from=2018-01&to=2018-12", "/office/statistics/report?from=2018-03&to=2018-03",
                 "/office/statistics/cases?figure=filed&from=2018-01&to=2018-12"):
        start = time.monotonic()
        status, _, page = server.ask("GET", path, cookie=session)
        assert status == 200, path
        print(f"{(time.monotonic() - start) * 1000:.0f} ms {path}", flush=True)
    status, _, page = server.ask("GET", "/office/statistics?from=2018-01&to=2018-12", cookie=session)
    drawn = [int(value) for value in re.findall(r'<rect class="post"[^>]*data-value="(\d+)"', page)]
    assert drawn[0] <= whole["filed"] and drawn[-1] <= whole["closed"] and len(drawn) == 5, drawn
    lines = [sum(map(int, values.split())) for values in re.findall(r'data-values="([\d ]+)"', page)]
    assert lines[0] == drawn[0], (lines, drawn)


# Who opens what: the first pages of everybody's day.
DAYS = {
    "": ("/", "/items", "/items?q=%E5%BB%BA%E9%80%A0%E5%B8%88", "/figures", "/grants", "/overruns", "/open-data", "/evaluations",
         "/file-reviews", "/log"),
    "supervisor": ("/office/supervision", "/office/supervision/findings", "/office/orders", "/office/due-soon",
                   "/office/statistics/queues", "/office/bottlenecks", "/office/looks", "/office/evaluations",
                   "/office/undelivered", "/office/parcels", "/office/uncollected"),
    "examine-hrss-350100-1": ("/office", "/office?view=soon", "/office?view=mine"),
    "decide-hrss-350100-1": ("/office", "/office/certificates", "/office/certificates?q=%E6%9E%97"),
    "clerk-350100-1": ("/window", "/window/intake"),
    "issue-350100-1": ("/issuing",),
}
# What a page of a standing city may take once it was opened before, in milliseconds.
MOST = 1000


def days(server, most):
    """The first pages of everybody's day answer, each asked twice; prints how long the second took. None may take more than `most`."""
    slow = []
    for login, paths in DAYS.items():
        session = sign_in(server, login) if login else ""
        for path in paths:
            for _ in range(2):
                start = time.monotonic()
                status, _, page = server.ask("GET", path, cookie=session)
                took = (time.monotonic() - start) * 1000
                assert status == 200, (login, path, status)
            print(f"{took:7.1f} ms {login or 'everybody'} {path}", flush=True)
            if most and took > most:
                slow.append((path, took))
            if path in ("/office", "/window"):
                for case in re.findall(rf'href="({path}/dossiers/[a-z0-9]{{26}})"', page)[:2]:
                    start = time.monotonic()
                    assert server.ask("GET", case, cookie=session)[0] == 200, case
                    print(f"{(time.monotonic() - start) * 1000:7.1f} ms {login} a case", flush=True)
    assert not slow, slow


def said_of_the_service(rows, totals):
    """Evaluations by stars: the journal, the roll-up of the house and the simulation; and what became of the bad ones."""
    stars = {}
    for body, in rows.all("SELECT body FROM journal WHERE kind = 'evaluation.given'"):
        star = str(json.loads(body)["grade"])
        stars[star] = stars.get(star, 0) + 1
    sums = rows.first(
        "SELECT SUM(star_1), SUM(star_2), SUM(star_3), SUM(star_4), SUM(star_5), SUM(excluded) FROM evaluation_figure")
    kinds = dict(rows.all("SELECT kind, COUNT(*) FROM journal WHERE kind LIKE 'rectification.%' GROUP BY kind"))
    # What an appeal took out counts no more.
    out = sums[5]
    assert stars == totals["by_grade"] and totals["judged"] == sum(stars.values()), (stars, totals["by_grade"])
    assert sum(sums[:5]) + out == totals["judged"], (sums, stars)
    assert kinds.get("rectification.contacted", 0) == totals["called_back"]
    assert kinds.get("rectification.published", 0) == totals["published"]
    assert out == totals["excluded"]
    print(f"{totals['judged']} evaluations by stars agree, {totals['published']} bad ones were mended in public", flush=True)


def queued(rows, totals):
    """Visits to halls: the journal, what the house counted of them and the simulation say the same, hall by hall."""
    halls = dict(rows.all("SELECT id, hall FROM ticket"))
    own, since = {}, {}
    for subject, at, kind in rows.all(
            "SELECT subject, at, kind FROM journal WHERE kind LIKE 'windows.ticket-%' ORDER BY subject, sequence"):
        line = own.setdefault(halls[subject], [0, 0, 0, 0])
        what = kind.removeprefix("windows.ticket-")
        if what in ("taken", "rejoined", "started"):
            since[subject] = at
        line[0] += what == "taken"
        line[1] += what == "finished"
        line[2] += at - since[subject] if what == "called" else 0
        line[3] += at - since[subject] if what == "finished" else 0
    counted = {hall: list(sums) for hall, *sums in rows.all(
        "SELECT hall, SUM(taken), SUM(served), SUM(waited_seconds) * 1000, SUM(handled_seconds) * 1000"
        " FROM queue_month GROUP BY hall")}
    passed = rows.first("SELECT COUNT(*) FROM journal WHERE kind = 'windows.ticket-passed'")[0]
    filed = rows.first("SELECT COUNT(DISTINCT dossier) FROM dossier_ticket WHERE deed = 'intake'")[0]
    assert counted == own, (counted, own)
    taken, served = (sum(line[place] for line in own.values()) for place in (0, 1))
    assert (taken, served, passed) == (totals["visits"], totals["served"], totals["passed"]), (taken, served, passed)
    # Whoever filed at a window stood there with a number, or with that of something else in the same hall.
    assert 0 <= totals["by_channel"]["window"] - filed <= totals["filed"] / 100, (filed, totals["by_channel"])
    wait = sum(line[2] for line in own.values()) / 60_000 / taken
    print(f"{taken} visits to {len(own)} halls agree; {passed} missed their number; a wait of {wait:.1f} minutes", flush=True)


def held(binary, rows, totals, last, folder, most=None):
    """Figures, totals and a recount of the journal agree; counted again, too; and the pages say the same."""
    def shown(*words):
        return json.loads(run(binary, "figures", "show", "--json", *words, *rows.options))

    figures = shown()
    for name in ("filed", "accepted", "decided", "granted", "refused", "withdrawn", "closed", "on_time", "late"):
        assert figures[name] == totals[name], (name, figures[name], totals[name])
    whole, books = recount(rows)
    for name, count in whole.items():
        assert figures[name] == count, (name, figures[name], count)
    for dimension in ("month", "region"):
        agree(shown("--by", dimension), books, dimension)
    said_of_the_service(rows, totals)
    print(f"{totals['filed']} cases: figures, the simulation's totals and a recount of the journal agree", flush=True)
    run(binary, "figures", "recount", *rows.options)
    queued(rows, totals)
    assert shown() == figures, "counted again they are the same"
    server = Server(binary, rows.folder, {"ONEWINDOW_DEMO_CLOCK": f"{last}T15:00"}, rows.address)
    server.start()
    try:
        session = sign_in(server, "supervisor")
        pages(server, session, whole)
        workbook(server, session, folder)
        days(server, most)
        server.stop()
    finally:
        if server.process.poll() is None:
            server.kill()


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[2:3] == ["--city"]:
            data, said, last, *address = sys.argv[3:7]
            with open(said, encoding="utf-8") as file:
                held(binary, Rows(data, *address), json.load(file)["totals"], last, folder, MOST)
        else:
            data, cases = folder + "/city", sys.argv[2] if len(sys.argv) > 2 else "400"
            said = run(binary, "simulate", "--cases", cases, "--from", FIRST, "--to", LAST, "--data", data, "--json")
            held(binary, Rows(data), json.loads(said)["totals"], LAST, folder)
    print("ok")


if __name__ == "__main__":
    main()
